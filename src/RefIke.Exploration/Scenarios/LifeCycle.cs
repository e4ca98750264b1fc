using RefIke.Engine;
using RefIke.Exploration.Monitors;

namespace RefIke.Exploration.Scenarios;

/// <summary>Rekeys and deletes of phase 2 SAs.</summary>
internal static class LifeCycle
{
    public static IEnumerable<Scenario> All => [.. Rekeys, .. Deletes];

    private static IEnumerable<Scenario> Rekeys =>
    [
        new Scenario("rekey",
            "A pair nears its end and is rekeyed (RFC 2408 §4.3). At no time is there no pair, and the old one goes.",
            ["L-05", "L-06", "S-13"], new Budget { Losses = 2, Reorders = true },
            (world, _) =>
            {
                Establish(world);
                world.Monitors.DemandNoGap();
                world.Run(new Instant(950_000));
                AtTheEnd.CommonPair(world, "L-05");
                AtTheEnd.OldPairGone(world);
                world.Run(new Instant(1_500_000));
                AtTheEnd.SamePairs(world, "L-05", 1, 1);
            }),
        new Scenario("simultaneous-rekey",
            "Both sides rekey the same pair at once (RFC 2408 §3.1, §4.3). Both Quick Modes end, one pair is left.",
            ["L-05", "L-06", "S-13"], new Budget { Losses = 1, Copies = 1, Reorders = true },
            (world, _) =>
            {
                Establish(world);
                world.Monitors.DemandNoGap();
                world.Order(world.A, new Input.Rekey(world.A.State.Pairs.Keys.First()));
                world.Order(world.B, new Input.Rekey(world.B.State.Pairs.Keys.First()));
                world.Run(new Instant(200_000));
                AtTheEnd.EveryExchangeEnded(world);
                AtTheEnd.CommonPair(world, "L-06");
                world.Run(new Instant(1_500_000));      // a lost Delete is made good by the end of the pair's life
                AtTheEnd.SamePairs(world, "L-06", 1, 1);
            }),
        new Scenario("delete-crossing-rekey",
            "One side deletes the pair while the other rekeys it (RFC 2408 §3.15, §4.3). The ends agree on what is left.",
            ["L-07", "S-13"], new Budget { Copies = 2, Reorders = true },
            (world, choices) =>
            {
                Establish(world);
                var (first, second) = choices.Choose(2) == 0 ? (world.A, world.B) : (world.B, world.A);
                world.Order(first, new Input.Rekey(first.State.Pairs.Keys.First()));
                world.Order(second, new Input.DeletePair(second.State.Pairs.Keys.First()));
                world.Run(new Instant(200_000));
                AtTheEnd.EveryExchangeEnded(world);
                AtTheEnd.SamePairs(world, "L-07", 0, 1);
            }),
    ];

    private static IEnumerable<Scenario> Deletes =>
    [
        new Scenario("delete",
            "One side deletes the pair (RFC 2408 §3.15). Both directions go on both sides, and nobody answers the answer.",
            ["L-07", "S-12", "S-13"], new Budget { Copies = 2, Reorders = true, Replays = 2 },
            (world, _) =>
            {
                Establish(world);
                var side = world.Someone;
                world.Order(side, new Input.DeletePair(side.State.Pairs.Keys.First()));
                world.Run(new Instant(100_000));
                AtTheEnd.SamePairs(world, "L-07", 0, 0);
                AtTheEnd.Quiet(world);
            }),
        new Scenario("altered-delete",
            "A Delete arrives with one bit changed (RFC 2409 §5.7: HASH(1) covers it). It deletes nothing.",
            ["L-01", "S-07", "S-13"], new Budget { Alterations = 2 },
            (world, _) =>
            {
                Establish(world);
                var side = world.Someone;
                world.Order(side, new Input.DeletePair(side.State.Pairs.Keys.First()));
                world.Run(new Instant(100_000));
                AtTheEnd.EveryExchangeEnded(world);
                AtTheEnd.Quiet(world);
            }),
        new Scenario("parent-deleted",
            "The ISAKMP SA is deleted while a Quick Mode is open (RFC 2409 §8). The Quick Mode fails on both sides, the old pair stays.",
            ["L-01", "S-13"], new Budget { Reorders = true },
            (world, _) =>
            {
                Establish(world);
                world.Order(world.A, new Input.Rekey(world.A.State.Pairs.Keys.First()));
                world.Order(world.B, new Input.DeleteIsakmp(world.B.State.Isakmp.Values.First().Own));
                world.Run(new Instant(100_000));
                AtTheEnd.EveryExchangeEnded(world);
                AtTheEnd.SamePairs(world, "S-21", 1, 2);
            }),
    ];

    /// <summary>One pair up, before the race begins.</summary>
    private static void Establish(World world)
    {
        world.Order(world.A, Scenario.Up);
        world.RunCalmly(new Instant(1000));
        AtTheEnd.SamePairs(world, "L-02", 1, 1);
    }
}
