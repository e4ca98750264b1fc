using System.Collections.Immutable;
using System.Net;
using RefIke.Crypto;
using RefIke.Engine;
using RefIke.Exchanges;
using RefIke.Exchanges.Negotiation;
using RefIke.Exchanges.NewGroupMode;
using RefIke.Wire;

namespace RefIke.Vectors.Making;

/// <summary>An endpoint of RefIke as a vector's inputs describe it.</summary>
internal static class Setups
{
    public const string Connection = "vector";

    public static EndpointSetup Of(Inputs inputs, Role role, IRandomness randomness)
    {
        var (own, peer) = (inputs.Of(role), inputs.Other(role));
        var connection = new Connection(Connection, new IPEndPoint(new Network(inputs).Outside(At(peer, 500)).Address, 500),
            inputs.PreSharedKey is { } psk ? Secret.Of(psk.Span) : null,
            Identity(own.Identity), Identity(peer.Identity),
            [.. own.Suites.Select(s => VectorSuites.Phase1(s, inputs.Phase1LifeSeconds, inputs.Method))],
            [.. own.Children.Select(c => Policy(c, inputs, role))], inputs.NatTraversal)
        {
            Mode = inputs.Mode,
            ClearThirdMessage = inputs.ClearThirdMessage == true,
            PublicKeys = own.Keys is { } keys ? KeyReading.Terms(keys) : null,
            InitialContact = inputs.InitialContact == true,
            DeadPeer = inputs.DeadPeerDetection == true ? new DeadPeerPolicy { Interval = own.DeadPeerInterval } : null,
            Fragmentation = inputs.FragmentSize is { } size ? new FragmentationPolicy { Size = size } : null,
            NewGroups = inputs.NewGroups == true ? new NewGroupTerms() : null,
            Xauth = inputs.Xauth is { } xauth ? RemoteAccessInputs.Policy(xauth, role) : null,
            ModeConfig = inputs.ModeConfig is { } config ? RemoteAccessInputs.Policy(config, role) : null,
        };
        return new EndpointSetup($"{role}", At(own, 500), At(own, 4500), [connection], randomness)
        {
            UnixSecondsAtZero = inputs.UnixSeconds ?? 0,
        };
    }

    /// <summary>Where a side sends from.</summary>
    public static IPEndPoint At(Side side, int port) => new(IPAddress.Parse(side.Address), port);

    /// <summary>An ID payload from its body (RFC 2407 §4.6.2).</summary>
    public static IdentificationPayload Identity(Octets body)
        => new((IdentificationType)body.Span[0], body.Span[1], (ushort)((body.Span[2] << 8) | body.Span[3]),
            body.Slice(4, body.Length - 4));

    public static ImmutableArray<ProtectionSuite> Suites(Child child, ulong lifeSeconds)
        => [.. child.Suites.Select(s => VectorSuites.Of(s, child, lifeSeconds))];

    private static ChildPolicy Policy(Child child, Inputs inputs, Role role) => new(
        child.Name, child.Own is { } own ? Identity(own) : null, child.Peer is { } peer ? Identity(peer) : null,
        Suites(child, inputs.Phase2LifeSeconds))
    {
        Further = [.. (child.Further ?? []).Select(sa => sa.Select(
            s => VectorSuites.Of(s, child, inputs.Phase2LifeSeconds)).ToImmutableArray())],
        CommitBit = child.CommitBit == true,
        ReplayDetection = child.ReplayDetection,
        IdentityPfs = child.IdentityPfs == true,
        OwnIsAssigned = child.Assigned == true && inputs.ModeConfig!.Host == role,
        PeerIsAssigned = child.Assigned == true && inputs.ModeConfig!.Host != role,
    };
}
