using System.Collections.Immutable;
using RefIke.Engine;
using RefIke.Exchanges.Negotiation;
using RefIke.Wire;

namespace RefIke.Properties.Engine.Phase2;

/// <summary>Suites of several protocols by a short name, and endpoints whose child has them.</summary>
internal static class Suites
{
    /// <summary><c>ah:sha1+esp:aes128-sha1+ipcomp</c>: protocols of one unit, in this order.</summary>
    public static ProtectionSuite Of(string name, EncapsulationMode mode = EncapsulationMode.Tunnel, ulong life = 3600)
        => new([.. name.Split('+').Select(part => part.Split(':') switch
        {
            ["ah", var n] => SuiteNames.Ah(n, life)! with { Mode = mode },
            ["esp", var n] => SuiteNames.Esp(n, life)! with { Mode = mode },
            _ => (ProtocolSuite)new IpcompSuite(IpcompTransform.Deflate, null, mode, life),
        })]);

    /// <summary>The endpoint with these units in its child, in this order; <c>|</c> is between alternatives.</summary>
    public static Func<EndpointSetup, EndpointSetup> In(
        string names, EncapsulationMode mode = EncapsulationMode.Tunnel, ulong life = 3600)
        => Child(c => c with { Suites = [.. names.Split('|').Select(n => Of(n, mode, life))] });

    /// <summary>The endpoint with its child changed.</summary>
    public static Func<EndpointSetup, EndpointSetup> Child(Func<ChildPolicy, ChildPolicy> change)
        => setup => setup with
        {
            Connections = [.. setup.Connections.Select(c => c with { Children = [.. c.Children.Select(change)] })],
        };

    /// <summary>A pair that A has brought up.</summary>
    public static Pair Up(string names, EncapsulationMode mode = EncapsulationMode.Tunnel)
    {
        var pair = new Pair(both: In(names, mode));
        pair.Connect(pair.A);
        pair.Settle();
        return pair;
    }

    /// <summary>SAs as one end has them, turned round: what the other end must have.</summary>
    public static ImmutableArray<(ProtocolSuite Suite, uint Own, uint Peer, string In, string Out)> Mirror(IpsecPair pair)
        => [.. pair.Bundle.Select(s => (s.Suite, s.PeerSpi, s.OwnSpi,
            Convert.ToHexString(s.Outbound.Reveal()), Convert.ToHexString(s.Inbound.Reveal())))];

    /// <summary>SAs as one end has them.</summary>
    public static ImmutableArray<(ProtocolSuite Suite, uint Own, uint Peer, string In, string Out)> Own(IpsecPair pair)
        => [.. pair.Bundle.Select(s => (s.Suite, s.OwnSpi, s.PeerSpi,
            Convert.ToHexString(s.Inbound.Reveal()), Convert.ToHexString(s.Outbound.Reveal())))];
}
