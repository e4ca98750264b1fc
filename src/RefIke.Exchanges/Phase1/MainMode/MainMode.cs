using System.Collections.Immutable;
using RefIke.Exchanges.Machines;
using RefIke.Wire;

namespace RefIke.Exchanges.Phase1.MainMode;

/// <summary>
/// Main Mode (RFC 2409 §5), the messages of ISAKMP's Identity Protection exchange: takes a datagram, an order or a time-out,
/// gives the record after it and the datagram to send. Which payloads are awaited is the method's table.
/// </summary>
[Clause("2409-5-01")]
public sealed class MainMode
{
    private readonly ExchangeMeans means;

    /// <summary>Main Mode with its machines configured.</summary>
    public MainMode(ExchangeMeans means)
    {
        this.means = means;
        Initiator = PreSharedKey.Initiator(means.Wiring);
        Responder = PreSharedKey.Responder(means.Wiring);
    }

    /// <summary>The initiator's table.</summary>
    public Table<Phase1Step, MainModeEvent, MainModeTurn> Initiator { get; }

    /// <summary>The responder's table.</summary>
    public Table<Phase1Step, MainModeEvent, MainModeTurn> Responder { get; }

    /// <summary>An order or a time-out.</summary>
    public Turn<Phase1State> Happen(Phase1State before, MainModeEvent what) => Step(before, what, [], null);

    /// <summary>A datagram for this exchange; its header has been read.</summary>
    [Clause("2409-5-21")]
    [Clause("2408-3.1-13")]
    [Clause("2408-3.1-04")]
    public Turn<Phase1State> Receive(Phase1State before, Octets datagram, Header header)
    {
        if (before.Step is Phase1Step.Established or Phase1Step.Failed)
        {
            return Turn<Phase1State>.Refused(before, new Rejection.Unexpected($"{before.Step}", "a further message"));
        }

        var encryptedDue = before.Step is Phase1Step.AwaitHashI or Phase1Step.AwaitHashR;
        if (header.IsEncrypted != encryptedDue)
        {
            return Turn<Phase1State>.Refused(before, new Rejection.WrongProtection(header.IsEncrypted));
        }

        Opened? opened = null;
        ImmutableArray<Payload> payloads;
        if (encryptedDue)
        {
            if (Protection.Open(datagram, header, before.Suite!.Cipher, before.Keys!.Ka, before.Iv, out opened) is { } undecodable)
            {
                return Turn<Phase1State>.Refused(before, undecodable);
            }

            payloads = opened!.Payloads;
        }
        else if (MessageReader.TryRead(datagram.Memory, out var message, out var malformed))
        {
            payloads = message!.Payloads;
        }
        else
        {
            return Turn<Phase1State>.Refused(before, new Rejection.BadSyntax(malformed!));
        }

        if (Classify(payloads, encryptedDue) is not { } what)
        {
            return Turn<Phase1State>.Refused(
                before, new Rejection.WrongPayloads(payloads.Names(), NotifyType.PayloadMalformed));
        }

        return Step(before with { CKY_R = before.CKY_R.IsZero ? header.ResponderCookie : before.CKY_R }, what, payloads, opened) is var turn
            && turn.Rejection is not null && turn.Taken?.Next == turn.Taken?.State
            ? turn with { After = before }
            : turn;
    }

    [Clause("2409-5-04")]
    [Clause("2407-4.2.1-02")]
    [Clause("2408-4.1-02")]
    private static MainModeEvent? Classify(ImmutableArray<Payload> payloads, bool encrypted)
    {
        if (encrypted)
        {
            return payloads.Are(PayloadType.Identification, PayloadType.Hash) ? MainModeEvent.IdAndHash : null;
        }

        if (payloads.Are(PayloadType.SecurityAssociation) && payloads[0].Type == PayloadType.SecurityAssociation)
        {
            return MainModeEvent.SaPayload;
        }

        return payloads.Are(PayloadType.KeyExchange, PayloadType.Nonce) ? MainModeEvent.KeyAndNonce : null;
    }

    private Turn<Phase1State> Step(Phase1State before, MainModeEvent what, ImmutableArray<Payload> payloads, Opened? opened)
    {
        var work = new MainModeTurn(means, before, payloads);
        if (opened is not null)
        {
            work.After = before with { Iv = opened.LastBlock };
        }

        var (next, taken) = (before.Role == Role.Initiator ? Initiator : Responder).Step(before.Step, what, work);
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
            (sent, after) = Write(after, work.Outgoing);
        }

        return new(Ended(after), sent, work.Rejection, taken, work.Refusal);
    }

    /// <summary>HDR until there are keys, HDR* from message 5 on.</summary>
    [Clause("2408-2.4-02")]
    [Clause("2408-3.1-01")]
    [Clause("2408-3.1-03")]
    [Clause("2408-3.1-04")]
    private static (Octets, Phase1State) Write(Phase1State after, ImmutableArray<Payload> payloads)
    {
        var header = new Header(after.CKY_I, after.CKY_R, PayloadType.None, 0x10, ExchangeType.MainMode, HeaderFlags.None, 0, 0);
        if (after.Step is not (Phase1Step.AwaitHashR or Phase1Step.Established))
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
        Phase1Step.Established => after with { X = null, Terms = null },
        Phase1Step.Failed => after with { X = null, Terms = null, Keys = null },
        _ => after,
    };
}
