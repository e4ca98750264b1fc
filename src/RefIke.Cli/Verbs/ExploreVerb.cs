using System.CommandLine;
using RefIke.Cli.CommandLine;
using RefIke.Cli.Exploring;
using RefIke.Exploration.Sampling;
using RefIke.Exploration.Worlds;
using RefIke.Exploration.Exhaustive;
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

    private static readonly NumberOption MostStates = new("--states", "with --exhaustive: stop after so many", 1, 100_000_000, 20_000_000);
    private static readonly NumberOption Losses = new("--losses", "with --exhaustive: datagrams that may vanish, in place of the scenario's own", 0, 1000, null);
    private static readonly NumberOption Copies = new("--copies", "likewise: datagrams that may arrive twice", 0, 1000, null);
    private static readonly NumberOption Replays = new("--replays", "likewise: old datagrams that may come again", 0, 100, null);
    private static readonly NumberOption Premature = new("--premature", "likewise: timers that may fire too early", 0, 100, null);
    private static readonly Option<string?> Shard = new("--shard")
    {
        Description = "with --exhaustive: this part of so many, 2/4; its states go into the folder of --out",
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
            Name, Schedules, Seed, Exhaustive, MostStates, Losses, Copies, Replays, Premature, Shard, Merge, MutantId, Replayed, Out, ListAll, Format,
        };
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
            return Search(parsed, json, stop);
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
            : ReplayFile.Write(parsed.GetValue(Out)!, violated.Scenario, mutant, violated.Found!);
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

    /// <summary>Each scenario to its end, one after the other with all processors; the first violation ends it.</summary>
    private static int Search(ParseResult parsed, bool json, CancellationToken stop)
    {
        var mutant = Mutant.All.FirstOrDefault(m => m.Id == parsed.GetValue(MutantId));
        var (part, of) = ShardFiles.Part(parsed.GetValue(Shard));
        var limits = new SearchLimits((int)parsed.GetValue(MostStates)!.Value, Environment.ProcessorCount, part, of);
        var results = new List<ExhaustiveResult>();
        foreach (var scenario in Scenario.All.Where(s => parsed.GetValue(Name) is not { } name || s.Name == name).Select(s => Within(s, parsed)))
        {
            using (var progress = new SearchLine(scenario.Name))
            {
                results.Add(new ExhaustiveSearch(scenario, new TraceAcceptance(SpecificationTables.Rows), mutant).Run(limits, progress.Show, stop));
            }

            if (!json)
            {
                ExhaustiveText.Write(results[^1]);
            }

            if (of > 1 && results[^1].IsWhole)
            {
                ShardFiles.Write(parsed.GetValue(Out)!, results[^1], part, of);
            }

            if (results[^1].Found is not null || stop.IsCancellationRequested)
            {
                break;
            }
        }

        if (json)
        {
            Console.Out.Write(ExhaustiveText.Json(results));
        }

        return results.Any(r => r.Found is not null) ? ExitCodes.Failed
            : results.All(r => r.IsWhole) ? ExitCodes.Held : ExitCodes.Undecided;
    }

    /// <summary>A scenario with the budget that was asked for.</summary>
    private static Scenario Within(Scenario scenario, ParseResult parsed)
    {
        int Or(NumberOption option, int own) => (int)(parsed.GetValue(option) ?? (ulong)own);
        var own = scenario.InSearch;
        return scenario with
        {
            Bounded = own with
            {
                Losses = Or(Losses, own.Losses),
                Copies = Or(Copies, own.Copies),
                Replays = Or(Replays, own.Replays),
                PrematureTimers = Or(Premature, own.PrematureTimers),
            },
        };
    }

    private static int PlayAgain(Explorer explorer, string path, bool json)
    {
        var (file, scenario, mutant) = ReplayFile.Read(path);
        var found = explorer.Play(scenario, file.Way, mutant);
        Console.Out.Write(json ? ExplorationJson.Write(file, found) : ExplorationText.Of(file, found));
        return found is null ? ExitCodes.Held : ExitCodes.Failed;
    }
}
