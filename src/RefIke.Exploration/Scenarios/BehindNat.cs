using RefIke.Engine;
using RefIke.Exploration.Monitors;
using static RefIke.Exploration.Scenarios.Scenario;

namespace RefIke.Exploration.Scenarios;

/// <summary>A NAT in front of A: ports that float, mappings that change, copies from elsewhere .</summary>
internal static class BehindNat
{
    private static readonly Instant End = new(200_000);

    public static IEnumerable<Scenario> All => [.. Mappings, .. Copies];

    private static IEnumerable<Scenario> Mappings =>
    [
        new Scenario("nat-port-float",
            "Phase 1 floats to port 4500 with message 5, while copies for port 500 are late (RFC 3947 §4). Both ends come up, and B sends to the new port.",
            ["L-01", "L-02", "L-13", "S-13", "S-24"], new Budget { Losses = 1, Copies = 2, Reorders = true },
            [
                new Act.Do(Order.Up(Side.A)), new Act.Let(End), AtTheEnd.EveryExchangeEnded,
                AtTheEnd.SamePairs("L-02", 1, 1), AtTheEnd.Reaches(0),
            ])
        {
            Race = "R-57",
            Natted = true,
        },
        new Scenario("nat-rebinding-in-phase-1",
            "The NAT makes a new mapping in the middle of phase 1 (RFC 3947 §4, §7). The exchange comes through or ends, and the next order comes through for certain.",
            ["L-02", "L-13", "S-13", "S-24"], new Budget { Delays = 1, Copies = 1 },
            [
                new Act.Do(Order.Up(Side.A)), new Act.Let(Instant.Zero), new Act.Rebind(), new Act.Let(new Instant(50_000)),
                new Act.Do(Order.Up(Side.A)), new Act.Let(new Instant(100_000)), .. AtTheEnd.CommonPair("L-02"), AtTheEnd.Reaches(1),
            ])
        {
            Race = "R-57",
            Natted = true,
        },
        new Scenario("nat-rebinding-while-idle",
            "The NAT makes a new mapping while nothing is said but questions of dead peer detection (RFC 3947 §7). B follows A's next question, and a replay from the old place moves nothing.",
            ["L-10", "L-13", "S-13", "S-24"], new Budget { Losses = 2, Replays = 1 },
            [.. Established, new Act.Let(new Instant(5_000)), new Act.Rebind(), new Act.Let(new Instant(30_000)), AtTheEnd.Reaches(1), AtTheEnd.NobodyBuried])
        {
            Race = "R-56",
            Natted = true,
            Change = AskingBehind,
        },
        new Scenario("nat-rebinding-in-quick-mode",
            "The NAT makes a new mapping in the middle of a rekey by either end (RFC 3947 §7). B answers copies where A was, follows what is fresh, and a pair is left.",
            ["L-01", "L-06", "L-13", "S-13", "S-24"], new Budget { Delays = 1 },
            EitherFirst((first, _) =>
            [
                .. Settled, new Act.Do(Order.Rekey(first)), new Act.Let(Begins), new Act.Rebind(), new Act.Let(new Instant(80_000)),
                AtTheEnd.EveryExchangeEnded, AtTheEnd.Reaches(1), .. AtTheEnd.CommonPair("L-06"),
            ]))
        {
            Race = "R-56",
            Natted = true,
            Change = AskingBehind,
        },
    ];

    private static IEnumerable<Scenario> Copies =>
    [
        new Scenario("copies-from-elsewhere",
            "An attacker delivers copies of A's messages from his own address, some before A's own (RFC 3947 §8). B may follow a first copy, and comes back with the next message of A.",
            ["L-01", "L-06", "L-13", "S-13", "S-24"], new Budget { Attacks = 1, Ways = Attacks.Move },
            EitherFirst((first, _) =>
            [
                .. Settled, new Act.Do(Order.Rekey(first)), new Act.Let(new Instant(70_000)), new Act.Let(new Instant(90_000), Calm: true),
                AtTheEnd.EveryExchangeEnded, AtTheEnd.Reaches(0), .. AtTheEnd.CommonPair("L-06"),
            ]))
        {
            Race = "R-58",
            Natted = true,
            Change = AskingBehind,
        },
        new Scenario("copies-from-elsewhere-without-nat",
            "The same where there is no NAT, from message 1 on (RFC 3947 §7 speaks of NATs alone). No address moves, and both ends come up.",
            ["L-01", "L-02", "S-13", "S-24"], new Budget { Attacks = 2, Ways = Attacks.Move },
            EitherFirst((first, _) => [new Act.Do(Order.Up(first)), new Act.Let(End), AtTheEnd.EveryExchangeEnded, AtTheEnd.SamePairs("L-02", 1, 1)]))
        {
            Race = "R-58",
        },
    ];

    /// <summary>The end behind the NAT asks, soon enough for a Quick Mode that is open; the other answers.</summary>
    private static EndpointSetup AskingBehind(Side side, EndpointSetup setup)
        => setup.WithConnections(c => c with { DeadPeer = side == Side.A ? DeadPeerRaces.Policy with { Interval = 5_000 } : new DeadPeerPolicy() });
}
