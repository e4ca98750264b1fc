using System.Collections.Immutable;
using RefIke.Exchanges.Machines;
using RefIke.Wire;

namespace RefIke.Exchanges.Isakmp;

/// <summary>
/// The exchanges that RFC 2408 defines itself (§4.4 to §4.7), at its own level: which payloads go when, cookies, flags,
/// where encryption begins, what a copy is answered with. Keys and AUTH are the domain of interpretation's (<see
/// cref="IIsakmpDoi"/>). IKE instantiates two of them as Main and Aggressive Mode and has no use for the others, so an
/// endpoint does not speak these: they are here to be read, taught and tested (D-200).
/// </summary>
public sealed class IsakmpExchange
{
    private readonly IIsakmpDoi doi;

    /// <summary>The four exchanges with their machines configured.</summary>
    public IsakmpExchange(IIsakmpDoi doi, Wiring wiring) => (this.doi, All) = (doi, IsakmpTables.All(wiring));

    /// <summary>Base, Identity Protection, Authentication Only and Aggressive.</summary>
    public ImmutableArray<IsakmpTables> All { get; }

    /// <summary>An order or a time-out.</summary>
    public Turn<IsakmpState> Happen(IsakmpState before, IsakmpEvent what) => Step(before, before, what, []);

    /// <summary>
    /// A datagram with this exchange's cookies. What is refused changes nothing; a copy of the message that our last
    /// one answers is answered by the same octets (RFC 2408 §5.1).
    /// </summary>
    [Clause("2408-5.1-06")]
    [Clause("2408-5.2-02")]
    public Turn<IsakmpState> Receive(IsakmpState before, Octets datagram, Header header)
    {
        if (before.LastReceived is { } last && last.Equals(datagram))
        {
            return new(before, before.LastSent, new Rejection.Duplicate($"{header.ExchangeType}"), null);
        }

        if (header.ExchangeType != before.Type)
        {
            return Refuse(new Rejection.WrongExchangeType(header.ExchangeType));
        }

        if (header.MessageId != before.M_ID)
        {
            return Refuse(new Rejection.BadMessageId(header.MessageId, $"the exchange has {before.M_ID:x8}"));
        }

        if (before.Step is IsakmpStep.Established or IsakmpStep.Failed)
        {
            return Refuse(new Rejection.Unexpected($"{before.Step}", "a further message"));
        }

        if (before.LastSent is { } own && own.Equals(datagram))
        {
            return Refuse(new Rejection.Reflected("our own message"));
        }

        if (!HasCookies(before, header))
        {
            return Refuse(new Rejection.UnknownSa("other cookies"));
        }

        var known = before with { CKY_R = before.CKY_R.IsZero ? header.ResponderCookie : before.CKY_R };

        return Read(known, datagram, header, out var payloads, out var after) is { } unreadable ? Refuse(unreadable)
            : Classify(before, payloads, header.IsEncrypted, out var misplaced) is { } what
                ? Step(before, after with { LastReceived = datagram }, what, payloads)
                : Refuse(misplaced!);

        Turn<IsakmpState> Refuse(Rejection why) => Turn<IsakmpState>.Refused(before, why);
    }

    /// <summary>
    /// Both cookies are the exchange's: CKY-R is zero in message 1 of a first phase, and chosen in message 2 (§2.5.3).
    /// </summary>
    [Clause("2408-5.2-01")]
    private static bool HasCookies(IsakmpState before, Header header) => before.CKY_I == header.InitiatorCookie
        && (before is { Under: null, IsInitiator: false, Step: IsakmpStep.Idle } ? header.ResponderCookie.IsZero
            : before.CKY_R.IsZero ? !header.ResponderCookie.IsZero : before.CKY_R == header.ResponderCookie);

    private static Rejection? Read(
        IsakmpState known, Octets datagram, Header header, out ImmutableArray<Payload> payloads, out IsakmpState after)
    {
        (payloads, after) = ([], known);
        if (!header.IsEncrypted)
        {
            if (!MessageReader.TryRead(datagram.Memory, out var message, out var malformed))
            {
                return new Rejection.BadSyntax(malformed!);
            }

            payloads = message!.Payloads;
            return null;
        }

        if ((known.Under ?? known.Keys) is not { } keys)
        {
            return new Rejection.WrongProtection(true);
        }

        if (Protection.Open(datagram, header, keys.Cipher, keys.Key, keys.Iv, out var opened) is { } undecodable)
        {
            return undecodable;
        }

        payloads = opened!.Payloads;
        after = Chained(known, opened.LastBlock);
        return null;
    }

    /// <summary>
    /// Which message of the drawing it is. Its payloads may come in any order but for SA, which is first (RFC 2408
    /// §4.1, D-43); HDR* where the drawing has it, and everywhere in a second phase (§3.1, §4.6).
    /// </summary>
    [Clause("2408-4.1-02")]
    [Clause("2408-3.1-04")]
    [Clause("2408-3.1-13")]
    private IsakmpEvent? Classify(
        IsakmpState before, ImmutableArray<Payload> payloads, bool encrypted, out Rejection? misplaced)
    {
        foreach (var message in Of(before).Messages)
        {
            var needed = message.With(doi.Auth);
            if (message.From == before.Role || !payloads.Are(needed, [])
                || (needed.Contains(PayloadType.SecurityAssociation) && payloads[0] is not SecurityAssociationPayload))
            {
                continue;
            }

            var due = message.Encrypted || before.Under is not null;
            misplaced = due == encrypted ? null : new Rejection.WrongProtection(encrypted);
            return due == encrypted ? message.What : null;
        }

        misplaced = new Rejection.WrongPayloads(payloads.Names(), NotifyType.PayloadMalformed);
        return null;
    }

    private IsakmpTables Of(IsakmpState exchange) => All.First(t => t.Type == exchange.Type);

    private Turn<IsakmpState> Step(
        IsakmpState before, IsakmpState read, IsakmpEvent what, ImmutableArray<Payload> payloads)
    {
        var work = new IsakmpTurn(doi, before, read, payloads);
        var tables = Of(before);
        var (next, taken) = (before.IsInitiator ? tables.Initiator : tables.Responder).Step(before.Step, what, work);
        if (taken is null || next == before.Step)
        {
            return new(before, null, work.Rejection ?? new Rejection.Unexpected($"{before.Step}", $"{what}"), taken);
        }

        var after = work.Completed() with { Step = next };
        Octets? sent = null;
        if (work.Outgoing.Length > 0)
        {
            (sent, after) = Write(after, work.Outgoing, work.Encrypts);
            after = after with { LastSent = sent };
        }

        var ended = next is IsakmpStep.Established or IsakmpStep.Failed;
        return new(ended ? after with { X = null } : after, sent, work.Rejection, taken, work.Refusal);
    }

    /// <summary>
    /// HDR or HDR*. No flag but Encryption is set: the Commit bit is for SAs whose other end must wait (§3.1).
    /// </summary>
    [Clause("2408-3.1-01")]
    [Clause("2408-3.1-03")]
    private static (Octets, IsakmpState) Write(IsakmpState after, ImmutableArray<Payload> payloads, bool encrypts)
    {
        var header = Header.Of(after.CKY_I, after.CKY_R, after.Type, after.M_ID);
        if (!encrypts)
        {
            return (MessageWriter.Write(header, payloads), after);
        }

        var keys = (after.Under ?? after.Keys)!;
        var (datagram, iv) = Protection.Seal(header, payloads, keys.Cipher, keys.Key, keys.Iv);
        return (datagram, Chained(after, iv));
    }

    /// <summary>The keys that protect the exchange, with their next IV.</summary>
    private static IsakmpState Chained(IsakmpState exchange, Octets iv) => exchange.Under is { } above
        ? exchange with { Under = above with { Iv = iv } }
        : exchange with { Keys = exchange.Keys! with { Iv = iv } };
}
