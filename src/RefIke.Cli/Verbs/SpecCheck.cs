using System.CommandLine;
using System.Diagnostics;
using System.Text.Json;
using RefIke.Specification;

namespace RefIke.Cli.Verbs;

/// <summary><c>refike spec check</c>: SPIN over the models of the specification.</summary>
internal static class SpecCheck
{
    private const string Columns = "{0,-14} {1,-13} {2,-9} {3,-9} {4,8} {5,6}  {6}";

    private static readonly Option<string?> Model = new("--model")
    {
        Description = "only this model, such as quick-mode",
    };

    private static readonly Option<string> Format = SpecVerb.FormatOption();

    public static Command Create()
    {
        var check = new Command(
            "check", "Check the Promela models with SPIN. Example: refike spec check --model quick-mode")
        {
            Model, Format,
        };
        check.SetAction((parsed, stop)
            => Task.FromResult(Check(parsed.GetValue(Model), parsed.GetValue(Format) == "json", stop)));
        return check;
    }

    private static int Check(string? model, bool json, CancellationToken stop)
    {
        if (SpecVerb.Repository() is not { } repository)
        {
            return ExitCodes.BadInput;
        }

        var models = ModelRun.ReadAll(repository).Select(r => r.Model).Distinct().ToArray();
        if (model is not null && !models.Contains(model))
        {
            Console.Error.WriteLine($"no model {model}; there are {string.Join(", ", models)}");
            return ExitCodes.BadInput;
        }

        if (!SpinRunner.IsInstalled)
        {
            Console.Error.WriteLine("SPIN or a C compiler is not installed. Debian, Ubuntu: "
                + "apt-get install spin gcc libc6-dev. Elsewhere: spinroot.com.");
            return ExitCodes.Undecided;
        }

        var watch = Stopwatch.StartNew();
        var verdicts = new List<ModelVerdict>();
        try
        {
            Head(json);
            foreach (var verdict in SpinRunner.Run(repository, stop, model: model, trails: true, begun: Progress))
            {
                verdicts.Add(verdict);
                Line(verdict, json);
            }
        }
        catch (OperationCanceledException)
        {
            Console.Error.WriteLine($"stopped: {verdicts.Count} verdicts, the others are open");
            return ExitCodes.Undecided;
        }

        var taken = verdicts.SelectMany(v => v.RowsTaken).ToHashSet();
        var rows = RowFile.ReadAll(repository);
        var never = model is null ? rows.Where(r => !taken.Contains(r.Transition)).ToArray() : [];
        Summary(json, verdicts, rows.Count, taken.Count, never, watch.Elapsed);
        return verdicts.All(v => v.AsExpected) && never.Length == 0 ? ExitCodes.Held : ExitCodes.Failed;
    }

    private static void Head(bool json)
    {
        if (!json)
        {
            Console.WriteLine(Columns, "model", "property", "expected", "verdict", "states", "depth", "bounds");
        }
    }

    private static void Progress(ModelRun run)
    {
        if (!Console.IsErrorRedirected && !Console.IsOutputRedirected)
        {
            Console.Error.WriteLine($"... compiling {run.Model} {run.Defines}".TrimEnd());
        }
    }

    private static void Line(ModelVerdict v, bool json)
    {
        if (json)
        {
            return;
        }

        Console.WriteLine(Columns, v.Model, v.Property, v.Expected, v.Verdict, v.States, v.Depth,
            v.AsExpected ? v.Bounds : $"{v.Bounds}  <- NOT AS RECORDED");
        foreach (var line in v.Detail)
        {
            Console.WriteLine($"    {line}");
        }
    }

    private static void Summary(
        bool json, List<ModelVerdict> verdicts, int rows, int taken, Row[] never, TimeSpan time)
    {
        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(new
            {
                held = verdicts.All(v => v.AsExpected) && never.Length == 0,
                seconds = time.TotalSeconds,
                verdicts = verdicts.Select(v => new
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
                }),
                rows,
                rowsTaken = taken,
                rowsNeverTaken = never.Select(r => r.Transition),
            }, SpecVerb.Json));
            return;
        }

        foreach (var row in never)
        {
            Console.WriteLine($"no model takes the row {row}");
        }

        Console.WriteLine($"{verdicts.Count(v => v.AsExpected)} of {verdicts.Count} verdicts as recorded, "
            + $"{taken} of {rows} rows taken, {time.TotalSeconds:F0} s.");
        Console.WriteLine("SPIN visits every state within the bounds, and says nothing of what lies beyond them.");
    }
}
