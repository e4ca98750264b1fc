using RefIke.Engine;
using RefIke.Exchanges.Negotiation;
using RefIke.Exploration.Monitors;
using static RefIke.Exploration.Scenarios.Scenario;

namespace RefIke.Exploration.Scenarios;

/// <summary>Lives that differ, end early, or are counted by a clock that leaps .</summary>
internal static class Lifetimes
{
    private const ulong Kilobytes = 100;
    private static readonly Instant Later = new(200_000);

    public static IEnumerable<Scenario> All => [.. Differing, .. Deleted, .. Pressed, .. Clocks];

    private static IEnumerable<Scenario> Differing =>
    [
        new Scenario("shorter-life",
            "The responder's policy has the shorter life, and says so (RFC 2407 §4.5.4, RESPONDER-LIFETIME). The initiator rekeys in time for it.",
            ["L-05", "S-13", "S-16"], new Budget { Losses = 2, Reorders = true },
            [
                .. Established, new Act.NoGap(), new Act.Let(new Instant(570_000)),
                .. AtTheEnd.CommonPair("L-05"), AtTheEnd.OldPairGone, new Act.Let(new Instant(650_000)), AtTheEnd.SamePairs("L-05", 1, 1),
            ])
        {
            Race = "R-38",
            Change = (side, setup) => side == Side.B ? setup.WithChildren(c => c with { Suites = [SuiteNames.Esp("aes128-sha1-modp768", 600)!] }) : setup,
        },
        new Scenario("kilobytes-before-seconds",
            "One end has carried as much as its soft limit allows, long before the seconds are over (RFC 2407 §4.5). It rekeys by itself, with no gap.",
            ["L-05", "L-06", "S-13"], new Budget { Losses = 2, Copies = 1, Reorders = true },
            EitherFirst((first, second) =>
            [
                .. Established, new Act.NoGap(),
                new Act.Do(Order.Carried(first, Kilobytes * 970), Order.Carried(second, Kilobytes * 500)), new Act.Let(Later),
                AtTheEnd.EveryExchangeEnded, .. AtTheEnd.CommonPair("L-05"), AtTheEnd.Rekeyed(first),
                new Act.Let(AtTheEnd.AfterALife), AtTheEnd.SamePairs("L-06", 1, 1),
            ]))
        {
            Race = "R-37",
            Change = Counting,
        },
        new Scenario("kilobytes-spent",
            "One end has carried all that it may at once, and deletes the pair; the Delete may be lost (RFC 2407 §4.5). The other end loses it by the Delete or by its life.",
            ["L-07", "S-13", "S-16"], new Budget { Losses = 1, Copies = 1, Reorders = true },
            EitherFirst((first, _) =>
            [
                .. Settled, new Act.Do(Order.Carried(first, Kilobytes * 1000)), new Act.Let(new Instant(850_000)),
                AtTheEnd.EveryExchangeEnded, AtTheEnd.Gone(first), new Act.Let(AtTheEnd.AfterALife), AtTheEnd.SamePairs("L-07", 0, 1),
            ]))
        {
            Race = "R-37",
            Change = Counting,
        },
    ];

    private static IEnumerable<Scenario> Deleted =>
    [
        new Scenario("delete-before-hash-3",
            "Whoever rekeys deletes what it then sends on, while messages of the Quick Mode are held back (RFC 2408 §5.15, RFC 2409 §5.5). What is deleted never comes up.",
            ["L-01", "L-07", "S-13"], new Budget { Delays = 2 },
            EitherFirst((first, _) =>
            [
                .. Settled, new Act.Do(Order.Rekey(first)), new Act.Let(Begins), new Act.Do(Order.DeletePair(first)), new Act.Let(Later),
                AtTheEnd.EveryExchangeEnded, new Act.Let(AtTheEnd.AfterALife), AtTheEnd.SamePairs("L-07", 0, 1),
            ])) { Race = "R-29 R-34" },
        new Scenario("expiry-during-rekey",
            "A pair reaches the end of its life while its rekey still waits for lost messages (RFC 2408 §4.3). The rekey is not tied to it and goes on.",
            ["L-01", "L-06", "S-13", "S-16"], new Budget { Losses = 3 },
            EitherFirst((first, _) =>
            [
                .. Established, new Act.Let(new Instant(86_000)), new Act.Do(Order.Rekey(first)), new Act.Let(new Instant(170_000)),
                AtTheEnd.EveryExchangeEnded, .. AtTheEnd.CommonPair("L-06"), AtTheEnd.SamePairs("L-06", 1, 2),
            ]))
        {
            Race = "R-34 R-43",
            Life = 90,
            Change = (_, setup) => setup with { Timing = setup.Timing with { InitiatorRekeysAt = 110, ResponderRekeysAt = 120 } },
        },
    ];

    private static IEnumerable<Scenario> Pressed =>
    [
        new Scenario("many-rekeys",
            "Both owners order rekey upon rekey, two of them at once (RFC 2408 §4.3). Pairs do not pile up, and one is left.",
            ["L-05", "L-06", "S-13", "S-18"], new Budget { Copies = 1, Reorders = true },
            [
                .. Established, new Act.NoGap(), new Act.Do(Order.Rekey(Side.A)), new Act.Let(new Instant(20_000)),
                new Act.Do(Order.Rekey(Side.B)), new Act.Let(new Instant(50_000)),
                new Act.Do(Order.Rekey(Side.A), Order.Rekey(Side.B)), new Act.Let(new Instant(70_000)),
                new Act.Do(Order.Rekey(Side.A)), new Act.Let(Later),
                AtTheEnd.EveryExchangeEnded, .. AtTheEnd.CommonPair("L-06"), AtTheEnd.SamePairs("L-06", 1, 1),
            ]) { Race = "R-36" },
        new Scenario("failing-rekeys",
            "No message of a rekey comes through until it is given up, perhaps again and again (RFC 2408 §5.1). It is tried anew, one at a time, and nobody sends without end.",
            ["L-01", "L-15", "S-13", "S-18"], new Budget { Losses = Cast.Retries + 1 },
            EitherFirst((first, _) =>
            [
                .. Established, new Act.Do(Order.Rekey(first)), new Act.Let(new Instant(80_000)),
                AtTheEnd.EveryExchangeEnded, AtTheEnd.Quiet,
            ]))
        {
            Race = "R-36 R-43",
            Life = 100,
            Change = (_, setup) => setup with { Timing = setup.Timing with { DeleteOldAfter = 60_000 } },
        },
        new Scenario("rekey-margin",
            "As many messages of a rekey are lost as can be sent again, and the margin is a little longer than that takes (RFC 2408 §4.3, §5.1). There is no gap.",
            ["L-05", "S-13", "S-16"], new Budget { Losses = Cast.Retries },
            [.. Established, new Act.NoGap(), new Act.Let(new Instant(450_000)), .. AtTheEnd.CommonPair("L-05"), AtTheEnd.SamePairs("L-05", 1, 2)])
        {
            Race = "R-43",
            Life = 400,
        },
    ];

    private static IEnumerable<Scenario> Clocks =>
    [
        new Scenario("clock-leap",
            "The clock leaps over the rekey, and perhaps over the end of the pair and a repetition too (RFC 2407 §4.5). What is over goes before anything is begun for it, and nothing is sent in a storm.",
            ["L-01", "L-07", "L-15", "S-13", "S-16"], new Budget { Losses = 1, Reorders = true },
            [
                .. Established, new Act.Do(Order.Rekey(Side.A)), new Act.Leap(new Instant(2_000_000)), new Act.Let(new Instant(3_500_000)),
                AtTheEnd.EveryExchangeEnded, AtTheEnd.Quiet, AtTheEnd.SamePairs("L-07", 0, 2),
            ],
            [
                .. Established, new Act.Leap(new Instant(2_000_000)), new Act.Let(new Instant(2_100_000)),
                AtTheEnd.EveryExchangeEnded, AtTheEnd.Quiet, AtTheEnd.SamePairs("L-07", 0, 0),
            ],
            [
                .. Established, new Act.Leap(new Instant(990_000)), new Act.Let(new Instant(2_050_000)),
                AtTheEnd.EveryExchangeEnded, AtTheEnd.SamePairs("L-07", 1, 1),
            ]) { Race = "R-44" },
        new Scenario("late-repetition",
            "A message is lost, and timers fire late, after others that were due later (RFC 2408 §5.1). Both ends come up, or both give up.",
            ["L-01", "L-04", "L-15", "S-13"], new Budget { Losses = 1, LateTimers = 2 },
            EitherFirst((first, _) =>
            [
                new Act.Do(Order.Up(first)), new Act.Let(Later), AtTheEnd.EveryExchangeEnded, AtTheEnd.SamePairs("L-04", 0, 1), AtTheEnd.Quiet,
            ])) { Race = "R-44" },
        new Scenario("late-rekey",
            "Rekeys, deletes and ends of pairs come late, after what was due later (RFC 2408 §4.3). Both ends still come to the same pairs.",
            ["L-01", "L-07", "S-13", "S-16"], new Budget { LateTimers = 3, Copies = 1 },
            [
                .. Established, new Act.Let(new Instant(1_050_000)), AtTheEnd.EveryExchangeEnded,
                new Act.Let(AtTheEnd.AfterALife), AtTheEnd.SamePairs("L-07", 1, 2),
            ]) { Race = "R-44" },
    ];

    /// <summary>Octets are counted too.</summary>
    private static EndpointSetup Counting(Side side, EndpointSetup setup) => setup.WithChildren(c => c with
    {
        Suites = [SuiteNames.Esp("aes128-sha1-modp768", 1000)! with { LifeKilobytes = Kilobytes }],
    });
}
