using System.Collections.Immutable;
using RefIke.Engine.Profiles;
using RefIke.Exchanges;
using RefIke.Exchanges.Negotiation;
using RefIke.Exchanges.Phase1;
using RefIke.Exchanges.Phase2;
using RefIke.Wire;

namespace RefIke.Engine.Steps;

/// <summary>Quick Modes under an ISAKMP SA (RFC 2409 §5.5): open ones, finished ones remembered for late copies, and their pairs.</summary>
internal static class QuickModes
{
    /// <summary>Opens one as initiator.</summary>
    [Clause("2409-4-05")]
    public static void Initiate(Work work, IsakmpEntry parent, string child, uint? replaces)
    {
        if (RemoteAccesses.Fit(parent, work.Connection(parent.Connection)!.Children.First(c => c.Name == child)) is not { } policy)
        {
            work.Reject(parent.Phase1.Name, new Rejection.NoAddress($"no address for child {child} was assigned"));
            Rekeying.Failed(work, replaces);
            return;
        }

        if (PrivateGroups.Fit(policy, parent.Phase1) is not { } fitting)
        {
            PrivateGroups.Await(work, parent, policy, replaces);
            return;
        }

        (parent, var id) = work.NewMessageId(parent);
        var name = parent.Phase1.Name with { M_ID = id };
        var terms = Terms(fitting, parent.Phase1);
        var own = work.NewSpis(name, policy.Sas, policy.Compresses);
        var saysContact = parent.FirstContact && InitialContact.IsFirst(work, parent.Connection, parent.Own);
        var fresh = QuickModeState.Fresh(Role.Initiator, parent.Phase1, id, [terms], own, work.Setup.Formulas) with
        {
            Extra = saysContact ? [QuickModeNotices.InitialContact(parent.Phase1)] : [],
        };
        work.Put(parent with { FirstContact = false, Served = true });
        var turn = work.Endpoint.QuickMode.Happen(fresh, QuickModeEvent.Initiate);
        work.Trace(name, turn.Taken);
        if (turn.Sent is not { } sent)
        {
            return;
        }

        work.Put(new QuickModeEntry(parent.Own.Value, turn.After, replaces, work.Now) { Resending = new Resending(sent, null, 0, 0) });
        work.Start(new TimerId(TimerKind.Resend, parent.Own, id), work.Timing.Gap(work.Timing, 0));
        work.Send(parent.Local, parent.Remote, sent, false);
    }

    /// <summary>A Quick Mode message: of an open one, a copy, or a new one by the peer (D-35, D-144).</summary>
    [Clause("2408-3.1-10")]
    [Clause("2409-4-02")]
    [Clause("2408-2.4-03")]
    [Clause("2409-10-01")]
    [Clause("2409-5.5-04")]
    public static void Take(Work work, IsakmpEntry parent, Octets datagram, Header header)
    {
        var name = new ExchangeName(header.InitiatorCookie, header.ResponderCookie, header.MessageId);
        if (parent.Phase1.Step != Phase1Step.Established)
        {
            work.Reject(name, new Rejection.Unexpected($"{parent.Phase1.Step}", "Quick Mode before phase 1 has ended"));
        }
        else if (header.MessageId == 0)
        {
            work.Reject(name, new Rejection.BadMessageId(0, "zero in phase 2"));
        }
        else if (!parent.IsOpen)
        {
            work.Reject(name, new Rejection.AccessPending($"Quick Mode while {parent.Access!.Step} is awaited"));
        }
        else if (work.State.QuickModes.TryGetValue((parent.Own.Value, header.MessageId), out var entry))
        {
            Continue(work, parent, entry, datagram, header, name);
        }
        else if (parent.MessageIds.Contains(header.MessageId))
        {
            work.Reject(name, new Rejection.BadMessageId(header.MessageId, "seen before on this SA"));
        }
        else if (parent.Spent)
        {
            work.Reject(name, new Rejection.LimitReached("one Quick Mode under this ISAKMP SA (RFC 2409 §8)"));
        }
        else if (parent.MessageIds.Count >= work.Setup.Limits.MessageIds
            || work.State.QuickModes.Count(q => q.Key.Own == parent.Own.Value) >= work.Setup.Limits.OpenQuickModes)
        {
            work.Reject(name, new Rejection.LimitReached("Quick Modes under one ISAKMP SA"));
        }
        else
        {
            Respond(work, parent, datagram, header, name);
        }
    }

    /// <summary>Ends an open one without a pair.</summary>
    public static void End(Work work, QuickModeEntry entry, QuickModeEvent what, string why)
    {
        var turn = work.Endpoint.QuickMode.Happen(entry.State, what);
        work.Trace(entry.State.Name, turn.Taken);
        if (turn.After.Step == QuickModeStep.Established && work.State.Isakmp.TryGetValue(entry.Own, out var parent))
        {
            Install(work, parent, entry with { State = turn.After });    // the wait for CONNECTED is bounded (D-161)
        }
        else if (turn.Taken is not null)
        {
            Fail(work, entry with { State = turn.After }, why);
        }
    }

    /// <summary>
    /// HASH(3) never came: its initiator has pairs already, and is told that there is nothing at their other end (RFC 2408 §3.15, R-20).
    /// </summary>
    [Clause("2408-3.15-02")]
    public static void Withdraw(Work work, Cookie own, QuickModeEntry entry)
    {
        foreach (var pair in Offered(entry))
        {
            if (work.State.Isakmp.TryGetValue(own.Value, out var parent))
            {
                Notices.SendProtected(work, parent, Deletion.DeletesOf(pair.Sas));
            }
        }
    }

    /// <summary>
    /// The same where the ISAKMP SA is about to go, under which HASH(3) would come: what was offered under it is told with its own Delete,
    /// before which it is obeyed (RFC 2408 §5.15, R-30, D-142).
    /// </summary>
    public static ImmutableArray<Payload> Withdrawals(Work work, IsakmpEntry parent)
        => [.. work.State.QuickModes.Values.Where(q => q.Own == parent.Own.Value).SelectMany(q => Offered(q)).SelectMany(pair => Deletion.DeletesOf(pair.Sas))];

    private static ImmutableArray<AgreedPair> Offered(QuickModeEntry entry)
        => entry.State.Step == QuickModeStep.AwaitHash3 ? entry.State.Agreed : [];

    /// <summary>The ISAKMP SA has gone: every open Quick Mode under it fails in the same step (S-22), finished ones are forgotten.</summary>
    [Clause("2408-5.15-03")]
    public static void ParentGone(Work work, IsakmpEntry parent)
    {
        foreach (var ((own, id), entry) in work.State.QuickModes)
        {
            if (own == parent.Own.Value)
            {
                End(work, entry, QuickModeEvent.ParentDeleted, "its ISAKMP SA has gone");
                Forget(work, new TimerId(TimerKind.Forget, parent.Own, id));
            }
        }
    }

    /// <summary>A finished exchange is forgotten; its message id stays known to the ISAKMP SA.</summary>
    public static void Forget(Work work, TimerId timer)
        => work.State = work.State with { QuickModes = work.State.QuickModes.Remove((timer.Own.Value, timer.Id)) };

    private static void Respond(Work work, IsakmpEntry parent, Octets datagram, Header header, ExchangeName name)
    {
        var connection = work.Connection(parent.Connection)!;
        var terms = connection.Children.Select(c => RemoteAccesses.Fit(parent, c)).OfType<ChildPolicy>()
            .Select(c => Terms(PrivateGroups.Fit(c, parent.Phase1) ?? Unfit(c), parent.Phase1)).ToImmutableArray();
        var own = work.NewSpis(
            name, connection.Children.Max(c => c.Sas), connection.Children.Any(c => c.Compresses));
        var fresh = QuickModeState.Fresh(
            Role.Responder, parent.Phase1, header.MessageId, terms, own, work.Setup.Formulas);
        var turn = work.Endpoint.QuickMode.Receive(fresh, datagram, header);
        work.Trace(name, turn.Taken);
        work.Reject(name, turn.Rejection);
        if (turn.After.Step == QuickModeStep.Idle)
        {
            return;     // unauthenticated: nothing is remembered of it
        }

        work.Put(parent with { MessageIds = parent.MessageIds.Add(header.MessageId), Served = true });
        parent = Proofs.Taken(work, parent);
        if (turn.Refusal is { } refusal)
        {
            work.Tell(new Effect.ExchangeFailed(name, "Quick Mode", turn.Rejection?.Reason ?? "refused"));
            Notices.SendProtected(work, parent, Notices.Notify(refusal));
            return;
        }

        Notices.Heard(work, parent, name, turn.After.Heard);
        // Message 2 is sent again by a timer: its initiator has proved SKEYID_a (D-03).
        work.Put(new QuickModeEntry(parent.Own.Value, turn.After, null, work.Now) { Resending = new Resending(turn.Sent, datagram, 0, 0) });
        work.Start(new TimerId(TimerKind.Resend, parent.Own, header.MessageId), work.Timing.Gap(work.Timing, 0));
        work.Send(parent.Local, parent.Remote, turn.Sent!.Value, false);
    }

    public static void Continue(
        Work work, IsakmpEntry parent, QuickModeEntry entry, Octets datagram, Header header, ExchangeName name)
    {
        if (Retransmission.IsCopy(entry.Resending, datagram))
        {
            if (Retransmission.Answer(work, parent, entry.Resending, name, "Quick Mode message") is { } resending)
            {
                work.Put(entry with { Resending = resending });
            }

            return;
        }

        var turn = work.Endpoint.QuickMode.Receive(entry.State, datagram, header);
        work.Trace(name, turn.Taken);
        work.Reject(name, turn.Rejection);
        if (turn.After.Step == entry.State.Step)
        {
            return;
        }

        parent = Proofs.Taken(work, parent);
        work.Stop(new TimerId(TimerKind.Resend, parent.Own, header.MessageId));
        entry = entry with { State = turn.After, Resending = new Resending(turn.Sent, datagram, 0, 0) };
        if (turn.After.Step == QuickModeStep.Failed)
        {
            Fail(work, entry, turn.Rejection?.Reason ?? "refused");
            return;
        }

        if (turn.Sent is { } sent)
        {
            work.Send(parent.Local, parent.Remote, sent, false);
        }

        if (turn.After.Role == Role.Initiator && turn.After.Heard.Length > 0 && turn.Sent is not null)
        {
            Notices.Heard(work, parent, name, turn.After.Heard);
        }

        if (turn.After.Step == QuickModeStep.AwaitConnected)
        {
            work.Put(entry);
            work.Start(new TimerId(TimerKind.Resend, parent.Own, header.MessageId), work.Timing.Gap(work.Timing, 0));
            return;
        }

        Install(work, parent, entry);
    }

    /// <summary>
    /// The pairs come up: at the initiator with HASH(3) sent, at the responder with HASH(3) verified (S-05, D-135,
    /// D-136, D-217).
    /// </summary>
    [Clause("2409-5.5-17")]
    [Clause("2409-7.2-01")]
    [Clause("2409-10-02")]
    private static void Install(Work work, IsakmpEntry parent, QuickModeEntry entry)
    {
        var s = entry.State;
        if (s.Agreed.Any(IsWeak))
        {
            Abandon(work, parent, entry);
            return;
        }

        var smallest = s.Ni_b.Span.SequenceCompareTo(s.Nr_b.Span) <= 0 ? s.Ni_b : s.Nr_b;
        work.Put(entry with { State = s with { Agreed = [] } });
        work.Start(new TimerId(TimerKind.Forget, parent.Own, s.Name.M_ID), work.Timing.Remember);
        foreach (var (agreed, n) in s.Agreed.Select((agreed, n) => (agreed, n)))
        {
            var main = agreed.Main;
            var pair = new IpsecPair(main.OwnSpi, main.PeerSpi, parent.Connection, s.Child, main.Suite, main.Inbound,
                main.Outbound, s.Traffic!.Value.Own, s.Traffic.Value.Peer, parent.Local, parent.Remote, s.Role, s.Name,
                smallest, parent.Phase1.PeerIdentity!)
            {
                Bundle = agreed.Sas,
                Sa = n,
                PeerOriginalAddress = s.PeerOriginalAddress,
            };
            pair = Lifetimes.Begin(work, pair);
            work.Put(pair);
            var replaced = Rekeying.Counterpart(work, entry.Replaces, n);
            work.Tell(new Effect.PairEstablished(pair, replaced));
            Rekeying.Supersede(work, pair, entry, replaced);
        }

        if (work.Connection(parent.Connection)!.Children.First(c => c.Name == s.Child).IdentityPfs)
        {
            work.Put(work.State.Isakmp[parent.Own.Value] with { Spent = true });
            work.Start(new TimerId(TimerKind.IsakmpRetires, parent.Own, 0), work.Timing.DeleteOldAfter);
        }
    }

    /// <summary>A key that its cipher must not be used with (D-219).</summary>
    private static bool IsWeak(AgreedPair pair)
        => pair.Sas.Any(s => s.Suite.HasWeakKey(s.Inbound) || s.Suite.HasWeakKey(s.Outbound));

    /// <summary>
    /// A weak key came out (RFC 2405 §4, RFC 2451 §2.3): nothing is installed, the peer is told that our SAs are gone,
    /// and the initiator negotiates others (D-219).
    /// </summary>
    private static void Abandon(Work work, IsakmpEntry parent, QuickModeEntry entry)
    {
        var s = entry.State;
        Fail(work, entry with { State = s with { Agreed = [] } }, "weak key");
        foreach (var pair in s.Agreed)
        {
            Notices.SendProtected(work, work.State.Isakmp[parent.Own.Value], Deletion.DeletesOf(pair.Sas));
        }

        if (s.Role == Role.Initiator && entry.Replaces is null)
        {
            Initiation.Connect(work, parent.Connection, s.Child, null);
        }
    }

    private static void Fail(Work work, QuickModeEntry entry, string why)
    {
        var name = entry.State.Name;
        var own = new Cookie(entry.Own);
        work.Stop(new TimerId(TimerKind.Resend, own, name.M_ID));
        work.Put(entry);
        work.Start(new TimerId(TimerKind.Forget, own, name.M_ID), work.Timing.Remember);
        work.Tell(new Effect.ExchangeFailed(name, "Quick Mode", why));
        Rekeying.Failed(work, entry.Replaces);
    }

    private static QuickModeTerms Terms(ChildPolicy child, Phase1State phase1)
        => new(child.Name, In(child.Suites, phase1), child.Own, child.Peer)
        {
            Further = [.. child.Further.Select(s => In(s, phase1))],
            CommitBit = child.CommitBit,
            ReplayDetection = child.ReplayDetection,
        };

    /// <summary>A child whose group is not agreed: nothing is acceptable for its traffic .</summary>
    private static ChildPolicy Unfit(ChildPolicy child)
        => child with { Suites = [], Further = [.. child.Further.Select(_ => ImmutableArray<ProtectionSuite>.Empty)] };

    /// <summary>Suites in the modes that this ISAKMP SA encapsulates them in (RFC 3947 §5.1).</summary>
    private static ImmutableArray<ProtectionSuite> In(ImmutableArray<ProtectionSuite> suites, Phase1State phase1)
        => [.. suites.Select(s => s.In(mode => phase1.Profiles.Encapsulate(mode, phase1)))];
}
