using RefIke.Crypto;
using RefIke.Engine;
using RefIke.Exchanges.NewGroupMode;
using RefIke.Exploration.Monitors;
using static RefIke.Exploration.Scenarios.Scenario;

namespace RefIke.Exploration.Scenarios;

/// <summary>New Group Mode beside all else .</summary>
internal static class GroupRaces
{
    private const ushort Number = 33000;
    private static readonly GroupParameters Parameters = GroupList.Get(1).Parameters;
    private static readonly Instant End = new(200_000);

    public static IEnumerable<Scenario> All =>
    [
        new Scenario("new-group-first",
            "A child wants PFS in a private group, so New Group Mode comes before its Quick Mode; messages of both are lost (RFC 2409 §5.6). Both ends agree on the group, then on the pair.",
            ["L-01", "L-02", "S-13", "S-33"], new Budget { Losses = 2 },
            EitherFirst((first, _) => [new Act.Do(Order.Up(first)), new Act.Let(End), AtTheEnd.EveryExchangeEnded, AtTheEnd.SameGroups(1), AtTheEnd.SamePairs("L-02", 1, 1)]))
        {
            Race = "R-32",
            Change = (side, setup) => Taking(side, setup).WithChildren(c => c with { PrivatePfsGroup = Number }),
        },
        new Scenario("new-group-beside-rekey",
            "New Group Mode and a rekey are open at once, in each other's way and copied (RFC 2409 §5.6, §5.5). Neither moves the other's IV, and both end well.",
            ["L-01", "L-02", "L-05", "S-13", "S-33"], new Budget { Losses = 1, Copies = 1, Reorders = true },
            EitherFirst((first, second) =>
            [
                .. Settled, new Act.NoGap(), new Act.Do(Offer(first), Order.Rekey(second)), new Act.Let(End),
                AtTheEnd.EveryExchangeEnded, AtTheEnd.SameGroups(1), .. AtTheEnd.CommonPair("L-05"),
            ]))
        {
            Race = "R-32",
            Change = Taking,
        },
        new Scenario("new-group-without-parent",
            "The ISAKMP SA is deleted while New Group Mode is open (RFC 2409 §5.6, §8). The group goes with it, or never comes, at both ends.",
            ["L-01", "S-13", "S-22", "S-33"], new Budget { Losses = 1, Copies = 1, Reorders = true },
            EitherFirst((first, second) =>
            [
                .. Established, new Act.Do(Offer(first), Order.DeleteIsakmp(second)), new Act.Let(End), AtTheEnd.EveryExchangeEnded, AtTheEnd.SamePairs("S-21", 1, 1),
            ]))
        {
            Race = "R-32",
            Change = Taking,
        },
        new Scenario("new-groups-crossing",
            "Both ends offer the same group at once (RFC 2409 §5.6). Both exchanges end, and both ends hold it once.",
            ["L-01", "L-02", "S-13", "S-33"], new Budget { Losses = 1, Copies = 1, Reorders = true },
            [
                .. Established, new Act.Do(Offer(Side.A), Offer(Side.B)), new Act.Let(End), AtTheEnd.EveryExchangeEnded, AtTheEnd.SameGroups(1),
            ])
        {
            Race = "R-32",
            Change = Taking,
        },
    ];

    private static Order Offer(Side to) => Order.OfIsakmp(to, "NewGroup", e => new Input.NewGroup(e.Own, Number, Parameters));

    private static EndpointSetup Taking(Side side, EndpointSetup setup)
        => setup.WithConnections(c => c with { NewGroups = new NewGroupTerms(SmallestBits: 768), OwnGroups = [new OwnGroup(Number, Parameters)] });
}
