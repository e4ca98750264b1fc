using System.Collections.Immutable;
using RefIke.Engine;
using RefIke.Exploration.Worlds;

namespace RefIke.Exploration.Policies;

/// <summary>Ways to put a policy around a step.</summary>
internal static class Seams
{
    /// <summary>The state that a step leaves is altered.</summary>
    public static Func<Step, Step> After(Func<EndpointState, EndpointState, Instant, EndpointState> alter)
        => Around.Outcome((before, now, _, after, effects) => (alter(before, after, now), effects));

    /// <summary>What a step wants done or known is altered.</summary>
    public static Func<Step, Step> Effects(Func<Input, ImmutableArray<Effect>, IEnumerable<Effect>> alter)
        => Around.Outcome((_, _, input, after, effects) => (after, [.. alter(input, effects)]));

    /// <summary>When a pair is to be deleted.</summary>
    public static TimerId Retires(IpsecPair pair) => new(TimerKind.PairRetires, default, pair.Spi);

    /// <summary>Without the timers by which pairs of one standing are deleted.</summary>
    public static EndpointState Keeping(EndpointState state, PairStanding standing)
        => state with { Timers = state.Timers.RemoveRange(state.Pairs.Values.Where(p => p.Standing == standing).Select(Retires)) };
}
