using RefIke.Exchanges;
using RefIke.Wire;

namespace RefIke.Engine.Steps;

/// <summary>
/// A new ISAKMP SA before the old one ends (RFC 2408 §4.3, D-143). IPsec pairs belong to their connection, not to the ISAKMP SA
/// that made them: they survive it (RFC 2409 §8, D-142, D-213). The old SA stays until open Quick Modes under it have
/// ended.
/// </summary>
internal static class Renewal
{
    /// <summary>How long after its renewal an ISAKMP SA is deleted by whoever renewed it, in milliseconds .</summary>
    private const long RetiresAfter = 30_000;

    /// <summary>How soon a renewal that failed is tried again, in milliseconds.</summary>
    private const long TryAgainAfter = 30_000;

    /// <summary>So many message ids are left for what goes on beside a renewal, and for one that has to be tried again .</summary>
    private const int Reserve = 16;

    /// <summary>Starts the timers of a fresh ISAKMP SA.</summary>
    public static void Begin(Work work, IsakmpEntry fresh)
    {
        var life = Lifetimes.Milliseconds(fresh.Phase1.Suite!.LifeSeconds);
        var percent = fresh.Phase1.Role == Role.Initiator ? work.Timing.InitiatorRekeysAt : work.Timing.ResponderRekeysAt;
        work.Start(Expires(fresh.Own), life);
        work.Start(new TimerId(TimerKind.IsakmpRenews, fresh.Own, 0), life * percent / 100);
    }

    /// <summary>Phase 2 may be spoken under a fresh ISAKMP SA: the one that it renews is retired.</summary>
    public static void Retire(Work work, IsakmpEntry fresh)
    {
        if (fresh.Renews is { } old && work.State.Isakmp.ContainsKey(old.Value))
        {
            work.Start(new TimerId(TimerKind.IsakmpRetires, old, 0), RetiresAfter);
        }
    }

    /// <summary>An SA's soft limit: nothing where no pair needs it, or where another SA of the connection outlives it.</summary>
    public static void Due(Work work, Cookie own)
    {
        if (work.State.Isakmp.TryGetValue(own.Value, out var entry)
            && work.State.Pairs.Values.Any(p => p.Connection == entry.Connection)
            && !work.State.Isakmp.Values.Any(e => e.Connection == entry.Connection && Outlives(work, e, entry)))
        {
            Renew(work, own);
        }
    }

    /// <summary>
    /// A message id more was met under it: it is renewed before so many were that nothing of the peer's would be taken any more (D-34,
    /// D-110); the sides at different numbers.
    /// </summary>
    public static void Spend(Work work, IsakmpEntry entry)
    {
        var reserve = entry.Phase1.Role == Role.Initiator ? 2 * Reserve : Reserve;
        if (work.Setup.Limits.MessageIds > 2 * Reserve && entry.MessageIds.Count >= work.Setup.Limits.MessageIds - reserve)
        {
            work.Start(new TimerId(TimerKind.IsakmpRenews, entry.Own, 0), 0);    // by itself: an Informational is not answered (S-12)
        }
    }

    /// <summary>Begins a phase 1 in place of an ISAKMP SA, unless one is under way, or there is no address to begin with.</summary>
    public static void Renew(Work work, Cookie own)
    {
        if (work.State.Isakmp.TryGetValue(own.Value, out var entry) && entry.Established is not null
            && work.Connection(entry.Connection) is { } connection && !Peers.IsForAny(connection)
            && Initiation.Begun(work, entry.Connection) is null)
        {
            Initiation.Begin(work, connection, [], own);
        }
    }

    /// <summary>A renewal came to nothing: the old SA lives on to its end, and is tried again.</summary>
    public static void Failed(Work work, IsakmpEntry failed)
    {
        if (failed.Renews is { } old && work.State.Isakmp.ContainsKey(old.Value))
        {
            work.Start(new TimerId(TimerKind.IsakmpRenews, old, 0), TryAgainAfter);
        }
    }

    private static bool Outlives(Work work, IsakmpEntry other, IsakmpEntry entry)
        => other.Established is not null
            && work.State.Timers.GetValueOrDefault(Expires(other.Own)) > work.State.Timers.GetValueOrDefault(Expires(entry.Own));

    private static TimerId Expires(Cookie own) => new(TimerKind.IsakmpExpires, own, 0);
}
