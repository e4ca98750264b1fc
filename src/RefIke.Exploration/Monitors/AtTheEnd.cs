using System.Collections.Immutable;
using RefIke.Engine;
using RefIke.Exchanges.NewGroupMode;
using RefIke.Exchanges.Phase1;
using RefIke.Exchanges.Phase2;
using RefIke.Exchanges.Profiles.ModeConfig;
using RefIke.Exploration.Scenarios;

namespace RefIke.Exploration.Monitors;

/// <summary>Liveness by deadline: what must hold when a run has come to rest, as acts of a scenario.</summary>
public static class AtTheEnd
{
    /// <summary>The ids of the properties judged here.</summary>
    public static IReadOnlyList<string> Properties { get; } =
        ["L-01", "L-02", "L-03", "L-04", "L-05", "L-06", "L-07", "L-08", "L-09", "L-10", "L-11", "L-12", "L-13", "L-14", "L-15", "L-16", "L-17", "L-18", "S-23"];

    /// <summary>When a Delete that was lost has been made good by the end of the pair's life.</summary>
    public static Instant AfterALife { get; } = new(1_500_000);

    /// <summary>L-01: no exchange is open for ever.</summary>
    public static Act EveryExchangeEnded { get; } = new Act.Demand("L-01", ends
        => ends.All.Select((end, n) => (Open: Open(end), Side: (Side)n)).FirstOrDefault(e => e.Open > 0) is { Open: > 0 } e
            ? $"an exchange of {e.Side} is still open" : null);

    /// <summary>L-17: nobody waits for CONNECTED, or for anything else.</summary>
    public static Act WaitEnded { get; } = new Act.Demand("L-17", ends => ends.All.Any(e => Open(e) > 0) ? "an exchange still waits" : null);

    /// <summary>L-06: whoever rekeyed has deleted the old pair, when the new one has been up for a minute (D-138).</summary>
    public static Act OldPairGone { get; } = new Act.Demand("L-06", ends
        => ends.A.Pairs.Count == 1 || (ends.A.Pairs.Count > 1 && ends.Now < ends.A.Pairs.Values.Max(p => p.Installed).After(60_000))
            ? null : $"A holds {ends.A.Pairs.Count} pairs some time after its rekey");

    /// <summary>L-15: nothing flies any more.</summary>
    public static Act Quiet { get; } = new Act.Demand("L-15", ends => ends.Flying == 0 ? null : "datagrams still fly");

    /// <summary>L-02, L-04, L-06: both ends hold the same pairs, at least <paramref name="least"/> and at most <paramref name="most"/>.</summary>
    /// <param name="with">Who is the other end beside B.</param>
    public static Act SamePairs(string property, int least, int most, Side with = Side.A) => new Act.Demand(property, ends =>
    {
        var connection = Cast.ConnectionOf(with);
        var a = ends.Of(with).Pairs.Values.Where(p => p.Connection == connection).Select(p => (p.Spi, p.PeerSpi)).ToHashSet();
        var b = ends.B.Pairs.Values.Where(p => p.Connection == connection).Select(p => (p.PeerSpi, p.Spi)).ToHashSet();
        return !a.SetEquals(b) ? $"{with} holds {a.Count} pairs, B {b.Count}, not the same ones"
            : a.Count < least || a.Count > most ? $"{a.Count} pairs where {least} to {most} are due" : null;
    });

    /// <summary>S-21: each end still has a pair.</summary>
    public static Act PairsSpared { get; } = new Act.Demand("S-21", ends
        => ends.All.Any(e => e.Pairs.IsEmpty) ? "an end has lost its pairs with the ISAKMP SA" : null);

    /// <summary>L-05, L-06: each end sends on a pair, and the other receives on it.</summary>
    public static ImmutableArray<Act> CommonPair(string property) => [SendsWhereThePeerReceives(property, Side.A, Side.B), SendsWhereThePeerReceives(property, Side.B, Side.A)];

    /// <summary>L-05: the pair that an end sends on came up after the race began.</summary>
    public static Act Rekeyed(Side side) => new Act.Demand("L-05", ends
        => ends.Of(side).Sending(Cast.ConnectionOf(side), "c") is not { } pair ? $"{side} has no pair to send on"
            : pair.Installed < Scenario.Begins ? $"{side} still sends on the pair that the race began with" : null);

    /// <summary>L-07: an end has no pair.</summary>
    public static Act Gone(Side side) => new Act.Demand("L-07", ends
        => ends.Of(side).Pairs.Count is > 0 and var pairs ? $"{side} still has {pairs} pairs" : null);

    /// <summary>L-09: an end that found its peer dead has nothing with it any more.</summary>
    public static Act Buried(Side side) => new Act.Demand("L-09", ends
        => ends.Of(side) is { Isakmp.IsEmpty: true, Pairs.IsEmpty: true } ? null : $"{side} still has SAs with a peer that is dead");

    /// <summary>L-10: nobody was taken for dead: each end has an ISAKMP SA, and at least one pair.</summary>
    public static Act NobodyBuried { get; } = new Act.Demand("L-10", ends
        => ends.All.Any(e => !e.Isakmp.Values.Any(i => i.Established is not null) || e.Pairs.IsEmpty) ? "a peer that lives was taken for dead" : null);

    /// <summary>L-13: B sends to where A is reached, behind a NAT that made a new mapping so many times.</summary>
    public static Act Reaches(int mapping) => new Act.Demand("L-13", ends =>
    {
        var port = Cast.NatPort + ((mapping + 1) * Worlds.Addresses.PortsApart);
        var newest = ends.B.Isakmp.Values.Where(e => e.Established is not null).MaxBy(e => e.Established!.Value.Milliseconds)?.Remote;
        var lost = ends.B.Pairs.Values.Select(p => p.Remote).Append(newest).FirstOrDefault(r => r?.Port != port);
        return newest is null ? "B has no ISAKMP SA" : lost is null ? null : $"B sends to {lost}, and A is at port {port}";
    });

    /// <summary>L-14: XAUTH and Mode Config have ended: each ISAKMP SA is open, or gone.</summary>
    public static Act AccessEnded { get; } = new Act.Demand("L-14", ends
        => ends.All.Any(e => e.Isakmp.Values.Any(i => !i.IsOpen)) ? "an ISAKMP SA still awaits XAUTH or Mode Config" : null);

    /// <summary>S-04: both ends hold the same address of Mode Config for the newest ISAKMP SA.</summary>
    public static Act SameAddress { get; } = new Act.Demand("S-04", ends =>
    {
        var (a, b) = (Address(ends.A), Address(ends.B));
        return a is not null && a.Equals(b) ? null : $"A holds the address {a}, B {b}";

        static System.Net.IPAddress? Address(EndpointState end)
            => end.Isakmp.Values.OrderByDescending(e => e.Established).FirstOrDefault()?.Access?.Assigned?.Address;
    });

    /// <summary>L-16: no message is there in part.</summary>
    public static Act NothingInPart { get; } = new Act.Demand("L-16", ends => ends.All.Any(e => !e.Fragments.IsEmpty) ? "a message is still there in part" : null);

    /// <summary>L-02: both ends know the same private groups.</summary>
    public static Act SameGroups(int most) => new Act.Demand("L-02", ends =>
    {
        var (a, b) = (Groups(ends.A), Groups(ends.B));
        return a.SequenceEqual(b) && a.Length <= most ? null : $"A knows {a.Length} private groups, B {b.Length}";

        static int[] Groups(EndpointState end) => [.. end.Isakmp.Values.SelectMany(e => e.Phase1.PrivateGroups.Keys).Order()];
    });

    /// <summary>S-23: no ISAKMP SA served two Quick Modes, and none that served one is left.</summary>
    public static Act OneQuickModeEach { get; } = new Act.Demand("S-23", ends
        => ends.Pasts.Any(p => p.Made.GroupBy(m => m[..m.LastIndexOf('/')]).Any(g => g.Count() > 1)) ? "an ISAKMP SA served two Quick Modes"
            : ends.All.Any(e => e.Isakmp.Values.Any(i => i.Served)) ? "an ISAKMP SA is left that has served its Quick Mode" : null);

    /// <summary>S-16: no end has an ISAKMP SA.</summary>
    public static Act NoParent { get; } = new Act.Demand(
        "S-16", ends => ends.All.Any(e => !e.Isakmp.IsEmpty) ? "an ISAKMP SA is alive after its life" : null);

    /// <summary>L-18: a newer ISAKMP SA stands in place of the one that the race began with, and at most <paramref name="most"/> of them.</summary>
    public static Act Renewed(Side side, int most) => new Act.Demand("L-18", ends =>
    {
        var now = ends.Of(side).Isakmp.Values.ToArray();
        return now.Length == 0 || now.Length > most ? $"{side} has {now.Length} ISAKMP SAs where 1 to {most} are due"
            : now.Any(e => e.Established < Scenario.Begins) ? $"{side} still has the former ISAKMP SA" : null;
    });

    /// <summary>L-11: nothing half-open is left, and no message that came in part.</summary>
    public static Act NothingHalfOpen { get; } = new Act.Demand("L-11", ends
        => ends.All.Select((end, n) => (Left: end.Isakmp.Values.Count(e => e.Established is null) + end.Fragments.Count, Side: (Side)n))
            .FirstOrDefault(e => e.Left > 0) is { Left: > 0 } e ? $"{e.Side} still keeps {e.Left} half-open exchanges" : null);

    /// <summary>S-01: where the secrets differ nobody is authenticated, at either end, however long they tried.</summary>
    public static Act NobodyAuthenticated { get; } = new Act.Demand("S-01", ends
        => ends.Pasts.Any(p => p.Authenticated.Count > 0) ? "somebody has an ISAKMP SA with a peer that has another secret" : null);

    /// <summary>Exchanges that are neither established nor failed.</summary>
    internal static int Open(EndpointState state)
        => state.Isakmp.Values.Count(e => e.Phase1.Step is not (Phase1Step.Established or Phase1Step.Failed))
            + state.QuickModes.Values.Count(q => q.State.Step is not (QuickModeStep.Established or QuickModeStep.Failed))
            + state.Transactions.Values.Count(t => t.State.Step is not (TransactionStep.Received or TransactionStep.Sent or TransactionStep.Failed))
            + state.NewGroups.Values.Count(g => g.State.Step is not (NewGroupStep.Established or NewGroupStep.Failed));

    private static Act.Demand SendsWhereThePeerReceives(string property, Side from, Side to) => new(property, ends
        => ends.Of(from).Sending("t", "c") is not { } sending ? $"{from} has no pair to send on"
            : ends.Of(to).Pairs.ContainsKey(sending.PeerSpi) ? null : $"{from} sends on a pair that {to} has not");
}
