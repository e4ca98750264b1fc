using RefIke.Engine;
using RefIke.Exchanges;
using static RefIke.Exploration.Policies.Seams;

namespace RefIke.Exploration.Policies;

/// <summary>What becomes of the pair that a rekey replaces (D-136 to D-138).</summary>
internal static class OldPairs
{
    private const long Later = 30_000;

    public static IEnumerable<LifePolicy> All =>
    [
        new("INITIATOR_DELETES_OLD_AT_ONCE", "whoever began the rekey deletes the old pair as soon as the new one is up", "strongSwan, where told to delete")
        {
            Change = setup => setup with { Timing = setup.Timing with { DeleteOldAfter = 0, DeleteSurplusAfter = 0 } },
        },
        new("BOTH_DELETE_OLD_LATER", "both ends delete the old pair some time after", "")
        {
            Around = After((_, after, now) => BothRetire(after, now, Later)),
        },
        new("BOTH_DELETE_OLD_AT_ONCE", "both ends delete the old pair as soon as the new one is up", "")
        {
            Change = setup => setup with { Timing = setup.Timing with { DeleteOldAfter = 0, DeleteSurplusAfter = 0 } },
            Around = After((_, after, now) => BothRetire(after, now, 0)),
        },
        new("OLD_EXPIRES_AND_IS_TOLD", "nobody deletes the old pair: it goes when its life ends, and the peer is told", "libreswan")
        {
            Around = After((_, after, _) => Keeping(after, PairStanding.Replaced)),
        },
        new("OLD_EXPIRES_UNTOLD", "nobody deletes the old pair: it goes when its life ends, and nobody is told", "strongSwan, racoon")
        {
            Around = step => Effects((input, effects) => input is Input.TimerFired { Timer.Kind: TimerKind.PairExpires }
                ? effects.Where(e => e is not Effect.Send) : effects)(After((_, after, _) => Keeping(after, PairStanding.Replaced))(step)),
        },
        new("OLDEST_IS_SENT_ON", "traffic stays on the oldest pair until it has gone", "Cisco of old, BSD kernels")
        {
            Around = After((_, after, _) => SendingOnOldest(after)),
        },
        new("REKEYS_AT_THE_END", "a rekey begins when the life has ended", "")
        {
            Change = setup => setup with { Timing = setup.Timing with { InitiatorRekeysAt = 100, ResponderRekeysAt = 100 } },
        },
        new("BOTH_REKEY_AT_ONCE", "both ends rekey at the same part of the life", "racoon, strongSwan without its random part")
        {
            Change = setup => setup with { Timing = setup.Timing with { ResponderRekeysAt = setup.Timing.InitiatorRekeysAt } },
        },
    ];

    private static EndpointState BothRetire(EndpointState state, Instant now, long after)
        => state with
        {
            Timers = state.Timers.SetItems(state.Pairs.Values
                .Where(p => p.Standing == PairStanding.Replaced && !state.Timers.ContainsKey(Retires(p)))
                .Select(p => KeyValuePair.Create(Retires(p), now.After(after)))),
        };

    private static EndpointState SendingOnOldest(EndpointState state)
    {
        if (state.Pairs.Count < 2)
        {
            return state;
        }

        var oldest = state.Pairs.Values.OrderBy(p => p.Installed).ThenBy(p => p.Role == Role.Initiator ? p.Spi : p.PeerSpi).First().Spi;
        return state with
        {
            Pairs = state.Pairs.SetItems(state.Pairs.Values.Where(p => p.Standing == PairStanding.Current || p.Spi == oldest).Select(p
                => KeyValuePair.Create(p.Spi, p with { Standing = p.Spi == oldest ? PairStanding.Current : PairStanding.Replaced }))),
        };
    }
}
