using RefIke.Exchanges;
using RefIke.Wire;

namespace RefIke.Engine.Steps;

/// <summary>
/// A new pair before the old one ends, without a gap: both are received on, the newest is sent on, and the old one is deleted by
/// whoever began the rekey, some time after (RFC 2408 §4.3; D-136 to D-140). RFC 2409 leaves all of this open.
/// </summary>
internal static class Rekeying
{
    /// <summary>How long at least a rekey that failed is not tried again, in milliseconds.</summary>
    private const long Rest = 5_000;

    /// <summary>In milliseconds.</summary>
    private const long Day = 86_400_000;

    /// <summary>The least time between two rekeys of one child, in milliseconds .</summary>
    private const long BetweenRekeys = 60_000;

    /// <summary>A pair's soft limit: nothing where a newer one is up or on its way .</summary>
    public static void Due(Work work, uint spi)
    {
        if (work.State.Pairs.TryGetValue(spi, out var pair) && pair is { Standing: PairStanding.Current, Rekeying: false })
        {
            Rekey(work, spi);
        }
    }

    /// <summary>
    /// Begins a Quick Mode that replaces a pair. Whoever responded when it was made waits until its first message is no more taken for
    /// one that crossed it, and then looks whether it is still sent on (D-140).
    /// </summary>
    public static void Rekey(Work work, uint spi)
    {
        if (!work.State.Pairs.TryGetValue(spi, out var pair) || pair.Rekeying)
        {
            return;
        }

        var crosses = pair.Installed.After(ComesWithin(work.Timing));
        if (pair.Role == Role.Responder && work.Now < crosses)
        {
            work.Start(RekeysTimer(pair), crosses.Milliseconds - work.Now.Milliseconds);
            return;
        }

        foreach (var twin in Twins(work, pair))
        {
            work.Put(twin with { Rekeying = true, RekeyBegan = work.Now });
        }

        Initiation.Connect(work, pair.Connection, pair.Child, spi);
    }

    /// <summary>A rekey came to nothing: the old pair lives on to its end, and is tried again.</summary>
    public static void Failed(Work work, uint? replaces)
    {
        if (replaces is { } spi && work.State.Pairs.TryGetValue(spi, out var pair))
        {
            foreach (var twin in Twins(work, pair))
            {
                work.Put(twin with { Rekeying = false });
                work.Start(RekeysTimer(twin), TryAgainAfter(work, twin));
            }
        }
    }

    /// <summary>Not twice in a minute, but where the pair would end before: when half of what is left of its life is over (D-139, R-36).</summary>
    private static long TryAgainAfter(Work work, IpsecPair pair)
    {
        var due = pair.RekeyBegan.After(BetweenRekeys).Milliseconds - work.Now.Milliseconds;
        var left = pair.Expires.Milliseconds - work.Now.Milliseconds;
        return Math.Max(Rest, Math.Min(due, left / 2));
    }

    /// <summary>Of the pairs that a Quick Mode replaces the one that the new pair's SA payload stands for.</summary>
    public static uint? Counterpart(Work work, uint? replaces, int sa)
        => replaces is { } spi && work.State.Pairs.TryGetValue(spi, out var pair)
            ? Twins(work, pair).Where(p => p.Sa == sa).Select(p => (uint?)p.Spi).FirstOrDefault()
            : sa == 0 ? replaces : null;

    /// <summary>
    /// A new pair is up. Where both sides made one at once, the one with the smallest nonce is surplus, and its initiator deletes
    /// it; both sides send on the other, so that nobody sends on what is about to go (D-140). Any other new pair is sent on
    /// instead of the old ones, which its initiator retires (D-137, D-138).
    /// </summary>
    [Clause("2408-4.3-02")]
    [Clause("2408-4.3-03")]
    public static void Supersede(Work work, IpsecPair fresh, QuickModeEntry made, uint? replaces)
    {
        foreach (var old in Siblings(work, fresh).Where(p => p.Standing == PairStanding.Current))
        {
            if (old.Spi != replaces && old.Role != fresh.Role && !old.Rekeying && Crossed(work, old, made))
            {
                Collide(work, old, fresh);
            }
            else
            {
                Withdraw(work, old, PairStanding.Replaced);
                if (fresh.Role == Role.Initiator)
                {
                    work.Start(RetiresTimer(old), work.Timing.DeleteOldAfter);
                }
            }
        }

        if (replaces is { } spi && work.State.Pairs.TryGetValue(spi, out var replaced))
        {
            work.Start(RetiresTimer(replaced), work.Timing.DeleteOldAfter);
        }
    }

    /// <summary>
    /// The pair that was sent on is gone, and not by our order: the newest of those that we were not about to retire as replaced
    /// takes its place. This is how a peer that has another rule for collisions is followed. Where there is none the newest of the
    /// others does and is retired no more, so that a peer that takes a rekey back leaves no gap (D-138).
    /// </summary>
    public static void Promote(Work work, IpsecPair gone)
    {
        if (gone.Standing != PairStanding.Current)
        {
            return;
        }

        var heir = Siblings(work, gone).OrderBy(p => IsReplaced(work, p)).ThenByDescending(p => p.Installed).FirstOrDefault();
        if (heir is not null)
        {
            work.Stop(RetiresTimer(heir));
            Lead(work, heir);
        }
    }

    private static bool IsReplaced(Work work, IpsecPair pair)
        => pair.Standing != PairStanding.Surplus && work.State.Timers.ContainsKey(RetiresTimer(pair));

    /// <summary>
    /// Whether the Quick Mode began before the other pair was up: both sides made one at once. A first message that was sent before
    /// and comes after counts too, however often it had to be sent, so that both ends see the same.
    /// </summary>
    private static bool Crossed(Work work, IpsecPair old, QuickModeEntry made) => made.Begun < old.Installed.After(ComesWithin(work.Timing));

    /// <summary>How long a first message may be under way: to its last sending, and one gap more; where that is a day or longer, about a day.</summary>
    private static long ComesWithin(Timing timing)
    {
        var time = timing.FirstGap;
        for (var n = 0; n < timing.Retries && time < Day; n++)
        {
            time += timing.Gap(timing, n);
        }

        return time;
    }

    private static void Collide(Work work, IpsecPair old, IpsecPair fresh)
    {
        var freshGoes = fresh.SmallestNonce.Span.SequenceCompareTo(old.SmallestNonce.Span) < 0;
        var (stays, goes) = freshGoes ? (old, fresh) : (fresh, old);
        Withdraw(work, goes, PairStanding.Surplus);
        Lead(work, stays);
        if (goes.Role == Role.Initiator)
        {
            work.Start(RetiresTimer(goes), work.Timing.DeleteSurplusAfter);
        }
    }

    /// <summary>No more sent on, no more rekeyed.</summary>
    private static void Withdraw(Work work, IpsecPair pair, PairStanding standing)
    {
        work.Put(work.State.Pairs[pair.Spi] with { Standing = standing, Rekeying = false });
        work.Stop(RekeysTimer(pair));
    }

    /// <summary>Sent on, and rekeyed when its time comes, though not at once.</summary>
    private static void Lead(Work work, IpsecPair pair)
    {
        work.Put(work.State.Pairs[pair.Spi] with { Standing = PairStanding.Current });
        if (!work.State.Timers.ContainsKey(RekeysTimer(pair)))
        {
            var due = Lifetimes.RekeyDue(work, pair).Milliseconds - work.Now.Milliseconds;
            work.Start(RekeysTimer(pair), Math.Max(due, BetweenRekeys));
        }
    }

    /// <summary>The other pairs for the same traffic and the same SA payload.</summary>
    private static IEnumerable<IpsecPair> Siblings(Work work, IpsecPair pair) => work.State.Pairs.Values.Where(p
        => p.Spi != pair.Spi && Peers.AreOne(work, p, pair) && p.Child == pair.Child && p.Sa == pair.Sa);

    /// <summary>The pairs that one Quick Mode made together, this one among them: they are rekeyed together.</summary>
    private static IpsecPair[] Twins(Work work, IpsecPair pair)
        => [.. work.State.Pairs.Values.Where(p => p.Exchange == pair.Exchange)];

    private static TimerId RekeysTimer(IpsecPair pair) => new(TimerKind.PairRekeys, default, pair.Spi);

    private static TimerId RetiresTimer(IpsecPair pair) => new(TimerKind.PairRetires, default, pair.Spi);
}
