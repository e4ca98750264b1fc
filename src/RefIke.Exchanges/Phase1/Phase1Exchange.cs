using System.Collections.Immutable;
using RefIke.Wire;

namespace RefIke.Exchanges.Phase1;

/// <summary>
/// Main or Aggressive Mode with one authentication method (RFC 2409 §5.1 to §5.4): takes a datagram, an order or a time-out,
/// gives the record after it and the datagram to send. Which payloads are awaited when is the method's table.
/// </summary>
[Clause("2409-5-01")]
public sealed class Phase1Exchange
{
    private readonly ExchangeMeans means;

    internal Phase1Exchange(ExchangeMeans means, Phase1Method method) => (this.means, Method) = (means, method);

    /// <summary>Its tables and messages.</summary>
    public Phase1Method Method { get; }

    /// <summary>An order or a time-out.</summary>
    /// <param name="unixSeconds">The time of day, in seconds since 1970, for certificates.</param>
    public Turn<Phase1State> Happen(Phase1State before, Phase1Event what, long unixSeconds) => Step(before, what, [], null, unixSeconds);

    /// <summary>A datagram for this exchange; its header has been read.</summary>
    /// <param name="unixSeconds">The time of day, in seconds since 1970, for certificates.</param>
    [Clause("2409-5-21")]
    [Clause("2408-3.1-13")]
    [Clause("2408-3.1-04")]
    public Turn<Phase1State> Receive(Phase1State before, Octets datagram, Header header, long unixSeconds)
    {
        if (before.Step is Phase1Step.Established or Phase1Step.Failed)
        {
            return Turn<Phase1State>.Refused(before, new Rejection.Unexpected($"{before.Step}", "a further message"));
        }

        if (Due(before) is { } encrypted && header.IsEncrypted != encrypted)
        {
            return Turn<Phase1State>.Refused(before, new Rejection.WrongProtection(header.IsEncrypted));
        }

        Opened? opened = null;
        ImmutableArray<Payload> payloads;
        if (header.IsEncrypted)
        {
            if (Protection.Open(datagram, header, before.Suite!.Cipher, before.Keys!.Ka, before.Iv, out opened) is { } undecodable)
            {
                return Turn<Phase1State>.Refused(before, undecodable);
            }

            payloads = opened!.Payloads;
        }
        else if (MessageReader.TryRead(datagram.Memory, Method.EncryptedBodies.AsSpan(), out var message, out var malformed))
        {
            payloads = message!.Payloads;
        }
        else
        {
            return Turn<Phase1State>.Refused(before, new Rejection.BadSyntax(malformed!));
        }

        if (Classify(payloads, header.IsEncrypted, before.Role) is not { } what)
        {
            return Turn<Phase1State>.Refused(
                before, new Rejection.WrongPayloads(payloads.Names(), NotifyType.PayloadMalformed));
        }

        var known = before with { CKY_R = before.CKY_R.IsZero ? header.ResponderCookie : before.CKY_R };
        var turn = Step(known, what, payloads, opened, unixSeconds);
        return turn.Rejection is not null && turn.Taken?.Next == turn.Taken?.State ? turn with { After = before } : turn;
    }

    /// <summary>
    /// Whether the message that is awaited must be HDR* (true) or HDR (false). With the keys known Main Mode demands HDR*,
    /// while the last message of Aggressive Mode may be either (null; RFC 2409 §5, D-15).
    /// </summary>
    [Clause("2409-5-07")]
    private static bool? Due(Phase1State before)
        => before.Keys is null ? false : before.Mode == ExchangeType.Aggressive ? null : true;

    /// <summary>
    /// Which message of the drawing it is, whatever the Commit bit says (D-163); where there is an SA payload it comes
    /// first (RFC 2409 §5).
    /// </summary>
    [Clause("2409-5-04")]
    [Clause("2407-4.2.1-02")]
    [Clause("2408-4.1-02")]
    private Phase1Event? Classify(ImmutableArray<Payload> payloads, bool encrypted, Role own)
    {
        foreach (var message in Method.Messages)
        {
            if (payloads.Are(message.Needed, message.Optional) && (message.Encrypted ?? encrypted) == encrypted && message.From != own
                && (!message.Needed.Contains(PayloadType.SecurityAssociation) || payloads[0].Type == PayloadType.SecurityAssociation))
            {
                return message.What;
            }
        }

        return null;
    }

    private Turn<Phase1State> Step(
        Phase1State before, Phase1Event what, ImmutableArray<Payload> payloads, Opened? opened, long unixSeconds)
    {
        var work = new Phase1Turn(means, Method, before, payloads, unixSeconds);
        if (opened is not null)
        {
            work.After = work.After with { Iv = opened.LastBlock };
        }

        work.TakeCertificates();
        work.TakeVendorIds();
        work.TakeNotifies();
        var (next, taken) = (before.Role == Role.Initiator ? Method.Initiator : Method.Responder).Step(before.Step, what, work);
        if (taken is null)
        {
            return Turn<Phase1State>.Refused(before, work.Rejection ?? new Rejection.Unexpected($"{before.Step}", $"{what}"));
        }

        if (next == before.Step)
        {
            return new(before, null, work.Rejection, taken);
        }

        var after = work.After with { Step = next };
        Octets? sent = null;
        if (work.Outgoing.Length > 0)
        {
            (sent, after) = Write(after, work.Outgoing, work.Encrypts);
        }

        return new(Ended(after), sent, work.Rejection, taken, work.Refusal);
    }

    /// <summary>HDR or HDR*, as the table's send decided.</summary>
    [Clause("2408-2.4-02")]
    [Clause("2408-3.1-01")]
    [Clause("2408-3.1-03")]
    [Clause("2408-3.1-04")]
    private static (Octets, Phase1State) Write(Phase1State after, ImmutableArray<Payload> payloads, bool encrypts)
    {
        var header = Header.Of(after.CKY_I, after.CKY_R, after.Mode, 0);
        if (!encrypts)
        {
            return (MessageWriter.Write(header, payloads), after);
        }

        var (datagram, iv) = Protection.Seal(header, payloads, after.Suite!.Cipher, after.Keys!.Ka, after.Iv);
        return (datagram, after with { Iv = iv });
    }

    /// <summary>An exchange that has ended keeps no private value and no copy of the shared key (RFC 2409 §8, §10).</summary>
    [Clause("2409-10-05")]
    private static Phase1State Ended(Phase1State after) => after.Step switch
    {
        Phase1Step.Established => after with { X = null, Terms = null, CertificatesReceived = [], CertificateRequests = [] },
        Phase1Step.Failed => after with { X = null, Terms = null, Keys = null },
        _ => after,
    };
}
