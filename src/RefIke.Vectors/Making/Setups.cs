using System.Collections.Immutable;
using System.Net;
using RefIke.Crypto;
using RefIke.Engine;
using RefIke.Exchanges;
using RefIke.Exchanges.Negotiation;
using RefIke.Wire;

namespace RefIke.Vectors.Making;

/// <summary>An endpoint of RefIke as a vector's inputs describe it.</summary>
internal static class Setups
{
    public const string Connection = "vector";

    public static EndpointSetup Of(Inputs inputs, Role role, IRandomness randomness)
    {
        var (own, peer) = (inputs.Of(role), inputs.Of(role == Role.Initiator ? Role.Responder : Role.Initiator));
        var connection = new Connection(Connection, At(peer, 500), Secret.Of(inputs.PreSharedKey.Span),
            Identity(own.Identity), Identity(peer.Identity),
            [.. own.Suites.Select(s => SuiteNames.Phase1(s, inputs.Phase1LifeSeconds)!)],
            [.. own.Children.Select(c => Policy(c, inputs.Phase2LifeSeconds))], inputs.NatTraversal);
        return new EndpointSetup($"{role}", At(own, 500), At(own, 4500), [connection], randomness);
    }

    /// <summary>Where a side sends from.</summary>
    public static IPEndPoint At(Side side, int port) => new(IPAddress.Parse(side.Address), port);

    /// <summary>An ID payload from its body (RFC 2407 §4.6.2).</summary>
    public static IdentificationPayload Identity(Octets body)
        => new((IdentificationType)body.Span[0], body.Span[1], (ushort)((body.Span[2] << 8) | body.Span[3]),
            body.Slice(4, body.Length - 4));

    public static ImmutableArray<EspSuite> Suites(Child child, ulong lifeSeconds)
        => [.. child.Suites.Select(s => SuiteNames.Esp(s, lifeSeconds)!)];

    private static ChildPolicy Policy(Child child, ulong lifeSeconds) => new(
        child.Name, child.Own is { } own ? Identity(own) : null, child.Peer is { } peer ? Identity(peer) : null,
        [.. Suites(child, lifeSeconds)]);
}
