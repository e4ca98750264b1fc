using RefIke.Exchanges;
using RefIke.Wire;

namespace RefIke.Engine.Steps;

/// <summary>
/// Lives in seconds and kilobytes (RFC 2407 §4.5, RFC 2409 App. A): when a pair is rekeyed and when it ends.
/// </summary>
internal static class Lifetimes
{
    /// <summary>A life no longer than ten years, so that no sum overflows.</summary>
    public static long Milliseconds(ulong seconds) => (long)Math.Min(seconds, 315_360_000) * 1000;

    /// <summary>Starts a fresh pair's timers; the sides rekey at different times, so that they seldom collide (D-139).</summary>
    [Clause("2407-4.5-03")]
    public static IpsecPair Begin(Work work, IpsecPair pair)
    {
        var life = Milliseconds(pair.LifeSeconds);
        pair = pair with { Installed = work.Now, Expires = work.Now.After(life) };
        work.Start(new TimerId(TimerKind.PairRekeys, default, pair.Spi), RekeyDue(work, pair).Milliseconds - work.Now.Milliseconds);
        work.Start(new TimerId(TimerKind.PairExpires, default, pair.Spi), life);
        return pair;
    }

    /// <summary>When a pair wants to be rekeyed.</summary>
    public static Instant RekeyDue(Work work, IpsecPair pair)
        => pair.Installed.After(Milliseconds(pair.LifeSeconds) * Percent(work, pair) / 100);

    /// <summary>The end of a pair's life: both directions go in one step, and the peer is told.</summary>
    [Clause("2407-4.5-03")]
    public static void PairExpires(Work work, uint spi)
    {
        var gone = work.State.Pairs.GetValueOrDefault(spi);
        Deletion.DeletePair(work, spi, "its life has ended");
        if (gone is not null)
        {
            Rekeying.Promote(work, gone);
        }
    }

    /// <summary>
    /// A life in kilobytes, counted by 1000 (D-69): at the soft limit the pair is rekeyed, at the hard limit it ends,
    /// as with seconds.
    /// </summary>
    public static void Carried(Work work, uint spi, ulong octets)
    {
        if (!work.State.Pairs.TryGetValue(spi, out var pair) || pair.LifeKilobytes is not { } kilobytes)
        {
            return;
        }

        var limit = (UInt128)kilobytes * 1000;
        if (octets >= limit)
        {
            PairExpires(work, spi);
        }
        else if (octets >= limit * (uint)Percent(work, pair) / 100)
        {
            Rekeying.Due(work, spi);
        }
    }

    private static int Percent(Work work, IpsecPair pair)
        => pair.Role == Role.Initiator ? work.Timing.InitiatorRekeysAt : work.Timing.ResponderRekeysAt;

    /// <summary>The end of an ISAKMP SA's life; IPsec SAs made under it stay (RFC 2409 §8, D-142).</summary>
    public static void IsakmpExpires(Work work, Cookie own) => Deletion.DeleteIsakmp(work, own, "its life has ended");
}
