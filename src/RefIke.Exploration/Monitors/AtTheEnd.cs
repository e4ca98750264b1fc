using RefIke.Engine;
using RefIke.Exchanges.Phase1;
using RefIke.Exchanges.Phase2;
using RefIke.Specification;

namespace RefIke.Exploration.Monitors;

/// <summary>Liveness by deadline: what must hold when a run has come to rest.</summary>
public static class AtTheEnd
{
    /// <summary>The ids of the properties judged here.</summary>
    public static IReadOnlyList<string> Properties { get; } = ["S-13", "L-01", "L-02", "L-04", "L-05", "L-06", "L-07", "L-15", "L-18"];

    /// <summary>L-01: no exchange is open for ever.</summary>
    public static void EveryExchangeEnded(World world)
    {
        foreach (var peer in new[] { world.A, world.B })
        {
            Demand(peer.OpenExchanges == 0, "L-01", $"an exchange of {peer.Name} is still open");
        }
    }

    /// <summary>L-02, L-04, L-06: both ends hold the same pairs, at least <paramref name="least"/> and at most <paramref name="most"/>.</summary>
    public static void SamePairs(World world, string property, int least, int most)
    {
        var a = world.A.State.Pairs.Values.Select(p => (p.Spi, p.PeerSpi)).ToHashSet();
        var b = world.B.State.Pairs.Values.Select(p => (p.PeerSpi, p.Spi)).ToHashSet();
        Demand(a.SetEquals(b), property, $"A holds {a.Count} pairs, B {b.Count}, not the same ones");
        Demand(a.Count >= least && a.Count <= most, property, $"{a.Count} pairs where {least} to {most} are due");
    }

    /// <summary>L-05, L-06: each end sends on a pair, and the other receives on it.</summary>
    public static void CommonPair(World world, string property)
    {
        foreach (var (from, to) in new[] { (world.A, world.B), (world.B, world.A) })
        {
            var sending = from.State.Sending("t", "c");
            Demand(sending is not null, property, $"{from.Name} has no pair to send on");
            Demand(to.State.Pairs.ContainsKey(sending!.PeerSpi), property, $"{from.Name} sends on a pair that {to.Name} has not");
        }
    }

    /// <summary>L-06: whoever rekeyed has deleted the old pair.</summary>
    public static void OldPairGone(World world)
        => Demand(world.A.State.Pairs.Count == 1, "L-06", $"A holds {world.A.State.Pairs.Count} pairs some time after its rekey");

    /// <summary>L-18: a newer ISAKMP SA stands in place of the former, and at most <paramref name="most"/> of them.</summary>
    public static void Renewed(Peer peer, IEnumerable<Cookie> former, int most)
    {
        var now = peer.State.Isakmp.Values.Select(e => e.Phase1.CKY_I).ToArray();
        Demand(now.Length >= 1 && now.Length <= most, "L-18", $"{peer.Name} has {now.Length} ISAKMP SAs where 1 to {most} are due");
        Demand(!now.Intersect(former).Any(), "L-18", $"{peer.Name} still has the former ISAKMP SA");
    }

    /// <summary>L-15: nothing flies any more.</summary>
    public static void Quiet(World world) => Demand(world.Flying.Count == 0, "L-15", "datagrams still fly");

    /// <summary>S-13: the tables of the specification accept what both endpoints did.</summary>
    public static void TablesAccept(World world, TraceAcceptance? tables)
    {
        foreach (var peer in new[] { world.A, world.B })
        {
            var fault = tables?.FirstFault(peer.Told.Select(t => t.Effect).OfType<Effect.Traced>().Select(t => new TraceStep(
                t.Exchange.M_ID == 0 ? $"{t.Exchange.CKY_I}" : $"{t.Exchange}", t.Entry.Exchange, t.Entry.Role, t.Entry.State,
                t.Entry.Event, t.Entry.Guard, t.Entry.Next, t.Entry.Sends)));
            Demand(fault is null, "S-13", $"{peer.Name}: {fault}");
        }
    }

    private static void Demand(bool holds, string property, string what)
    {
        if (!holds)
        {
            throw new PropertyViolatedException(property, what);
        }
    }
}
