using RefIke.Wire;

namespace RefIke.Engine.Steps;

/// <summary>
/// INITIAL-CONTACT (RFC 2407 §4.6.3.3): a peer that has lost its SAs says so in its first Quick Mode, where HASH(1)
/// covers it and it is sent again with message 1 (D-145). In a last message of Main Mode no HASH covers it: it waits
/// there for the first message that proves the peer (D-215, A-43).
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

    /// <summary>Phase 1 has ended: whether its last message of the peer's had the notify.</summary>
    [Clause("2407-4.6.3-01")]
    [Clause("2409-10-06")]
    public static IsakmpEntry Hinted(Work work, IsakmpEntry entry)
    {
        foreach (var notify in entry.Phase1.Hinted)
        {
            work.Tell(new Effect.Noted(entry.Phase1.Name, notify.NotifyType, false));
        }

        return entry with { ContactHinted = entry.Phase1.Hinted.Any(n => n.NotifyType == NotifyType.InitialContact) };
    }

    /// <summary>A message under the ISAKMP SA was verified: what was a hint holds now.</summary>
    public static void Confirm(Work work, IsakmpEntry carrier)
    {
        if (carrier.ContactHinted)
        {
            work.Put(carrier with { ContactHinted = false });
            Obey(work, carrier);
        }
    }

    /// <summary>
    /// What the peer has lost goes here too, without a word to it: its SAs that are older than the ISAKMP SA which
    /// carries the notify, found by the authenticated identity, never by the address (S-17, D-147; RFC 3947 §6). What came up at the
    /// same time as that one is no older: two phase 1s that cross may well end within one tick.
    /// </summary>
    [Clause("2407-4.6.3.3-02")]
    [Clause("3947-6-01")]
    public static void Obey(Work work, IsakmpEntry carrier)
    {
        if (carrier.Established is not { } since)
        {
            return;
        }

        var identity = carrier.Phase1.PeerIdentity;
        foreach (var pair in work.State.Pairs.Values.Where(p => p.Connection == carrier.Connection
            && p.PeerIdentity == identity && p.Installed < since
            && p.Exchange.CKY_I != carrier.Phase1.CKY_I).ToArray())
        {
            Deletion.Remove(work, pair, "the peer has no SA from before");
        }

        foreach (var old in work.State.Isakmp.Values.Where(
            e => e.Own != carrier.Own && e.Connection == carrier.Connection
                && e.Phase1.PeerIdentity == identity && e.Established is { } at && at < since).ToArray())
        {
            Deletion.Forget(work, old, "the peer has no SA from before");
        }
    }
}
