using System.Net;
using RefIke.Cli.Ladders;
using RefIke.Crypto;
using RefIke.Engine;
using RefIke.Exchanges.Negotiation;
using RefIke.Exchanges.Phase2;
using RefIke.Wire;

namespace RefIke.Cli.Hosting;

/// <summary>An effect as the owner of the SAs needs it, keys included; null for those that change no SA.</summary>
internal static class EventJson
{
    public static object? Of(long at, Effect effect) => effect switch
    {
        Effect.IsakmpEstablished e => new
        {
            At = at,
            Event = "isakmpEstablished",
            e.Connection,
            CkyI = $"{e.Phase1.CKY_I}",
            CkyR = $"{e.Phase1.CKY_R}",
            Role = $"{e.Phase1.Role}".ToLowerInvariant(),
            Suite = e.Phase1.Suite!.Name,
            e.Phase1.Suite.LifeSeconds,
            Local = Place(e.Phase1.Local),
            Remote = Place(e.Phase1.Remote),
            PeerIdentity = Identity(e.Phase1.PeerIdentity!),
            Nat = e.Phase1.Nat is { Found: true } nat ? new { nat.LocalBehindNat, nat.RemoteBehindNat } : null,
        },
        Effect.IsakmpDeleted e =>
            new { At = at, Event = "isakmpDeleted", CkyI = $"{e.CKY_I}", CkyR = $"{e.CKY_R}", Reason = e.Why },
        Effect.PairEstablished e
            => Pair(at, e.Replaces is null ? "pairEstablished" : "pairRekeyed", e.Pair, e.Replaces, null),
        Effect.PairDeleted e => Pair(at, "pairDeleted", e.Pair, null, e.Why),
        Effect.PeerMoved e => new
        {
            At = at,
            Event = "peerMoved",
            e.Connection,
            From = Place(e.From),
            To = Place(e.To),
            SpiIn = e.Pairs.Select(p => Spi(p.Spi)),
        },
        Effect.PeerDied e => new { At = at, Event = "peerDead", e.Connection, Remote = Place(e.Remote) },
        _ => null,
    };

    private static object Pair(long at, string what, IpsecPair pair, uint? replaces, string? reason) => new
    {
        At = at,
        Event = what,
        pair.Connection,
        pair.Child,
        Role = $"{pair.Role}".ToLowerInvariant(),
        Replaces = replaces is { } r ? Spi(r) : null,
        Reason = reason,
        Local = Traffic(pair.Own),
        Remote = Traffic(pair.Peer),
        PeerOriginalAddress = pair.PeerOriginalAddress?.ToString(),
        Sas = pair.Bundle.SelectMany(s => new[]
        {
            Sa(s, "in", s.OwnSpi, pair.Remote, pair.Local, s.Inbound),
            Sa(s, "out", s.PeerSpi, pair.Local, pair.Remote, s.Outbound),
        }),
    };

    /// <summary>One SA of one direction.</summary>
    private static object Sa(
        AgreedSa sa, string direction, uint spi, IPEndPoint source, IPEndPoint destination, Secret keymat)
    {
        var (cipher, authentication) = sa.Suite switch
        {
            EspSuite esp => (esp.Cipher, esp.Authentication.Algorithm),
            AhSuite ah => (null, ah.Algorithm.Algorithm),
            _ => ((EspCipher?)null, (AuthenticationAlgorithm?)null),
        };
        var udp = sa.Suite.Mode is not (EncapsulationMode.Tunnel or EncapsulationMode.Transport);
        var cut = cipher?.KeyOctets ?? 0;
        return new
        {
            Direction = direction,
            Protocol = $"{sa.Suite.Protocol}".ToLowerInvariant(),
            Spi = Spi(spi),
            Source = $"{source.Address}",
            Destination = $"{destination.Address}",
            Mode = IsTunnel(sa.Suite.Mode) ? "tunnel" : "transport",
            Udp = udp ? new { SourcePort = source.Port, DestinationPort = destination.Port } : null,
            Encryption = cipher is null ? null : new
            {
                Name = RegistryWords.Transform(Protocol.Esp, (byte)cipher.Transform),
                Transform = (byte)cipher.Transform,
                KeyBits = 8 * cut,
                Key = Convert.ToHexStringLower(keymat.Reveal()[..cut]),
            },
            Integrity = authentication is not { } a ? null : new
            {
                Name = RegistryWords.Of(a),
                Algorithm = (ushort)a,
                KeyBits = 8 * (keymat.Length - cut),
                IcvBits = IcvBits(a),
                Key = Convert.ToHexStringLower(keymat.Reveal()[cut..]),
            },
            Esn = sa.Suite.ExtendedSequenceNumbers,
            sa.Suite.LifeSeconds,
            sa.Suite.LifeKilobytes,
        };
    }

    /// <summary>How many bits of its output stand in a packet (RFC 2403, RFC 2404, RFC 3566, RFC 4868 §2.6).</summary>
    private static int IcvBits(AuthenticationAlgorithm algorithm) => algorithm switch
    {
        AuthenticationAlgorithm.HmacSha256 => 128,
        AuthenticationAlgorithm.HmacSha384 => 192,
        AuthenticationAlgorithm.HmacSha512 => 256,
        AuthenticationAlgorithm.DesMac => 64,
        _ => 96,
    };

    private static bool IsTunnel(EncapsulationMode mode) => mode is EncapsulationMode.Tunnel
        or EncapsulationMode.UdpEncapsulatedTunnel or EncapsulationMode.UdpEncapsulatedTunnelDraft;

    /// <summary>What traffic is meant: a range, as a subnet too where it is one; 0 is any protocol, any port.</summary>
    private static object Traffic(Selector s) => new
    {
        First = $"{s.FirstAddress}",
        Last = $"{s.LastAddress}",
        Subnet = s.PrefixLength is { } bits ? $"{s.FirstAddress}/{bits}" : null,
        Protocol = s.ProtocolId,
        s.Port,
    };

    private static object Place(IPEndPoint place) => new { Address = $"{place.Address}", place.Port };

    private static object Identity(IdentificationPayload id) => new
    {
        Type = RegistryWords.Of(id.IdType),
        Value = PayloadWords.Identity(id),
    };

    private static string Spi(uint spi) => $"{spi:x8}";
}
