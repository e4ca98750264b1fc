using System.Collections.Immutable;
using RefIke.Engine;
using RefIke.Exchanges.Phase1;
using RefIke.Exploration.Worlds;
using static RefIke.Exploration.Policies.Seams;

namespace RefIke.Exploration.Policies;

/// <summary>What the end of one SA means for another (D-142, D-143, D-146, D-151; ).</summary>
internal static class Ends
{
    private static readonly TimerId Restarts = new(TimerKind.Forget, default, uint.MaxValue);

    public static IEnumerable<LifePolicy> All =>
    [
        new("DELETE_IS_NOT_ANSWERED", "a Delete of a pair is not answered by that of the other half", "")
        {
            Around = Effects((input, effects) => input is Input.DatagramArrived && effects.Any(e => e is Effect.PairDeleted)
                ? effects.Where(e => e is not Effect.Send) : effects),
        },
        new("RESTART_ON_DELETE", "a pair that the peer deletes is made anew a second later", "strongSwan with close_action = start")
        {
            Around = step => (state, now, input) =>
            {
                if (input is Input.TimerFired { Timer: var timer } && timer == Restarts)
                {
                    return step(state with { Timers = state.Timers.Remove(Restarts) }, now, new Input.Connect("t", "c"));
                }

                var (after, effects) = step(state, now, input);
                return (effects.Any(e => e is Effect.PairDeleted { Why: "the peer deleted it" }) && after.Sending("t", "c") is null
                    ? after with { Timers = after.Timers.SetItem(Restarts, now.After(1000)) } : after, effects);
            },
        },
        new("ISAKMP_SA_TAKES_ITS_PAIRS", "with an ISAKMP SA go the pairs that were made under it", "libreswan, racoon on a Delete")
        {
            Around = Around.Outcome((_, _, _, after, effects) =>
            {
                ImmutableArray<IpsecPair> gone = [.. effects.OfType<Effect.IsakmpDeleted>().SelectMany(d => after.Pairs.Values.Where(p => p.Exchange.CKY_I == d.CKY_I))];
                return (after with
                {
                    Pairs = after.Pairs.RemoveRange(gone.Select(p => p.Spi)),
                    Timers = after.Timers.RemoveRange(after.Timers.Keys.Where(t => gone.Any(p => p.Spi == t.Id) && t.Own == default)),
                }, [.. effects, .. gone.Select(p => new Effect.PairDeleted(p, "its ISAKMP SA has gone"))]);
            }),
        },
        new("RENEWED_GOES_AT_ONCE", "the former ISAKMP SA is deleted as soon as the new one is up", "strongSwan, make before break")
        {
            Around = After((before, after, now) => after with
            {
                Timers = after.Timers.SetItems(after.Timers.Keys.Where(t => t.Kind == TimerKind.IsakmpRetires && !before.Timers.ContainsKey(t))
                    .Select(t => KeyValuePair.Create(t, now))),
            }),
        },
        new("RENEWED_STAYS", "the former ISAKMP SA stays until its life ends", "")
        {
            Around = After((_, after, _) => after with { Timers = after.Timers.RemoveRange(after.Timers.Keys.Where(t => t.Kind == TimerKind.IsakmpRetires)) }),
        },
        new("NEWER_PHASE_1_WINS", "of two ISAKMP SAs with one peer the older goes when the newer comes up", "uniqueids, in strongSwan and libreswan")
        {
            Around = Around.Then((after, effects) => effects.OfType<Effect.IsakmpEstablished>().FirstOrDefault() is { } fresh
                && after.Isakmp.Values.FirstOrDefault(e => e.Own != fresh.Own && e.Connection == fresh.Connection && e.Phase1.Step == Phase1Step.Established) is { } older
                ? new Input.DeleteIsakmp(older.Own) : null),
        },
    ];
}
