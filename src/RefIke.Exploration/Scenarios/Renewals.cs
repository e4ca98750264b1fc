using RefIke.Engine;
using RefIke.Exploration.Monitors;
using static RefIke.Exploration.Scenarios.Scenario;

namespace RefIke.Exploration.Scenarios;

/// <summary>A new ISAKMP SA in place of an old one, while pairs live on .</summary>
internal static class Renewals
{
    private static readonly Instant Later = new(200_000);

    public static IEnumerable<Scenario> All =>
    [
        new Scenario("isakmp-renewal",
            "The ISAKMP SA nears its end and is renewed (RFC 2408 §4.3, RFC 2409 §8). The pair lives on and is rekeyed under the new one.",
            ["L-05", "L-06", "L-18", "S-13", "S-21"], new Budget { Losses = 2, Copies = 1, Reorders = true },
            [
                .. Established, new Act.NoGap(), new Act.Let(new Instant(590_000)), AtTheEnd.Renewed(Side.A, 1),
                new Act.Let(new Instant(700_000)),
                AtTheEnd.Renewed(Side.B, 1),            // its Delete may be lost: then the former one has reached its end
                AtTheEnd.SamePairs("S-21", 1, 1),
                new Act.Let(new Instant(950_000)), .. AtTheEnd.CommonPair("L-05"), AtTheEnd.OldPairGone,
            ]) { IsakmpLife = 600 },
        new Scenario("simultaneous-renewal",
            "Both sides renew the ISAKMP SA at once (RFC 2408 §2.3, §4.3). Each new one stands, the old one goes once, no pair is touched.",
            ["L-01", "L-18", "S-13", "S-21"], new Budget { Losses = 1, Copies = 1, Reorders = true },
            [
                .. Established, new Act.NoGap(), new Act.Do(Order.Renew(Side.A), Order.Renew(Side.B)), new Act.Let(Later),
                AtTheEnd.EveryExchangeEnded, AtTheEnd.Renewed(Side.A, 2), AtTheEnd.Renewed(Side.B, 2), AtTheEnd.SamePairs("S-21", 1, 1),
            ]),
        new Scenario("renewal-beside-rekey",
            "One side renews the ISAKMP SA while the other rekeys the pair (RFC 2409 §5.5). The Quick Mode ends under the old SA, nothing is lost.",
            ["L-01", "L-05", "L-18", "S-13"], new Budget { Losses = 1, Copies = 1, Reorders = true },
            EitherFirst((first, second) =>
            [
                .. Settled, new Act.NoGap(), new Act.Do(Order.Renew(first), Order.Rekey(second)), new Act.Let(Later),
                AtTheEnd.EveryExchangeEnded, AtTheEnd.Renewed(first, 1), .. AtTheEnd.CommonPair("L-05"),
                new Act.Let(AtTheEnd.AfterALife), AtTheEnd.SamePairs("L-05", 1, 1),
            ])),
    ];
}
