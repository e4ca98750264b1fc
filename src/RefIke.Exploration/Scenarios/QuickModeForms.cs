using System.Net;
using RefIke.Engine;
using RefIke.Exchanges.Negotiation;
using RefIke.Exchanges.Phase2;
using RefIke.Exploration.Monitors;
using static RefIke.Exploration.Scenarios.Scenario;

namespace RefIke.Exploration.Scenarios;

/// <summary>Quick Modes that are no plain ones: Commit bit, PFS of identities, several SAs, several children.</summary>
internal static class QuickModeForms
{
    private static readonly Instant End = new(200_000);

    public static IEnumerable<Scenario> All => [.. Commits, .. Shapes];

    private static IEnumerable<Scenario> Commits =>
    [
        new Scenario("commit-bit",
            "The responder sets the Commit bit, and HASH(3) or CONNECTED is lost or copied (RFC 2408 §3.1). The initiator sends again while it waits, and waits no longer than its retries.",
            ["L-01", "L-02", "L-17", "S-13", "S-28"], new Budget { Losses = 2, Copies = 1 },
            EitherFirst((first, _) => [new Act.Do(Order.Up(first)), new Act.Let(End), AtTheEnd.WaitEnded, AtTheEnd.SamePairs("L-02", 1, 1)]))
        {
            Race = "R-27",
            Change = Committing,
        },
        new Scenario("commit-bit-in-rekeys",
            "Both ends rekey at once and set the Commit bit (RFC 2408 §3.1, §4.3). Both Quick Modes end, with no gap, and one pair is left.",
            ["L-01", "L-05", "L-06", "L-17", "S-13", "S-28"], new Budget { Losses = 1, Reorders = true },
            [
                .. Settled, new Act.NoGap(), new Act.Do(Order.Rekey(Side.A), Order.Rekey(Side.B)), new Act.Let(End),
                AtTheEnd.WaitEnded, .. AtTheEnd.CommonPair("L-06"), new Act.Let(AtTheEnd.AfterALife), AtTheEnd.SamePairs("L-06", 1, 1),
            ])
        {
            Race = "R-27",
            Change = Committing,
        },
        new Scenario("commit-bit-altered",
            "The Commit bit is set or cleared on its way, as no HASH covers it (RFC 2408 §3.1, RFC 2409 §5.5). At most the initiator waits in vain for a while.",
            ["L-01", "L-05", "L-17", "S-07", "S-13", "S-28"], new Budget { Alterations = 1, Losses = 1 },
            EitherFirst((first, _) =>
            [
                .. Settled, new Act.NoGap(), new Act.Do(Order.Rekey(first)), new Act.Let(End), AtTheEnd.WaitEnded, .. AtTheEnd.CommonPair("L-05"),
            ]))
        {
            Race = "R-28",
        },
    ];

    private static IEnumerable<Scenario> Shapes =>
    [
        new Scenario("identity-pfs",
            "Identities have PFS: an ISAKMP SA serves one Quick Mode, and a rekey begins with a phase 1 of its own (RFC 2409 §8). None serves two, and none is left.",
            ["L-01", "L-05", "S-13", "S-23"], new Budget { Losses = 1, Copies = 1 },
            EitherFirst((first, _) =>
            [
                .. Settled, new Act.NoGap(), new Act.Do(Order.Rekey(first)), new Act.Let(End),
                AtTheEnd.EveryExchangeEnded, .. AtTheEnd.CommonPair("L-05"), AtTheEnd.OneQuickModeEach,
            ]))
        {
            Race = "R-30",
            Change = (_, setup) => setup.WithChildren(c => c with { IdentityPfs = true }),
        },
        new Scenario("two-sas-in-one-quick-mode",
            "One Quick Mode makes two pairs, and is rekeyed by both ends at once (RFC 2409 §5.5). Pairs come and go together, and two are left.",
            ["L-01", "L-06", "S-06", "S-13", "S-36"], new Budget { Copies = 1, Reorders = true },
            [
                new Act.Do(Order.Up(Side.A)), new Act.Let(Begins, Calm: true), AtTheEnd.SamePairs("L-02", 2, 2), new Act.Let(RekeysBegin, Calm: true),
                new Act.Do(Order.Rekey(Side.A), Order.Rekey(Side.B)), new Act.Let(End),
                AtTheEnd.EveryExchangeEnded, AtTheEnd.SamePairs("L-06", 2, 2),
            ])
        {
            Race = "R-25",
            Change = (_, setup) => setup.WithChildren(c => c with { Further = [c.Suites] }),
        },
        new Scenario("several-suites",
            "Each end has two suites for phase 1 and for its child, in another order and with other lives (RFC 2408 §4.2, RFC 2407 §4.5.4). One is chosen as it was offered.",
            ["L-01", "L-02", "S-03", "S-13"], new Budget { Losses = 1, Copies = 1 },
            EitherFirst((first, _) => [new Act.Do(Order.Up(first)), new Act.Let(End), AtTheEnd.EveryExchangeEnded, AtTheEnd.SamePairs("L-02", 1, 1)]))
        {
            Change = Changes.Each((side, c) => c with
            {
                Suites = [.. InOrder(side, c.Suites[0], SuiteNames.Phase1("aes128-sha1-modp768", 20_000)!)],
                Children = [c.Children[0] with { Suites = [.. InOrder(side, c.Children[0].Suites[0], SuiteNames.Esp("3des-sha1-modp768", 2000)!)] }],
            }),
        },
        new Scenario("two-children",
            "Two Quick Modes for two children and an Informational are open at once under one ISAKMP SA (RFC 2409 §5.5, App. B). Each has an IV of its own, and all come to their end.",
            ["L-01", "L-02", "S-13"], new Budget { Losses = 1, Copies = 1, Reorders = true },
            EitherFirst((first, second) =>
            [
                .. Established, new Act.Do(Order.Up(first, "d"), Order.DeletePair(first), Order.Up(second)), new Act.Let(End),
                AtTheEnd.EveryExchangeEnded, new Act.Let(AtTheEnd.AfterALife), AtTheEnd.SamePairs("L-02", 2, 2),
            ]))
        {
            Race = "R-25",
            Change = (side, setup) => setup.WithConnections(c => c with { Children = [.. c.Children, Other(side, c.Children[0])] }),
        },
    ];

    private static T[] InOrder<T>(Side side, T one, T other) => side == Side.A ? [one, other] : [other, one];

    private static EndpointSetup Committing(Side side, EndpointSetup setup) => setup.WithChildren(c => c with { CommitBit = true });

    private static ChildPolicy Other(Side side, ChildPolicy first)
    {
        var (a, b) = (Selector.ToPayload(new IPAddress([10, 101, 0, 0]), 16), Selector.ToPayload(new IPAddress([10, 102, 0, 0]), 16));
        return first with { Name = "d", Own = side == Side.A ? a : b, Peer = side == Side.A ? b : a };
    }
}
