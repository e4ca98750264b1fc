using System.Diagnostics;
using Microsoft.Coyote;
using Microsoft.Coyote.Logging;
using RefIke.Exchanges.Machines;
using RefIke.Exploration.Monitors;
using RefIke.Exploration.Sampling.Actors;
using RefIke.Exploration.Scenarios;
using RefIke.Exploration.Worlds;
using RefIke.Specification;

namespace RefIke.Exploration.Sampling;

/// <summary>Runs a scenario again and again, Coyote making every choice. It samples schedules and claims no more.</summary>
public sealed class Explorer(TraceAcceptance? tables)
{
    /// <summary>
    /// A driver without tasks cannot deadlock; Coyote's watch over that goes by the wall clock, and on a busy machine takes
    /// a slow schedule for one that hangs.
    /// </summary>
    private const uint AnHour = 3_600_000;

    /// <summary>An engine remembers each schedule that it drew: after so many comes another, with the next seed, and it is forgotten.</summary>
    private const int ForOneEngine = 10_000;

    /// <summary>The safety properties by which every run is judged.</summary>
    public static IReadOnlyList<string> Safety { get; } =
        [.. OfOneEnd.Properties.Union(OfBothEnds.Properties).Union(["S-31", "S-32"]).Order(StringComparer.Ordinal)];

    /// <summary>Who steps each endpoint among actors: one loop, as the UDP host has.</summary>
    internal IReadOnlyList<Type> Loops { get; init; } = [typeof(EndpointActor)];

    /// <summary>Explores through the driver, at random.</summary>
    public Result Explore(Scenario scenario, int schedules, uint seed, Variation? variation = null, CancellationToken cancelled = default)
        => Explore(scenario, new SamplingPlan(schedules, seed) { Variation = variation }, null, cancelled);

    /// <summary>Explores until the schedules are done, a property fails, or it is cancelled.</summary>
    /// <param name="told">Told how many schedules there are, after each.</param>
    public Result Explore(Scenario scenario, SamplingPlan plan, Action<int>? told, CancellationToken cancelled = default)
    {
        var watch = Stopwatch.StartNew();
        var rules = new Rules(scenario, plan.Variation, tables).Fresh();
        var tally = new Tally(told);
        IShape shape = plan.Shape == Shape.Actors ? new ActorsShape(rules, tally, Loops) : new SeamShape(rules, plan, tally);
        string? trace = null;
        for (var n = 0; n < plan.Strategies.Length; n++)
        {
            var share = (int)((((long)n + 1) * plan.Schedules / plan.Strategies.Length) - ((long)n * plan.Schedules / plan.Strategies.Length));
            var seed = unchecked(plan.Seed + ((uint)n << 20) + (uint)plan.Part - 1);     // with one seed, strategies would draw much alike
            for (var done = 0; done < share && tally.Found is null && !cancelled.IsCancellationRequested; done += ForOneEngine)
            {
                trace = Draw(shape, tally, plan.Strategies[n].Set(Coyotes(Math.Min(ForOneEngine, share - done), seed++)), cancelled);
            }
        }

        return new Result(
            scenario.Name, [.. Safety.Union(scenario.Properties)], tally.Runs, tally.Different.Count, tally.Decisions, watch.Elapsed, Small(scenario, plan, tally.Found))
        {
            Plan = plan,
            IsEstimate = tally.Different.IsEstimate,
            Rows = rules.Rows,
            Trace = plan.Shape == Shape.Actors ? trace : null,
        };
    }

    /// <summary>One run along a given way, and on as an honest network would; null where every property held.</summary>
    /// <param name="budget">What could be done to the network in it; the scenario's own where it is null.</param>
    public Violation? Play(Scenario scenario, IReadOnlyList<int> way, Variation? variation = null, Budget? budget = null)
        => Story.Of(scenario, budget ?? scenario.Budget, way, tables, variation).Violation;

    /// <summary>The run that Coyote recorded once more; null where every property held.</summary>
    /// <param name="trace">What <see cref="Result.Trace"/> was.</param>
    public Violation? Play(Scenario scenario, string trace, Variation? variation = null)
    {
        var tally = new Tally(null);
        var rules = new Rules(scenario, variation, tables).Fresh();
        Draw(new ActorsShape(rules, tally, Loops), tally, Coyotes(1, 0).WithReproducibleTrace(trace), default);
        return tally.Found;
    }

    /// <summary>The rows that are taken where no harm is done: by them one sees which exchanges a scenario speaks.</summary>
    internal static IEnumerable<TraceEntry> RowsWithoutHarm(Scenario scenario)
    {
        var rules = new Rules(scenario, null, null).Fresh();
        for (var v = 0; v < scenario.Variants.Length; v++)
        {
            new Walk(rules.Moves, (state, _) => state is null ? v : 0).Run();
        }

        return rules.Rows;
    }

    /// <summary>The driver's way to a violation made short. One among actors is Coyote's to make again, as it is.</summary>
    private Violation? Small(Scenario scenario, SamplingPlan plan, Violation? found)
        => found is null or { Property: "S-31" } || plan.Shape == Shape.Actors ? found
            : new Shrinker(scenario, scenario.Budget, tables, plan.Variation).Of(found);

    private static Configuration Coyotes(int schedules, uint seed)
        => Configuration.Create().WithTelemetryEnabled(false).WithTestingIterations((uint)schedules)
            .WithMaxSchedulingSteps(100_000).WithRandomGeneratorSeed(seed).WithDeadlockTimeout(AnHour);

    private static string? Draw(IShape shape, Tally tally, Configuration configuration, CancellationToken cancelled)
    {
        using var engine = shape.Engine(configuration, () => cancelled.IsCancellationRequested || tally.Found is not null);
        engine.SetLogger(new TextWriterLogger(TextWriter.Null, VerbosityLevel.None));
        using var stopped = cancelled.Register(engine.Stop);
        engine.Run();
        if (tally.Found is null && engine.TestReport.NumOfFoundBugs > 0)
        {
            var reports = string.Join(' ', engine.TestReport.BugReports);
            tally.Found = shape.Broken(reports)
                ?? throw new InvalidOperationException($"what explores has a fault of its own: {reports}");
        }

        return tally.Found is null ? null : engine.ReproducibleTrace;
    }
}
