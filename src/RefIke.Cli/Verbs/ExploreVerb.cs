using System.CommandLine;
using RefIke.Cli.CommandLine;
using RefIke.Cli.Exploring;
using RefIke.Exploration.Sampling;
using RefIke.Exploration.Worlds;
using RefIke.Exploration.Mutants;
using RefIke.Exploration.Scenarios;
using RefIke.Specification;

namespace RefIke.Cli.Verbs;

/// <summary><c>refike explore</c>: Coyote over the real core, scenario by scenario.</summary>
internal static class ExploreVerb
{
    private static readonly WordOption Name =
        new("--scenario", "only this one; --list names all", "name", [.. Scenario.All.Select(s => s.Name)]);
    private static readonly NumberOption Schedules = new("--schedules", "runs of each scenario", 1, int.MaxValue, 1000);
    private static readonly NumberOption Seed = new("--seed", "of Coyote's choices", 0, uint.MaxValue, 2409);
    private static readonly WordOption MutantId =
        new("--mutant", "seed this fault into endpoint A; --list names all", "id", [.. Mutant.All.Select(m => m.Id)]);
    private static readonly FileOption Replayed = new("--replay", "play a found violation again");
    private static readonly Option<string> Out = new("--out")
    {
        DefaultValueFactory = _ => ".",
        Description = "folder for the replay file of a violation",
        HelpName = "folder",
    };

    private static readonly Option<bool> ListAll =
        new("--list") { Description = "say what the scenarios and the seeded faults are, and stop" };
    private static readonly Option<bool> Exhaustive = new("--exhaustive")
    {
        Description = "visit every state within the scenario's budget, and not a sample of schedules",
    };

    private static readonly Option<string?> Shard = new("--shard")
    {
        Description = "this part of so many, 2/4; what it came to goes into the folder of --out",
        HelpName = "i/n",
    };

    private static readonly Option<string?> Merge = new("--merge")
    {
        Description = "join the parts in a folder: what all of them reached together",
        HelpName = "folder",
    };

    private static readonly WordOption Format = WordOption.Format();

    public static Command Create()
    {
        var verb = new Verb(
            "explore",
            "Explore interleavings of the real core: Coyote decides every delivery, loss, copy, timer and order.",
            "refike explore",
            "refike explore --scenario rekey --schedules 5000 --seed 7",
            "refike explore --exhaustive --scenario simultaneous-rekey",
            "refike explore --mutant M-70 --out found",
            "refike explore --replay found/honest.replay.json",
            "refike explore --list")
        {
            Name, Schedules, Seed, Exhaustive, Shard, Merge, MutantId, Replayed, Out, ListAll, Format,
        };
        ExhaustiveVerb.AddTo(verb);
        verb.SetAction((parsed, stop) => Task.FromResult(Run(parsed, stop)));
        return verb;
    }

    private static int Run(ParseResult parsed, CancellationToken stop)
    {
        var json = parsed.GetValue(Format) == "json";
        if (parsed.GetValue(ListAll))
        {
            Console.Out.Write(json ? ExplorationJson.List() : ExplorationText.List());
            return ExitCodes.Held;
        }

        if (parsed.GetValue(Merge) is { } parts)
        {
            var merged = ShardFiles.Merge(parts);
            Console.Out.Write(json ? ShardFiles.Json(merged) : ShardFiles.Text(merged));
            return ExitCodes.Held;
        }

        if (parsed.GetValue(Exhaustive))
        {
            return ExhaustiveVerb.Run(
                [.. Scenario.All.Where(s => parsed.GetValue(Name) is not { } name || s.Name == name)],
                Mutant.All.FirstOrDefault(m => m.Id == parsed.GetValue(MutantId)), parsed.GetValue(Shard), parsed.GetValue(Out)!, json, parsed, stop);
        }

        var explorer = new Explorer(new TraceAcceptance(SpecificationTables.Rows));
        return parsed.GetValue(Replayed) is { } file
            ? PlayAgain(explorer, file, json)
            : Explore(parsed, explorer, json, stop);
    }

    private static int Explore(ParseResult parsed, Explorer explorer, bool json, CancellationToken stop)
    {
        Scenario[] scenarios = [.. Scenario.All.Where(s => parsed.GetValue(Name) is not { } name || s.Name == name)];
        var mutant = Mutant.All.FirstOrDefault(m => m.Id == parsed.GetValue(MutantId));
        var (schedules, seed) = ((int)parsed.GetValue(Schedules)!.Value, (uint)parsed.GetValue(Seed)!.Value);
        IReadOnlyList<Result> results;
        using (var progress = new Progress(scenarios.Length))
        {
            results = ExplorationRun.Run(explorer, scenarios, schedules, seed, mutant, progress.Ended, stop);
        }

        var violated = results.FirstOrDefault(r => r.Found is not null);
        var replay = violated is null
            ? null
            : Counterexample.Write(parsed.GetValue(Out)!, scenarios.Single(s => s.Name == violated.Scenario), scenarios.Single(s => s.Name == violated.Scenario).Budget, mutant, violated.Found!);
        if (json)
        {
            Console.Out.Write(ExplorationJson.Write(results, schedules, seed, mutant, replay));
        }
        else
        {
            ExplorationText.Write(results, replay);
        }

        return violated is not null ? ExitCodes.Failed
            : stop.IsCancellationRequested ? ExitCodes.Undecided
            : ExitCodes.Held;
    }

    private static int PlayAgain(Explorer explorer, string path, bool json)
    {
        var (file, scenario, mutant) = ReplayFile.Read(path);
        var found = explorer.Play(scenario, file.Way, mutant, file.Budget);
        Console.Out.Write(json ? ExplorationJson.Write(file, found) : ExplorationText.Of(file, found));
        return found is null ? ExitCodes.Held : ExitCodes.Failed;
    }
}
