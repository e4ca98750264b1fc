using RefIke.Engine;
using RefIke.Exploration.Monitors;
using RefIke.Wire;
using static RefIke.Exploration.Scenarios.Scenario;

namespace RefIke.Exploration.Scenarios;

/// <summary>Phase 1 on a network that loses, holds back and overtakes: last messages, first messages, Aggressive Mode .</summary>
internal static class Phase1Losses
{
    /// <summary>What was sent at the beginning has come, was lost or is held back; no timer has fired.</summary>
    private static readonly Instant BeforeTimers = new(500);

    private static readonly Instant End = new(200_000);

    public static IEnumerable<Scenario> All => [.. MainMode, .. AggressiveMode, .. Secrets];

    private static IEnumerable<Scenario> MainMode =>
    [
        new Scenario("early-quick-mode",
            "The responder of Main Mode begins a Quick Mode while its message 6 is under way or lost (RFC 2408 §3.1, RFC 2409 §4). The early message waits, message 6 comes again, both ends come down to one pair.",
            ["L-01", "L-04", "L-06", "S-13"], new Budget { Delays = 1, Losses = 1, Reorders = true },
            EitherFirst((first, second) =>
            [
                new Act.Do(Order.Up(first)), new Act.Let(BeforeTimers), new Act.Do(Order.Up(second)), new Act.Let(End),
                AtTheEnd.EveryExchangeEnded, .. AtTheEnd.CommonPair("L-06"), new Act.Let(AtTheEnd.AfterALife), AtTheEnd.SamePairs("L-06", 1, 1),
            ]))
        {
            Race = "R-02 R-18",
            Bounded = new Budget { Delays = 1, Reorders = true },
        },
        new Scenario("key-exchange-twice",
            "Messages 3 and 4 are sent again too early and arrive twice, in any order (RFC 2408 §5.1). Each is answered with the same octets, and no second g^xy is made.",
            ["L-01", "L-02", "S-08", "S-13"], new Budget { Copies = 2, PrematureTimers = 2, Reorders = true },
            EitherFirst((first, _) =>
            [
                new Act.Do(Order.Up(first)), new Act.Let(End), AtTheEnd.EveryExchangeEnded, AtTheEnd.SamePairs("L-02", 1, 1), AtTheEnd.Quiet,
            ]))
        {
            Race = "R-03 R-17",
            Bounded = new Budget { Copies = 1, PrematureTimers = 1, Reorders = true },
        },
        new Scenario("half-open-dropped",
            "The responder drops its half-open exchange while message 3 is lost or late (RFC 2408 §2.5.3, §5.2). It is silent about the unknown cookies; the initiator gives up, and its next attempt succeeds.",
            ["L-01", "L-02", "L-11", "S-13"], new Budget { Losses = 2, Delays = 1 },
            [
                new Act.Do(Order.Up(Side.A)), new Act.Let(AfterAnAttempt), new Act.Do(Order.UpIfDown(Side.A)), new Act.Let(End),
                AtTheEnd.EveryExchangeEnded, AtTheEnd.NothingHalfOpen, AtTheEnd.SamePairs("L-02", 1, 1),
            ])
        {
            Race = "R-07",
            Change = (side, setup) => side == Side.B ? setup with { Timing = setup.Timing with { HalfOpen = 1500 } } : setup,
        },
        new Scenario("late-first-message",
            "Messages are held back until the ISAKMP SA that they made has been deleted (RFC 2408 §2.5.3, §3.15). A late message 1 opens at most a half-open exchange, which drains; the pair lives on.",
            ["L-01", "L-11", "L-15", "S-13", "S-21"], new Budget { Delays = 2, Reorders = true },
            EitherFirst((first, second) =>
            [
                new Act.Do(Order.Up(first)), new Act.Let(AfterAnAttempt), new Act.Do(Order.DeleteIsakmp(second)),
                new Act.Let(End), AtTheEnd.EveryExchangeEnded, AtTheEnd.NothingHalfOpen, AtTheEnd.SamePairs("S-21", 1, 1), AtTheEnd.Quiet,
            ])) { Race = "R-05 R-07" },
    ];

    private static IEnumerable<Scenario> AggressiveMode =>
    [
        new Scenario("aggressive-loss",
            "Messages of Aggressive Mode are lost, message 3 among them (RFC 2409 §5.4, RFC 2408 §5.1). An early Quick Mode has message 2 sent again, and both ends come up.",
            ["L-01", "L-02", "L-04", "L-15", "S-13"], new Budget { Losses = 3, Copies = 1 },
            EitherFirst((first, _) =>
            [
                new Act.Do(Order.Up(first)), new Act.Let(End), AtTheEnd.EveryExchangeEnded, AtTheEnd.SamePairs("L-04", 1, 1), AtTheEnd.Quiet,
            ])) { Race = "R-12", Change = Changes.Aggressive },
        new Scenario("aggressive-overtaken",
            "The first Quick Mode message overtakes message 3 of Aggressive Mode (RFC 2408 §3.1, RFC 2409 §4). It waits until message 3 has come, and both ends come up.",
            ["L-01", "L-02", "L-04", "S-13"], new Budget { Delays = 1, Copies = 1, Reorders = true },
            EitherFirst((first, _) =>
            [
                new Act.Do(Order.Up(first)), new Act.Let(End), AtTheEnd.EveryExchangeEnded, AtTheEnd.SamePairs("L-04", 1, 1),
            ])) { Race = "R-12", Change = Changes.Aggressive },
        new Scenario("aggressive-clear-third",
            "Message 3 of Aggressive Mode goes in clear, as RFC 2409 §5 draws it, and is lost or doubled (RFC 2409 App. B). Both ends have the same last block, and phase 2 can be read.",
            ["L-01", "L-02", "L-04", "S-02", "S-13"], new Budget { Losses = 1, Copies = 1, Reorders = true },
            EitherFirst((first, _) =>
            [
                new Act.Do(Order.Up(first)), new Act.Let(End), AtTheEnd.EveryExchangeEnded, AtTheEnd.SamePairs("L-04", 1, 1), AtTheEnd.Quiet,
            ])) { Race = "R-13", Change = Changes.Aggressive.And(Changes.Each((side, c) => c with { ClearThirdMessage = side == Side.A })) },
        new Scenario("aggressive-simultaneous",
            "Both sides begin Aggressive Mode at once (RFC 2408 §2.3, §4.3). Both ISAKMP SAs stand, and the surplus pair goes.",
            ["L-01", "L-06", "S-13"], new Budget { Losses = 1, Reorders = true },
            [
                new Act.Do(Order.Up(Side.A), Order.Up(Side.B)), new Act.Let(new Instant(300_000)), AtTheEnd.EveryExchangeEnded,
                .. AtTheEnd.CommonPair("L-06"), new Act.Let(AtTheEnd.AfterALife), AtTheEnd.SamePairs("L-06", 1, 1),
            ]) { Race = "R-01", Change = Changes.Aggressive },
    ];

    private static IEnumerable<Scenario> Secrets =>
    [
        Mismatch("wrong-secret", "Main Mode between ends with different pre-shared keys (RFC 2409 §5.4, §5.7). Message 5 cannot be read: nobody answers it, both ends give up, nobody is authenticated.",
            new Budget { Losses = 1, Copies = 1, Reorders = true }, (_, setup) => setup),
        Mismatch("wrong-secret-aggressive",
            "Aggressive Mode between ends with different pre-shared keys (RFC 2409 §5.4, §5.7). HASH_R does not verify: no message 3 is sent, both ends give up, nobody is authenticated.",
            new Budget { Losses = 1, Copies = 1, Reorders = true }, Changes.Aggressive),
    ];

    private static Scenario Mismatch(string name, string words, Budget budget, Func<Side, EndpointSetup, EndpointSetup> change) => new(
        name, words, ["L-01", "L-11", "L-15", "S-01", "S-13"], budget,
        EitherFirst((first, _) =>
        [
            new Act.Do(Order.Up(first)), new Act.Let(End),
            AtTheEnd.EveryExchangeEnded, AtTheEnd.NothingHalfOpen, AtTheEnd.NobodyAuthenticated, AtTheEnd.SamePairs("S-01", 0, 0), AtTheEnd.Quiet,
        ]))
    {
        Race = "R-11",
        Change = change.And(Changes.Each((side, c) => side == Side.A ? c with { PreSharedKey = Crypto.Secret.Of("another"u8) } : c)),
    };
}
