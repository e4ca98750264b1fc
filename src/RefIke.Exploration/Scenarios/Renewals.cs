using RefIke.Engine;
using RefIke.Exploration.Monitors;

namespace RefIke.Exploration.Scenarios;

/// <summary>A new ISAKMP SA in place of an old one, while pairs live on .</summary>
internal static class Renewals
{
    public static IEnumerable<Scenario> All =>
    [
        new Scenario("isakmp-renewal",
            "The ISAKMP SA nears its end and is renewed (RFC 2408 §4.3, RFC 2409 §8). The pair lives on and is rekeyed under the new one.",
            ["L-05", "L-06", "L-18", "S-13", "S-21"], new Budget { Losses = 2, Copies = 1, Reorders = true },
            (world, _) =>
            {
                var former = Establish(world);
                world.Run(new Instant(590_000));
                AtTheEnd.Renewed(world.A, former, 1);
                world.Run(new Instant(700_000));
                AtTheEnd.Renewed(world.B, former, 1);       // its Delete may be lost: then the former one has reached its end
                AtTheEnd.SamePairs(world, "S-21", 1, 1);
                world.Run(new Instant(950_000));
                AtTheEnd.CommonPair(world, "L-05");
                AtTheEnd.OldPairGone(world);
            }) { IsakmpLife = 600 },
        new Scenario("simultaneous-renewal",
            "Both sides renew the ISAKMP SA at once (RFC 2408 §2.3, §4.3). Each new one stands, the old one goes once, no pair is touched.",
            ["L-01", "L-18", "S-13", "S-21"], new Budget { Losses = 1, Copies = 1, Reorders = true },
            (world, _) =>
            {
                var former = Establish(world);
                world.Order(world.A, new Input.Renew(world.A.State.Isakmp.Values.First().Own));
                world.Order(world.B, new Input.Renew(world.B.State.Isakmp.Values.First().Own));
                world.Run(new Instant(200_000));
                AtTheEnd.EveryExchangeEnded(world);
                AtTheEnd.Renewed(world.A, former, 2);
                AtTheEnd.Renewed(world.B, former, 2);
                AtTheEnd.SamePairs(world, "S-21", 1, 1);
            }),
        new Scenario("renewal-beside-rekey",
            "One side renews the ISAKMP SA while the other rekeys the pair (RFC 2409 §5.5). The Quick Mode ends under the old SA, nothing is lost.",
            ["L-01", "L-05", "L-18", "S-13"], new Budget { Losses = 1, Copies = 1, Reorders = true },
            (world, choices) =>
            {
                var former = Establish(world);
                var (first, second) = choices.Choose(2) == 0 ? (world.A, world.B) : (world.B, world.A);
                world.Order(first, new Input.Renew(first.State.Isakmp.Values.First().Own));
                world.Order(second, new Input.Rekey(second.State.Pairs.Keys.First()));
                world.Run(new Instant(200_000));
                AtTheEnd.EveryExchangeEnded(world);
                AtTheEnd.Renewed(first, former, 1);
                AtTheEnd.CommonPair(world, "L-05");
                world.Run(new Instant(1_500_000));      // a lost Delete is made good by the end of the pair's life
                AtTheEnd.SamePairs(world, "L-05", 1, 1);
            }),
    ];

    /// <summary>One pair up; the initiators' cookies of the ISAKMP SAs that stand.</summary>
    private static Wire.Cookie[] Establish(World world)
    {
        world.Order(world.A, Scenario.Up);
        world.RunCalmly(new Instant(1000));
        AtTheEnd.SamePairs(world, "L-02", 1, 1);
        world.Monitors.DemandNoGap();
        return [.. world.A.State.Isakmp.Values.Select(e => e.Phase1.CKY_I)];
    }
}
