using System.CommandLine;
using RefIke.Cli.CommandLine;
using RefIke.Cli.Exploring;
using RefIke.Exploration.Sampling;
using RefIke.Exploration.Scenarios;
using RefIke.Specification;
using static RefIke.Cli.Verbs.ExploreOptions;

namespace RefIke.Cli.Verbs;

/// <summary><c>refike explore</c>: Coyote over the real core, scenario by scenario.</summary>
internal static class ExploreVerb
{
    public static Command Create()
    {
        var verb = new Verb(
            "explore",
            "Explore interleavings of the real core: Coyote decides every delivery, loss, copy, timer and order.",
            "refike explore",
            "refike explore --scenario rekey --schedules 5000 --seed 7",
            "refike explore --shape actors --strategy all --schedules-total 5000",
            "refike explore --schedules 1000000 --shard 2/8 --out parts",
            "refike explore --exhaustive --scenario simultaneous-rekey",
            "refike explore --mutant M-70 --out found",
            "refike explore --replay found/honest.replay.json",
            "refike explore --policies",
            "refike explore --mutants",
            "refike explore --list")
        {
            Name, Schedules, InAll, StrategyName, ShapeName, Seed, Covered, Exhaustive, Shard, Merge, MutantId, PolicyName, Replayed, Out, Compare,
            Policies, Mutants, JudgesAsked, Record, ListAll, Format,
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
            return ExploreMerge.Run(parts, json);
        }

        if (parsed.GetValue(Policies))
        {
            return PoliciesVerb.Run(json, stop);
        }

        if (parsed.GetValue(Mutants))
        {
            return MutantsVerb.Run(parsed, json, stop);
        }

        if (parsed.GetValue(Exhaustive))
        {
            return ExhaustiveVerb.Run(
                [.. Scenario.All.Where(s => parsed.GetValue(Name) is not { } name || s.Name == name)],
                Varied(parsed), parsed.GetValue(Shard), parsed.GetValue(Out)!, json, parsed, stop);
        }

        var explorer = new Explorer(new TraceAcceptance(SpecificationTables.Rows));
        return parsed.GetValue(Compare) ? ExploreStrategies.Run(parsed, explorer, json, stop)
            : parsed.GetValue(Replayed) is { } file ? PlayAgain(explorer, file, json)
            : ExploreSampling.Run(parsed, explorer, json, stop);
    }

    private static int PlayAgain(Explorer explorer, string path, bool json)
    {
        if (ActorTraceFile.IsOne(path))
        {
            var (recorded, acted, fault) = ActorTraceFile.Read(path);
            var again = explorer.Play(acted, recorded.Trace, fault);
            Console.Out.Write(json ? ExplorationJson.Write(recorded, again) : ExplorationText.Of(recorded, again));
            return again is null ? ExitCodes.Held : ExitCodes.Failed;
        }

        var (file, scenario, mutant) = ReplayFile.Read(path);
        var found = explorer.Play(scenario, file.Way, mutant, file.Budget);
        Console.Out.Write(json ? ExplorationJson.Write(file, found) : ExplorationText.Of(file, found));
        return found is null ? ExitCodes.Held : ExitCodes.Failed;
    }
}
