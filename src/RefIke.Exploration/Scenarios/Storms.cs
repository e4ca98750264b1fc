using RefIke.Engine;
using RefIke.Exploration.Monitors;
using static RefIke.Exploration.Scenarios.Scenario;

namespace RefIke.Exploration.Scenarios;

/// <summary>What could go on for ever: Deletes of Deletes, new pairs for deleted ones .</summary>
internal static class Storms
{
    private static readonly Instant Later = new(200_000);

    public static IEnumerable<Scenario> All =>
    [
        new Scenario("mutual-delete",
            "Both sides delete the same pair at once (RFC 2408 §3.15, §5.15). A Delete for what is already gone is not answered: both hold nothing, and it is quiet.",
            ["L-01", "L-07", "L-15", "S-12", "S-13"], new Budget { Copies = 2, Replays = 1, Reorders = true },
            [
                .. Established, new Act.Do(Order.DeletePair(Side.A), Order.DeletePair(Side.B)), new Act.Let(Later),
                AtTheEnd.EveryExchangeEnded, AtTheEnd.SamePairs("L-07", 0, 0), AtTheEnd.Quiet,
            ]) { Race = "R-69" },
        new Scenario("close-and-open",
            "One side deletes the pair while the other wants it up, again and again (RFC 2408 §3.15, §4.3). A Delete names SPIs and hits no newer pair: what was asked for last is there.",
            ["L-01", "L-07", "L-15", "S-12", "S-13"], new Budget { Copies = 1, Reorders = true },
            EitherFirst((first, second) =>
            [
                .. Established, new Act.Do(Order.DeletePair(first), Order.Up(second)), new Act.Let(Later), .. AtTheEnd.CommonPair("L-07"),
                new Act.Do(Order.DeletePair(second), Order.Up(first)), new Act.Let(Later.After(Later.Milliseconds)),
                AtTheEnd.EveryExchangeEnded, .. AtTheEnd.CommonPair("L-07"), AtTheEnd.Quiet,
            ])) { Race = "R-70", OrdersAtOnce = true, Bounded = new Budget { Reorders = true } },
        new Scenario("many-deletes",
            "One side deletes three pairs at once, the other rekeys one and deletes another (RFC 2408 §3.15, §4.3). The Deletes cross, each half is answered once at most, the ends agree.",
            ["L-01", "L-07", "L-15", "S-12", "S-13"], new Budget { Copies = 1, Reorders = true },
            [
                new Act.Do(Order.Up(Side.A), Order.Up(Side.A, "d"), Order.Up(Side.A, "e")), new Act.Let(Begins, Calm: true), AtTheEnd.SamePairs("L-02", 3, 3), new Act.Let(RekeysBegin, Calm: true),
                new Act.Do(Order.Rekey(Side.B), Order.DeletePair(Side.B, "d"), Order.DeletePair(Side.A), Order.DeletePair(Side.A, "d"), Order.DeletePair(Side.A, "e")),
                new Act.Let(Later), AtTheEnd.EveryExchangeEnded, AtTheEnd.SamePairs("L-07", 0, 1), AtTheEnd.Quiet,
            ])
        {
            Race = "R-69",
            OrdersAtOnce = true,
            Change = Changes.MoreChildren(Side.A, Side.B),
            Bounded = new Budget { Reorders = true },
        },
        new Scenario("delete-lost-both-ways",
            "Both sides delete different pairs, and any Delete may be lost (RFC 2408 §3.15: it is not acknowledged). No Delete is said twice; what was left over goes with its life.",
            ["L-01", "L-07", "L-15", "S-12", "S-13", "S-16"], new Budget { Losses = 3, Reorders = true },
            [
                new Act.Do(Order.Up(Side.A), Order.Up(Side.A, "d")), new Act.Let(Begins, Calm: true), AtTheEnd.SamePairs("L-02", 2, 2),
                new Act.Do(Order.DeletePair(Side.A), Order.DeletePair(Side.B, "d")), new Act.Let(Later), AtTheEnd.EveryExchangeEnded, AtTheEnd.Quiet,
                new Act.Let(AtTheEnd.AfterALife), AtTheEnd.SamePairs("L-07", 0, 2),
            ])
        {
            Race = "R-69",
            Change = Changes.MoreChildren(Side.A, Side.B),
        },
    ];
}
