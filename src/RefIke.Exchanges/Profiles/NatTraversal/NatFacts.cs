namespace RefIke.Exchanges.Profiles.NatTraversal;

/// <summary>What NAT detection found in a phase 1 exchange (RFC 3947 §3).</summary>
public sealed record NatFacts(bool PeerSpeaks, bool LocalBehindNat, bool RemoteBehindNat)
{
    /// <summary>Before anything was said.</summary>
    public static NatFacts Unknown { get; } = new(false, false, false);

    /// <summary>Whether a NAT sits in front of either side.</summary>
    public bool Found => LocalBehindNat || RemoteBehindNat;
}
