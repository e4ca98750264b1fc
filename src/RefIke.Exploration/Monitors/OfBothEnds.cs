using System.Collections.Immutable;
using RefIke.Engine;

namespace RefIke.Exploration.Monitors;

/// <summary>The safety properties that speak of both endpoints: judged after every step of either.</summary>
public static class OfBothEnds
{
    /// <summary>The ids of the properties judged here.</summary>
    public static ImmutableArray<string> Properties { get; } = ["S-01", "S-02", "S-03", "S-04", "S-05"];

    /// <summary>The first property that two endpoints break that know each other; null where none is.</summary>
    /// <param name="connection">By which name they do.</param>
    public static Fault? Judge(EndpointState a, Ghost pastOfA, EndpointState b, Ghost pastOfB, string connection, bool noGap)
        => SameKeys(pastOfA, pastOfB) ?? PairsAgree(pastOfA, pastOfB, connection) ?? PairsAgree(pastOfB, pastOfA, connection)
            ?? OfPhase1.Agreement(a, b, pastOfB, connection) ?? OfPhase1.Agreement(b, a, pastOfA, connection) ?? (noGap ? Gap(a, b) : null);

    /// <summary>S-02: both ends of an authenticated phase 1 hold the same keys and the same last block.</summary>
    private static Fault? SameKeys(Ghost a, Ghost b)
        => a.Authenticated.Any(mine => b.Authenticated.TryGetValue(mine.Key, out var theirs) && theirs != mine.Value)
            ? new Fault("S-02", "the two ends of an ISAKMP SA hold other keys") : null;

    /// <summary>S-04, S-05: whoever responded and has a pair, its peer has it crosswise, and had it first.</summary>
    private static Fault? PairsAgree(Ghost mine, Ghost theirs, string connection)
    {
        foreach (var (spi, pair) in mine.Pairs)
        {
            if (!pair.Responds || pair.Connection != connection)
            {
                continue;
            }

            if (!theirs.Pairs.TryGetValue(pair.PeerSpi, out var other))
            {
                return new Fault("S-05", "the responder's pair is up before its peer's");
            }

            if (other != new PairFacts(connection, false, spi, pair.Outbound, pair.Inbound, pair.Suite, pair.Peer, pair.Own))
            {
                return new Fault("S-04", "the two ends of a pair differ");
            }
        }

        return null;
    }

    /// <summary>L-05: some pair is up at both ends.</summary>
    private static Fault? Gap(EndpointState a, EndpointState b)
        => a.Pairs.Values.Any(p => b.Pairs.TryGetValue(p.PeerSpi, out var q) && q.PeerSpi == p.Spi)
            ? null : new Fault("L-05", "there is no pair that both ends hold");
}
