using RefIke.Engine;
using RefIke.Exploration.Monitors;
using static RefIke.Exploration.Scenarios.Scenario;

namespace RefIke.Exploration.Scenarios;

/// <summary>An attacker without a key beside phase 1 .</summary>
internal static class Phase1Attacks
{
    private static readonly Instant AfterThree = new(210_000);
    private static readonly Instant End = new(400_000);

    public static IEnumerable<Scenario> All => [.. Forged, .. Old, .. Floods];

    private static IEnumerable<Scenario> Forged =>
    [
        Beside("forged-notifies",
            "Somebody writes clear notifies, Deletes and noise under the cookies of an open phase 1 (RFC 2409 §5.7, §10). They are hints at most, timers run on, and both ends come up.",
            Attacks.Forge, "R-09 R-10"),
        Beside("other-exchange-type",
            "Messages come again as of another exchange type, under the same cookies (RFC 2409 §5: an exchange does not change its type). They are refused, and both ends come up.",
            Attacks.Relabel, "R-14"),
        Beside("reflection", "Messages come back to who sent them (RFC 2409 §5: no HASH has a direction in phase 2). Nobody takes its own for the peer's, and both ends come up.",
            Attacks.Reflect, "R-33"),
        new Scenario("two-second-messages",
            "A forged message 2 comes before the responder's (RFC 2408 §2.4, §2.5.3). The first one wins and the attempt may fail, nothing is mixed, and the next attempt succeeds.",
            ["L-01", "L-03", "L-11", "S-13"], new Budget { Attacks = 1, Ways = Attacks.Impersonate, Losses = 1, Copies = 1 },
            EitherFirst((first, _) =>
            [
                new Act.Do(Order.Up(first)), new Act.Let(AfterAnAttempt), new Act.Do(Order.UpIfDown(first)), new Act.Let(End),
                AtTheEnd.EveryExchangeEnded, AtTheEnd.NothingHalfOpen, AtTheEnd.SamePairs("L-03", 1, 1),
            ])) { Race = "R-08" },
        Together("spliced-phase-1",
            "Payloads of one phase 1 are put into another between the same ends (RFC 2409 §5: HASH_I and HASH_R cover KE, nonces, cookies and offer). An exchange may fail, never do the ends disagree.",
            Attacks.Splice, "R-15"),
        Together("cross-session",
            "What was said under the cookies of one session is said again under those of another (RFC 2409 §5, §5.5). An exchange may fail, never do the ends disagree.",
            Attacks.CrossSession, "R-15"),
        new Scenario("same-cookie-elsewhere",
            "Message 1 and others come from the address of a third party too, with the same cookie (RFC 2408 §2.5.3). The exchange of the first address is not touched, the other one drains.",
            ["L-01", "L-03", "L-11", "S-13"], new Budget { Attacks = 3, Ways = Attacks.Readdress },
            [
                new Act.Do(Order.Up(Side.A)), new Act.Let(End), AtTheEnd.EveryExchangeEnded, AtTheEnd.NothingHalfOpen,
                AtTheEnd.SamePairs("L-03", 1, 1), AtTheEnd.SamePairs("L-03", 0, 0, Side.C),
            ])
        {
            Parties = 3,
            Race = "R-04 R-15",
            Bounded = new Budget { Attacks = 2, Ways = Attacks.Readdress },
        },
    ];

    private static IEnumerable<Scenario> Old =>
    [
        new Scenario("replay-after-completion",
            "Any message of phase 1 and Quick Mode comes again once both have ended (RFC 2408 §3.1, §5.1, RFC 2409 §10). Answers are copies, and no SA, IV or message id moves.",
            ["L-01", "L-11", "S-08", "S-13"], new Budget { Replays = 4 },
            EitherFirst((first, _) =>
            [
                new Act.Do(Order.Up(first)), new Act.Let(Begins, Calm: true, Overheard: true), AtTheEnd.SamePairs("L-02", 1, 1), new Act.Let(End),
                AtTheEnd.EveryExchangeEnded, AtTheEnd.NothingHalfOpen, AtTheEnd.SamePairs("S-08", 1, 1),
            ]))
        {
            Race = "R-05 R-06 R-21",
            Bounded = new Budget { Replays = 2 },
        },
        new Scenario("forged-after-completion",
            "Somebody writes clear notifies, Deletes and noise under the cookies of an ISAKMP SA while a pair is rekeyed (RFC 2409 §5.7, §9). Nothing settled moves, and the rekey ends.",
            ["L-01", "L-03", "L-05", "S-07", "S-13"], new Budget { Attacks = 3, Ways = Attacks.Forge },
            EitherFirst((first, _) =>
            [
                new Act.Do(Order.Up(first)), new Act.Let(Begins, Calm: true, Overheard: true), new Act.NoGap(), new Act.Do(Order.Rekey(first)),
                new Act.Let(End), AtTheEnd.EveryExchangeEnded, .. AtTheEnd.CommonPair("L-03"), new Act.Let(AtTheEnd.AfterALife), AtTheEnd.SamePairs("L-03", 1, 1),
            ]))
        {
            Race = "R-10 R-28 R-50",
            Bounded = new Budget { Attacks = 1, Ways = Attacks.Forge },
        },
        new Scenario("old-first-message",
            "An old message 1 comes again when its ISAKMP SA is gone, and others after it (RFC 2408 §2.5.3). A half-open exchange without end opens and drains, the pair lives on.",
            ["L-01", "L-11", "S-08", "S-13", "S-21"], new Budget { Replays = 2 },
            EitherFirst((first, second) =>
            [
                new Act.Do(Order.Up(first)), new Act.Let(Begins, Calm: true, Overheard: true), new Act.Do(Order.DeleteIsakmp(second)),
                new Act.Let(End), AtTheEnd.EveryExchangeEnded, AtTheEnd.NothingHalfOpen, AtTheEnd.SamePairs("S-21", 1, 1),
            ])) { Race = "R-05 R-22" },
    ];

    private static IEnumerable<Scenario> Floods =>
    [
        new Scenario("flood",
            "Somebody begins exchanges under fresh cookies beside an honest one, and the table has room (RFC 2408 §1.7.1, §2.5.3). The honest peer comes up at once, the rest drains.",
            ["L-01", "L-11", "L-12", "S-13", "S-19"], new Budget { Attacks = 3, Ways = Attacks.Flood, Losses = 1 },
            [
                new Act.Do(Order.Up(Side.A)), new Act.Let(AfterAnAttempt), AtTheEnd.SamePairs("L-12", 1, 1), new Act.Let(End),
                AtTheEnd.EveryExchangeEnded, AtTheEnd.NothingHalfOpen, AtTheEnd.Quiet,
            ])
        {
            Race = "R-16",
            Change = Half(5, 4),
            Bounded = new Budget { Attacks = 2, Ways = Attacks.Flood, Losses = 1 },
        },
        new Scenario("flood-full-table",
            "Somebody fills the table of half-open exchanges in the honest peer's own name (RFC 2408 §1.7.1, §2.5.3). It is bounded, who is in it stays, and who was kept out comes up when it has drained.",
            ["L-01", "L-11", "L-12", "S-13", "S-19"], new Budget { Attacks = 4, Ways = Attacks.Flood },
            [
                new Act.Do(Order.Up(Side.A)), new Act.Let(AfterAnAttempt), new Act.Do(Order.UpIfDown(Side.A)), new Act.Let(AfterTwo),
                new Act.Do(Order.UpIfDown(Side.A)), new Act.Let(AfterThree), AtTheEnd.SamePairs("L-12", 1, 1), new Act.Let(End),
                AtTheEnd.EveryExchangeEnded, AtTheEnd.NothingHalfOpen, AtTheEnd.Quiet,
            ])
        {
            Race = "R-16",
            Change = Half(2, 2),
            Bounded = new Budget { Attacks = 3, Ways = Attacks.Flood },
        },
    ];

    private static Func<Side, EndpointSetup, EndpointSetup> Half(int most, int mostPerAddress)
        => (_, setup) => setup with { Limits = setup.Limits with { HalfOpen = most, HalfOpenPerAddress = mostPerAddress } };

    private static Scenario Beside(string name, string words, Attacks ways, string race) => new(
        name, words, ["L-01", "L-03", "L-11", "S-07", "S-13"], new Budget { Attacks = 3, Ways = ways, Losses = 1 },
        EitherFirst((first, _) =>
        [
            new Act.Do(Order.Up(first)), new Act.Let(End), AtTheEnd.EveryExchangeEnded, AtTheEnd.NothingHalfOpen, AtTheEnd.SamePairs("L-03", 1, 1),
        ]))
    {
        Race = race,
        Bounded = new Budget { Attacks = 1, Ways = ways, Losses = 1 },
    };

    private static Scenario Together(string name, string words, Attacks ways, string race) => new(
        name, words, ["L-01", "L-04", "L-11", "S-01", "S-13"], new Budget { Attacks = 3, Ways = ways },
        [
            new Act.Do(Order.Up(Side.A), Order.Up(Side.B)), new Act.Let(End),
            AtTheEnd.EveryExchangeEnded, AtTheEnd.NothingHalfOpen, new Act.Let(AtTheEnd.AfterALife), AtTheEnd.SamePairs("L-04", 0, 1),
        ])
    {
        Race = race,
        Bounded = new Budget { Attacks = 1, Ways = ways },
    };
}
