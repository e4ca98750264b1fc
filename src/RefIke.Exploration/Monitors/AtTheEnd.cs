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
    public static IReadOnlyList<string> Properties { get; } = ["L-01", "L-02", "L-03", "L-04", "L-05", "L-06", "L-07", "L-08", "L-11", "L-12", "L-15", "L-18"];

    /// <summary>When a Delete that was lost has been made good by the end of the pair's life.</summary>
    public static Instant AfterALife { get; } = new(1_500_000);

    /// <summary>L-01: no exchange is open for ever.</summary>
    public static Act EveryExchangeEnded { get; } = new Act.Demand("L-01", ends
        => ends.All.Select((end, n) => (Open: Open(end), Side: (Side)n)).FirstOrDefault(e => e.Open > 0) is { Open: > 0 } e
            ? $"an exchange of {e.Side} is still open" : null);

    /// <summary>L-06: whoever rekeyed has deleted the old pair.</summary>
    public static Act OldPairGone { get; } = new Act.Demand(
        "L-06", ends => ends.A.Pairs.Count == 1 ? null : $"A holds {ends.A.Pairs.Count} pairs some time after its rekey");

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

    /// <summary>L-05, L-06: each end sends on a pair, and the other receives on it.</summary>
    public static ImmutableArray<Act> CommonPair(string property) => [SendsWhereThePeerReceives(property, Side.A, Side.B), SendsWhereThePeerReceives(property, Side.B, Side.A)];

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
