using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using RefIke.Exchanges.Phase1;
using RefIke.Wire;

namespace RefIke.Exchanges.Profiles.NatTraversal;

/// <summary>
/// NAT detection and the choice of UDP encapsulation (RFC 3947). The float to port 4500 is the engine's, on this word.
/// </summary>
/// <param name="drafts">Whether drafts 02 and 03 are spoken with a peer that does not speak the RFC (D-172).</param>
/// <param name="force">
/// Whether this side says that it is behind a NAT though it may not be: its own NAT-D is a false one.
/// </param>
public sealed class NatTraversal(bool drafts = false, bool force = false) : IProfile
{
    private readonly ImmutableArray<NatVariant> variants =
        drafts ? [NatVariant.Rfc, .. NatVariant.Drafts] : [NatVariant.Rfc];

    /// <inheritdoc/>
    [Clause("3947-3.1-01")]
    [Clause("2408-3.16-01")]
    [Clause("2408-3.16-02")]
    [Clause("3947-3.2-03")]
    public ImmutableArray<Payload> Extra(int number, Phase1State phase1)
    {
        if (number == 1)
        {
            return [.. variants.Select(v => v.Id.Payload)];
        }

        if (Spoken(phase1) is not { } variant)
        {
            return [];
        }

        return (phase1.Mode, number) switch
        {
            (ExchangeType.Aggressive, 2) => [variant.Id.Payload, .. Discoveries(variant, phase1)],
            (ExchangeType.Aggressive, 3) => Discoveries(variant, phase1),
            (_, 2) => [variant.Id.Payload],
            (_, 3 or 4) => Discoveries(variant, phase1),
            _ => [],
        };
    }

    /// <inheritdoc/>
    [Clause("3947-3.2-01")]
    [Clause("3947-3.2-02")]
    public Phase1State Learn(int number, Phase1State phase1, ImmutableArray<Payload> payloads)
    {
        if (Spoken(phase1) is not { } variant)
        {
            return phase1;
        }

        var facts = (phase1.Nat ?? NatFacts.Unknown) with { Variant = variant };
        var found = payloads.OfType<NatDiscoveryPayload>().Where(p => p.Type == variant.Discovery).ToArray();
        var due = phase1.Mode == ExchangeType.Aggressive ? number is 2 or 3 : number is 3 or 4;
        if (due && found.Length >= 2)
        {
            // The first is the hash of where the peer sent to, the others of where it thinks it sends from.
            var here = Discovery(variant, phase1, phase1.Local).Data;
            var there = Discovery(variant, phase1, phase1.Remote).Data;
            facts = facts with
            {
                LocalBehindNat = force || found[0].Data != here,
                RemoteBehindNat = !found.Skip(1).Any(p => p.Data == there),
            };
        }

        return phase1 with { Nat = facts };
    }

    /// <inheritdoc/>
    public bool Floats(Phase1State phase1) => Facts(phase1).Found;

    /// <inheritdoc/>
    [Clause("3947-5.1-01")]
    public EncapsulationMode Encapsulate(EncapsulationMode wanted, Phase1State phase1) => (Facts(phase1), wanted) switch
    {
        ({ Found: true, Variant: { } v }, EncapsulationMode.Tunnel) => v.Tunnel,
        ({ Found: true, Variant: { } v }, EncapsulationMode.Transport) => v.Transport,
        _ => wanted,
    };

    /// <summary>
    /// NAT-OA for transport mode, by which the receiver mends checksums: the addresses of initiator and responder as
    /// this side sees them, in a draft its own alone (RFC 3947 §5.2, D-177). Never for tunnel mode.
    /// </summary>
    [Clause("3947-5.2-01")]
    [Clause("3947-5.2-02")]
    public ImmutableArray<Payload> ExtraOfQuickMode(Role role, EncapsulationMode mode, Phase1State phase1)
    {
        if (Facts(phase1).Variant is not { } v || mode != v.Transport)
        {
            return [];
        }

        var (own, peer) = (OriginalAddress(v, phase1.Local), OriginalAddress(v, phase1.Remote));
        return v.HasOneOriginalAddress ? [own] : role == Role.Initiator ? [own, peer] : [peer, own];
    }

    private static NatOriginalAddressPayload OriginalAddress(NatVariant variant, IPEndPoint place)
        => new(variant.OriginalAddress, place.AddressFamily == AddressFamily.InterNetworkV6
            ? IdentificationType.Ipv6Address : IdentificationType.Ipv4Address, place.Address.GetAddressBytes());

    private static NatFacts Facts(Phase1State phase1) => phase1.Nat ?? NatFacts.Unknown;

    /// <summary>The RFC first (D-172): what both sides have said that they speak.</summary>
    private NatVariant? Spoken(Phase1State phase1) => variants.FirstOrDefault(v => phase1.PeerVendorIds.Contains(v.Id));

    /// <summary>
    /// Where the peer is, then where we are, as this side sees it (RFC 3947 §3.2, D-176); a false one where a NAT is to
    /// be found.
    /// </summary>
    private ImmutableArray<Payload> Discoveries(NatVariant variant, Phase1State phase1)
        => [Discovery(variant, phase1, phase1.Remote),
            Discovery(variant, phase1, force ? Nowhere(phase1) : phase1.Local)];

    private static IPEndPoint Nowhere(Phase1State phase1)
        => new(phase1.Local.AddressFamily == AddressFamily.InterNetworkV6 ? IPAddress.IPv6Any : IPAddress.Any, 0);

    /// <summary>HASH(CKY-I | CKY-R | IP | Port) with the negotiated hash (RFC 3947 §3.2).</summary>
    private static NatDiscoveryPayload Discovery(NatVariant variant, Phase1State phase1, IPEndPoint place)
    {
        var address = place.Address.GetAddressBytes();
        var octets = new byte[16 + address.Length + 2];
        phase1.CKY_I.Write(octets);
        phase1.CKY_R.Write(octets.AsSpan(8));
        address.CopyTo(octets.AsSpan(16));
        octets[^2] = (byte)(place.Port >> 8);
        octets[^1] = (byte)(place.Port & 0xff);
        return new NatDiscoveryPayload(variant.Discovery, phase1.Suite!.Hash.Compute(octets));
    }
}
