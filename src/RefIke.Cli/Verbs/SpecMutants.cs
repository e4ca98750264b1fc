using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using RefIke.Cli.CommandLine;
using RefIke.Specification.Promela;

namespace RefIke.Cli.Verbs;

/// <summary><c>refike spec mutants</c>: faults in the models, and which property notices each.</summary>
internal static class SpecMutants
{
    private static readonly CompositeFormat Columns = CompositeFormat.Parse("{0,-6} {1,-16} {2,-40} {3}");

    private static readonly Option<string?> Only = new("--only")
    {
        Description = "only the mutants of this model, or this mutant",
        HelpName = "name",
    };

    private static readonly Option<bool> All = new("--all")
    {
        Description = "ask every property of every mutant, not the recorded ones until one is violated",
    };

    private static readonly Option<bool> Record = new("--record")
    {
        Description = "with --all: record what was violated, in spec/models/mutants.toml and spec/model-mutants.md",
    };

    private static readonly WordOption Format = WordOption.Format();

    public static Command Create()
    {
        var verb = new Verb(
            "mutants", "Faults in the models: each must violate a property, as recorded.",
            "refike spec mutants", "refike spec mutants --only quick-mode --all", "refike spec mutants --only MM-07 --all")
        {
            Only, All, Record, Format,
        };
        verb.SetAction((parsed, stop) => Task.FromResult(Try(
            parsed.GetValue(Only), parsed.GetValue(All), parsed.GetValue(Record), parsed.GetValue(Format) == "json", stop)));
        return verb;
    }

    private static int Try(string? only, bool all, bool record, bool json, CancellationToken stop)
    {
        var repository = SpecVerb.Repository();
        var mutants = ModelMutant.ReadAll(repository).Where(m => only is null || m.Model == only || m.Id == only).ToArray();
        if (mutants.Length == 0)
        {
            throw new BadInputException($"--only: {only} is neither a mutant nor a model that has some");
        }

        if (!SpinRunner.IsInstalled)
        {
            Console.Error.WriteLine(SpecCheck.WithoutSpin);
            return ExitCodes.Undecided;
        }

        var watch = Stopwatch.StartNew();
        var verdicts = new List<MutantVerdict>();
        using (var progress = new CheckProgress(mutants.Length))
        {
            progress.Print(json ? null : Cells("mutant", "model", "violated", "what is wrong"));
            foreach (var v in MutantRunner.Run(repository, mutants, all, stop, m => progress.Began($"{m.Id} {m.Words}")))
            {
                verdicts.Add(v);
                progress.Print(json ? null : Line(v, all));
            }
        }

        if (record && all)
        {
            MutantTable.Record(repository, verdicts);
        }

        var held = verdicts.All(v => AsRecorded(v, all || record) || (record && v.Kills.Count > 0));
        Conclude(verdicts, json, held, watch.Elapsed);
        return held ? ExitCodes.Held : ExitCodes.Failed;
    }

    private static void Conclude(List<MutantVerdict> verdicts, bool json, bool held, TimeSpan time)
    {
        if (json)
        {
            Console.WriteLine(JsonText.Document(new
            {
                held,
                seconds = time.TotalSeconds,
                mutants = verdicts.Select(v => new
                {
                    v.Mutant.Id,
                    v.Mutant.Model,
                    v.Mutant.Words,
                    violated = v.Kills,
                    recorded = v.Mutant.Kills,
                    v.Faults,
                    seconds = v.Time.TotalSeconds,
                }),
            }));
        }
        else
        {
            Console.WriteLine($"{verdicts.Count(v => v.Kills.Count > 0)} of {verdicts.Count} mutants violate a property. {time.TotalSeconds:F0} s.");
        }
    }

    /// <summary>Of every property asked those recorded; of the first alone any that is recorded.</summary>
    private static bool AsRecorded(MutantVerdict v, bool all)
        => v.Faults.Count == 0 && v.Kills.Count > 0 && (all ? v.Kills.SequenceEqual(v.Mutant.Kills) : v.Kills.All(v.Mutant.Kills.Contains));

    private static string Line(MutantVerdict v, bool all) => Cells(
        v.Mutant.Id, v.Mutant.Model, v.Faults.Count > 0 ? "not tried" : v.Kills.Count == 0 ? "NOTHING" : string.Join(' ', v.Kills),
        $"{v.Mutant.Words}{(AsRecorded(v, all) ? "" : "  <- NOT AS RECORDED")}{string.Concat(v.Faults.Select(f => $"\n    {f}"))}");

    private static string Cells(params object[] cells) => string.Format(CultureInfo.InvariantCulture, Columns, cells);
}
