using RefIke.Exchanges;
using RefIke.Wire;

namespace RefIke.Engine.Steps;

/// <summary>
/// A phase 2 message from a peer whose last phase 1 message has not come: it was lost or overtaken. What that message answers is
/// sent again at once, for the peer's timer no longer runs (D-04, D-216), and one such message waits a little (D-206).
/// </summary>
internal static class EarlyMessages
{
    /// <summary>How long one waits, in milliseconds.</summary>
    private const long Waits = 5_000;

    /// <summary>
    /// Whether the peer may be done with phase 1 while this side is not: when we await its last message, with the keys known. What
    /// is in clear or has no message id is no message of phase 2 (RFC 2409 §5.5).
    /// </summary>
    [Clause("2409-5.5-01")]
    public static bool AreDue(IsakmpEntry entry, Header header)
        => header is { IsEncrypted: true, MessageId: not 0 } && entry is { Established: null, Phase1.Keys: not null }
            && entry.Phase1.Role == (entry.Phase1.Mode == ExchangeType.Aggressive ? Role.Responder : Role.Initiator);

    /// <summary>Nothing of it is believed: it is kept as it came, and our last message is sent again, as often as for copies (D-07).</summary>
    public static void Take(Work work, IsakmpEntry entry, Octets datagram, ExchangeName name)
    {
        work.Reject(name, new Rejection.Early($"phase 2 in {entry.Phase1.Step}"));
        entry = entry.Held is null ? entry with { Held = (datagram, work.Now) } : entry;
        work.Put(entry);
        Retransmission.Again(work, entry);
    }

    /// <summary>The peer is authenticated: what waited is taken, unless it is too old.</summary>
    public static void Release(Work work, IsakmpEntry entry)
    {
        if (entry.Held is { } held && work.Now <= held.At.After(Waits) && Header.TryRead(held.Datagram.Span, out var header, out _))
        {
            Routing.TakePhase2(work, work.State.Isakmp[entry.Own.Value], held.Datagram, header);
        }
    }
}
