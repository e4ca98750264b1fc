using System.Collections.Immutable;
using RefIke.Engine;

namespace RefIke.Exploration.Worlds;

/// <summary>Ways to put something around a step.</summary>
internal static class Around
{
    /// <summary>What comes out of a step, altered: by the state before it, its time and input, the state after it and its effects.</summary>
    public static Func<Step, Step> Outcome(
        Func<EndpointState, Instant, Input, EndpointState, ImmutableArray<Effect>, (EndpointState, ImmutableArray<Effect>)> alter)
        => step => (state, now, input) =>
        {
            var (after, effects) = step(state, now, input);
            return alter(state, now, input, after, effects);
        };

    /// <summary>A step is followed by an order at the same moment, where there is one.</summary>
    public static Func<Step, Step> Then(Func<EndpointState, ImmutableArray<Effect>, Input?> order)
        => step => (state, now, input) =>
        {
            var (after, effects) = step(state, now, input);
            if (order(after, effects) is not { } next)
            {
                return (after, effects);
            }

            var (last, more) = step(after, now, next);
            return (last, [.. effects, .. more]);
        };
}
