using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace RefIke.Specification;

/// <summary>One run's model in a folder of its own: compiled once, asked for each property, gone in the end.</summary>
internal sealed partial class SpinModel : IDisposable
{
    private const string Depth = "-m1000000";

    private readonly string folder = Directory.CreateTempSubdirectory("refike-spin").FullName;
    private readonly ModelRun run;
    private readonly CancellationToken stop;
    private readonly Dictionary<string, int> rows = [];
    private string bounds = "";
    private string? failure;

    public SpinModel(ModelRun run, CancellationToken stop) => (this.run, this.stop) = (run, stop);

    /// <summary>Copies models and tables, the changed ones as changed, and compiles.</summary>
    public void Prepare(string repository, IReadOnlyDictionary<string, string>? changed)
    {
        CopySources(repository);
        foreach (var (file, text) in changed ?? new Dictionary<string, string>())
        {
            File.WriteAllText(Path.Combine(folder, file), text);
        }

        Compile();
    }

    /// <summary>The names of the files that the preprocessor reads for a run, tables among them.</summary>
    public static IReadOnlyList<string> Reads(string repository, ModelRun run)
    {
        using var model = new SpinModel(run, CancellationToken.None);
        model.CopySources(repository);
        return [.. model.Execute("gcc", $"-M -x c {run.Defines} {run.Model}.pml").Output
            .Split([' ', '\n', '\\'], StringSplitOptions.RemoveEmptyEntries)];
    }

    /// <summary>One property's verdict.</summary>
    public ModelVerdict Ask(ModelQuestion question, bool trails)
    {
        var watch = Stopwatch.StartNew();
        if (failure is not null)
        {
            return Verdict("no model", 0, 0, [], failure.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        }

        var output = Execute("./pan", $"-a {(question.Fair ? "-f" : "")} {Depth} -N {question.Property}").Output;
        // pan exits with 0 whatever it finds: its words count, and a search cut short is no verdict.
        var cut = CutShort().IsMatch(output);
        var verdict = Number(Errors().Match(output)) switch
        {
            0 when !cut => "holds",
            > 0 => "violated",
            _ => "cut short",
        };
        var unexpected = trails && verdict == "violated" && question.Expected == "holds";
        return Verdict(verdict, Number(States().Match(output)), Number(DepthReached().Match(output)),
            verdict == "holds" ? RowsTaken(output) : [], unexpected ? Trail(question) : []);

        ModelVerdict Verdict(string verdict, long states, long depth, HashSet<string> taken, string[] detail)
            => new(run.Model, bounds, question.Property, question.Expected, verdict, states, depth,
                watch.Elapsed, taken, detail);
    }

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(folder, true);

    private void CopySources(string repository)
    {
        var spec = Path.Combine(repository, "spec");
        foreach (var file in Directory.GetFiles(Path.Combine(spec, "models"))
            .Concat(Directory.GetFiles(Path.Combine(spec, "exchanges"))))
        {
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        }
    }

    private void Compile()
    {
        bounds = ReadBounds();
        // -o3: no statements are merged, so that the report of what was never reached names every row.
        var spin = Execute("spin", $"-o3 {run.Defines} -a {run.Model}.pml");
        var gcc = spin.ExitCode == 0 ? Execute("gcc", "-O1 -w -DNFAIR=3 -DMEMLIM=4096 -o pan pan.c") : spin;
        failure = gcc.ExitCode == 0 ? null : gcc.Output;
        if (failure is null)
        {
            foreach (Match m in Printed().Matches(File.ReadAllText(Path.Combine(folder, "pan.m"))))
            {
                rows[m.Groups[1].Value] = rows.GetValueOrDefault(m.Groups[1].Value) + 1;
            }
        }
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
    private HashSet<string> RowsTaken(string output)
    {
        var never = Unreached().Matches(output).CountBy(m => m.Groups[1].Value).ToDictionary();
        return [.. rows.Where(r => r.Value > never.GetValueOrDefault(r.Key)).Select(r => r.Key)];
    }

    /// <summary>
    /// The way to a violation, as what the model prints on it; for a safety property the shortest, found breadth first.
    /// </summary>
    private string[] Trail(ModelQuestion question)
    {
        if (!question.Fair && Execute("gcc", "-O1 -w -DBFS -o shortest pan.c").ExitCode == 0)
        {
            Execute("./shortest", $"{Depth} -N {question.Property}");
        }

        return [.. Execute("./pan", $"-r -N {question.Property}").Output.Split('\n')
            .TakeWhile(l => !l.Contains("trail ends", StringComparison.Ordinal))
            .Where(l => Telling().IsMatch(l)).Select(Words)];
    }

    private string Words(string line)
        => rows.ContainsKey(line)
            && line.Split(' ') is [var exchange, var role, var state, var ev, var guard, var next, var sends]
            ? $"{exchange} {role}: {state} --{ev}[{guard}]--> {next}, sends {sends}"
            : line.Contains("START OF CYCLE", StringComparison.Ordinal) ? "and from here for ever:" : line;

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

    [GeneratedRegex(@"^(  [A-Za-z]|[A-Z]\w+( \w+){6}$|.*START OF CYCLE)")]
    private static partial Regex Telling();
}
