using RefIke.Engine;
using RefIke.Exchanges;
using static RefIke.Exploration.Policies.Seams;

namespace RefIke.Exploration.Policies;

/// <summary>What becomes of the two pairs that both ends made at once (D-140).</summary>
internal static class NewPairs
{
    public static IEnumerable<LifePolicy> All =>
    [
        new("BOTH_NEW_STAY", "of two new pairs neither is deleted", "strongSwan, libreswan")
        {
            Around = After((_, after, _) => Keeping(after, PairStanding.Surplus)),
        },
        new("EACH_DELETES_ITS_OWN_NEW", "each end deletes the pair whose Quick Mode it began", "strongSwan, by a rule")
        {
            Around = After((_, after, now) => Deleting(after, now, Role.Initiator)),
        },
        new("EACH_DELETES_THE_OTHERS_NEW", "each end deletes the pair whose Quick Mode the other began", "")
        {
            Around = After((_, after, now) => Deleting(after, now, Role.Responder)),
        },
        new("LAST_NEW_IS_SENT_ON", "of two new pairs the one that came up last is sent on", "RefIke, as meant at first")
        {
            Around = After((before, after, _) => SendingOnLast(before, after)),
        },
    ];

    /// <summary>Where two pairs collided, the one of the given role goes some time after.</summary>
    private static EndpointState Deleting(EndpointState state, Instant now, Role role)
    {
        if (state.Pairs.Values.All(p => p.Standing != PairStanding.Surplus))
        {
            return state;
        }

        var newest = state.Pairs.Values.Where(p => p.Standing != PairStanding.Replaced).ToLookup(p => p.Role == role);
        var timers = state.Timers.RemoveRange(newest[false].Select(Retires));
        return state with
        {
            Timers = timers.AddRange(newest[true].Where(p => !timers.ContainsKey(Retires(p))).Select(p => KeyValuePair.Create(Retires(p), now.After(30_000)))),
        };
    }

    private static EndpointState SendingOnLast(EndpointState before, EndpointState after)
    {
        var fresh = after.Pairs.Values.FirstOrDefault(p => !before.Pairs.ContainsKey(p.Spi));
        return fresh is not { Standing: PairStanding.Surplus } ? after : after with
        {
            Pairs = after.Pairs.SetItems(after.Pairs.Values.Where(p => p.Standing == PairStanding.Current)
                .Select(p => KeyValuePair.Create(p.Spi, p with { Standing = PairStanding.Surplus }))
                .Append(KeyValuePair.Create(fresh.Spi, fresh with { Standing = PairStanding.Current }))),
        };
    }
}
