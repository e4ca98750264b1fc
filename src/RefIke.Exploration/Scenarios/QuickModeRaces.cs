using RefIke.Engine;
using RefIke.Exploration.Monitors;
using static RefIke.Exploration.Scenarios.Scenario;

namespace RefIke.Exploration.Scenarios;

/// <summary>Quick Modes and Informationals beside each other, replayed, reflected, refused, and ended from outside .</summary>
internal static class QuickModeRaces
{
    /// <summary>What was sent when the race began has come, was lost or is held back; no timer has fired.</summary>
    private static readonly Instant BeforeTimers = RekeysBegin.After(500);
    private static readonly Instant Later = new(200_000);
    private static readonly Instant AfterTwoLives = new(400_000);

    public static IEnumerable<Scenario> All => [.. Together, .. Attacked, .. Replayed, .. Cut];

    private static IEnumerable<Scenario> Together =>
    [
        new Scenario("same-message-id",
            "Both sides draw the same octets for the message ids of two Quick Modes at once (RFC 2408 §3.1, RFC 2409 App. B). The role's bit keeps them apart, and both end.",
            ["L-01", "L-06", "S-08", "S-13"], new Budget { Copies = 2, Reorders = true },
            [
                .. Settled, new Act.NoGap(), new Act.Do(Order.Rekey(Side.A), Order.Rekey(Side.B)), new Act.Let(Later),
                AtTheEnd.EveryExchangeEnded, .. AtTheEnd.CommonPair("L-06"), AtTheEnd.SamePairs("L-06", 1, 1),
            ])
        {
            Race = "R-23",
            Change = (_, setup) => setup with { Randomness = new SameMessageIds(setup.Randomness) },
            Bounded = new Budget { Copies = 1, Reorders = true },
        },
        new Scenario("two-quick-modes-and-delete",
            "Two Quick Modes and a Delete are under way under one ISAKMP SA (RFC 2409 §5.5, App. B). Each has an IV of its own: all three do what they should, in every order.",
            ["L-01", "S-09", "S-13"], new Budget { Copies = 1, Reorders = true },
            [
                new Act.Do(Order.Up(Side.A), Order.Up(Side.A, "d")), new Act.Let(Begins, Calm: true), AtTheEnd.SamePairs("L-02", 2, 2),
                new Act.Do(Order.Rekey(Side.A), Order.Up(Side.B, "e"), Order.DeletePair(Side.A, "d")),
                new Act.Let(Later), AtTheEnd.EveryExchangeEnded, .. AtTheEnd.CommonPair("L-05"), AtTheEnd.SamePairs("L-05", 2, 2),
            ])
        {
            Race = "R-25",
            Change = Changes.MoreChildren(Side.A, Side.B),
            Bounded = new Budget { Reorders = true },
        },
        new Scenario("refused-beside-accepted",
            "One of two Quick Modes is refused, and its notify may come late (RFC 2409 §5.7, RFC 2408 §5.14). It ends the one that it is about and no other, and the other's pair comes up.",
            ["L-01", "L-02", "L-06", "S-13", "S-35"], new Budget { Copies = 1, Delays = 1, Reorders = true },
            [
                .. Established, new Act.Do(Order.Up(Side.A, "d"), Order.Rekey(Side.A)), new Act.Let(Later),
                AtTheEnd.EveryExchangeEnded, .. AtTheEnd.CommonPair("L-02"), AtTheEnd.OldPairGone,
            ])
        {
            Race = "R-31",
            Change = Changes.MoreChildren(Side.A),
        },
    ];

    private static IEnumerable<Scenario> Attacked =>
    [
        new Scenario("reflected-quick-mode",
            "What both sides send in two Quick Modes at once comes back to them (RFC 2409 §5.5: HASH(1) has no direction). Nobody takes his own message for the peer's, and both end.",
            ["L-01", "L-03", "L-05", "S-13", "S-29"], new Budget { Attacks = 2, Ways = Attacks.Reflect, Reorders = true },
            [
                .. Settled, new Act.NoGap(), new Act.Do(Order.Rekey(Side.A), Order.Rekey(Side.B)), new Act.Let(Later),
                AtTheEnd.EveryExchangeEnded, .. AtTheEnd.CommonPair("L-03"), AtTheEnd.SamePairs("L-03", 1, 2),
            ])
        {
            Race = "R-33",
            Bounded = new Budget { Attacks = 1, Ways = Attacks.Reflect, Reorders = true },
        },
        new Scenario("relabelled-quick-mode",
            "Messages of a rekey and a Delete come again as of another exchange type (RFC 2409 §5.5, §5.7: no HASH covers the type). None is taken in the other exchange, no message id is used up.",
            ["L-01", "L-03", "L-05", "S-07", "S-13"], new Budget { Attacks = 3, Ways = Attacks.Relabel },
            EitherFirst((first, _) =>
            [
                .. Settled, new Act.NoGap(), new Act.Do(Order.Rekey(first)), new Act.Let(Later),
                AtTheEnd.EveryExchangeEnded, .. AtTheEnd.CommonPair("L-03"), AtTheEnd.SamePairs("L-03", 1, 1),
            ]))
        {
            Race = "R-14 R-24",
            Bounded = new Budget { Attacks = 2, Ways = Attacks.Relabel },
        },
    ];

    private static IEnumerable<Scenario> Replayed =>
    [
        new Scenario("replayed-quick-mode",
            "Messages of old Quick Modes come again while a pair is rekeyed and after it (RFC 2409 §5.5, RFC 2408 §3.1). At most they are answered by copies; no message id serves twice.",
            ["L-01", "L-05", "S-08", "S-13"], new Budget { Replays = 3 },
            EitherFirst((first, _) =>
            [
                new Act.Do(Order.Up(first)), new Act.Let(Begins, Calm: true, Overheard: true), new Act.NoGap(), new Act.Do(Order.Rekey(first)),
                new Act.Let(Later), AtTheEnd.EveryExchangeEnded, .. AtTheEnd.CommonPair("L-05"), AtTheEnd.SamePairs("L-05", 1, 1),
            ]))
        {
            Race = "R-21",
            Bounded = new Budget { Replays = 2 },
        },
        new Scenario("replay-after-delete",
            "Old messages come again when pair and ISAKMP SA have been deleted (RFC 2408 §5.2, §5.15). The SA is unknown: silence, and nothing comes up again.",
            ["L-01", "L-07", "L-11", "S-08", "S-12", "S-13", "S-15"], new Budget { Replays = 2 },
            EitherFirst((first, second) =>
            [
                new Act.Do(Order.Up(first)), new Act.Let(Begins, Calm: true, Overheard: true), new Act.Do(Order.DeletePair(first)),
                new Act.Let(Begins.After(1000), Calm: true, Overheard: true), new Act.Do(Order.DeleteIsakmp(second)), new Act.Let(Later),
                AtTheEnd.EveryExchangeEnded, AtTheEnd.NothingHalfOpen, AtTheEnd.SamePairs("L-07", 0, 0), AtTheEnd.Quiet,
            ])) { Race = "R-22 R-71" },
    ];

    private static IEnumerable<Scenario> Cut =>
    [
        new Scenario("delete-overtakes-third-message",
            "A new pair is deleted while message 3 of its Quick Mode is still under way (RFC 2408 §5.15, RFC 2409 App. B). The responder gives the exchange up, late messages find none, the ends agree.",
            ["L-01", "L-07", "S-13", "S-15"], new Budget { Delays = 2, Reorders = true },
            EitherFirst((first, _) =>
            [
                .. Settled, new Act.Do(Order.Rekey(first)), new Act.Let(BeforeTimers), new Act.Do(Order.DeletePair(first)), new Act.Let(Later),
                AtTheEnd.EveryExchangeEnded, new Act.Let(AtTheEnd.AfterALife), AtTheEnd.SamePairs("L-07", 0, 1),
            ])) { Race = "R-29", Bounded = new Budget { Delays = 1, Reorders = true } },
        new Scenario("parent-deleted-late",
            "The ISAKMP SA is deleted by either side between the messages of a Quick Mode (RFC 2409 §4, RFC 2408 §5.15). An open exchange fails with it in the same step, no pair goes; one that a lost message 3 left half made ends with its life.",
            ["L-01", "L-06", "S-13", "S-21", "S-22"], new Budget { Delays = 1, Losses = 1, Reorders = true },
            EitherFirst((first, second) =>
            [
                .. Settled, new Act.Do(Order.Rekey(first)), new Act.Let(BeforeTimers), new Act.Do(Order.DeleteIsakmp(second)), new Act.Let(AfterTwoLives),
                AtTheEnd.EveryExchangeEnded, .. AtTheEnd.CommonPair("L-06"),
            ]))
        {
            Race = "R-30",
            Life = 200,
            Bounded = new Budget { Delays = 1, Reorders = true },
        },
        new Scenario("both-parents-deleted",
            "Both sides delete the ISAKMP SA while each has a Quick Mode under it (RFC 2409 §8, RFC 2408 §5.15). Both fail, the Deletes cross and find nothing, the old pair stays.",
            ["L-01", "S-12", "S-13", "S-21", "S-22"], new Budget { Copies = 1, Reorders = true },
            [
                .. Settled, new Act.Do(Order.Rekey(Side.A), Order.Rekey(Side.B), Order.DeleteIsakmp(Side.A), Order.DeleteIsakmp(Side.B)),
                new Act.Let(BeforeTimers), AtTheEnd.EveryExchangeEnded, AtTheEnd.SamePairs("S-21", 1, 1), AtTheEnd.Quiet,
            ]) { Race = "R-30", OrdersAtOnce = true },
    ];
}
