using RefIke.Engine;
using RefIke.Exploration.Monitors;
using static RefIke.Exploration.Scenarios.Scenario;

namespace RefIke.Exploration.Scenarios;

/// <summary>Rekeys and deletes of phase 2 SAs.</summary>
internal static class LifeCycle
{
    private static readonly Instant Soon = new(100_000);
    private static readonly Instant Later = new(200_000);

    public static IEnumerable<Scenario> All => [.. Rekeys, .. Deletes];

    private static IEnumerable<Scenario> Rekeys =>
    [
        new Scenario("rekey",
            "A pair nears its end and is rekeyed (RFC 2408 §4.3). At no time is there no pair, and the old one goes.",
            ["L-05", "L-06", "S-13"], new Budget { Losses = 2, Reorders = true },
            [
                .. Established, new Act.NoGap(), new Act.Let(new Instant(950_000)),
                .. AtTheEnd.CommonPair("L-05"), AtTheEnd.OldPairGone,
                new Act.Let(AtTheEnd.AfterALife), AtTheEnd.SamePairs("L-05", 1, 1),
            ]),
        new Scenario("simultaneous-rekey",
            "Both sides rekey the same pair at once (RFC 2408 §3.1, §4.3). Both Quick Modes end, one pair is left.",
            ["L-05", "L-06", "S-13"], new Budget { Losses = 1, Copies = 1, Reorders = true },
            [
                .. Settled, new Act.NoGap(), new Act.Do(Order.Rekey(Side.A), Order.Rekey(Side.B)), new Act.Let(Later),
                AtTheEnd.EveryExchangeEnded, .. AtTheEnd.CommonPair("L-06"),
                new Act.Let(AtTheEnd.AfterALife), AtTheEnd.SamePairs("L-06", 1, 1),
            ])
        {
            Bounded = new Budget { Losses = 2, Copies = 2, Reorders = true },
        },
        new Scenario("early-rekey",
            "An end rekeys a pair as soon as it is up, perhaps the one that responded when it was made (RFC 2408 §4.3). Nobody takes that for two Quick Modes that cross: both ends send on the new pair, though the Delete of the old one is lost.",
            ["L-05", "L-06", "S-13", "S-20"], new Budget { Losses = 2, Copies = 1, Reorders = true },
            EitherFirst((first, _) =>
            [
                .. Established, new Act.NoGap(), new Act.Do(Order.Rekey(first)), new Act.Let(Later),
                AtTheEnd.EveryExchangeEnded, .. AtTheEnd.CommonPair("L-05"), AtTheEnd.Rekeyed(first),
                new Act.Let(AtTheEnd.AfterALife), AtTheEnd.SamePairs("L-06", 1, 1),
            ]))
        {
            Change = (side, setup) => setup with { Randomness = new NamedRandomness(1, $"{side}") },    // the smallest nonce is of the rekey by B
            Bounded = new Budget { Losses = 1, Copies = 1, Reorders = true },
        },
        new Scenario("delete-crossing-rekey",
            "One side deletes the pair while the other rekeys it (RFC 2408 §3.15, §4.3). The ends agree on what is left.",
            ["L-07", "S-13"], new Budget { Copies = 2, Reorders = true },
            EitherFirst((first, second) =>
            [
                .. Settled, new Act.Do(Order.Rekey(first), Order.DeletePair(second)), new Act.Let(Later),
                AtTheEnd.EveryExchangeEnded, AtTheEnd.SamePairs("L-07", 0, 1),
            ])),
    ];

    private static IEnumerable<Scenario> Deletes =>
    [
        new Scenario("delete",
            "One side deletes the pair (RFC 2408 §3.15). Both directions go on both sides, and nobody answers the answer.",
            ["L-07", "S-12", "S-13"], new Budget { Copies = 2, Reorders = true, Replays = 2 },
            EitherFirst((first, _) => [.. Established, new Act.Do(Order.DeletePair(first)), new Act.Let(Soon), AtTheEnd.SamePairs("L-07", 0, 0), AtTheEnd.Quiet])),
        new Scenario("altered-delete",
            "A Delete arrives with one bit changed (RFC 2409 §5.7: HASH(1) covers it). It deletes nothing.",
            ["L-01", "S-07", "S-13"], new Budget { Alterations = 2 },
            EitherFirst((first, _) => [.. Established, new Act.Do(Order.DeletePair(first)), new Act.Let(Soon), AtTheEnd.EveryExchangeEnded, AtTheEnd.Quiet])),
        new Scenario("parent-deleted",
            "The ISAKMP SA is deleted while a Quick Mode is open (RFC 2409 §8). Either the Quick Mode has ended on both sides or it fails on both, and what was offered in it is taken back; each end sends where the other receives.",
            ["L-01", "L-05", "S-13"], new Budget { Reorders = true },
            [
                .. Established, new Act.Do(Order.Rekey(Side.A), Order.DeleteIsakmp(Side.B)), new Act.Let(Soon),
                AtTheEnd.EveryExchangeEnded, AtTheEnd.PairsSpared, .. AtTheEnd.CommonPair("L-05"),
            ]),
    ];
}
