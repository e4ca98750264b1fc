using RefIke.Exchanges;

namespace RefIke.Engine.Steps;

/// <summary>
/// A new pair before the old one ends, without a gap: both are received on, the newest is sent on, and the old one is deleted by
/// whoever began the rekey, some time after (RFC 2408 §4.3; D-136 to D-140). RFC 2409 leaves all of this open.
/// </summary>
internal static class Rekeying
{
    /// <summary>How soon a rekey that failed is tried again, in milliseconds.</summary>
    private const long TryAgainAfter = 5_000;

    /// <summary>A pair's soft limit: nothing where a newer one is up or on its way .</summary>
    public static void Due(Work work, uint spi)
    {
        if (work.State.Pairs.TryGetValue(spi, out var pair) && !pair.Superseded && !pair.Rekeying)
        {
            Rekey(work, spi);
        }
    }

    /// <summary>Begins a Quick Mode that replaces a pair.</summary>
    public static void Rekey(Work work, uint spi)
    {
        if (!work.State.Pairs.TryGetValue(spi, out var pair) || pair.Rekeying)
        {
            return;
        }

        work.Put(pair with { Rekeying = true });
        Initiation.Connect(work, pair.Connection, pair.Child, spi);
    }

    /// <summary>A rekey came to nothing: the old pair lives on to its end, and is tried again.</summary>
    public static void Failed(Work work, uint? replaces)
    {
        if (replaces is { } spi && work.State.Pairs.TryGetValue(spi, out var pair))
        {
            work.Put(pair with { Rekeying = false });
            work.Start(new TimerId(TimerKind.PairRekeys, default, spi), TryAgainAfter);
        }
    }

    /// <summary>
    /// A new pair is up: the others of the child are no more sent on. The initiator of the rekey retires the pair it replaced.
    /// Where both sides rekeyed at once, the pair with the smallest nonce is surplus, and its initiator deletes it (D-140).
    /// </summary>
    public static void Supersede(Work work, IpsecPair fresh, uint? replaces)
    {
        foreach (var old in work.State.Pairs.Values)
        {
            if (old.Spi == fresh.Spi || old.Connection != fresh.Connection || old.Child != fresh.Child || old.Superseded)
            {
                continue;
            }

            work.Put(old with { Superseded = true, Rekeying = false });
            work.Stop(new TimerId(TimerKind.PairRekeys, default, old.Spi));
            if (old.Spi != replaces && !old.Rekeying)
            {
                Surplus(work, old, fresh);
            }
        }

        if (replaces is { } spi && work.State.Pairs.ContainsKey(spi))
        {
            work.Start(new TimerId(TimerKind.PairRetires, default, spi), work.Timing.DeleteOldAfter);
        }
    }

    /// <summary>Two pairs made at about the same time: the one with the smallest of the four nonces goes.</summary>
    private static void Surplus(Work work, IpsecPair old, IpsecPair fresh)
    {
        var loser = old.SmallestNonce.Span.SequenceCompareTo(fresh.SmallestNonce.Span) <= 0 ? old : fresh;
        if (loser.Role != Role.Initiator || loser.Installed < work.Now.After(-work.Timing.DeleteSurplusAfter))
        {
            return;
        }

        work.Start(new TimerId(TimerKind.PairRetires, default, loser.Spi), work.Timing.DeleteSurplusAfter);
        if (loser.Spi == fresh.Spi)
        {
            // The one that stays is sent on again, the surplus one only received on.
            work.Put(work.State.Pairs[old.Spi] with { Superseded = false });
            work.Put(work.State.Pairs[fresh.Spi] with { Superseded = true });
        }
    }
}
