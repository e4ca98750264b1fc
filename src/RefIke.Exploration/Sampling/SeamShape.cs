using Microsoft.Coyote;
using Microsoft.Coyote.Runtime;
using Microsoft.Coyote.SystematicTesting;
using RefIke.Exploration.Monitors;
using RefIke.Exploration.Worlds;

namespace RefIke.Exploration.Sampling;

/// <summary>A schedule as one driver: at each turn Coyote is asked which of all that may happen is next.</summary>
internal sealed class SeamShape(Rules rules, SamplingPlan plan, Tally tally) : IShape
{
    private readonly IReadOnlyList<IReadOnlyList<int>> prefixes = Prefixes.Of(rules.Fresh().Moves, plan.Part, plan.Of);
    private Walk? last;

    /// <inheritdoc/>
    public TestingEngine Engine(Configuration configuration, Func<bool> isOver)
        => TestingEngine.Create(configuration, (ICoyoteRuntime runtime) =>
        {
            if (!isOver() && prefixes.Count > 0)
            {
                Run(runtime);
            }
        });

    /// <inheritdoc/>
    public Violation? Broken(string reports) => IShape.StaysOpen(reports) is { } fault ? last!.Of(fault) : null;

    private void Run(ICoyoteRuntime runtime)
    {
        runtime.RegisterMonitor<OpenExchanges>();
        var moves = rules.Fresh().Moves;
        var choices = new CoyoteChoices(runtime);
        var (prefix, at) = (prefixes[choices.Choose(prefixes.Count)], 0);
        var turns = new RandomTurns(choices, rules.Scenario.Budget);
        last = new Walk(moves, (state, all) => at < prefix.Count ? prefix[at++] : turns.Choose(state, all));
        var fault = last.Run(move => runtime.Monitor<OpenExchanges>(new OpenExchanges.Count(move.After.OpenExchanges)));
        tally.Found = fault is null ? null : last.Of(fault);
        tally.Different.Add(last.Way);
        tally.Ran(last.Way.Count);
        Microsoft.Coyote.Specifications.Specification.Assert(tally.Found is null, "{0}", tally.Found?.What ?? "");
    }

    private sealed class CoyoteChoices(ICoyoteRuntime runtime) : IChoices
    {
        public int Choose(int of) => of < 2 ? 0 : runtime.RandomInteger(of);
    }
}
