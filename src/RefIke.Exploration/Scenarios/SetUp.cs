using RefIke.Engine;
using RefIke.Exploration.Monitors;

namespace RefIke.Exploration.Scenarios;

/// <summary>Main Mode and Quick Mode from nothing, on worse and worse networks.</summary>
internal static class SetUp
{
    private static readonly Instant End = new(200_000);

    public static IEnumerable<Scenario> All =>
    [
        One("honest", "Nothing is lost and nothing overtaken (RFC 2409 §5.4, §5.5). Both ends come up with one pair.", new Budget()),
        One("loss", "Up to three datagrams vanish (RFC 2408 §5.1). Retransmission brings both ends up.", new Budget { Losses = 3 }),
        One("duplication", "Datagrams arrive twice (RFC 2408 §5.1). A copy is answered with the same octets and never processed again.",
            new Budget { Copies = 4, Reorders = true }),
        One("reordering", "Any datagram may overtake any other, and some are lost (RFC 2408 §5.1). Both ends come up.",
            new Budget { Losses = 1, Copies = 2, Reorders = true }),
        One("replay", "Old datagrams come again at any time (RFC 2408 §3.1, RFC 2409 §5.5). No SA is made or changed by them.",
            new Budget { Replays = 4, Losses = 1 }),
        One("premature-timer", "Timers fire too early (RFC 2408 §5.1). Copies are sent, nothing is processed twice.",
            new Budget { PrematureTimers = 3, Reorders = true }),
        new Scenario("alteration",
            "Up to two datagrams arrive with one bit changed (RFC 2409 §5, §5.5: HASH covers them). An exchange may fail, no SA is made or moved by them.",
            ["L-01", "S-07", "S-13"], new Budget { Alterations = 2, Copies = 1 },
            Scenario.EitherFirst((first, _) => [new Act.Do(Order.Up(first)), new Act.Let(End), AtTheEnd.EveryExchangeEnded, AtTheEnd.SamePairs("L-04", 0, 1)])),
        new Scenario("heavy-loss",
            "Any number of datagrams may vanish (RFC 2408 §5.1). Nobody waits for ever, and nobody sends without end.",
            ["L-01", "L-15", "S-13"], new Budget { Losses = Budget.AnyNumber },
            Scenario.EitherFirst((first, _) => [new Act.Do(Order.Up(first)), new Act.Let(End), AtTheEnd.EveryExchangeEnded, AtTheEnd.Quiet]))
        {
            Bounded = new Budget { Losses = 5 },
        },
        new Scenario("simultaneous-initiation",
            "Both sides begin a Main Mode at once (RFC 2408 §4.3). Both ISAKMP SAs stand, and the surplus pair goes.",
            ["L-01", "L-06", "S-13"], new Budget { Losses = 1, Copies = 1, Reorders = true },
            [
                new Act.Do(Order.Up(Side.A), Order.Up(Side.B)), new Act.Let(new Instant(300_000)),
                AtTheEnd.EveryExchangeEnded, .. AtTheEnd.CommonPair("L-06"),
                new Act.Let(AtTheEnd.AfterALife),
                AtTheEnd.SamePairs("L-06", 1, 1),
            ]),
    ];

    private static Scenario One(string name, string words, Budget budget) => new(
        name, words, ["L-01", "L-02", "L-04", "L-15", "S-13"], budget, Scenario.EitherFirst((first, _) =>
        [
            new Act.Do(Order.Up(first)), new Act.Let(End), AtTheEnd.EveryExchangeEnded, AtTheEnd.SamePairs("L-02", 1, 1), AtTheEnd.Quiet,
        ]));
}
