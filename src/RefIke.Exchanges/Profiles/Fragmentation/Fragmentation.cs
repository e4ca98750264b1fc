using System.Collections.Immutable;
using RefIke.Exchanges.Phase1;
using RefIke.Wire;

namespace RefIke.Exchanges.Profiles.Fragmentation;

/// <summary>The vendor id of IKE fragments ([MS-IKEE] §1.7, D-189). Cutting and gathering are the engine's.</summary>
public sealed class Fragmentation : IProfile
{
    /// <inheritdoc/>
    public ImmutableArray<Payload> Extra(int number, Phase1State phase1)
        => number is 1 or 2 ? [VendorIds.Fragmentation.Payload] : [];

    /// <summary>Whether the peer has said that it gathers fragments.</summary>
    public static bool IsSpokenBy(Phase1State phase1) => phase1.PeerVendorIds.Contains(VendorIds.Fragmentation);
}
