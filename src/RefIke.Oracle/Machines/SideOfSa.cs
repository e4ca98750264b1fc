using System.Collections.Immutable;
using System.Net;
using RefIke.Exchanges;
using RefIke.Oracle.KeyLogs;
using RefIke.Wire;
using Cookie = RefIke.Wire.Cookie;

namespace RefIke.Oracle.Machines;

/// <summary>One side of a captured ISAKMP SA, in whose place RefIke's machines stand.</summary>
/// <param name="Sa">What was read of it with this side's secrets.</param>
/// <param name="Log">What this side logged.</param>
/// <param name="SecretsDiffer">The other side logged another SKEYID: the two share no secret.</param>
internal sealed record SideOfSa(Role Side, IsakmpReplay Sa, KeyLog Log, bool SecretsDiffer)
{
    /// <summary>Everything but retransmissions.</summary>
    public IEnumerable<ReplayedMessage> Messages => Sa.Messages.Where(m => !m.IsRepeated);

    /// <summary>The initiator's cookie.</summary>
    public Cookie CKY_I => Sa.Messages[0].Header!.Value.InitiatorCookie;

    /// <summary>
    /// The responder's cookie; where it answered nothing, one of no meaning that is not zero (RFC 2408 §2.5.3).
    /// </summary>
    public Cookie CKY_R
    {
        get
        {
            var known = Messages.Select(m => m.Header!.Value.ResponderCookie).FirstOrDefault(c => !c.IsZero);
            return known.IsZero ? new Cookie(~CKY_I.Value) : known;
        }
    }

    /// <summary>Where this side is, and where the other is, in the first message.</summary>
    public (IPEndPoint Own, IPEndPoint Peer) Places
    {
        get
        {
            var first = Sa.Messages[0].Datagram;
            return IsOwn(Sa.Messages[0]) ? (first.From, first.To) : (first.To, first.From);
        }
    }

    /// <summary>Whether this side sent it.</summary>
    public bool IsOwn(ReplayedMessage message) => message.FromInitiator == (Side == Role.Initiator);

    /// <summary>The messages of one exchange, retransmissions left out.</summary>
    public ImmutableArray<ReplayedMessage> Exchange(ExchangeType type, uint M_ID)
        => [.. Messages.Where(m => m.Header!.Value.ExchangeType == type && m.Header.Value.MessageId == M_ID)];

    /// <summary>The first payload of a kind that this side, or the other, sent in an exchange.</summary>
    public T? First<T>(bool own, uint M_ID)
        where T : Payload
        => Messages.Where(m => m.Header!.Value.MessageId == M_ID && IsOwn(m) == own)
            .SelectMany(m => m.Payloads).OfType<T>().FirstOrDefault();

    /// <summary>The first error that this side told after a message (RFC 2408 §3.14.1).</summary>
    public NotifyType? OwnErrorAfter(int frame)
        => Messages.FirstOrDefault(m => m.Frame > frame && IsOwn(m) && m.Error is not null)?.Error;
}

/// <summary>What a machine would need to go on is neither in the capture nor in the log.</summary>
/// <param name="ofCapture">Whether it is a message, which the real side had.</param>
internal sealed class NotInRecordException(string what, bool ofCapture = false) : Exception(what)
{
    public bool IsOfCapture => ofCapture;
}
