using System.Collections.Immutable;
using RefIke.Exchanges;
using RefIke.Exchanges.Phase1;
using RefIke.Exchanges.Profiles.ModeConfig;
using RefIke.Wire;

namespace RefIke.Engine.Steps;

/// <summary>
/// Transaction exchanges under an ISAKMP SA (draft-dukes-ike-mode-cfg-02 §3.1): open ones, and finished ones remembered for late
/// copies. What they are for is <see cref="RemoteAccesses"/>' business.
/// </summary>
internal static class Transactions
{
    /// <summary>Whether the SA's connection speaks XAUTH or Mode Config; exchange type 6 is refused where it does not (D-39).</summary>
    public static bool AreSpoken(Work work, IsakmpEntry entry)
        => work.Connection(entry.Connection) is { Xauth: not null } or { ModeConfig: not null };

    /// <summary>Opens one as initiator; each has a message id of its own (D-184).</summary>
    [Clause("modecfg-3.1.1-02")]
    [Clause("xauth-6-03")]
    public static void Initiate(
        Work work, IsakmpEntry parent, TransactionPurpose purpose, TransactionEvent order, ImmutableArray<DataAttribute> attributes)
    {
        (parent, var id) = work.NewMessageId(parent);
        var name = parent.Phase1.Name with { M_ID = id };
        var octets = work.Setup.Randomness.Bytes("identifier", name, 2);
        var identifier = purpose is TransactionPurpose.XauthRequest or TransactionPurpose.XauthStatus
            ? parent.Access!.Identifier : (ushort)((octets[0] << 8) | octets[1]);
        var fresh = TransactionState.Fresh(Role.Initiator, parent.Phase1, id, identifier, work.Setup.Formulas);
        var turn = work.Endpoint.Transaction.Happen(fresh, order, attributes);
        work.Trace(name, turn.Taken);
        if (turn.Sent is not { } sent)
        {
            return;
        }

        work.Put(new TransactionEntry(parent.Own.Value, turn.After, purpose) { Resending = new Resending(sent, null, 0, 0) });
        work.Start(new TimerId(TimerKind.Resend, parent.Own, id), work.Timing.Gap(work.Timing, 0));
        work.Send(parent.Local, parent.Remote, sent, false);
    }

    /// <summary>A Transaction message: of an open one, a copy, or a new one by the peer.</summary>
    [Clause("xauth-6-01")]
    public static void Take(Work work, IsakmpEntry parent, Octets datagram, Header header)
    {
        var name = new ExchangeName(header.InitiatorCookie, header.ResponderCookie, header.MessageId);
        if (parent.Phase1.Step != Phase1Step.Established)
        {
            work.Reject(name, new Rejection.Unexpected($"{parent.Phase1.Step}", "a Transaction before phase 1 has ended"));
        }
        else if (header.MessageId == 0)
        {
            work.Reject(name, new Rejection.BadMessageId(0, "zero in phase 2"));
        }
        else if (work.State.Transactions.TryGetValue((parent.Own.Value, header.MessageId), out var entry))
        {
            Continue(work, parent, entry, datagram, header, name);
        }
        else if (parent.MessageIds.Contains(header.MessageId))
        {
            work.Reject(name, new Rejection.BadMessageId(header.MessageId, "seen before on this SA"));
        }
        else if (RemoteAccesses.AsksForUser(work, parent))
        {
            work.Reject(name, new Rejection.AccessPending("a Transaction of a peer that has not said who its user is"));
        }
        else if (parent.MessageIds.Count >= work.Setup.Limits.MessageIds
            || work.State.Transactions.Count(t => t.Key.Own == parent.Own.Value) >= work.Setup.Limits.Transactions)
        {
            work.Reject(name, new Rejection.LimitReached("Transactions under one ISAKMP SA"));
        }
        else
        {
            Respond(work, parent, datagram, header, name);
        }
    }

    /// <summary>No answer came: what waits for it cannot go on.</summary>
    public static void GiveUp(Work work, IsakmpEntry parent, TransactionEntry entry)
    {
        Happen(work, entry, TransactionEvent.RetriesSpent, "no answer");
        RemoteAccesses.Refuse(work, parent, "no answer to a Transaction");
    }

    /// <summary>The ISAKMP SA has gone: every open Transaction under it fails in the same step, finished ones are forgotten.</summary>
    [Clause("2408-5.15-03")]
    public static void ParentGone(Work work, IsakmpEntry parent)
    {
        foreach (var ((own, id), entry) in work.State.Transactions)
        {
            if (own == parent.Own.Value)
            {
                Happen(work, entry, TransactionEvent.ParentDeleted, "its ISAKMP SA has gone");
                Forget(work, new TimerId(TimerKind.Forget, parent.Own, id));
            }
        }
    }

    /// <summary>A finished exchange is forgotten; its message id stays known to the ISAKMP SA.</summary>
    public static void Forget(Work work, TimerId timer)
        => work.State = work.State with { Transactions = work.State.Transactions.Remove((timer.Own.Value, timer.Id)) };

    private static void Respond(Work work, IsakmpEntry parent, Octets datagram, Header header, ExchangeName name)
    {
        var fresh = TransactionState.Fresh(Role.Responder, parent.Phase1, header.MessageId, 0, work.Setup.Formulas);
        AccessAnswer? answer = null;
        var (turn, taken) = work.Endpoint.Transaction.Receive(
            fresh, datagram, header, asked => (answer = RemoteAccesses.Answer(work, parent, asked)).Attributes);
        work.Trace(name, turn.Taken);
        work.Reject(name, turn.Rejection);
        if (taken is null || turn.Sent is not { } sent)
        {
            return;     // unauthenticated: nothing is remembered of it
        }

        work.Put(parent with { MessageIds = parent.MessageIds.Add(header.MessageId) });
        parent = Proofs.Taken(work, parent);
        work.Put(new TransactionEntry(parent.Own.Value, turn.After, TransactionPurpose.Answering)
        {
            Resending = new Resending(sent, datagram, 0, 0),
        });
        work.Start(new TimerId(TimerKind.Forget, parent.Own, header.MessageId), work.Timing.Remember);
        work.Send(parent.Local, parent.Remote, sent, false);
        RemoteAccesses.Answered(work, parent, answer!);
    }

    private static void Continue(
        Work work, IsakmpEntry parent, TransactionEntry entry, Octets datagram, Header header, ExchangeName name)
    {
        if (Retransmission.IsCopy(entry.Resending, datagram))
        {
            if (Retransmission.Answer(work, parent, entry.Resending, name, "Transaction message") is { } resending)
            {
                work.Put(entry with { Resending = resending });
            }

            return;
        }

        var (turn, taken) = work.Endpoint.Transaction.Receive(entry.State, datagram, header, _ => []);
        work.Trace(name, turn.Taken);
        work.Reject(name, turn.Rejection);
        if (taken is null)
        {
            return;
        }

        parent = Proofs.Taken(work, parent);
        work.Stop(new TimerId(TimerKind.Resend, parent.Own, header.MessageId));
        work.Put(entry with { State = turn.After, Resending = new Resending(null, datagram, 0, 0) });
        work.Start(new TimerId(TimerKind.Forget, parent.Own, header.MessageId), work.Timing.Remember);
        RemoteAccesses.Receive(work, parent, entry.Purpose, taken.List);
    }

    private static void Happen(Work work, TransactionEntry entry, TransactionEvent what, string why)
    {
        var name = entry.State.Name;
        var turn = work.Endpoint.Transaction.Happen(entry.State, what);
        work.Trace(name, turn.Taken);
        if (turn.Taken is not null)
        {
            work.Stop(new TimerId(TimerKind.Resend, new Cookie(entry.Own), name.M_ID));
            work.Put(entry with { State = turn.After });
            work.Tell(new Effect.ExchangeFailed(name, Transaction.Exchange, why));
        }
    }
}
