using System.Collections.Immutable;
using System.Net;
using RefIke.Crypto;
using RefIke.Exchanges.Phase1;
using RefIke.Wire;

namespace RefIke.Exchanges.Profiles.NatTraversal;

/// <summary>NAT detection and the choice of UDP encapsulation (RFC 3947). The float to port 4500 is the engine's, on this word.</summary>
/// <remarks>Only the RFC is spoken, none of its drafts.</remarks>
public sealed class NatTraversal : IProfile
{
    /// <summary>MD5("RFC 3947"), the vendor id that says it is spoken (RFC 3947 §3.1).</summary>
    public static Octets VendorId { get; } = Octets.FromHex("4a131c81070358455c5728f20e95452f");

    /// <inheritdoc/>
    [Clause("3947-3.1-01")]
    [Clause("2408-3.16-01")]
    [Clause("2408-3.16-02")]
    public ImmutableArray<Payload> Extra(int number, Phase1State phase1) => number switch
    {
        1 => [new VendorIdPayload(VendorId)],
        _ when !Nat(phase1).PeerSpeaks => [],
        2 when phase1.Mode == ExchangeType.Aggressive => [new VendorIdPayload(VendorId), .. Discoveries(phase1)],
        2 => [new VendorIdPayload(VendorId)],
        3 or 4 => Discoveries(phase1),
        _ => [],
    };

    /// <inheritdoc/>
    [Clause("3947-3.2-01")]
    public Phase1State Learn(int number, Phase1State phase1, ImmutableArray<Payload> payloads)
    {
        if (number is 1 or 2 && payloads.OfType<VendorIdPayload>().Any(v => v.Data.Equals(VendorId)))
        {
            phase1 = phase1 with { Nat = Nat(phase1) with { PeerSpeaks = true } };
        }

        var found = payloads.OfType<NatDiscoveryPayload>().Where(p => p.Type == PayloadType.NatDiscovery).ToArray();
        var due = phase1.Mode == ExchangeType.Aggressive ? number is 2 or 3 : number is 3 or 4;
        if (!due || !Nat(phase1).PeerSpeaks || found.Length < 2)
        {
            return phase1;
        }

        // The first is the hash of where the peer sent to, the others of where it thinks it sends from.
        var here = Discovery(phase1, phase1.Local).Data;
        var there = Discovery(phase1, phase1.Remote).Data;
        return phase1 with
        {
            Nat = Nat(phase1) with
            {
                LocalBehindNat = !found[0].Data.Equals(here),
                RemoteBehindNat = !found.Skip(1).Any(p => p.Data.Equals(there)),
            },
        };
    }

    /// <inheritdoc/>
    public bool Floats(Phase1State phase1) => Nat(phase1).Found;

    /// <inheritdoc/>
    [Clause("3947-5.1-01")]
    public EncapsulationMode Tunnel(Phase1State phase1)
        => Nat(phase1).Found ? EncapsulationMode.UdpEncapsulatedTunnel : EncapsulationMode.Tunnel;

    /// <summary>Where the peer is, then where we are, as this side sees it (RFC 3947 §3.2).</summary>
    private static ImmutableArray<Payload> Discoveries(Phase1State phase1)
        => [Discovery(phase1, phase1.Remote), Discovery(phase1, phase1.Local)];

    private static NatFacts Nat(Phase1State phase1) => phase1.Nat ?? NatFacts.Unknown;

    /// <summary>HASH(CKY-I | CKY-R | IP | Port) with the negotiated hash (RFC 3947 §3.2).</summary>
    private static NatDiscoveryPayload Discovery(Phase1State phase1, IPEndPoint place)
    {
        var address = place.Address.GetAddressBytes();
        var octets = new byte[16 + address.Length + 2];
        phase1.CKY_I.Write(octets);
        phase1.CKY_R.Write(octets.AsSpan(8));
        address.CopyTo(octets.AsSpan(16));
        octets[^2] = (byte)(place.Port >> 8);
        octets[^1] = (byte)(place.Port & 0xff);
        return new NatDiscoveryPayload(PayloadType.NatDiscovery, phase1.Suite!.Hash.Compute(octets));
    }
}
