using Microsoft.Coyote;
using Microsoft.Coyote.Actors;
using Microsoft.Coyote.SystematicTesting;
using RefIke.Exploration.Monitors;
using RefIke.Exploration.Worlds;

namespace RefIke.Exploration.Sampling.Actors;

/// <summary>A schedule as actors: Coyote's scheduler decides who goes on.</summary>
/// <param name="loops">Who steps each endpoint.</param>
internal sealed class ActorsShape(Rules rules, Tally tally, params IReadOnlyList<Type> loops) : IShape
{
    private Stage? last;

    /// <inheritdoc/>
    public TestingEngine Engine(Configuration configuration, Func<bool> isOver)
        => TestingEngine.Create(configuration, (IActorRuntime runtime) =>
        {
            if (!isOver())
            {
                runtime.RegisterMonitor<OpenExchanges>();
                runtime.RegisterMonitor<EveryStep>();
                last = new Stage(rules.Fresh(), tally);
                runtime.CreateActor(typeof(OwnerActor), new OwnerActor.Begins(last, loops));
            }
        });

    /// <inheritdoc/>
    public Violation? Broken(string reports)
        => (last!.Fault ?? IShape.StaysOpen(reports)) is { } fault ? Violation.Of(fault, [], last.Ladder) : null;
}
