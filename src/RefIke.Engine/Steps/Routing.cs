using System.Net;
using RefIke.Engine.Profiles;
using RefIke.Exchanges;
using RefIke.Exchanges.Phase1;
using RefIke.Wire;

namespace RefIke.Engine.Steps;

/// <summary>Which exchange a datagram is for, by cookies, exchange type and message id (RFC 2408 §5.2, RFC 2409 §4).</summary>
internal static class Routing
{
    /// <summary>A datagram, which may be a fragment of a message or complete one.</summary>
    public static void Take(Work work, IPEndPoint local, IPEndPoint remote, Octets datagram)
    {
        work.Arrival = (local, remote);
        if (Fragments.Gather(work, local, remote, datagram) is { } whole)
        {
            TakeWhole(work, local, remote, whole);
        }
    }

    [Clause("2408-5.2-01")]
    [Clause("2409-5-03")]
    [Clause("2408-5.2-02")]
    private static void TakeWhole(Work work, IPEndPoint local, IPEndPoint remote, Octets datagram)
    {
        if (!Header.TryRead(datagram.Span, out var header, out var malformed))
        {
            work.Reject(default, new Rejection.BadSyntax(malformed!));
            return;
        }

        var name = new ExchangeName(header.InitiatorCookie, header.ResponderCookie, header.MessageId);
        if (header.ResponderCookie.IsZero && header.ExchangeType != ExchangeType.Informational)
        {
            TakeFirst(work, local, remote, datagram, header, name);
            return;
        }

        if (Find(work, header) is not { } entry)
        {
            work.Reject(name, new Rejection.UnknownSa("no SA has these cookies"));    // D-41, D-159
            return;
        }

        if (entry.Established is null && !SameHost(entry.Remote, remote))
        {
            work.Reject(name, new Rejection.UnknownSa("other address before authentication (D-28)"));
            return;
        }

        if (IsOfTheOldPort(work, entry, local, header))
        {
            work.Reject(name, new Rejection.UnknownSa("phase 1 at the port that was left (RFC 3947 §4)"));
            return;
        }

        switch (header.ExchangeType)
        {
            case ExchangeType.MainMode or ExchangeType.Aggressive when header.ExchangeType == entry.Phase1.Mode:
                Phase1Exchanges.Take(work, entry, local, remote, datagram, header);
                break;
            case ExchangeType.QuickMode when EarlyMessages.AreDue(entry, header):
            case ExchangeType.Transaction when EarlyMessages.AreDue(entry, header) && Transactions.AreSpoken(work, entry):
                EarlyMessages.Take(work, entry, datagram, name);
                break;
            case ExchangeType.QuickMode:
            case ExchangeType.Transaction when Transactions.AreSpoken(work, entry):
                TakePhase2(work, entry, datagram, header);
                break;
            case ExchangeType.NewGroupMode:
                NewGroups.Take(work, entry, datagram, header);
                break;
            case ExchangeType.Informational:
                Notices.Take(work, entry, datagram, header);
                break;
            default:    // also another mode in the middle of phase 1 (D-40)
                work.Reject(name, new Rejection.WrongExchangeType(header.ExchangeType));
                break;
        }
    }

    /// <summary>Phase 1 has moved to the NAT traversal port: what comes to the old one is old (RFC 3947 §4).</summary>
    [Clause("3947-4-05")]
    private static bool IsOfTheOldPort(Work work, IsakmpEntry entry, IPEndPoint local, Header header)
        => header.ExchangeType is ExchangeType.MainMode or ExchangeType.Aggressive
            && entry.Local.Equals(work.Setup.NatLocal) && !local.Equals(entry.Local);

    /// <summary>A message under an ISAKMP SA that has a message id of its own; an Informational is not among them.</summary>
    public static void TakePhase2(Work work, IsakmpEntry entry, Octets datagram, Header header)
    {
        if (header.ExchangeType == ExchangeType.Transaction)
        {
            Transactions.Take(work, entry, datagram, header);
        }
        else
        {
            QuickModes.Take(work, entry, datagram, header);
        }
    }

    /// <summary>A message 1: CKY-R is zero (RFC 2408 §2.5.3).</summary>
    [Clause("2408-2.4-01")]
    private static void TakeFirst(Work work, IPEndPoint local, IPEndPoint remote, Octets datagram, Header header, ExchangeName name)
    {
        if (work.State.Isakmp.TryGetValue(header.InitiatorCookie.Value, out var own) && own.Phase1.Role == Role.Initiator)
        {
            work.Reject(name, new Rejection.Reflected("the initiator's cookie is our own"));
        }
        else if (header.ExchangeType is not (ExchangeType.MainMode or ExchangeType.Aggressive))
        {
            RefuseType(work, local, remote, header, name);
        }
        else if (header.MessageId != 0)
        {
            work.Reject(name, new Rejection.BadMessageId(header.MessageId, "not zero in phase 1"));
        }
        else if (work.State.FirstMessages.TryGetValue((header.InitiatorCookie, remote), out var known))
        {
            Retransmission.Answer(work, work.State.Isakmp[known], datagram, name);
        }
        else
        {
            Phase1Exchanges.Respond(work, local, remote, datagram, header);
        }
    }

    /// <summary>
    /// No message 1 of IKE's. RFC 2408's own exchanges, which IKE leaves alone, are known and not spoken: a peer of a
    /// connection is told so (RFC 2408 §5.2, D-39). The notify is no longer than twice the message (D-150).
    /// </summary>
    [Clause("2408-5.2-03")]
    private static void RefuseType(Work work, IPEndPoint local, IPEndPoint remote, Header header, ExchangeName name)
    {
        var why = new Rejection.WrongExchangeType(header.ExchangeType);
        work.Reject(name, why);
        if (header.ExchangeType is ExchangeType.Base or ExchangeType.AuthenticationOnly
            && Peers.At(work.Setup, remote.Address).Length > 0)
        {
            Notices.SendClear(
                work, name, local, remote, new Refusal(why.Notify!.Value, Protocol.Isakmp, Octets.Empty));
        }
    }

    /// <summary>
    /// Our cookie is one of the two, in its place (D-31); the other must be the peer's, or not yet known in message 2
    /// (D-211).
    /// </summary>
    private static IsakmpEntry? Find(Work work, Header header)
    {
        var table = work.State.Isakmp;
        if (table.TryGetValue(header.ResponderCookie.Value, out var entry) && entry.Phase1.Role == Role.Responder
            && entry.Phase1.CKY_I == header.InitiatorCookie)
        {
            return entry;
        }

        return table.TryGetValue(header.InitiatorCookie.Value, out entry) && entry.Phase1.Role == Role.Initiator
            && (entry.Phase1.CKY_R == header.ResponderCookie
                || entry.Phase1.CKY_R.IsZero)
            ? entry
            : null;
    }

    private static bool SameHost(IPEndPoint a, IPEndPoint b) => a.Address.Equals(b.Address);
}
