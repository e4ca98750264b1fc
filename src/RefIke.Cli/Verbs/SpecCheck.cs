using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using RefIke.Cli.CommandLine;
using RefIke.Specification;

namespace RefIke.Cli.Verbs;

/// <summary><c>refike spec check</c>: SPIN over the models of the specification.</summary>
internal static class SpecCheck
{
    private static readonly CompositeFormat Columns =
        CompositeFormat.Parse("{0,-14} {1,-13} {2,-9} {3,-9} {4,8} {5,6}  {6}");

    private static readonly Option<string?> Model = new("--model")
    {
        Description = "only this model, a file of spec/models",
        HelpName = "name",
    };

    private static readonly WordOption Format = WordOption.Format();

    public static Command Create()
    {
        var check = new Verb(
            "check", "Check the Promela models with SPIN: every state within the bounds that are printed.",
            "refike spec check", "refike spec check --model quick-mode", "refike spec check --format json")
        {
            Model, Format,
        };
        check.SetAction((parsed, stop)
            => Task.FromResult(Check(parsed.GetValue(Model), parsed.GetValue(Format) == "json", stop)));
        return check;
    }

    private static int Check(string? model, bool json, CancellationToken stop)
    {
        var repository = SpecVerb.Repository();
        var runs = ModelRun.ReadAll(repository).Where(r => model is null || r.Model == model).ToArray();
        if (runs.Length == 0)
        {
            var known = ModelRun.ReadAll(repository).Select(r => r.Model).Distinct();
            throw new BadInputException($"--model: {model} is unknown; known are {string.Join(", ", known)}");
        }

        if (!SpinRunner.IsInstalled)
        {
            Console.Error.WriteLine("refike: SPIN or a C compiler is not installed. On Debian and Ubuntu: "
                + "apt-get install spin gcc libc6-dev. Elsewhere: spinroot.com.");
            return ExitCodes.Undecided;
        }

        var watch = Stopwatch.StartNew();
        var verdicts = new List<ModelVerdict>();
        using (var progress = new RunProgress(runs.Length))
        {
            progress.Print(json ? null : Cells("model", "property", "expected", "verdict", "states", "depth", "bounds"));
            foreach (var v in SpinRunner.Run(repository, stop, model: model, trails: true, begun: progress.Began))
            {
                verdicts.Add(v);
                progress.Print(json ? null : Line(v));
            }
        }

        var taken = verdicts.SelectMany(v => v.RowsTaken).ToHashSet();
        var unmodelled = UnmodelledTable.ReadAll(repository);
        var (without, faults) = UnmodelledTable.Judge(unmodelled, RowFile.ReadTables(repository), taken);
        Row[] rows = [.. RowFile.ReadAll(repository).Where(r => !without.Contains(r))];
        Row[] never = model is null ? [.. rows.Where(r => !taken.Contains(r.Transition))] : [];
        var held = verdicts.All(v => v.AsExpected) && never.Length == 0 && faults.Count == 0;
        if (json)
        {
            Console.WriteLine(JsonText.Document(new
            {
                held,
                seconds = watch.Elapsed.TotalSeconds,
                verdicts = verdicts.Select(Document),
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
            Summary(verdicts, rows.Length, taken.Count, more, watch.Elapsed);
        }

        return held ? ExitCodes.Held : ExitCodes.Failed;
    }

    private static string Line(ModelVerdict v) => string.Join('\n', v.Detail.Select(d => $"    {d}").Prepend(Cells(
        v.Model, v.Property, v.Expected, v.Verdict, v.States, v.Depth,
        v.AsExpected ? v.Bounds : $"{v.Bounds}  <- NOT AS RECORDED")));

    private static string Cells(params object[] cells) => string.Format(CultureInfo.InvariantCulture, Columns, cells);

    private static object Document(ModelVerdict v) => new
    {
        v.Model,
        v.Property,
        v.Expected,
        v.Verdict,
        v.AsExpected,
        v.States,
        v.Depth,
        v.Bounds,
        seconds = v.Time.TotalSeconds,
        v.Detail,
    };

    private static void Summary(List<ModelVerdict> verdicts, int rows, int taken, string[] more, TimeSpan time)
    {
        foreach (var line in more)
        {
            Console.WriteLine(line);
        }

        Console.WriteLine($"{verdicts.Count(v => v.AsExpected)} of {verdicts.Count} verdicts as recorded, "
            + $"{taken} of {rows} rows taken, {time.TotalSeconds:F0} s.");
        Console.WriteLine("SPIN visits every state within the bounds, and says nothing of what lies beyond them.");
    }

    /// <summary>How far the check has come: one line on standard error, nothing where that is no terminal.</summary>
    private sealed class RunProgress(int runs) : IDisposable
    {
        private readonly Lock gate = new();
        private int begun;
        private int length;

        public void Began(ModelRun run)
        {
            lock (gate)
            {
                Show($"run {++begun} of {runs}: {run.Model} {run.Defines}".TrimEnd());
            }
        }

        /// <summary>A line of the result, in place of the line of progress.</summary>
        public void Print(string? line)
        {
            lock (gate)
            {
                if (line is not null)
                {
                    Show("");
                    Console.WriteLine(line);
                }
            }
        }

        public void Dispose() => Print(null);

        private void Show(string text)
        {
            if (!Console.IsErrorRedirected)
            {
                Console.Error.Write($"\r{text.PadRight(length)}{(text.Length == 0 ? "\r" : "")}");
                length = text.Length;
            }
        }
    }
}
