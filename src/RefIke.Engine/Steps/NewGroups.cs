using RefIke.Crypto;
using RefIke.Exchanges;
using RefIke.Exchanges.NewGroupMode;
using RefIke.Exchanges.Phase1;
using RefIke.Wire;

namespace RefIke.Engine.Steps;

/// <summary>
/// New Group Mode under an ISAKMP SA (RFC 2409 §5.6). A group belongs to the SA that it was agreed under and ends with
/// it (D-197); no other peer can use it. What judging costs is bounded: so many groups are looked at under one SA, of
/// sizes that policy sets.
/// </summary>
internal static class NewGroups
{
    /// <summary>
    /// Offers a group by the owner's order. One at a time: a refusal names no exchange, and is then understood.
    /// </summary>
    [Clause("2409-5.6-01")]
    public static void Initiate(Work work, Input.NewGroup order)
    {
        if (!work.State.Isakmp.TryGetValue(order.OwnCookie.Value, out var parent) || !parent.IsOpen)
        {
            work.Reject(default, new Rejection.NoPolicy($"no ISAKMP SA {order.OwnCookie}"));
            return;
        }

        Offer(work, parent, order.Number, order.Parameters);
    }

    /// <summary>Offers a group under an ISAKMP SA; false where that cannot be, which is told as a rejection.</summary>
    public static bool Offer(Work work, IsakmpEntry parent, ushort number, GroupParameters parameters)
    {
        if (Open(work, parent) is not null)
        {
            work.Reject(parent.Phase1.Name, new Rejection.LimitReached("one New Group Mode at a time"));
            return false;
        }

        var fault = PrivateGroup.TryMake(number, parameters, out var group);
        if (fault != GroupFault.None || parent.Phase1.PrivateGroups.ContainsKey(number))
        {
            work.Reject(parent.Phase1.Name, new Rejection.GroupRefused(
                fault == GroupFault.None ? $"group {number} is in use" : $"{fault}"));
            return false;
        }

        (parent, var id) = work.NewMessageId(parent);
        var fresh = NewGroupState.Fresh(Role.Initiator, parent.Phase1, id, null, work.Setup.Formulas) with
        {
            Number = number,
            Agreed = new PrivateGroupAgreed(parameters, group!),
        };
        var turn = work.Endpoint.NewGroupMode.Happen(fresh, NewGroupEvent.Initiate);
        work.Trace(fresh.Name, turn.Taken);
        work.Put(new NewGroupEntry(parent.Own.Value, turn.After) { Resending = new Resending(turn.Sent, null, 0, 0) });
        work.Start(new TimerId(TimerKind.Resend, parent.Own, id), work.Timing.Gap(work.Timing, 0));
        work.Send(parent.Local, parent.Remote, turn.Sent!.Value, false);
        return true;
    }

    /// <summary>A New Group Mode message: of an open one, a copy, or a new one by the peer.</summary>
    [Clause("2409-4-03")]
    [Clause("2408-3.1-10")]
    public static void Take(Work work, IsakmpEntry parent, Octets datagram, Header header)
    {
        var name = new ExchangeName(header.InitiatorCookie, header.ResponderCookie, header.MessageId);
        if (parent.Phase1.Step != Phase1Step.Established)
        {
            var state = $"{parent.Phase1.Step}";
            work.Reject(name, new Rejection.Unexpected(state, "New Group Mode before phase 1 has ended"));
        }
        else if (header.MessageId == 0)
        {
            work.Reject(name, new Rejection.BadMessageId(0, "zero behind phase 1"));
        }
        else if (!parent.IsOpen)
        {
            work.Reject(name, new Rejection.AccessPending($"New Group Mode while {parent.Access!.Step} is awaited"));
        }
        else if (work.State.NewGroups.TryGetValue((parent.Own.Value, header.MessageId), out var entry))
        {
            Continue(work, parent, entry, datagram, header);
        }
        else if (parent.MessageIds.Contains(header.MessageId))
        {
            work.Reject(name, new Rejection.BadMessageId(header.MessageId, "seen before on this SA"));
        }
        else if (parent.MessageIds.Count >= work.Setup.Limits.MessageIds
            || parent.GroupsJudged >= work.Setup.Limits.GroupsJudged)
        {
            work.Reject(name, new Rejection.LimitReached("New Group Modes under one ISAKMP SA"));
        }
        else
        {
            Respond(work, parent, datagram, header);
        }
    }

    /// <summary>The peer's ATTRIBUTES-NOT-SUPPORTED; false where no New Group Mode of ours is open.</summary>
    [Clause("2409-5.6-04")]
    public static bool Refused(Work work, IsakmpEntry parent, NotificationPayload notify)
    {
        if (notify is not { NotifyType: NotifyType.AttributesNotSupported, Protocol: Protocol.Isakmp }
            || Open(work, parent) is not { } open)
        {
            return false;
        }

        End(work, open, NewGroupEvent.Refused, $"the peer says {notify.NotifyType}");
        return true;
    }

    /// <summary>
    /// A message is sent again, or the exchange given up; false where the timer is no New Group Mode's.
    /// </summary>
    [Clause("2408-5.1-05")]
    public static bool Fire(Work work, TimerId timer)
    {
        if (!work.State.NewGroups.TryGetValue((timer.Own.Value, timer.Id), out var entry)
            || !work.State.Isakmp.TryGetValue(timer.Own.Value, out var parent))
        {
            return false;
        }

        work.Stop(timer);
        if (entry.State.Step != NewGroupStep.AwaitHash2)
        {
            return true;
        }

        if (entry.Resending.Tries >= work.Timing.Retries)
        {
            End(work, entry, NewGroupEvent.RetriesSpent, "no answer");
            return true;
        }

        work.Put(entry with { Resending = Retransmission.Resend(work, timer, parent, entry.Resending) });
        return true;
    }

    /// <summary>A finished exchange is forgotten; its message id stays known to the ISAKMP SA.</summary>
    public static void Forget(Work work, TimerId timer)
        => work.State = work.State with { NewGroups = work.State.NewGroups.Remove((timer.Own.Value, timer.Id)) };

    /// <summary>The ISAKMP SA has gone, and all of its groups and exchanges with it.</summary>
    [Clause("2409-5.6-05")]
    [Clause("2408-5.15-03")]
    public static void ParentGone(Work work, IsakmpEntry parent)
    {
        foreach (var ((own, id), entry) in work.State.NewGroups)
        {
            if (own == parent.Own.Value)
            {
                End(work, entry, NewGroupEvent.ParentDeleted, "its ISAKMP SA has gone");
                Forget(work, new TimerId(TimerKind.Forget, parent.Own, id));
            }
        }
    }

    /// <summary>The one of ours that awaits its answer, or null.</summary>
    public static NewGroupEntry? Open(Work work, IsakmpEntry parent)
        => work.State.NewGroups.Values.FirstOrDefault(
            e => e.Own == parent.Own.Value && e.State.Step == NewGroupStep.AwaitHash2);

    private static void Respond(Work work, IsakmpEntry parent, Octets datagram, Header header)
    {
        var terms = work.Connection(parent.Connection)!.NewGroups;
        var fresh = NewGroupState.Fresh(Role.Responder, parent.Phase1, header.MessageId, terms, work.Setup.Formulas);
        var turn = work.Endpoint.NewGroupMode.Receive(fresh, datagram, header);
        work.Trace(fresh.Name, turn.Taken);
        work.Reject(fresh.Name, turn.Rejection);
        if (turn.After.Step == NewGroupStep.Idle)
        {
            return;     // unauthenticated: nothing is remembered of it
        }

        work.Put(parent with
        {
            MessageIds = parent.MessageIds.Add(header.MessageId),
            GroupsJudged = parent.GroupsJudged + 1,
        });
        parent = Proofs.Taken(work, parent);
        if (turn.Refusal is { } refusal)
        {
            work.Tell(new Effect.ExchangeFailed(fresh.Name, "New Group Mode", turn.Rejection?.Reason ?? "refused"));
            Notices.SendProtected(work, parent, Notices.Notify(refusal));
            return;
        }

        work.Send(parent.Local, parent.Remote, turn.Sent!.Value, false);
        Agree(work, parent, new NewGroupEntry(parent.Own.Value, turn.After)
        {
            Resending = new Resending(turn.Sent, datagram, 0, 0),
        });
    }

    private static void Continue(Work work, IsakmpEntry parent, NewGroupEntry entry, Octets datagram, Header header)
    {
        var name = entry.State.Name;
        if (Retransmission.IsCopy(entry.Resending, datagram))
        {
            if (Retransmission.Answer(work, parent, entry.Resending, name, "New Group Mode message") is { } resending)
            {
                work.Put(entry with { Resending = resending });
            }

            return;
        }

        var turn = work.Endpoint.NewGroupMode.Receive(entry.State, datagram, header);
        work.Trace(name, turn.Taken);
        work.Reject(name, turn.Rejection);
        if (turn.After.Step == entry.State.Step)
        {
            return;
        }

        parent = Proofs.Taken(work, parent);
        if (turn.After.Step == NewGroupStep.Established)
        {
            work.Stop(new TimerId(TimerKind.Resend, parent.Own, name.M_ID));
            Agree(work, parent, entry with { State = turn.After, Resending = new Resending(null, datagram, 0, 0) });
        }
        else if (turn.After.Step == NewGroupStep.Failed)
        {
            Fail(work, entry with { State = turn.After }, turn.Rejection?.Reason ?? "refused");
        }
    }

    /// <summary>From here on the number stands for the group under this ISAKMP SA .</summary>
    private static void Agree(Work work, IsakmpEntry parent, NewGroupEntry entry)
    {
        var s = entry.State;
        var groups = parent.Phase1.PrivateGroups.SetItem(s.Number, s.Agreed!);
        work.Put(parent with { Phase1 = parent.Phase1 with { PrivateGroups = groups } });
        work.Put(entry);
        work.Start(new TimerId(TimerKind.Forget, parent.Own, s.Name.M_ID), work.Timing.Remember);
        work.Tell(new Effect.GroupAgreed(s.Name, s.Number, s.Agreed!));
        PrivateGroups.Resume(work, entry.Own, null);
    }

    private static void End(Work work, NewGroupEntry entry, NewGroupEvent what, string why)
    {
        var turn = work.Endpoint.NewGroupMode.Happen(entry.State, what);
        work.Trace(entry.State.Name, turn.Taken);
        if (turn.Taken is not null)
        {
            Fail(work, entry with { State = turn.After }, why);
        }
    }

    private static void Fail(Work work, NewGroupEntry entry, string why)
    {
        var own = new Cookie(entry.Own);
        work.Stop(new TimerId(TimerKind.Resend, own, entry.State.Name.M_ID));
        work.Put(entry);
        work.Start(new TimerId(TimerKind.Forget, own, entry.State.Name.M_ID), work.Timing.Remember);
        work.Tell(new Effect.ExchangeFailed(entry.State.Name, "New Group Mode", why));
        PrivateGroups.Resume(work, entry.Own, entry.State.Number);
    }
}
