using System.Diagnostics;
using Microsoft.Coyote;
using Microsoft.Coyote.Logging;
using Microsoft.Coyote.Runtime;
using Microsoft.Coyote.SystematicTesting;
using RefIke.Exploration.Monitors;
using RefIke.Exploration.Mutants;
using RefIke.Exploration.Scenarios;
using RefIke.Specification;

namespace RefIke.Exploration;

/// <summary>Runs a scenario again and again, Coyote making every choice. It samples schedules and claims no more.</summary>
public sealed class Explorer(TraceAcceptance? tables)
{
    /// <summary>
    /// A driver without tasks cannot deadlock; Coyote's watch over that goes by the wall clock, and on a busy machine takes
    /// a slow schedule for one that hangs.
    /// </summary>
    private const uint AnHour = 3_600_000;

    /// <summary>The safety properties by which every run is judged.</summary>
    public static IReadOnlyList<string> Safety { get; } =
        [.. OfOneEnd.Properties.Union(OfBothEnds.Properties).Order(StringComparer.Ordinal)];

    /// <summary>Explores until the schedules are done, a property fails, or it is cancelled.</summary>
    public Result Explore(Scenario scenario, int schedules, uint seed, Mutant? mutant = null, CancellationToken cancelled = default)
    {
        var watch = Stopwatch.StartNew();
        var different = new HashSet<int>();
        var (runs, decisions) = (0, 0L);
        Finding? found = null;
        World? world = null;
        Recorder? last = null;
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
            (world, last) = (null, new Recorder(new CoyoteChoices(runtime)));
            found = Play(scenario, last, mutant, open => runtime.Monitor<OpenExchanges>(new OpenExchanges.Count(open)), w => world = w);
            runs++;
            decisions += last.Taken.Count;
            different.Add(last.Taken.Aggregate(17, (h, c) => unchecked((h * 31) + c + 1)));
            Microsoft.Coyote.Specifications.Specification.Assert(found is null, "{0}", found?.What ?? "");
        });
        engine.SetLogger(new TextWriterLogger(TextWriter.Null, VerbosityLevel.None));
        using var stopped = cancelled.Register(engine.Stop);
        engine.Run();
        if (found is null && engine.TestReport.NumOfFoundBugs > 0)
        {
            found = new Finding("L-01", $"L-01: {string.Join(' ', engine.TestReport.BugReports)}", LadderLine.Draw(world!.Ladder), last!.Taken);
        }

        return new Result(scenario.Name, [.. Safety.Union(scenario.Properties)], runs, different.Count, decisions, watch.Elapsed, found);
    }

    /// <summary>One run with given choices; null where every property held.</summary>
    public Finding? Play(
        Scenario scenario, IChoices choices, Mutant? mutant = null, Action<int>? open = null, Action<World>? made = null)
    {
        var recorder = choices as Recorder ?? new Recorder(choices);
        var world = new World(recorder, scenario, tables, mutant, open);
        made?.Invoke(world);
        try
        {
            foreach (var act in scenario.Variants[scenario.Variants.Length > 1 ? recorder.Choose(scenario.Variants.Length) : 0])
            {
                world.Play(act);
            }

            return null;
        }
        catch (PropertyViolatedException violated)
        {
            return new Finding(violated.Property, violated.Message, LadderLine.Draw(world.Ladder), recorder.Taken);
        }
        catch (Exception thrown) when (thrown.GetType().Namespace?.StartsWith("Microsoft.Coyote", StringComparison.Ordinal) != true)
        {
            return new Finding("S-31", $"S-31: the core threw {thrown.GetType().Name}: {thrown.Message}", LadderLine.Draw(world.Ladder), recorder.Taken);
        }
    }

    private sealed class CoyoteChoices(ICoyoteRuntime runtime) : IChoices
    {
        public int Choose(int of) => of < 2 ? 0 : runtime.RandomInteger(of);
    }
}
