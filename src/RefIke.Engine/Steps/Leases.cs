using System.Collections.Immutable;
using System.Net;
using RefIke.Exchanges.Profiles.ModeConfig;
using RefIke.Wire;

namespace RefIke.Engine.Steps;

/// <summary>
/// Which addresses are given to whom: there is no table of its own, the ISAKMP SAs and IPsec pairs say it. An address is free again
/// when neither is left (draft-dukes-ike-mode-cfg-02 §3.4).
/// </summary>
internal static class Leases
{
    /// <summary>An address for a peer: the one it has, under this SA or an older one of its; else one that nobody has.</summary>
    [Clause("modecfg-3.4-03")]
    public static AssignedConfiguration? Assign(Work work, IsakmpEntry entry, IAddressPool pool, IPAddress? wish)
    {
        var others = work.State.Isakmp.Values
            .Where(e => e.Own != entry.Own && e.Connection == entry.Connection && e.Access?.Assigned?.Address is not null).ToArray();
        if ((entry.Access!.Assigned ?? others.FirstOrDefault(e => IsSamePeer(e, entry))?.Access!.Assigned) is { } had)
        {
            return had;
        }

        var paired = work.State.Pairs.Values
            .Where(p => p.Connection == entry.Connection && p.Peer.First == p.Peer.Last
                && !(p.Remote.Equals(entry.Remote) && p.PeerIdentity == entry.Phase1.PeerIdentity))
            .Select(p => p.Peer.FirstAddress);
        return pool.Assign(new AddressRequest(entry.Phase1.PeerIdentity!, entry.Access.User, wish,
            [.. others.Select(e => e.Access!.Assigned!.Address!), .. paired]));
    }

    /// <summary>The same identity, user and place: two hosts may share the first two.</summary>
    private static bool IsSamePeer(IsakmpEntry a, IsakmpEntry b)
        => a.Phase1.PeerIdentity == b.Phase1.PeerIdentity && a.Access!.User == b.Access!.User && a.Remote.Equals(b.Remote);
}
