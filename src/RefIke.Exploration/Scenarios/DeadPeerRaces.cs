using RefIke.Engine;
using RefIke.Exploration.Monitors;
using static RefIke.Exploration.Scenarios.Scenario;

namespace RefIke.Exploration.Scenarios;

/// <summary>Dead peer detection: the dead are found, and the living are not buried.</summary>
internal static class DeadPeerRaces
{
    private const long Worry = 30_000;
    private static readonly Instant FirstQuestion = new(Worry);
    private static readonly Instant Later = new(100_000);

    public static IEnumerable<Scenario> All => [.. Dead, .. Living];

    /// <summary>Both ends ask.</summary>
    public static EndpointSetup Asking(Side side, EndpointSetup setup) => setup.WithConnections(c => c with { DeadPeer = Policy });

    /// <summary>How whoever asks does so.</summary>
    public static DeadPeerPolicy Policy { get; } = new() { Interval = Worry, Tries = Cast.Questions };

    private static IEnumerable<Scenario> Dead =>
    [
        new Scenario("dead-peer",
            "One end has lost everything and answers nothing; old answers come again (RFC 3706 §5.4, §6.2). The other finds it dead, and no replay makes it live.",
            ["L-01", "L-09", "S-13", "S-25"], new Budget { Losses = 1, Replays = 2 },
            EitherFirst((first, second) =>
            [
                .. Established, new Act.Let(FirstQuestion), new Act.Crash(second), new Act.Let(Later), AtTheEnd.EveryExchangeEnded, AtTheEnd.Buried(first),
            ]))
        {
            Race = "R-53",
            Change = Asking,
        },
        new Scenario("peer-silent-too-long",
            "One end is too busy to be heard for longer than the other asks, and is taken for dead (RFC 3706 §5.4). The next order brings a pair up again, and what is left of the former one ends.",
            ["L-01", "L-06", "S-13", "S-25"], new Budget { Losses = Cast.Questions },
            EitherFirst((first, _) =>
            [
                .. Established, new Act.Let(new Instant(72_000)), new Act.Let(new Instant(150_000), Calm: true),
                new Act.Do(Order.Up(first)), new Act.Let(new Instant(200_000), Calm: true), AtTheEnd.EveryExchangeEnded, .. AtTheEnd.CommonPair("L-06"),
            ]))
        {
            Race = "R-55",
            Change = Asking,
        },
    ];

    private static IEnumerable<Scenario> Living =>
    [
        new Scenario("questions-lost",
            "All questions and answers but one of a round are lost (RFC 3706 §6.2). Nobody who answers is taken for dead, and no number is refused for those lost before it.",
            ["L-10", "S-12", "S-13", "S-25"], new Budget { Losses = Cast.Questions - 1, Copies = 1 },
            [.. Established, new Act.Let(Later), AtTheEnd.NobodyBuried, AtTheEnd.SamePairs("L-10", 1, 1)])
        {
            Race = "R-54",
            Change = Asking,
        },
        new Scenario("questions-crossing",
            "Both ends ask at once, and questions and answers are copied and overtake each other (RFC 3706 §5.3, §6.2). Each is answered a few times at most, an answer never.",
            ["L-10", "S-12", "S-13", "S-25"], new Budget { Losses = 1, Copies = 3, Reorders = true },
            [.. Established, new Act.Let(new Instant(70_000)), AtTheEnd.NobodyBuried, AtTheEnd.SamePairs("L-10", 1, 1)])
        {
            Race = "R-54",
            Change = Asking,
        },
        new Scenario("question-beside-renewal",
            "The ISAKMP SA is renewed while a question under it is open, late or lost (RFC 3706 §5.4). What is heard under the new one proves life, and nobody is buried with the old one.",
            ["L-01", "L-10", "L-18", "S-13", "S-25"], new Budget { Delays = 1 },
            EitherFirst((first, _) =>
            [
                .. Established, new Act.Let(FirstQuestion), new Act.Do(Order.Renew(first)), new Act.Let(Later),
                AtTheEnd.EveryExchangeEnded, AtTheEnd.NobodyBuried, AtTheEnd.Renewed(first, 1), AtTheEnd.SamePairs("S-21", 1, 1),
            ]))
        {
            Race = "R-52",
            Change = Asking,
        },
        new Scenario("question-beside-rekey",
            "The pair is rekeyed while a question is open, late or lost (RFC 3706 §5.4). The rekey proves life, and leaves no gap.",
            ["L-01", "L-05", "L-10", "S-13", "S-25"], new Budget { Delays = 1 },
            EitherFirst((first, _) =>
            [
                .. Settled, new Act.NoGap(), new Act.Let(new Instant(2 * Worry)), new Act.Do(Order.Rekey(first)), new Act.Let(Later),
                AtTheEnd.EveryExchangeEnded, AtTheEnd.NobodyBuried, .. AtTheEnd.CommonPair("L-05"),
            ]))
        {
            Race = "R-52",
            Change = Asking,
        },
        new Scenario("traffic-instead-of-questions",
            "Traffic comes over the pair before the peer is asked (RFC 3706 §5.4). It proves life, and an open question is asked no more.",
            ["L-10", "S-13", "S-25"], new Budget { Losses = Cast.Questions - 1 },
            EitherFirst((first, second) =>
            [
                .. Established, new Act.Let(FirstQuestion), new Act.Do(Order.Traffic(first)), new Act.Let(new Instant(45_000)),
                new Act.Do(Order.Traffic(first), Order.Traffic(second)), new Act.Let(Later), AtTheEnd.NobodyBuried,
            ]))
        {
            Race = "R-52",
            Change = Asking,
        },
    ];
}
