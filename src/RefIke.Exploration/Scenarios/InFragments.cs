using RefIke.Engine;
using RefIke.Exploration.Monitors;
using static RefIke.Exploration.Scenarios.Scenario;

namespace RefIke.Exploration.Scenarios;

/// <summary>Messages cut into fragments: from message 3 on each has two or more.</summary>
internal static class InFragments
{
    private static readonly Instant End = new(200_000);

    public static IEnumerable<Scenario> All =>
    [
        new Scenario("fragments-lost",
            "Fragments of any message are lost ([MS-IKEE] §2.2). The message is sent again with the same octets, and what had come of it counts.",
            ["L-01", "L-02", "L-16", "S-10", "S-13", "S-26"], new Budget { Losses = 2 },
            EitherFirst((first, _) => [new Act.Do(Order.Up(first)), new Act.Let(End), AtTheEnd.EveryExchangeEnded, AtTheEnd.NothingInPart, AtTheEnd.SamePairs("L-02", 1, 1)]))
        {
            Race = "R-65",
            Change = Cut,
        },
        new Scenario("fragments-interleaved",
            "Two Quick Modes are open at once, and their fragments overtake each other ([MS-IKEE] §2.2). No message is made of parts of two.",
            ["L-01", "L-06", "L-16", "S-13", "S-26"], new Budget { Reorders = true },
            [
                .. Settled, new Act.Do(Order.Rekey(Side.A), Order.Rekey(Side.B)), new Act.Let(End),
                AtTheEnd.EveryExchangeEnded, AtTheEnd.NothingInPart, .. AtTheEnd.CommonPair("L-06"), AtTheEnd.SamePairs("L-06", 1, 1),
            ])
        {
            Race = "R-64",
            Change = Cut,
        },
        new Scenario("fragments-replayed",
            "Fragments come twice, or again at any later time ([MS-IKEE] §2.2). What they are part of is not taken twice, and is forgotten in time.",
            ["L-01", "L-02", "L-16", "S-08", "S-13", "S-26"], new Budget { Copies = 1, Replays = 1 },
            EitherFirst((first, _) => [new Act.Do(Order.Up(first)), new Act.Let(End), AtTheEnd.EveryExchangeEnded, AtTheEnd.SamePairs("L-02", 1, 1)]))
        {
            Race = "R-65",
            Change = Cut,
        },
        new Scenario("fragments-altered",
            "An attacker changes fragments of a rekey, which nothing protects by themselves ([MS-IKEE] §2.2). The message is lost by it, and its repetition comes through.",
            ["L-01", "L-05", "L-16", "S-07", "S-13", "S-26"], new Budget { Alterations = 2 },
            EitherFirst((first, _) =>
            [
                .. Settled, new Act.NoGap(), new Act.Do(Order.Rekey(first)), new Act.Let(End),
                AtTheEnd.EveryExchangeEnded, AtTheEnd.NothingInPart, .. AtTheEnd.CommonPair("L-05"),
            ]))
        {
            Race = "R-66",
            Change = Cut,
        },
    ];

    private static EndpointSetup Cut(Side side, EndpointSetup setup) => setup.WithConnections(c => c with { Fragmentation = new FragmentationPolicy { Size = 150 } });
}
