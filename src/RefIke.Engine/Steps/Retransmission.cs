using RefIke.Engine.Profiles;
using RefIke.Exchanges;
using RefIke.Exchanges.Phase1;
using RefIke.Exchanges.Phase2;
using RefIke.Exchanges.Profiles.ModeConfig;
using RefIke.Wire;

namespace RefIke.Engine.Steps;

/// <summary>
/// Sending again (RFC 2408 §5.1): by timer with growing gaps until the retries are spent, and once for each copy of the newest
/// message received, always the same octets (D-02, D-05, D-06, D-10). A copy is never processed twice, and only what
/// moved the exchange stops its timer (D-11).
/// </summary>
internal static class Retransmission
{
    public static bool IsCopy(Resending resending, Octets datagram)
        => resending.LastReceived is { } last && last.Equals(datagram);

    /// <summary>A copy of the message that our newest one answers: the same octets again, as often as our own timer would (D-07).</summary>
    [Clause("2408-5.1-06")]
    [Clause("2408-3.1-08")]
    public static void Answer(Work work, IsakmpEntry entry, Octets datagram, ExchangeName name)
    {
        work.Reject(name, new Rejection.Duplicate("phase 1 message"));
        if (IsCopy(entry.Resending, datagram))
        {
            Again(work, entry);
        }
    }

    /// <summary>Our newest phase 1 message again, unless that was asked for too often.</summary>
    public static void Again(Work work, IsakmpEntry entry)
    {
        if (Again(work, entry.Resending) is { } resending)
        {
            work.Send(entry.Local, entry.Remote, resending.LastSent!.Value, true);
            work.Put(entry with { Resending = resending });
        }
    }

    /// <summary>
    /// The same for an exchange under an ISAKMP SA (also draft-dukes-ike-mode-cfg-02 §3.5): what was sent again, to be put
    /// into its entry; null where that was asked for too often.
    /// </summary>
    /// <param name="what">The kind of message, for people.</param>
    [Clause("2408-5.1-06")]
    [Clause("modecfg-3.5-01")]
    public static Resending? Answer(Work work, IsakmpEntry parent, Resending resending, ExchangeName name, string what)
    {
        work.Reject(name, new Rejection.Duplicate(what));
        var again = Again(work, resending);
        if (again is not null)
        {
            work.Send(parent.Local, parent.Remote, again.LastSent!.Value, true);
        }

        return again;
    }

    /// <summary>The timer of an entry that is carried by this ISAKMP SA: its newest message again, and the next gap.</summary>
    public static Resending Resend(Work work, TimerId timer, IsakmpEntry carrier, Resending resending)
    {
        var again = resending with { Tries = resending.Tries + 1 };
        work.Send(carrier.Local, carrier.Remote, again.LastSent!.Value, true);
        work.Start(timer, work.Timing.Gap(work.Timing, again.Tries));
        return again;
    }

    private static Resending? Again(Work work, Resending resending)
        => resending.LastSent is null || resending.Answered >= work.Timing.Retries
            ? null
            : resending with { Answered = resending.Answered + 1 };

    /// <summary>The timer of a phase 1 message: only the initiator's runs (D-01).</summary>
    [Clause("2408-5.1-03")]
    [Clause("2408-5.1-04")]
    [Clause("2408-5.1-05")]
    public static void Fire(Work work, TimerId timer)
    {
        if (timer.Id == 0)
        {
            FirePhase1(work, timer);
        }
        else if (work.State.Transactions.ContainsKey((timer.Own.Value, timer.Id)))
        {
            FireTransaction(work, timer);
        }
        else if (!NewGroups.Fire(work, timer))
        {
            FireQuickMode(work, timer);
        }
    }

    private static void FirePhase1(Work work, TimerId timer)
    {
        work.Stop(timer);
        if (!work.State.Isakmp.TryGetValue(timer.Own.Value, out var entry)
            || entry.Phase1.Step is Phase1Step.Established or Phase1Step.Failed)
        {
            return;
        }

        if (entry.Resending.Tries >= work.Timing.Retries)
        {
            Phase1Exchanges.GiveUp(work, entry, Phase1Event.RetriesSpent);
            return;
        }

        work.Put(entry with { Resending = Resend(work, timer, entry, entry.Resending) });
    }

    /// <summary>Who began the exchange sends it again (draft-dukes-ike-mode-cfg-02 §3.5, R-63).</summary>
    [Clause("modecfg-3.5-01")]
    private static void FireTransaction(Work work, TimerId timer)
    {
        work.Stop(timer);
        if (!work.State.Transactions.TryGetValue((timer.Own.Value, timer.Id), out var entry)
            || entry.State.Step is not (TransactionStep.AwaitReply or TransactionStep.AwaitAck)
            || !work.State.Isakmp.TryGetValue(timer.Own.Value, out var parent))
        {
            return;
        }

        if (entry.Resending.Tries >= work.Timing.Retries)
        {
            Transactions.GiveUp(work, parent, entry);
            return;
        }

        work.Put(entry with { Resending = Resend(work, timer, parent, entry.Resending) });
    }

    private static void FireQuickMode(Work work, TimerId timer)
    {
        work.Stop(timer);
        if (!work.State.QuickModes.TryGetValue((timer.Own.Value, timer.Id), out var entry)
            || entry.State.Step is QuickModeStep.Established or QuickModeStep.Failed
            || !work.State.Isakmp.TryGetValue(timer.Own.Value, out var parent))
        {
            return;
        }

        if (entry.Resending.Tries >= work.Timing.Retries)
        {
            QuickModes.End(work, entry, QuickModeEvent.RetriesSpent, "no answer");
            QuickModes.Withdraw(work, parent.Own, entry);
            DeadPeers.Suspect(work, timer.Own);
            return;
        }

        work.Put(entry with { Resending = Resend(work, timer, parent, entry.Resending) });
    }
}
