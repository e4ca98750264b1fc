using System.Collections.Immutable;
using RefIke.Engine;
using RefIke.Exchanges;
using RefIke.Exchanges.Phase2;

namespace RefIke.Exploration.Monitors;

/// <summary>The safety properties that speak of both endpoints: judged after every step of either.</summary>
public static class OfBothEnds
{
    /// <summary>The ids of the properties judged here.</summary>
    public static ImmutableArray<string> Properties { get; } = ["S-01", "S-02", "S-03", "S-04", "S-05", "S-20"];

    /// <summary>The first property that two endpoints break that know each other; null where none is.</summary>
    /// <param name="connection">By which name they do.</param>
    public static Fault? Judge(EndpointState a, Ghost pastOfA, EndpointState b, Ghost pastOfB, string connection, bool noGap)
        => SameKeys(pastOfA, pastOfB) ?? PairsAgree(pastOfA, b, pastOfB, connection) ?? PairsAgree(pastOfB, a, pastOfA, connection)
            ?? OfPhase1.Agreement(a, b, pastOfB, connection) ?? OfPhase1.Agreement(b, a, pastOfA, connection) ?? (noGap ? Gap(a, b) : null)
            ?? IntoVoid(a, pastOfA, b, pastOfB, connection) ?? IntoVoid(b, pastOfB, a, pastOfA, connection);

    /// <summary>S-02: both ends of an authenticated phase 1 hold the same keys and the same last block.</summary>
    private static Fault? SameKeys(Ghost a, Ghost b)
        => a.Authenticated.Any(mine => b.Authenticated.TryGetValue(mine.Key, out var theirs) && theirs != mine.Value)
            ? new Fault("S-02", "the two ends of an ISAKMP SA hold other keys") : null;

    /// <summary>
    /// S-04, S-05: whoever responded and has a pair, its peer has it crosswise, and had it first; where the Commit bit says otherwise the
    /// peer awaits CONNECTED (D-161).
    /// </summary>
    private static Fault? PairsAgree(Ghost mine, EndpointState peer, Ghost theirs, string connection)
    {
        foreach (var (spi, pair) in mine.Pairs)
        {
            if (!pair.Responds || pair.Connection != connection)
            {
                continue;
            }

            if (!theirs.Pairs.TryGetValue(pair.PeerSpi, out var other))
            {
                if (peer.QuickModes.Values.Any(q => q.State is { Commits: true, Step: not QuickModeStep.AwaitHash2 } s && s.Own.Any(o => o.Spi == pair.PeerSpi)))
                {
                    continue;
                }

                return new Fault("S-05", "the responder's pair is up before its peer's");
            }

            if (other != new PairFacts(connection, false, spi, pair.Outbound, pair.Inbound, pair.Suite, pair.Peer, pair.Own))
            {
                return new Fault("S-04", "the two ends of a pair differ");
            }
        }

        return null;
    }

    /// <summary>
    /// S-20: what one end sends on has not gone at the other because something newer took its place. Not judged where the Quick Mode of
    /// the newer one has failed at the sender: HASH(3) did not come in time, or the ISAKMP SA went before it.
    /// </summary>
    private static Fault? IntoVoid(EndpointState sender, Ghost pastOfSender, EndpointState receiver, Ghost pastOfReceiver, string connection)
    {
        foreach (var pair in sender.Pairs.Values)
        {
            if (pair.Connection == connection && pair.Standing == PairStanding.Current && !receiver.Pairs.ContainsKey(pair.PeerSpi)
                && pastOfReceiver.Retired.TryGetValue(pair.PeerSpi, out var newer) && !pastOfSender.Failed.Contains(newer))
            {
                return new Fault("S-20", "one end sends on a pair that the other has deleted for a newer one");
            }
        }

        return null;
    }

    /// <summary>L-05: some pair is up at both ends.</summary>
    private static Fault? Gap(EndpointState a, EndpointState b)
        => a.Pairs.Values.Any(p => b.Pairs.TryGetValue(p.PeerSpi, out var q) && q.PeerSpi == p.Spi)
            ? null : new Fault("L-05", "there is no pair that both ends hold");
}
