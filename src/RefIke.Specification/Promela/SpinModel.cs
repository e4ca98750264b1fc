using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace RefIke.Specification.Promela;

/// <summary>One run's model in a folder of its own: compiled when it is first asked, gone in the end.</summary>
internal sealed partial class SpinModel : IDisposable
{
    private const string Compiled = "-O1 -w -DNFAIR=3 -DMEMLIM=4096";

    private readonly string folder = Directory.CreateTempSubdirectory("refike-spin").FullName;
    private readonly ModelRun run;
    private readonly string depth;
    private readonly CancellationToken stop;
    private readonly Dictionary<string, int> rows = [];
    private readonly Lazy<string> failure;
    private readonly Lazy<string> bounds;
    private readonly Lazy<string> given;

    /// <summary>Copies models and tables, the changed ones as changed.</summary>
    /// <param name="deep">
    /// Whether ten times the steps may lead to a state, and the table of states is larger: by night. A large one costs a search of a few states
    /// more than the search itself.
    /// </param>
    public SpinModel(string repository, ModelRun run, IReadOnlyDictionary<string, string>? changed, bool deep, CancellationToken stop)
    {
        (this.run, this.stop, depth) = (run, stop, deep ? "-m10000000 -w24" : "-m1000000 -w18");
        (failure, bounds, given) = (new(Compile), new(ReadBounds), new(Given));
        var spec = Path.Combine(repository, "spec");
        foreach (var file in Directory.GetFiles(Path.Combine(spec, "models"))
            .Concat(Directory.GetFiles(Path.Combine(spec, "exchanges"))))
        {
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        }

        foreach (var (file, text) in changed ?? new Dictionary<string, string>())
        {
            File.WriteAllText(Path.Combine(folder, file), text);
        }
    }

    /// <summary>The names of the files that the preprocessor reads for a run, tables among them.</summary>
    public static IReadOnlyList<string> Reads(string repository, ModelRun run)
    {
        using var model = new SpinModel(repository, run, null, false, CancellationToken.None);
        return model.Reads();
    }

    /// <summary>One property's verdict.</summary>
    /// <param name="ladder">Whether a violation is drawn.</param>
    public Answer Ask(ModelQuestion question, bool ladder)
    {
        var watch = Stopwatch.StartNew();
        if (failure.Value.Length > 0)
        {
            return new("no model", bounds.Value, 0, 0, watch.Elapsed, [], failure.Value.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        }

        var output = Execute("./pan", $"-a {(question.Fair ? "-f" : "")} {depth} -N {question.Property}").Output;
        // pan exits with 0 whatever it finds: its words count, and a search cut short is no verdict.
        var cut = CutShort().IsMatch(output);
        var verdict = Number(Errors().Match(output)) switch
        {
            0 when !cut => "holds",
            > 0 => "violated",
            _ => "cut short",
        };
        return new(verdict, bounds.Value, Number(States().Match(output)), Number(DepthReached().Match(output)), watch.Elapsed,
            verdict == "holds" ? RowsTaken(output) : [], ladder && verdict == "violated" ? Ladder(question) : []);
    }

    /// <summary>A digest of all that the verdict of a property depends on, drawn or not.</summary>
    public string Key(ModelQuestion question, bool ladder)
        => CheckCache.Key(given.Value, question.ToString(), $"{ladder}");

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(folder, true);

    /// <summary>What the verdicts of all properties depend on: the tools, the options, the sources.</summary>
    private string Given() => CheckCache.Key([Execute("spin", "-V").Output, Execute("gcc", "--version").Output, run.Name, Compiled, depth,
        .. Reads().Select(f => File.ReadAllText(Path.Combine(folder, f)))]);

    private IReadOnlyList<string> Reads() => [.. Execute("gcc", $"-M -x c {run.Defines} {run.Model}.pml").Output
        .Split([' ', '\n', '\\'], StringSplitOptions.RemoveEmptyEntries).Where(f => File.Exists(Path.Combine(folder, f)))];

    /// <summary>What a tool says against the model; nothing where it compiles.</summary>
    private string Compile()
    {
        // -o3: no statements are merged, so that the report of what was never reached names every row.
        var spin = Execute("spin", $"-o3 {run.Defines} -a {run.Model}.pml");
        var gcc = spin.ExitCode == 0 ? Execute("gcc", $"{Compiled} -o pan pan.c") : spin;
        if (gcc.ExitCode != 0)
        {
            return gcc.Output.Length > 0 ? gcc.Output : "it does not compile";
        }

        foreach (Match m in Printed().Matches(File.ReadAllText(Path.Combine(folder, "pan.m"))))
        {
            rows[m.Groups[1].Value] = rows.GetValueOrDefault(m.Groups[1].Value) + 1;
        }

        return "";
    }

    /// <summary>What the model lets a define change, with the values that count here.</summary>
    private string ReadBounds()
    {
        var sources = string.Concat(
            new[] { $"{run.Model}.pml", "network.pml", "method.pml" }.Select(f => File.ReadAllText(Path.Combine(folder, f))));
        var macros = Execute("gcc", $"-E -dM -x c {run.Defines} {run.Model}.pml").Output.Split('\n')
            .Select(l => l.Split(' ', 3)).Where(w => w.Length >= 2 && w[0] == "#define")
            .ToDictionary(w => w[1], w => w.ElementAtOrDefault(2) ?? "");
        var named = Overridable().Matches(sources).Select(m => m.Groups[1].Value).Distinct().Where(macros.ContainsKey)
            .Select(name => $"{name} {macros[name]}");
        return string.Join(", ", named.Prepend(macros.ContainsKey("FAIR") ? "fair network" : "hostile network"));
    }

    /// <summary>
    /// A row is taken where some process of the model took it: it stands in more of them than in which it was never
    /// reached.
    /// </summary>
    private string[] RowsTaken(string output)
    {
        var never = Unreached().Matches(output).CountBy(m => m.Groups[1].Value).ToDictionary();
        return [.. rows.Where(r => r.Value > never.GetValueOrDefault(r.Key)).Select(r => r.Key)];
    }

    /// <summary>The way to a violation; for a safety property the shortest, found breadth first.</summary>
    private IReadOnlyList<string> Ladder(ModelQuestion question)
    {
        if (!question.Fair && (File.Exists(Path.Combine(folder, "shortest"))
            || Execute("gcc", "-O1 -w -DBFS -DMEMLIM=4096 -o shortest pan.c").ExitCode == 0))
        {
            Execute("./shortest", $"{depth} -N {question.Property}");
        }

        return SpinLadder.Draw(Execute("./pan", $"-r -N {question.Property}").Output, rows.Keys.ToHashSet());
    }

    private static long Number(Match match)
        => match.Success ? long.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture) : -1;

    private (int ExitCode, string Output) Execute(string program, string arguments)
    {
        stop.ThrowIfCancellationRequested();
        var path = program.StartsWith("./", StringComparison.Ordinal) ? Path.Combine(folder, program[2..]) : program;
        using var process = Process.Start(new ProcessStartInfo(path, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        using var killed = stop.Register(() =>
        {
            if (!process.HasExited)
            {
                process.Kill(true);
            }
        });
        var error = process.StandardError.ReadToEndAsync(CancellationToken.None);
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        stop.ThrowIfCancellationRequested();
        return (process.ExitCode, output + error.Result);
    }

    /// <summary>What SPIN said of one property.</summary>
    internal sealed record Answer(
        string Verdict, string Bounds, long States, long Depth, TimeSpan Time, string[] RowsTaken, IReadOnlyList<string> Detail);

    [GeneratedRegex("max search depth too small|reached -DMEMLIM|out of memory")]
    private static partial Regex CutShort();

    [GeneratedRegex(@"errors: (\d+)")]
    private static partial Regex Errors();

    [GeneratedRegex(@"(\d+) states, stored")]
    private static partial Regex States();

    [GeneratedRegex(@"depth reached (\d+)")]
    private static partial Regex DepthReached();

    [GeneratedRegex("""Printf\("(\w+(?: \w+){6})\\n"\)""")]
    private static partial Regex Printed();

    [GeneratedRegex(@"""printf\('(\w+(?: \w+){6})\\n'\)""")]
    private static partial Regex Unreached();

    [GeneratedRegex(@"#ifndef (\w+)\s")]
    private static partial Regex Overridable();
}
