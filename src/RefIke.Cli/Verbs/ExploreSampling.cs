using System.CommandLine;
using RefIke.Cli.CommandLine;
using RefIke.Cli.Exploring;
using RefIke.Exploration.Sampling;
using RefIke.Exploration.Scenarios;
using static RefIke.Cli.Verbs.ExploreOptions;

namespace RefIke.Cli.Verbs;

/// <summary><c>refike explore</c>: schedules that Coyote draws.</summary>
internal static class ExploreSampling
{
    public static int Run(ParseResult parsed, Explorer explorer, bool json, CancellationToken stop)
    {
        Scenario Of(Result result) => Scenario.All.Single(s => s.Name == result.Scenario);
        Scenario[] scenarios = [.. Scenario.All.Where(s => parsed.GetValue(Name) is not { } name || s.Name == name)];
        var (plan, shares) = Plan(parsed, scenarios.Length);
        IReadOnlyList<Result> results;
        using (var progress = new Progress(scenarios.Length, shares.Sum(s => (long)s)))
        {
            results = ExplorationRun.Run(explorer, [.. scenarios.Select((s, n) => (s, plan with { Schedules = shares[n] }))], progress, stop);
        }

        var violated = results.FirstOrDefault(r => r.Found is not null);
        var folder = parsed.GetValue(Out)!;
        var replay = violated is null ? null
            : violated.Trace is { } trace ? ActorTraceFile.Write(folder, violated, trace)
            : Counterexample.Write(folder, Of(violated), Of(violated).Budget, plan.Variation, violated.Found!);
        if (plan.Of > 1)
        {
            SampleFiles.Write(folder, plan, scenarios, results, !stop.IsCancellationRequested);
        }

        var coverage = new RowCoverage(SpecificationTables.Rows, scenarios, results.SelectMany(r => r.Rows).Select(RowCoverage.Transition));
        if (json)
        {
            Console.Out.Write(ExplorationJson.Write(results, plan, coverage, replay, stop.IsCancellationRequested));
        }
        else
        {
            ExplorationText.Write(results, replay);
            Console.Out.Write(CoverageText.Of(coverage, parsed.GetValue(Covered)));
            Console.Out.Write(stop.IsCancellationRequested ? $"stopped: {results.Sum(r => (long)r.Schedules)} of {shares.Sum(s => (long)s)} schedules were run\n" : "");
        }

        return violated is not null ? ExitCodes.Failed
            : stop.IsCancellationRequested ? ExitCodes.Undecided
            : ExitCodes.Held;
    }

    /// <summary>How schedules are drawn, and each scenario's share of them.</summary>
    private static (SamplingPlan Plan, int[] Shares) Plan(ParseResult parsed, int scenarios)
    {
        var (part, of) = ShardFiles.Part(parsed.GetValue(Shard));
        var name = parsed.GetValue(StrategyName);
        var shape = parsed.GetValue(ShapeName) == "actors" ? Shape.Actors : Shape.Seam;
        if (of > 1 && shape == Shape.Actors)
        {
            throw new BadInputException("--shard: the schedules of actors cannot be split by their first turns; give each run another --seed");
        }

        var total = (long)(parsed.GetValue(InAll) ?? (parsed.GetValue(Schedules)!.Value * (ulong)scenarios));
        int[] shares = [.. Enumerable.Range(0, scenarios).Select(n => (int)(((n + 1) * total / scenarios) - (n * total / scenarios)))];
        return (new SamplingPlan(shares[0], (uint)parsed.GetValue(Seed)!.Value)
        {
            Variation = Varied(parsed),
            Strategies = name == "all" ? Strategy.Each : [Strategy.All.Single(s => s.Name == name)],
            Shape = shape,
            Part = part,
            Of = of,
        }, shares);
    }
}
