using System.Collections.Immutable;
using RefIke.Wire;

namespace RefIke.Exchanges.Profiles.NatTraversal;

/// <summary>RFC 3947, or a draft of it with numbers from the private ranges.</summary>
/// <param name="Id">The vendor id that says that it is spoken.</param>
public sealed record NatVariant(
    VendorId Id, PayloadType Discovery, PayloadType OriginalAddress, EncapsulationMode Tunnel,
        EncapsulationMode Transport)
{
    /// <summary>RFC 3947.</summary>
    public static NatVariant Rfc { get; } =
        new(VendorIds.NatTraversal, PayloadType.NatDiscovery, PayloadType.NatOriginalAddress,
        EncapsulationMode.UdpEncapsulatedTunnel, EncapsulationMode.UdpEncapsulatedTransport);

    /// <summary>The drafts that move to port 4500, the newest first: 03, and 02 with its two vendor ids.</summary>
    public static ImmutableArray<NatVariant> Drafts { get; } =
        [.. Ids.Select(id => new NatVariant(id, PayloadType.NatDiscoveryDraft, PayloadType.NatOriginalAddressDraft,
                EncapsulationMode.UdpEncapsulatedTunnelDraft, EncapsulationMode.UdpEncapsulatedTransportDraft))];

    private static ImmutableArray<VendorId> Ids =>
    [
        VendorIds.NatTraversalDraft03, VendorIds.NatTraversalDraft02WithLineFeed, VendorIds.NatTraversalDraft02,
    ];

    /// <summary>Whether the draft has one NAT-OA, the sender's own address, where the RFC has two (D-177).</summary>
    public bool HasOneOriginalAddress => this != Rfc;
}
