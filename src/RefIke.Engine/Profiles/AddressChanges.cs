using RefIke.Engine.Steps;
using RefIke.Wire;

namespace RefIke.Engine.Profiles;

/// <summary>
/// A NAT that forgets its mapping and makes another: the side that is not behind a NAT follows the newest verified
/// message to where it came from, the side that is never does, as its peer's address cannot change (RFC 3947 §7,
/// D-175).
/// </summary>
internal sealed class AddressChanges : IEngineProfile
{
    /// <summary>
    /// Only fresh messages come here, never a copy; from the old port none is followed back (RFC 3947 §4).
    /// </summary>
    [Clause("3947-7-01")]
    [Clause("3947-7-02")]
    [Clause("3947-8-01")]
    public void Verified(Work work, IsakmpEntry entry)
    {
        if (work.Arrival is not { } arrival || arrival.Remote.Equals(entry.Remote) || !arrival.Local.Equals(entry.Local)
            || entry.Phase1.Nat is not { RemoteBehindNat: true, LocalBehindNat: false })
        {
            return;
        }

        var old = entry.Remote;
        foreach (var other in Peers.SameAs(work, entry).Where(e => e.Remote.Equals(old)).ToArray())
        {
            work.Put(other with { Remote = arrival.Remote });
        }

        foreach (var pair in Peers.PairsOf(work, entry).Where(p => p.Remote.Equals(old)).ToArray())
        {
            work.Put(pair with { Remote = arrival.Remote });
        }

        work.Tell(new Effect.PeerMoved(entry.Own, entry.Connection, old, arrival.Remote,
            [.. Peers.PairsOf(work, entry).Where(p => p.Remote.Equals(arrival.Remote))]));
    }
}
