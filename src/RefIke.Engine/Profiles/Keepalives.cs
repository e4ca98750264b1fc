using RefIke.Engine.Steps;
using RefIke.Wire;

namespace RefIke.Engine.Profiles;

/// <summary>
/// One octet 0xFF now and then from the side behind a NAT, so that the NAT does not forget it (RFC 3948 §4). What comes
/// of the peer's is dropped by the driver and proves nothing.
/// </summary>
internal sealed class Keepalives : IEngineProfile
{
    [Clause("3948-4-01")]
    public void Established(Work work, IsakmpEntry entry) => Restart(work, entry);

    /// <summary>Whatever is sent keeps the mapping alive.</summary>
    [Clause("3948-4-01")]
    public void Sent(Work work, IsakmpEntry entry)
    {
        if (work.State.Timers.ContainsKey(Timer(entry)))
        {
            Restart(work, entry);
        }
    }

    [Clause("3948-2.3-01")]
    public void Fired(Work work, TimerId timer)
    {
        if (timer.Kind != TimerKind.Keepalive || !work.State.Isakmp.TryGetValue(timer.Own.Value, out var entry))
        {
            return;
        }

        // Several SAs with one peer share the mapping: the newest keeps it.
        if (Peers.Newest(work, entry).Own == entry.Own)
        {
            work.Tell(new Effect.Keepalive(entry.Local, entry.Remote));
        }

        Restart(work, entry);
    }

    private static void Restart(Work work, IsakmpEntry entry)
    {
        if (entry.Phase1.Nat is { LocalBehindNat: true } && entry.Local.Equals(work.Setup.NatLocal)
            && work.Connection(entry.Connection)?.Nat.Keepalive is { } every and > 0)
        {
            work.Start(Timer(entry), every);
        }
    }

    private static TimerId Timer(IsakmpEntry entry) => new(TimerKind.Keepalive, entry.Own, 0);
}
