using System.Buffers.Binary;
using System.Collections.Immutable;
using RefIke.Exchanges.Negotiation;
using RefIke.Exchanges.Phase1;
using RefIke.Exchanges.Phase2;
using RefIke.Wire;

namespace RefIke.Engine.Steps;

/// <summary>SAs that end, here or at the peer (RFC 2408 §3.15, §5.15).</summary>
internal static class Deletion
{
    /// <summary>A pair ends here: both directions in one step (S-36), and the peer is told our inbound SPI (D-149).</summary>
    [Clause("2408-3.15-02")]
    [Clause("2408-5.15-01")]
    [Clause("2409-4-05")]
    public static void DeletePair(Work work, uint spi, string why)
    {
        if (!work.State.Pairs.TryGetValue(spi, out var pair))
        {
            return;
        }

        Remove(work, pair, why);
        if (work.NewestSa(pair) is { } sa)
        {
            Notices.SendProtected(work, sa, DeletesOf(pair.Bundle));
        }
    }

    /// <summary>An ISAKMP SA ends here; its IPsec SAs stay (RFC 2409 §8, D-142).</summary>
    [Clause("2408-3.15-02")]
    [Clause("2409-8-01")]
    public static void DeleteIsakmp(Work work, Cookie own, string why)
    {
        if (!work.State.Isakmp.TryGetValue(own.Value, out var entry))
        {
            return;
        }

        if (entry.Phase1.Step == Phase1Step.Established)
        {
            var itself = new DeletePayload(Doi.Ipsec, Protocol.Isakmp, 16, [entry.Phase1.Spi]);
            Notices.SendProtected(work, entry, [.. QuickModes.Withdrawals(work, entry), itself]);
            entry = work.State.Isakmp[own.Value];
        }

        Forget(work, entry, why);
    }

    /// <summary>The peer's Delete, verified under an SA with it: only SAs of the same identity are touched (S-14, D-153).</summary>
    [Clause("2408-5.15-01")]
    [Clause("2408-5.15-02")]
    [Clause("2408-5.15-04")]
    [Clause("2408-3.15-03")]
    // Of any DOI (D-148); an SPI that is unknown is passed over (D-154).
    public static void PeerDeletes(Work work, IsakmpEntry carrier, DeletePayload delete)
    {
        foreach (var spi in delete.Spis)
        {
            if (delete.Protocol == Protocol.Isakmp && spi.Length == 16)
            {
                DeleteNamed(work, carrier, spi);
            }
            else if (delete.Protocol is Protocol.Esp or Protocol.Ah && spi.Length == 4)
            {
                DeletePeerSpi(work, carrier, delete.Protocol, BinaryPrimitives.ReadUInt32BigEndian(spi.Span));
            }
        }
    }

    private static void DeleteNamed(Work work, IsakmpEntry carrier, Octets spi)
    {
        var (i, r) = (Cookie.Read(spi.Span), Cookie.Read(spi.Span[8..]));
        var named = work.State.Isakmp.Values.FirstOrDefault(e => e.Phase1.CKY_I == i && e.Phase1.CKY_R == r
            && e.Phase1.Step == Phase1Step.Established && Peers.AreOne(work, e, carrier));
        if (named is not null)
        {
            Forget(work, named, "the peer deleted it");
        }
    }

    /// <summary>
    /// The SPI is the sender's inbound one, our outbound (D-149). The pair falls, and we tell our half once (D-151); a Delete for
    /// what is already gone is never answered. A Quick Mode that would make the SA is ended (D-207).
    /// </summary>
    [Clause("2408-5.15-03")]
    private static void DeletePeerSpi(Work work, IsakmpEntry carrier, Protocol protocol, uint peerSpi)
    {
        bool IsMeant(AgreedSa sa) => sa.Suite.Protocol == protocol && sa.PeerSpi == peerSpi;
        var pair = work.State.Pairs.Values.FirstOrDefault(
            p => Peers.AreOne(work, carrier, p) && p.Bundle.Any(IsMeant));
        if (pair is not null)
        {
            Remove(work, pair, "the peer deleted it");
            Rekeying.Promote(work, pair);
            Notices.SendProtected(work, work.State.Isakmp[carrier.Own.Value], DeletesOf(pair.Bundle));
            return;
        }

        var open = work.State.QuickModes.Values.FirstOrDefault(
            q => q.State.Step is QuickModeStep.AwaitHash3 or QuickModeStep.AwaitConnected && q.Own == carrier.Own.Value
                && q.State.Agreed.Any(pair => pair.Sas.Any(IsMeant)));
        if (open is not null)
        {
            QuickModes.End(
                work, open, QuickModeEvent.PeerDeleted, "the peer deleted its SA before the exchange had ended");
        }
    }

    /// <summary>A pair goes, and nobody is told but the owner.</summary>
    public static void Remove(Work work, IpsecPair pair, string why)
    {
        foreach (var kind in new[] { TimerKind.PairExpires, TimerKind.PairRekeys, TimerKind.PairRetires })
        {
            work.Stop(new TimerId(kind, default, pair.Spi));
        }

        work.State = work.State with { Pairs = work.State.Pairs.Remove(pair.Spi) };
        work.Tell(new Effect.PairDeleted(pair, why));
    }

    /// <summary>The same for an ISAKMP SA.</summary>
    public static void Forget(Work work, IsakmpEntry entry, string why)
    {
        Phase1Exchanges.Remove(work, entry);
        RemoteAccesses.Abandon(work, entry, why);
        work.Tell(new Effect.IsakmpDeleted(entry.Own, entry.Phase1.CKY_I, entry.Phase1.CKY_R, why));
    }

    /// <summary>
    /// A Delete for each protocol of the pair: one payload names SPIs of one protocol alone (RFC 2408 §3.15).
    /// </summary>
    [Clause("2408-3.15-01")]
    public static ImmutableArray<Payload> DeletesOf(ImmutableArray<AgreedSa> bundle) => [.. bundle.Select(s =>
    {
        var spi = OwnSpis.Field(s.Suite.Protocol, s.OwnSpi);
        return new DeletePayload(Doi.Ipsec, s.Suite.Protocol, (byte)spi.Length, [spi]);
    })];
}
