using System.Collections.Immutable;
using RefIke.Exchanges.Phase1;
using RefIke.Wire;

namespace RefIke.Exchanges.Profiles.DeadPeerDetection;

/// <summary>The vendor id of dead peer detection (RFC 3706 §5.1). Asking and answering are the engine's.</summary>
public sealed class DeadPeerDetection : IProfile
{
    /// <inheritdoc/>
    [Clause("3706-5.1-01")]
    public ImmutableArray<Payload> Extra(int number, Phase1State phase1)
        => number is 1 or 2 ? [VendorIds.DeadPeerDetection.Payload] : [];

    /// <summary>Whether the peer has said that it answers.</summary>
    public static bool IsSpokenBy(Phase1State phase1) => phase1.PeerVendorIds.Contains(VendorIds.DeadPeerDetection);
}
