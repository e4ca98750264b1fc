using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Tomlyn;
using Tomlyn.Model;

namespace RefIke.Specification;

/// <summary>One property of a model, checked. SPIN explores every state within the model's printed bounds.</summary>
/// <param name="Expected"><c>holds</c>, or <c>violated</c> for a witness.</param>
public sealed record ModelVerdict(string Model, string Property, string Expected, long States, long Depth, bool AsExpected, string Detail);

/// <summary>Compiles the models of <c>spec/models/checks.toml</c> and runs their properties.</summary>
public static partial class SpinRunner
{
    /// <summary>Whether spin and gcc are on the path.</summary>
    public static bool IsInstalled => OnPath("spin") && OnPath("gcc");

    /// <summary>Every check, in the order of the file.</summary>
    /// <param name="change">What is done to each row first, null to leave it out: for seeded faults. Models without a changed row are not run.</param>
    public static IEnumerable<ModelVerdict> Run(string repository, CancellationToken stop, Func<Row, Row?>? change = null)
    {
        var changed = change is null ? null : Tables(repository).Where(t => !t.Rows.Select(change).SequenceEqual(t.Rows)).ToArray();
        var models = Path.Combine(repository, "spec", "models");
        var checks = TomlSerializer.Deserialize<TomlTable>(File.ReadAllText(Path.Combine(models, "checks.toml")))!;
        foreach (var model in ((TomlTableArray)checks["model"]).OfType<TomlTable>())
        {
            var name = (string)model["name"];
            var defines = model.TryGetValue("defines", out var d) ? (string)d : "";
            var source = File.ReadAllText(Path.Combine(models, $"{name}.pml"));
            if (changed?.All(t => !source.Contains($"\"{t.File}\"", StringComparison.Ordinal)) == true)
            {
                continue;
            }

            var folder = Directory.CreateTempSubdirectory("refike-spin").FullName;
            try
            {
                foreach (var file in Directory.GetFiles(models).Concat(Directory.GetFiles(Path.Combine(repository, "spec", "exchanges"))))
                {
                    File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
                }

                foreach (var (file, rows) in changed ?? [])
                {
                    File.WriteAllLines(Path.Combine(folder, file), rows.Select(change!).OfType<Row>().Select(r => r.ToString()));
                }

                var failure = Compile(folder, name, defines);
                foreach (var property in ((IEnumerable<object?>)model["property"]).OfType<TomlTable>())
                {
                    stop.ThrowIfCancellationRequested();
                    var label = defines.Length == 0 ? name : $"{name} {defines}";
                    yield return failure is null
                        ? Check(folder, label, property)
                        : new ModelVerdict(label, (string)property["name"], (string)property["expect"], 0, 0, false, failure);
                }
            }
            finally
            {
                Directory.Delete(folder, true);
            }
        }
    }

    private static IEnumerable<(string File, IReadOnlyList<Row> Rows)> Tables(string repository)
        => Directory.GetFiles(Path.Combine(repository, "spec", "exchanges"), "*.rows")
            .Select(f => (Path.GetFileName(f), RowFile.Parse(File.ReadAllText(f), Path.GetFileName(f))));

    private static string? Compile(string folder, string name, string defines)
    {
        var spin = Execute(folder, "spin", $"{defines} -a {name}.pml");
        if (spin.ExitCode != 0)
        {
            return spin.Output;
        }

        var gcc = Execute(folder, "gcc", "-O1 -w -DNFAIR=3 -DMEMLIM=4096 -o pan pan.c");
        return gcc.ExitCode == 0 ? null : gcc.Output;
    }

    /// <summary>pan exits with 0 whatever it finds: its words count, and a search cut short is a failure.</summary>
    private static ModelVerdict Check(string folder, string model, TomlTable property)
    {
        var (name, expect) = ((string)property["name"], (string)property["expect"]);
        var fair = property.TryGetValue("fair", out var f) && f is true;
        var output = Execute(folder, "./pan", $"-a {(fair ? "-f" : "")} -m1000000 -N {name}").Output;
        var errors = Number(Errors().Match(output));
        var cut = output.Contains("max search depth too small", StringComparison.Ordinal)
            || output.Contains("reached -DMEMLIM", StringComparison.Ordinal) || output.Contains("out of memory", StringComparison.Ordinal);
        var good = !cut && errors >= 0 && (errors == 0) == (expect == "holds");
        return new ModelVerdict(model, name, expect, Number(States().Match(output)), Number(DepthReached().Match(output)), good,
            cut ? "search cut short" : $"errors: {errors}");
    }

    private static long Number(Match match)
        => match.Success ? long.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture) : -1;

    private static (int ExitCode, string Output) Execute(string folder, string program, string arguments)
    {
        var path = program.StartsWith("./", StringComparison.Ordinal) ? Path.Combine(folder, program[2..]) : program;
        using var process = Process.Start(new ProcessStartInfo(path, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + error.Result);
    }

    private static bool OnPath(string program)
        => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(f => File.Exists(Path.Combine(f, program)));

    [GeneratedRegex(@"errors: (\d+)")]
    private static partial Regex Errors();

    [GeneratedRegex(@"(\d+) states, stored")]
    private static partial Regex States();

    [GeneratedRegex(@"depth reached (\d+)")]
    private static partial Regex DepthReached();
}
