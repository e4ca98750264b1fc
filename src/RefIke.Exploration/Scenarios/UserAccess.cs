using System.Collections.Immutable;
using System.Net;
using RefIke.Crypto;
using RefIke.Engine;
using RefIke.Exchanges.Profiles.ModeConfig;
using RefIke.Exchanges.Profiles.Xauth;
using RefIke.Exploration.Monitors;
using RefIke.Wire;
using static RefIke.Exploration.Scenarios.Scenario;

namespace RefIke.Exploration.Scenarios;

/// <summary>XAUTH and Mode Config between phase 1 and Quick Mode: A is the host, B the edge device.</summary>
internal static class UserAccess
{
    private static readonly Octets User = "alice"u8.ToArray();
    private static readonly Instant End = new(200_000);

    public static IEnumerable<Scenario> All => [.. Xauth, .. Interrupted, .. Configuration];

    private static IEnumerable<Scenario> Xauth =>
    [
        new Scenario("xauth",
            "A REQUEST, REPLY, SET or ACK of XAUTH is lost, or comes twice (draft-beaulieu-ike-xauth-02 §6). Whoever asked asks again, and a pair comes up behind it.",
            ["L-01", "L-02", "L-14", "S-13", "S-27"], new Budget { Losses = 1, Copies = 1 },
            EitherFirst((first, _) => [new Act.Do(Order.Up(first)), new Act.Let(End), AtTheEnd.EveryExchangeEnded, AtTheEnd.AccessEnded, AtTheEnd.SamePairs("L-02", 1, 1)]))
        {
            Race = "R-63",
            Change = Asking,
        },
        new Scenario("slow-user",
            "The user takes longer than the edge device waits, or his answer comes while it gives up (draft-beaulieu-ike-xauth-02 §6). The gate opens at both ends, or the ISAKMP SA goes.",
            ["L-01", "L-14", "S-13", "S-27"], new Budget { Delays = 2 },
            [
                new Act.Do(Order.Up(Side.A)), new Act.Let(new Instant(40_000)), new Act.Let(End),
                AtTheEnd.EveryExchangeEnded, AtTheEnd.AccessEnded, AtTheEnd.SamePairs("L-14", 0, 1),
            ])
        {
            Race = "R-60",
            Change = (side, setup) => Asking(side, setup) with { Timing = setup.Timing with { Retries = Cast.Retries, AccessStep = 10_000 } },
        },
        new Scenario("quick-mode-before-xauth",
            "A host that does not obey begins Quick Mode before the edge device has let its user in (draft-beaulieu-ike-xauth-02 §6). It is dropped until then.",
            ["L-01", "S-13", "S-27"], new Budget { Delays = 1 },
            [
                new Act.Do(Order.Up(Side.A)), new Act.Let(Instant.Zero), new Act.Do(Impatient), new Act.Let(End), AtTheEnd.EveryExchangeEnded,
            ])
        {
            Race = "R-61",
            Change = Asking,
        },
    ];

    private static IEnumerable<Scenario> Interrupted =>
    [
        new Scenario("delete-during-xauth",
            "One end deletes the ISAKMP SA between the messages of XAUTH (draft-beaulieu-ike-xauth-02 §6 allows Informationals). XAUTH ends with it at both ends.",
            ["L-01", "L-14", "S-13", "S-27"], new Budget { Delays = 1, Losses = 1 },
            EitherFirst((first, _) =>
            [
                new Act.Do(Order.Up(Side.A)), new Act.Let(Instant.Zero), new Act.Do(Order.DeleteIsakmp(first)), new Act.Let(End),
                AtTheEnd.EveryExchangeEnded, AtTheEnd.AccessEnded,
            ]))
        {
            Race = "R-61",
            Change = Asking,
        },
        new Scenario("life-ends-during-xauth",
            "The ISAKMP SA lives no longer than the user takes (draft-beaulieu-ike-xauth-02 §6, RFC 2409 §8). XAUTH ends with it, and nothing is left open.",
            ["L-01", "L-14", "S-13", "S-16", "S-27"], new Budget { Delays = 2 },
            [new Act.Do(Order.Up(Side.A)), new Act.Let(new Instant(9_000)), new Act.Let(new Instant(100_000)), AtTheEnd.EveryExchangeEnded, AtTheEnd.AccessEnded, AtTheEnd.SamePairs("L-14", 0, 1)])
        {
            Race = "R-60",
            IsakmpLife = 10,
            Change = (side, setup) => Asking(side, setup) with { Timing = setup.Timing with { InitiatorRekeysAt = 1200, ResponderRekeysAt = 1300 } },
        },
        new Scenario("questions-during-xauth",
            "Dead peer detection asks while the user is awaited (RFC 3706 §5.4, draft-beaulieu-ike-xauth-02 §6). It is answered, and opens nothing.",
            ["L-01", "L-14", "S-13", "S-25", "S-27"], new Budget { Delays = 1 },
            [new Act.Do(Order.Up(Side.A)), new Act.Let(new Instant(40_000)), AtTheEnd.EveryExchangeEnded, AtTheEnd.AccessEnded, AtTheEnd.SamePairs("L-14", 0, 1)])
        {
            Race = "R-60 R-61",
            Change = (side, setup) => Asking(side, setup).WithConnections(c => c with { DeadPeer = DeadPeerRaces.Policy with { Interval = 10_000 } }),
        },
    ];

    private static IEnumerable<Scenario> Configuration =>
    [
        new Scenario("mode-config-pulled",
            "The host asks for its address, and the REQUEST or REPLY is lost or comes twice (draft-dukes-ike-mode-cfg-02 §3.1.1). Both ends hold the same address, and the pair has it.",
            ["L-01", "L-02", "L-14", "S-04", "S-13"], new Budget { Losses = 1, Copies = 1 }, Configured(Side.A))
        {
            Race = "R-63",
            Change = (side, setup) => Addressing(side, setup, pulled: true, pushed: false),
        },
        new Scenario("mode-config-pushed",
            "The edge device sets the host's address unasked, and the SET or ACK is lost or comes twice (draft-dukes-ike-mode-cfg-02 §3.1.1). Both ends hold the same address.",
            ["L-01", "L-02", "L-14", "S-04", "S-13"], new Budget { Losses = 1, Copies = 1 }, Configured(Side.A), Configured(Side.B))
        {
            Race = "R-63",
            Change = (side, setup) => Addressing(side, setup, pulled: false, pushed: true),
        },
        new Scenario("mode-config-pulled-and-pushed",
            "The host asks for its address while the edge device sets it (draft-dukes-ike-mode-cfg-02 §3.4). Both exchanges end, and both ends hold one address.",
            ["L-01", "L-02", "L-14", "S-04", "S-13"], new Budget { Losses = 1, Reorders = true }, Configured(Side.A), Configured(Side.B))
        {
            Race = "R-62",
            Change = (side, setup) => Addressing(side, setup, pulled: true, pushed: true),
        },
    ];

    private static ImmutableArray<Act> Configured(Side first) =>
    [
        new Act.Do(Order.Up(first)), new Act.Let(End), AtTheEnd.EveryExchangeEnded, AtTheEnd.AccessEnded, AtTheEnd.SameAddress, AtTheEnd.SamePairs("L-02", 1, 1),
    ];

    /// <summary>The host's owner has it believe that the gate is open.</summary>
    private static Order Impatient => Order.Up(Side.A) with
    {
        Of = ends => ends.A.Isakmp.Values.Any(e => e.Access is { Step: AccessStep.Xauth }) ? new Input.Connect("t", "c") : null,
        Tampering = ends => ends.A with
        {
            Isakmp = ends.A.Isakmp.SetItems(ends.A.Isakmp.Where(e => e.Value.Access is not null)
                .Select(e => KeyValuePair.Create(e.Key, e.Value with { Access = e.Value.Access! with { Step = AccessStep.Open } }))),
        },
    };

    private static EndpointSetup Asking(Side side, EndpointSetup setup) => setup.WithConnections(c => c with
    {
        Xauth = side == Side.A ? new XauthPolicy.IpsecHost(User, Secret.Of("wonderland"u8))
            : new XauthPolicy.EdgeDevice(new UserTable(ImmutableDictionary<Octets, Secret>.Empty.Add(User, Secret.Of("wonderland"u8)))),
    });

    private static EndpointSetup Addressing(Side side, EndpointSetup setup, bool pulled, bool pushed) => setup.WithConnections(c => c with
    {
        ModeConfig = side == Side.A ? new ModeConfigPolicy.IpsecHost(!pulled)
            : new ModeConfigPolicy.EdgeDevice(new AddressRange(new IPAddress([10, 9, 0, 1]), 5, new AssignedConfiguration((IPAddress?)null)), pushed),
        Children = [.. c.Children.Select(k => side == Side.A ? k with { OwnIsAssigned = true } : k with { PeerIsAssigned = true })],
    });
}
