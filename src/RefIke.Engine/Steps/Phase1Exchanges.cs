using System.Net;
using RefIke.Engine.Profiles;
using RefIke.Exchanges;
using RefIke.Exchanges.Negotiation;
using RefIke.Exchanges.Phase1;
using RefIke.Wire;

namespace RefIke.Engine.Steps;

/// <summary>Phase 1 exchanges: the table of half-open ones, and what becomes of them.</summary>
internal static class Phase1Exchanges
{
    /// <summary>A message 1 that is no copy: cheap checks first, then the table (RFC 2408 §2.5.3; D-201).</summary>
    [Clause("2408-1.7.1-01")]
    [Clause("3947-3-01")]
    [Clause("2409-5.4-02")]
    [Clause("2408-5.4-04")]
    public static void Respond(Work work, IPEndPoint local, IPEndPoint remote, Octets datagram, Header header)
    {
        var name = new ExchangeName(header.InitiatorCookie, default, 0);
        if (Admit(work, name, remote, datagram, header) is not { } connection)
        {
            return;
        }

        var own = Cookies.Make(work.Setup, "CKY-R", name, local, remote);
        if (own == header.InitiatorCookie || work.State.Isakmp.ContainsKey(own.Value))
        {
            work.Reject(name, new Rejection.LimitReached("a fresh cookie"));
            return;
        }

        var fresh = Phase1State.Responding(header.InitiatorCookie, own, local, remote,
            TermsOf(connection, Role.Responder, PrivateGroups.Of(work, connection.Name, remote.Address)));
        var turn = work.Endpoint.Phase1.Of(fresh).Receive(fresh, datagram, header, work.UnixSeconds);
        work.Trace(fresh.Name, turn.Taken);
        work.Reject(fresh.Name, turn.Rejection);
        if (turn.Refusal is { } refusal)
        {
            Notices.SendClear(work, name, local, remote, refusal);
        }

        if (turn.Sent is not { } sent)
        {
            return;
        }

        if (turn.After.Keys is not null)
        {
            work.Tell(new Effect.KeysDerived(turn.After));
        }

        work.Put(new IsakmpEntry(own, connection.Name, turn.After, local, remote)
        {
            Resending = new Resending(sent, datagram, 0, 0),
        });
        work.State = work.State with
        {
            FirstMessages = work.State.FirstMessages.SetItem((header.InitiatorCookie, remote), own.Value),
        };
        work.Start(new TimerId(TimerKind.HalfOpenExpires, own, 0), work.Timing.HalfOpen);
        work.Send(local, remote, sent, false);
    }

    /// <summary>
    /// The connection that a message 1 is for; null where it is refused before anything costly is done with it.
    /// </summary>
    private static Connection? Admit(
        Work work, ExchangeName name, IPEndPoint remote, Octets datagram, Header header)
    {
        var allowed = Peers.At(work.Setup, remote.Address);
        if (allowed.Length == 0)
        {
            work.Reject(name, new Rejection.NoPolicy($"no connection knows {remote.Address}"));
            return null;
        }

        var halfOpen = work.State.Isakmp.Values.Where(e => e.Established is null && e.Phase1.Role == Role.Responder).ToArray();
        if (halfOpen.Length >= work.Setup.Limits.HalfOpen
            || halfOpen.Count(e => e.Remote.Address.Equals(remote.Address)) >= work.Setup.Limits.HalfOpenPerAddress)
        {
            work.Reject(name, new Rejection.LimitReached("half-open exchanges"));
            return null;
        }

        if (Peers.Choose(allowed, datagram, header.ExchangeType, out var wrongMode) is not { } connection)
        {
            work.Reject(name, wrongMode);
            return null;
        }

        return connection;
    }

    /// <summary>A later message of a phase 1 exchange; its message id is zero (D-32).</summary>
    [Clause("2409-4-01")]
    [Clause("2408-2.4-02")]
    public static void Take(Work work, IsakmpEntry entry, IPEndPoint local, IPEndPoint remote, Octets datagram, Header header)
    {
        var name = new ExchangeName(header.InitiatorCookie, header.ResponderCookie, header.MessageId);
        if (header.MessageId != 0)
        {
            work.Reject(name, new Rejection.BadMessageId(header.MessageId, "not zero in phase 1"));
            return;
        }

        if (Retransmission.IsCopy(entry.Resending, datagram))
        {
            Retransmission.Answer(work, entry, datagram, name);
            return;
        }

        if (entry.RefusedKeys >= work.Setup.Limits.RefusedKeys)
        {
            work.Reject(name, new Rejection.LimitReached("refused public values"));
            return;
        }

        var turn = work.Endpoint.Phase1.Of(entry.Phase1).Receive(entry.Phase1, datagram, header, work.UnixSeconds);
        work.Trace(turn.After.Name, turn.Taken);
        work.Reject(name, turn.Rejection);
        if (turn.After.Step == entry.Phase1.Step)
        {
            if (turn.Rejection is Rejection.BadPublicValue)
            {
                work.Put(entry with { RefusedKeys = entry.RefusedKeys + 1 });
            }

            return;
        }

        if (turn.After.Keys is not null && entry.Phase1.Keys is null)
        {
            work.Tell(new Effect.KeysDerived(turn.After));
        }

        Advance(work, Moved(work, entry, turn.After, local, remote), turn, datagram);
    }

    /// <summary>An exchange that ends without an answer.</summary>
    public static void GiveUp(Work work, IsakmpEntry entry, Phase1Event why)
    {
        var turn = work.Endpoint.Phase1.Of(entry.Phase1).Happen(entry.Phase1, why, work.UnixSeconds);
        work.Trace(entry.Phase1.Name, turn.Taken);
        if (turn.Taken is not null)
        {
            var hint = entry.Hint is { } h ? $"; the peer said {h}, unauthenticated" : "";
            Fail(work, entry with { Phase1 = turn.After }, $"{why} in {entry.Phase1.Step}{hint}");
        }
    }

    /// <summary>Removes an entry and all of its timers; its open Quick Modes end with it (S-22).</summary>
    public static void Remove(Work work, IsakmpEntry entry)
    {
        QuickModes.ParentGone(work, entry);
        Transactions.ParentGone(work, entry);
        PrivateGroups.ParentGone(work, entry);
        NewGroups.ParentGone(work, entry);
        foreach (var timer in work.State.Timers.Keys.Where(t => t.Own == entry.Own && t.Kind != TimerKind.PairExpires
            && t.Kind != TimerKind.PairRekeys && t.Kind != TimerKind.PairRetires).ToArray())
        {
            work.Stop(timer);
        }

        var firsts = work.State.FirstMessages.Where(f => f.Value == entry.Own.Value).Select(f => f.Key);
        work.State = work.State with
        {
            Isakmp = work.State.Isakmp.Remove(entry.Own.Value),
            FirstMessages = work.State.FirstMessages.RemoveRange(firsts),
        };
    }

    /// <summary>What policy says for a phase 1 with a connection's peer.</summary>
    /// <param name="groups">What it may name: <see cref="PrivateGroups.Of"/>.</param>
    public static Phase1Terms TermsOf(Connection connection, Role role, KnownGroups groups)
        => new(connection.Mode, PrivateGroups.Suites(connection, role, groups), connection.PreSharedKey,
            connection.OwnIdentity, connection.PeerIdentity)
        {
            PublicKeys = connection.PublicKeys,
            Profiles = connection.Profiles,
            Groups = groups,
            ClearThirdMessage = connection.ClearThirdMessage,
        };

    /// <summary>
    /// Where the next message goes, never a fixed port (D-204): the initiator floats with its first message that can be
    /// encrypted, the responder answers where a verified message came from (RFC 3947 §4, D-173, D-174).
    /// </summary>
    [Clause("3947-4-01")]
    [Clause("3947-4-03")]
    private static IsakmpEntry Moved(Work work, IsakmpEntry entry, Phase1State after, IPEndPoint local, IPEndPoint remote)
    {
        if (!after.Profiles.Floats(after))
        {
            return entry;
        }

        if (after.Role == Role.Responder)
        {
            return after.Step == Phase1Step.Established ? entry with { Local = local, Remote = remote } : entry;
        }

        return entry.Phase1.Keys is null && after.Keys is not null && !entry.Local.Equals(work.Setup.NatLocal)
            ? entry with { Local = work.Setup.NatLocal, Remote = new IPEndPoint(entry.Remote.Address, 4500) }
            : entry;
    }

    private static void Advance(Work work, IsakmpEntry entry, Turn<Phase1State> turn, Octets datagram)
    {
        var resend = new TimerId(TimerKind.Resend, entry.Own, 0);
        work.Stop(resend);
        entry = entry with { Phase1 = turn.After, Resending = new Resending(turn.Sent, datagram, 0, 0) };
        if (turn.After.Step == Phase1Step.Failed)
        {
            Fail(work, entry, turn.Rejection?.Reason ?? "refused");
            return;
        }

        work.Put(entry);
        if (turn.Sent is { } sent)
        {
            work.Send(entry.Local, entry.Remote, sent, false);
        }

        if (turn.After.Step == Phase1Step.Established)
        {
            Establish(work, entry);
        }
        else if (entry.Phase1.Role == Role.Initiator)
        {
            work.Start(resend, work.Timing.Gap(work.Timing, 0));
        }
    }

    private static void Establish(Work work, IsakmpEntry entry)
    {
        work.Stop(new TimerId(TimerKind.HalfOpenExpires, entry.Own, 0));
        entry = InitialContact.Hinted(work, entry with { Established = work.Now });
        work.Put(entry);
        Renewal.Begin(work, entry);
        work.Tell(new Effect.IsakmpEstablished(entry.Own, entry.Connection, entry.Phase1));
        EngineProfiles.Established(work, entry.Own);
        RemoteAccesses.Begin(work, work.State.Isakmp[entry.Own.Value]);
        if (work.State.Isakmp.TryGetValue(entry.Own.Value, out var begun))
        {
            work.Put(begun with { Held = null });
            EarlyMessages.Release(work, entry);
        }
    }

    /// <summary>Phase 2 may be spoken under it: the children that waited for it are brought up.</summary>
    public static void Open(Work work, IsakmpEntry entry)
    {
        work.Put(entry with { Wanted = [] });
        Renewal.Retire(work, entry);
        foreach (var (child, replaces) in entry.Wanted)
        {
            QuickModes.Initiate(work, work.State.Isakmp[entry.Own.Value], child, replaces);
        }
    }

    /// <summary>The mode's name, for people.</summary>
    private static string Kind(Phase1State phase1) => phase1.Mode == ExchangeType.Aggressive ? "Aggressive Mode" : "Main Mode";

    /// <summary>An exchange ends without an SA: what waited for it is told.</summary>
    public static void Fail(Work work, IsakmpEntry entry, string why)
    {
        work.Put(entry);
        Remove(work, entry);
        foreach (var (_, replaces) in entry.Wanted)
        {
            Rekeying.Failed(work, replaces);
        }

        Renewal.Failed(work, entry);

        work.Tell(new Effect.ExchangeFailed(entry.Phase1.Name, Kind(entry.Phase1), why));
    }
}
