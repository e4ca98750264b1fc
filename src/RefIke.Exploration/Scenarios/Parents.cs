using RefIke.Engine;
using RefIke.Exploration.Monitors;
using RefIke.Wire;
using static RefIke.Exploration.Scenarios.Scenario;

namespace RefIke.Exploration.Scenarios;

/// <summary>ISAKMP SAs that end, or are renewed, in the middle of what is done under them .</summary>
internal static class Parents
{
    private static readonly Instant Later = new(200_000);

    public static IEnumerable<Scenario> All => [.. Ends, .. Limits];

    private static IEnumerable<Scenario> Ends =>
    [
        new Scenario("parent-expires",
            "The ISAKMP SA reaches the end of its life, not renewed, while a pair lives (RFC 2409 §8). The pair stays, and its rekey begins with a new phase 1.",
            ["L-01", "L-05", "L-18", "S-13", "S-21"], new Budget { Losses = 2, Reorders = true },
            EitherFirst((first, _) =>
            [
                .. Established, new Act.NoGap(), new Act.Let(new Instant(610_000)), AtTheEnd.NoParent, AtTheEnd.SamePairs("S-21", 1, 1),
                new Act.Do(Order.Rekey(first)), new Act.Let(new Instant(800_000)),
                AtTheEnd.EveryExchangeEnded, AtTheEnd.Renewed(first, 1), .. AtTheEnd.CommonPair("L-05"),
                new Act.Let(new Instant(1_100_000)), AtTheEnd.SamePairs("L-05", 1, 1),
            ]))
        {
            Race = "R-39",
            IsakmpLife = 600,
            Change = (_, setup) => setup with { Timing = setup.Timing with { InitiatorRekeysAt = 150, ResponderRekeysAt = 160 } },
        },
        new Scenario("rekey-after-lost-delete",
            "One end has deleted the ISAKMP SA, and the other may not know it when it rekeys (RFC 2408 §5.15, RFC 2409 §8). The pair is not lost by it.",
            ["L-01", "S-13", "S-21"], new Budget { Losses = 1, Copies = 1, Reorders = true },
            EitherFirst((first, second) =>
            [
                .. Settled, new Act.NoGap(), new Act.Do(Order.DeleteIsakmp(first)), new Act.Let(Begins),
                new Act.Do(Order.Rekey(second)), new Act.Let(new Instant(75_000)),
                new Act.Do(Order.Rekey(first)), new Act.Let(Later), .. AtTheEnd.CommonPair("L-05"),
            ])) { Race = "R-39" },
        new Scenario("renewal-with-open-quick-mode",
            "A Quick Mode is open, its messages lost or held back, when the ISAKMP SA is renewed (RFC 2408 §4.3). It ends under the old one, which stays that long.",
            ["L-01", "L-05", "L-18", "S-13", "S-22"], new Budget { Losses = 1, Delays = 1 },
            EitherFirst((first, second) =>
            [
                .. Settled, new Act.NoGap(), new Act.Do(Order.Rekey(first)), new Act.Let(Begins),
                new Act.Do(Order.Renew(second)), new Act.Let(Later),
                AtTheEnd.EveryExchangeEnded, AtTheEnd.Renewed(second, 1), .. AtTheEnd.CommonPair("L-05"),
                new Act.Let(AtTheEnd.AfterALife), AtTheEnd.SamePairs("L-05", 1, 1),
            ])) { Race = "R-40" },
        new Scenario("all-at-once",
            "Both ends renew the ISAKMP SA and rekey the pair, all at once (RFC 2408 §4.3). Every exchange ends, one pair is left, and no child falls with a parent.",
            ["L-01", "L-05", "L-06", "L-18", "S-13", "S-21"], new Budget { Losses = 1 },
            [
                .. Settled, new Act.NoGap(),
                new Act.Do(Order.Renew(Side.A), Order.Rekey(Side.B), Order.Renew(Side.B), Order.Rekey(Side.A)), new Act.Let(Later),
                AtTheEnd.EveryExchangeEnded, AtTheEnd.Renewed(Side.A, 2), AtTheEnd.Renewed(Side.B, 2), .. AtTheEnd.CommonPair("L-06"),
                new Act.Let(AtTheEnd.AfterALife), AtTheEnd.SamePairs("L-06", 1, 1),
            ]) { Race = "R-39 R-41" },
    ];

    private static IEnumerable<Scenario> Limits =>
    [
        new Scenario("renewal-in-aggressive-mode",
            "The ISAKMP SA is renewed in Aggressive Mode, and message 3 is lost or comes behind the Delete of the old one (RFC 2409 §5.4, RFC 2408 §5.15). The pair is rekeyed all the same.",
            ["L-05", "L-06", "L-18", "S-13", "S-21"], new Budget { Losses = 1, Delays = 1 },
            EitherFirst((first, _) =>
            [
                .. Settled, new Act.NoGap(), new Act.Do(Order.Renew(first)), new Act.Let(new Instant(40_500)),
                new Act.Do(Order.DeleteIsakmp(first)), new Act.Let(Later), AtTheEnd.SamePairs("S-21", 1, 1),
                new Act.Let(new Instant(1_100_000)), AtTheEnd.EveryExchangeEnded, .. AtTheEnd.CommonPair("L-05"),
            ]))
        {
            Race = "R-42",
            Change = (_, setup) => setup.WithConnections(c => c with { Mode = ExchangeType.Aggressive }),
        },
        new Scenario("message-ids-spent",
            "Under one ISAKMP SA so many message ids were met that the peer takes no more (RFC 2408 §3.1, RFC 2409 §10). It is renewed before that, and the pair is rekeyed in time.",
            ["L-05", "L-18", "S-08", "S-13"], new Budget { Copies = 2 },
            EitherFirst((first, second) =>
            [
                .. Established, new Act.NoGap(),
                .. Enumerable.Range(0, 4).SelectMany(n => (Act[])
                [
                    new Act.Do(Order.Rekey(n % 2 == 0 ? first : second)), new Act.Let(new Instant((n + 1) * 100_000)),
                ]),
                AtTheEnd.EveryExchangeEnded, .. AtTheEnd.CommonPair("L-05"), AtTheEnd.Renewed(first, 2),
            ]))
        {
            Race = "R-45",
            Change = (_, setup) => setup with { Limits = setup.Limits with { MessageIds = 40 } },
        },
    ];
}
