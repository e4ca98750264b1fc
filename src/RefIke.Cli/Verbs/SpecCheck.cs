using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using RefIke.Cli.CommandLine;
using RefIke.Specification;
using RefIke.Specification.Promela;
using RefIke.Specification.Symbolic;

namespace RefIke.Cli.Verbs;

/// <summary><c>refike spec check</c>: SPIN and Maude over the models of the specification.</summary>
internal static class SpecCheck
{
    /// <summary>What to install where SPIN is missing.</summary>
    internal const string WithoutSpin =
        "refike: SPIN or a C compiler is not installed. On Debian and Ubuntu: apt-get install spin gcc libc6-dev. Elsewhere: spinroot.com.";

    private static readonly CompositeFormat Columns =
        CompositeFormat.Parse("{0,-14} {1,-13} {2,-9} {3,-9} {4,8} {5,6}  {6}");

    private static readonly Option<string?> Model = new("--model")
    {
        Description = "only this model, a file of spec/models or spec/symbolic",
        HelpName = "name",
    };

    private static readonly WordOption Format = WordOption.Format();

    private static readonly Option<bool> Ladders = new("--ladders")
    {
        Description = "draw the way to each violation and each witness, the known ones too",
    };

    private static readonly WordOption Bounds = new(
        "--bounds", "night: the larger bounds of spec/models/checks.toml, for a machine that is left alone with them", "day|night",
        ["day", "night"], "day");

    private static readonly Option<bool> NoCache = new("--no-cache")
    {
        Description = "ask the tools again what they have answered before",
    };

    private static readonly Option<bool> Record = new("--record")
    {
        Description = "record how many states SPIN has seen, in spec/models/states.toml",
    };

    public static Command Create()
    {
        var check = new Verb(
            "check", "Check the models, with SPIN and Maude: every state within the bounds that are printed.",
            "refike spec check", "refike spec check --model main-mode-sig --ladders", "refike spec check --bounds night --format json")
        {
            Model, Bounds, Ladders, NoCache, Record, Format,
        };
        check.SetAction((parsed, stop) => Task.FromResult(Check(
            new()
            {
                Model = parsed.GetValue(Model),
                Night = parsed.GetValue(Bounds) == "night",
                Ladders = parsed.GetValue(Ladders),
                Explains = true,
                Cache = parsed.GetValue(NoCache) ? CheckCache.None : new CheckCache(CacheFolder()),
            },
            parsed.GetValue(Record), parsed.GetValue(Format) == "json", stop)));
        return check;
    }

    /// <summary>Where findings are kept: <c>$XDG_CACHE_HOME/refike</c>, or <c>~/.cache/refike</c>; nowhere without a home.</summary>
    private static string? CacheFolder()
        => Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } cache ? Path.Combine(cache, "refike", "spec")
            : Environment.GetFolderPath(Environment.SpecialFolder.UserProfile) is { Length: > 0 } home ? Path.Combine(home, ".cache", "refike", "spec")
            : null;

    private static int Check(SpinOptions how, bool record, bool json, CancellationToken stop)
    {
        var (repository, model) = (SpecVerb.Repository(), how.Model);
        var runs = ModelRun.ReadAll(repository).Where(r => model is null || r.Model == model).ToArray();
        var variants = MaudeVariant.ReadAll(repository).Where(v => model is null || v.Name == model).ToArray();
        if (runs.Length + variants.Length == 0)
        {
            var known = ModelRun.ReadAll(repository).Select(r => r.Model).Concat(MaudeVariant.ReadAll(repository).Select(v => v.Name));
            throw new BadInputException($"--model: {model} is unknown; known are {string.Join(", ", known.Distinct())}");
        }

        if (Missing(runs.Length > 0, variants.Length > 0) is { } missing)
        {
            Console.Error.WriteLine(missing);
            return ExitCodes.Undecided;
        }

        var watch = Stopwatch.StartNew();
        var verdicts = new List<ModelVerdict>();
        SearchVerdict[] searches;
        using (var progress = new CheckProgress(runs.Length + variants.Length))
        {
            var maude = Task.Run(
                () => MaudeRunner.Run(
                    repository, stop, model, ladders: how.Ladders, begun: v => progress.Began(v.Name), cache: how.Cache).ToArray(),
                stop);
            progress.Print(json || runs.Length == 0 ? null
                : Cells("model", "property", "expected", "verdict", "states", "depth", "bounds"));
            foreach (var v in SpinRunner.Run(repository, how with { Begun = r => progress.Began(r.Name) }, stop))
            {
                verdicts.Add(v);
                progress.Print(json ? null : Line(v));
            }

            searches = maude.GetAwaiter().GetResult();
            foreach (var line in searches.Select(SymbolicCheck.Line).Prepend(SymbolicCheck.Head))
            {
                progress.Print(json || variants.Length == 0 ? null : line);
            }
        }

        if (record)
        {
            WriteRecord(repository, verdicts);
        }

        return Conclude(repository, model, json, verdicts, searches, watch.Elapsed);
    }

    /// <summary>The states of these verdicts in place of those that were recorded; of runs that were not made the record stays.</summary>
    private static void WriteRecord(string repository, List<ModelVerdict> verdicts)
    {
        var made = verdicts.Select(v => v.Run).ToHashSet();
        var known = ModelRun.ReadAll(repository).Concat(ModelRun.ReadAll(repository, night: true)).Select(r => r.Name).ToHashSet();
        var others = SpinRecord.Read(repository).Where(r => known.Contains(r.Key.Run) && !made.Contains(r.Key.Run));
        File.WriteAllText(SpinRecord.FilePath(repository), SpinRecord.Write(
            verdicts.Select(v => (v.Run, v.Property, v.States)).Concat(others.Select(o => (o.Key.Run, o.Key.Property, o.Value)))));
    }

    /// <summary>What all verdicts say together.</summary>
    private static int Conclude(
        string repository, string? model, bool json, List<ModelVerdict> verdicts, SearchVerdict[] searches, TimeSpan time)
    {
        var taken = verdicts.SelectMany(v => v.RowsTaken).ToHashSet();
        var unmodelled = UnmodelledTable.ReadAll(repository);
        var (without, faults) = UnmodelledTable.Judge(unmodelled, RowFile.ReadTables(repository), taken);
        Row[] rows = [.. RowFile.ReadAll(repository).Where(r => !without.Contains(r))];
        Row[] never = model is null ? [.. rows.Where(r => !taken.Contains(r.Transition))] : [];
        var held = verdicts.All(v => v.AsExpected) && searches.All(s => s.AsExpected) && never.Length == 0 && faults.Count == 0;
        if (json)
        {
            Console.WriteLine(JsonText.Document(new
            {
                held,
                seconds = time.TotalSeconds,
                verdicts = verdicts.Select(Document),
                searches = searches.Select(SymbolicCheck.Document),
                rows = rows.Length,
                rowsTaken = taken.Count,
                rowsNeverTaken = never.Select(r => r.Transition),
                unmodelled,
                faults,
            }));
        }
        else
        {
            string[] more = [.. never.Select(r => $"no model takes the row {r}"), .. faults,
                .. unmodelled.Where(_ => model is null).Select(t => $"no model has {t.File}: {t.Reason}")];
            Summary(verdicts, searches, rows.Length, taken.Count, more, time);
        }

        return held ? ExitCodes.Held : ExitCodes.Failed;
    }

    /// <summary>What to install; null where every tool that is needed is there.</summary>
    private static string? Missing(bool spin, bool maude)
    {
        string[] missing =
        [
            .. spin && !SpinRunner.IsInstalled
                ? [WithoutSpin]
                : Array.Empty<string>(),
            .. maude && !MaudeRunner.IsInstalled
                ? ["refike: Maude is not installed. On Debian and Ubuntu: apt-get install maude. Elsewhere: maude.cs.illinois.edu."]
                : Array.Empty<string>(),
        ];
        return missing.Length == 0 ? null : string.Join(Environment.NewLine, missing);
    }

    private static string Line(ModelVerdict v) => string.Join('\n', v.Detail.Select(d => $"    {d}").Prepend(Cells(
        v.Model, v.Property, v.Expected, v.Verdict, v.States, v.Depth,
        v.AsExpected ? v.Bounds : $"{v.Bounds}  <- {Difference(v)}")));

    private static string Difference(ModelVerdict v)
        => v.Verdict != v.Expected ? "NOT AS RECORDED" : $"NOT AS RECORDED: {v.ExpectedStates} states";

    private static string Cells(params object[] cells) => string.Format(CultureInfo.InvariantCulture, Columns, cells);

    private static object Document(ModelVerdict v) => new
    {
        v.Model,
        v.Property,
        v.Expected,
        v.Verdict,
        v.AsExpected,
        v.States,
        v.ExpectedStates,
        v.Depth,
        v.Bounds,
        v.Cached,
        seconds = v.Time.TotalSeconds,
        v.Detail,
    };

    private static void Summary(
        List<ModelVerdict> verdicts, SearchVerdict[] searches, int rows, int taken, string[] more, TimeSpan time)
    {
        foreach (var line in more)
        {
            Console.WriteLine(line);
        }

        if (verdicts.Count > 0)
        {
            Console.WriteLine($"SPIN: {verdicts.Count(v => v.AsExpected)} of {verdicts.Count} verdicts as recorded, "
                + $"{taken} of {rows} rows taken.");
        }

        if (searches.Length > 0)
        {
            Console.WriteLine($"Maude: {searches.Count(s => s.AsExpected)} of {searches.Length} verdicts as recorded, "
                + $"{searches.Count(s => s.Verdict == "violated")} attacks found, {searches.Sum(s => s.States)} states.");
        }

        var before = verdicts.Count(v => v.Cached) + searches.Count(s => s.Cached);
        Console.WriteLine($"{time.TotalSeconds:F0} s{(before > 0 ? $", {before} verdicts known from before (--no-cache asks again)" : "")}. Both visit every state within the bounds, and say nothing of what lies beyond them.");
    }
}
