using System.Diagnostics;
using Microsoft.Coyote;
using Microsoft.Coyote.Logging;
using Microsoft.Coyote.Runtime;
using Microsoft.Coyote.SystematicTesting;
using RefIke.Exploration.Monitors;
using RefIke.Exploration.Mutants;
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

    /// <summary>With more states than this what is remembered of them is forgotten: memory does not grow with the schedules.</summary>
    private const int MostRemembered = 50_000;

    /// <summary>The safety properties by which every run is judged.</summary>
    public static IReadOnlyList<string> Safety { get; } =
        [.. OfOneEnd.Properties.Union(OfBothEnds.Properties).Append("S-31").Order(StringComparer.Ordinal)];

    /// <summary>Explores until the schedules are done, a property fails, or it is cancelled.</summary>
    public Result Explore(Scenario scenario, int schedules, uint seed, Mutant? mutant = null, CancellationToken cancelled = default)
    {
        var watch = Stopwatch.StartNew();
        var different = new HashSet<int>();
        var (runs, decisions) = (0, 0L);
        Violation? found = null;
        Walk? last = null;
        var world = new Remembered(scenario, mutant, tables);
        var configuration = Configuration.Create().WithTelemetryEnabled(false).WithTestingIterations((uint)schedules)
            .WithMaxSchedulingSteps(100_000).WithRandomGeneratorSeed(seed).WithRandomStrategy()
            .WithDeadlockTimeout(AnHour);
        using var engine = TestingEngine.Create(configuration, (ICoyoteRuntime runtime) =>
        {
            if (cancelled.IsCancellationRequested || found is not null)
            {
                return;
            }

            runtime.RegisterMonitor<OpenExchanges>();
            var moves = world.Moves;
            last = new Walk(moves, new RandomTurns(new CoyoteChoices(runtime), scenario.Budget).Choose);
            var fault = last.Run(move => runtime.Monitor<OpenExchanges>(new OpenExchanges.Count(move.After.OpenExchanges)));
            found = fault is null ? null : Of(fault, moves, last);
            runs++;
            decisions += last.Way.Count;
            different.Add(last.Way.Aggregate(17, (h, c) => unchecked((h * 31) + c + 1)));
            Microsoft.Coyote.Specifications.Specification.Assert(found is null, "{0}", found?.What ?? "");
        });
        engine.SetLogger(new TextWriterLogger(TextWriter.Null, VerbosityLevel.None));
        using var stopped = cancelled.Register(engine.Stop);
        engine.Run();
        if (found is null && engine.TestReport.NumOfFoundBugs > 0)
        {
            found = Of(new Fault("L-01", string.Join(' ', engine.TestReport.BugReports)), world.Moves, last!);
        }

        found = found is null || found.Property == "S-31" ? found : new Shrinker(scenario, scenario.Budget, tables, mutant).Of(found);
        return new Result(scenario.Name, [.. Safety.Union(scenario.Properties)], runs, different.Count, decisions, watch.Elapsed, found);
    }

    /// <summary>One run along a given way, and on as an honest network would; null where every property held.</summary>
    /// <param name="budget">What could be done to the network in it; the scenario's own where it is null.</param>
    public Violation? Play(Scenario scenario, IReadOnlyList<int> way, Mutant? mutant = null, Budget? budget = null)
        => Story.Of(scenario, budget ?? scenario.Budget, way, tables, mutant).Violation;

    private static Violation Of(Fault fault, Moves moves, Walk walk)
        => new(fault.Property, $"{fault.Property}: {fault.What}", walk.Way, Drawing.Of(moves, walk.Made));

    /// <summary>The rules with what is remembered of the core's steps, made anew when that is too much.</summary>
    private sealed class Remembered(Scenario scenario, Mutant? mutant, TraceAcceptance? tables)
    {
        private Known known = new();
        private Moves? moves;

        public Moves Moves
        {
            get
            {
                if (moves is null || known.States > MostRemembered)
                {
                    known = new();
                    moves = new Moves(scenario, scenario.Budget, new LocalSteps(scenario, mutant, tables, known, new()), known);
                }

                return moves;
            }
        }
    }

    private sealed class CoyoteChoices(ICoyoteRuntime runtime) : IChoices
    {
        public int Choose(int of) => of < 2 ? 0 : runtime.RandomInteger(of);
    }
}
