namespace RefIke.Exchanges.Profiles.NatTraversal;

/// <summary>What NAT detection found in a phase 1 exchange (RFC 3947 §3).</summary>
/// <param name="Variant">What both sides speak; null where they do not.</param>
/// <param name="LocalBehindNat">Whether this side is behind a NAT, or says so.</param>
/// <param name="RemoteBehindNat">Whether the peer is.</param>
public sealed record NatFacts(NatVariant? Variant, bool LocalBehindNat, bool RemoteBehindNat)
{
    /// <summary>Before anything was said.</summary>
    public static NatFacts Unknown { get; } = new(null, false, false);

    /// <summary>Whether a NAT sits in front of either side.</summary>
    public bool Found => LocalBehindNat || RemoteBehindNat;
}
