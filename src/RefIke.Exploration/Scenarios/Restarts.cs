using RefIke.Engine;
using RefIke.Exploration.Monitors;
using static RefIke.Exploration.Scenarios.Scenario;

namespace RefIke.Exploration.Scenarios;

/// <summary>An endpoint loses all that it held; INITIAL-CONTACT; what is stale at the other .</summary>
internal static class Restarts
{
    private static readonly Instant BeforeTimers = new(500);

    /// <summary>A Quick Mode that comes now cannot have been under way when the first pair came up.</summary>
    private static readonly Instant LongAfter = new(50_000);
    private static readonly Instant Later = new(200_000);

    public static IEnumerable<Scenario> All => [.. Healed, .. AmongOld, .. Stale];

    private static IEnumerable<Scenario> Healed =>
    [
        new Scenario("restart",
            "One side loses everything and begins again, with INITIAL-CONTACT in its first Quick Mode (RFC 2407 §4.6.3.3). The other drops what is from before; one pair is left, though messages are lost.",
            ["L-01", "L-08", "S-13", "S-17"], new Budget { Losses = 2, Copies = 1, Reorders = true },
            EitherFirst((first, _) =>
            [
                .. Established, new Act.Crash(first), new Act.Do(Order.Up(first)), new Act.Let(Later),
                AtTheEnd.EveryExchangeEnded, .. AtTheEnd.CommonPair("L-08"), AtTheEnd.SamePairs("L-08", 1, 1),
            ]))
        {
            Race = "R-46 R-47",
            Change = Changes.Contact,
            Bounded = new Budget { Losses = 1, Copies = 1, Reorders = true },
        },
        new Scenario("restart-without-contact",
            "One side loses everything long after the pair came up and begins again, without INITIAL-CONTACT (RFC 2408 §4.3). The other sends on the newest pair, and the stale one ends with its life.",
            ["L-01", "L-08", "S-13"], new Budget { Losses = 1, Copies = 1, Reorders = true },
            EitherFirst((first, _) =>
            [
                .. Established, new Act.Let(LongAfter, Calm: true), new Act.Crash(first), new Act.Do(Order.Up(first)), new Act.Let(Later),
                AtTheEnd.EveryExchangeEnded, .. AtTheEnd.CommonPair("L-08"), new Act.Let(AtTheEnd.AfterALife), .. AtTheEnd.CommonPair("L-08"),
            ]))
        {
            Race = "R-47",
            Bounded = new Budget { Losses = 1, Reorders = true },
        },
    ];

    private static IEnumerable<Scenario> AmongOld =>
    [
        new Scenario("restart-both",
            "Both sides lose everything, both begin again, and datagrams of the former life come again (RFC 2408 §2.5.3, RFC 2407 §4.6.3.3). Those are of unknown SAs; the new lives come down to one pair.",
            ["L-01", "L-08", "S-08", "S-13"], new Budget { Replays = 2, Reorders = true },
            [
                new Act.Do(Order.Up(Side.A)), new Act.Let(Begins, Calm: true, Overheard: true), new Act.Crash(Side.A), new Act.Crash(Side.B),
                new Act.Do(Order.Up(Side.A), Order.Up(Side.B)), new Act.Let(Later), AtTheEnd.EveryExchangeEnded, AtTheEnd.NothingHalfOpen,
                .. AtTheEnd.CommonPair("L-08"), AtTheEnd.SamePairs("L-08", 1, 2),
            ])
        {
            Race = "R-48 R-01",
            Change = Changes.Contact,
            Bounded = new Budget { Replays = 1 },
        },
        new Scenario("restart-mid-exchange",
            "One side loses everything in the middle of a first exchange, and begins again (RFC 2408 §2.5.3, §5.2). What is left of the old one ends, with its life at the latest; the new one comes up.",
            ["L-01", "L-08", "L-11", "S-13"], new Budget { Delays = 1, Reorders = true },
            EitherFirst((first, second) =>
            [
                new Act.Do(Order.Up(first)), new Act.Let(BeforeTimers), new Act.Crash(second), new Act.Do(Order.Up(second)), new Act.Let(Later),
                AtTheEnd.EveryExchangeEnded, AtTheEnd.NothingHalfOpen, new Act.Let(AtTheEnd.AfterALife), .. AtTheEnd.CommonPair("L-08"),
            ]))
        {
            Race = "R-07 R-46",
            Change = Changes.Contact,
        },
        new Scenario("restart-beside-old-datagrams",
            "One side loses everything, begins again, and whoever listened plays datagrams of its former life (RFC 2408 §2.5.3, RFC 2409 §5.5). Nothing of them is obeyed.",
            ["L-01", "L-08", "S-08", "S-13", "S-17"], new Budget { Replays = 3 },
            EitherFirst((first, _) =>
            [
                new Act.Do(Order.Up(Side.A)), new Act.Let(Begins, Calm: true, Overheard: true), new Act.Crash(first), new Act.Do(Order.Up(first)),
                new Act.Let(Later), AtTheEnd.EveryExchangeEnded, AtTheEnd.NothingHalfOpen, AtTheEnd.SamePairs("L-08", 1, 1),
            ]))
        {
            Race = "R-48",
            Change = Changes.Contact,
            Bounded = new Budget { Replays = 2 },
        },
    ];

    private static IEnumerable<Scenario> Stale =>
    [
        new Scenario("contact-crossing",
            "Both sides begin at once for the first time, and both mean to say INITIAL-CONTACT (RFC 2407 §4.6.3.3). It takes nothing that the sender has, nobody begins again because of it.",
            ["L-01", "L-06", "L-15", "S-13", "S-17"], new Budget { Copies = 2, Reorders = true },
            [
                new Act.Do(Order.Up(Side.A), Order.Up(Side.B)), new Act.Let(Later), AtTheEnd.EveryExchangeEnded,
                .. AtTheEnd.CommonPair("L-06"), AtTheEnd.SamePairs("L-06", 1, 2), AtTheEnd.Quiet,
            ])
        {
            Race = "R-49 R-01",
            Change = Changes.Contact,
            Bounded = new Budget { Reorders = true },
        },
        new Scenario("dead-parent",
            "One side has lost everything, the other goes on under the dead ISAKMP SA with Quick Modes and Deletes (RFC 2408 §5.2, RFC 2409 §5.7, §9). Nobody answers, and the attempts end.",
            ["L-01", "L-15", "S-11", "S-12", "S-13"], new Budget { Losses = 1, Copies = 2, Reorders = true },
            EitherFirst((first, second) =>
            [
                .. Settled, new Act.Crash(second), new Act.Do(Order.Rekey(first)), new Act.Let(new Instant(80_000)),
                new Act.Do(Order.DeletePair(first), Order.DeleteIsakmp(first)), new Act.Let(Later),
                AtTheEnd.EveryExchangeEnded, AtTheEnd.Quiet, AtTheEnd.SamePairs("L-08", 0, 0),
            ])) { Race = "R-50 R-67 R-68" },
        new Scenario("invalid-cookie-hint",
            "One side has lost everything, the other asks under the dead ISAKMP SA, and somebody says INVALID-COOKIE and more in clear (RFC 2408 §5.2, RFC 2409 §5.7). It is a hint, and no cause to send.",
            ["L-01", "L-15", "S-07", "S-11", "S-13"], new Budget { Attacks = 3, Ways = Attacks.Forge },
            EitherFirst((first, second) =>
            [
                .. Settled, new Act.Crash(second), new Act.Do(Order.Rekey(first)), new Act.Let(new Instant(75_000)),
                AtTheEnd.EveryExchangeEnded, AtTheEnd.Quiet,
            ]))
        {
            Race = "R-50 R-68",
            Bounded = new Budget { Attacks = 1, Ways = Attacks.Forge },
        },
    ];
}
