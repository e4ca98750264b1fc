using RefIke.Wire;

namespace RefIke.Engine.Steps;

/// <summary>
/// INITIAL-CONTACT (RFC 2407 §4.6.3.3): a peer that has lost its SAs says so in its first Quick Mode, where HASH(1)
/// covers it and it is sent again with message 1 (D-145).
/// </summary>
internal static class InitialContact
{
    /// <summary>
    /// Whether no other SA with a connection's peer is known: D-146 asks at the start and at the end of phase 1.
    /// </summary>
    [Clause("2407-4.6.3-01")]
    [Clause("2407-4.6.3-02")]
    [Clause("2407-4.6.3-03")]
    public static bool IsFirst(Work work, string connection, Cookie own)
        => !work.State.Isakmp.Values.Any(
            e => e.Own != own && e.Connection == connection && e.Established is not null)
            && !work.State.Pairs.Values.Any(p => p.Connection == connection);

    /// <summary>
    /// What the peer has lost goes here too, without a word to it: its SAs that are older than the ISAKMP SA which
    /// carries the notify, found by the authenticated identity, never by the address (S-17, D-147; RFC 3947 §6).
    /// </summary>
    [Clause("2407-4.6.3.3-02")]
    public static void Obey(Work work, IsakmpEntry carrier)
    {
        if (carrier.Established is not { } since)
        {
            return;
        }

        var identity = carrier.Phase1.PeerIdentity;
        foreach (var pair in work.State.Pairs.Values.Where(p => p.Connection == carrier.Connection
            && p.PeerIdentity == identity && p.Installed <= since
            && p.Exchange.CKY_I != carrier.Phase1.CKY_I).ToArray())
        {
            Deletion.Remove(work, pair, "the peer has no SA from before");
        }

        foreach (var old in work.State.Isakmp.Values.Where(
            e => e.Own != carrier.Own && e.Connection == carrier.Connection
                && e.Phase1.PeerIdentity == identity && e.Established is { } at && at <= since).ToArray())
        {
            Deletion.Forget(work, old, "the peer has no SA from before");
        }
    }
}
