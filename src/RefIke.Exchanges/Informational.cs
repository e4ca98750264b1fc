using System.Collections.Immutable;
using RefIke.Crypto;
using RefIke.Exchanges.Machines;
using RefIke.Exchanges.Phase1;
using RefIke.Wire;
using static RefIke.Exchanges.InformationalEvent;
using static RefIke.Exchanges.InformationalStep;

namespace RefIke.Exchanges;

/// <summary>Where an Informational exchange is; it has one message.</summary>
public enum InformationalStep
{
    /// <summary>Before its message.</summary>
    Idle,

    /// <summary>Sent.</summary>
    Sent,

    /// <summary>Received and verified, or received in clear while there are no keys.</summary>
    Received,
}

/// <summary>What happens in an Informational exchange.</summary>
public enum InformationalEvent
{
    /// <summary>An order to send under an ISAKMP SA.</summary>
    SendProtected,

    /// <summary>An order to send while there is none.</summary>
    SendClear,

    /// <summary>HDR*, HASH(1), N or D.</summary>
    HashAndBody,

    /// <summary>HDR, N.</summary>
    ClearBody,
}

/// <summary>The Informational exchange (RFC 2409 §5.7): one message, protected once there are keys, never answered.</summary>
/// <remarks><code>
///     Sender                      Receiver
///
///     HDR*, HASH(1), N/D  ─────▶
/// </code>
/// The rows are spec/exchanges/informational.rows.
/// </remarks>
[Clause("2408-4.1-01")]
public sealed class Informational
{
    /// <summary>The exchange's name in the rows.</summary>
    public const string Exchange = "Informational";

    private readonly ExchangeMeans means;

    /// <summary>The Informational exchange with its machines configured.</summary>
    public Informational(ExchangeMeans means)
    {
        this.means = means;
        Sender = new Table<InformationalStep, InformationalEvent, InformationalTurn>(Exchange, "Sender", means.Wiring)
            .In(Idle)
                .On(SendProtected, Sent, "2409_5_7_01", send: InformationalTurn.HashAndBody, payloads: "HDR* HASH(1) N/D", sends: "HashAndBody")
                .On(SendClear, Sent, "2409_5_7_03", when: InformationalTurn.BeforeKeys, send: InformationalTurn.ClearBody,
                    payloads: "HDR N", guard: "BeforeKeys", sends: "ClearBody")
                .Refuse(SendClear, "2408_5_14_02", when: InformationalTurn.KeysExist, guard: "KeysExist");
        Receiver = new Table<InformationalStep, InformationalEvent, InformationalTurn>(Exchange, "Receiver", means.Wiring)
            .In(Idle)
                .On(HashAndBody, Received, "2409_5_7_01", when: InformationalTurn.HashMatches, guard: "HashMatches", sends: "")
                .Refuse(HashAndBody, "2408_5_11_01", when: InformationalTurn.HashDiffers, guard: "HashDiffers")
                .On(ClearBody, Received, "2409_5_7_03", when: InformationalTurn.BeforeKeys, guard: "BeforeKeys", sends: "")
                .Refuse(ClearBody, "2408_5_14_04", when: InformationalTurn.KeysExist, guard: "KeysExist");
    }

    /// <summary>The sender's table.</summary>
    public Table<InformationalStep, InformationalEvent, InformationalTurn> Sender { get; }

    /// <summary>The receiver's table.</summary>
    public Table<InformationalStep, InformationalEvent, InformationalTurn> Receiver { get; }

    /// <summary>Writes a notify or delete: protected where the ISAKMP SA has been established, in clear before there are keys.</summary>
    [Clause("2409-5.7-01")]
    [Clause("2408-4.8-01")]
    [Clause("2408-5.14-02")]
    public (Octets? Datagram, TraceEntry? Taken) Send(Phase1State phase1, uint M_ID, ImmutableArray<Payload> body)
    {
        var work = new InformationalTurn(means, phase1, M_ID, body, null);
        var what = phase1.Step == Phase1Step.Established ? SendProtected : SendClear;
        var (_, taken) = Sender.Step(Idle, what, work);
        return (work.Datagram, taken);
    }

    /// <summary>Takes one. The body is obeyed only where there is no rejection; a clear one is a hint and no more (D-156).</summary>
    [Clause("2409-5.7-01")]
    [Clause("2408-5.14-04")]
    public (ImmutableArray<Payload> Body, Rejection? Rejection, TraceEntry? Taken) Receive(Phase1State phase1, Octets datagram, Header header)
    {
        Opened? opened = null;
        ImmutableArray<Payload> payloads;
        if (header.IsEncrypted)
        {
            if (phase1.Step != Phase1Step.Established)
            {
                return ([], new Rejection.WrongProtection(true), null);
            }

            var suite = phase1.Suite!;
            var iv = means.Formulas.Phase2Iv(suite.Hash, phase1.Iv.Span, header.MessageId, suite.Cipher.BlockLength);
            if (Protection.Open(datagram, header, suite.Cipher, phase1.Keys!.Ka, iv, out opened) is { } undecodable)
            {
                return ([], undecodable, null);
            }

            payloads = opened!.Payloads;
            if (payloads is not [HashPayload, ..] || !HasBody(payloads))
            {
                return ([], new Rejection.WrongPayloads(payloads.Names(), NotifyType.PayloadMalformed), null);
            }
        }
        else if (MessageReader.TryRead(datagram.Memory, out var message, out var malformed))
        {
            payloads = message!.Payloads;
        }
        else
        {
            return ([], new Rejection.BadSyntax(malformed!), null);
        }

        var work = new InformationalTurn(means, phase1, header.MessageId, payloads, opened);
        var (next, taken) = Receiver.Step(Idle, header.IsEncrypted ? HashAndBody : ClearBody, work);
        return next == Received
            ? ([.. payloads.Where(p => p is NotificationPayload or DeletePayload)], null, taken)
            : ([], work.Rejection ?? new Rejection.Unexpected("Idle", "an Informational message"), taken);
    }

    /// <summary>
    /// N or D after HASH(1), and nothing of another exchange: no HASH covers the exchange type, so that a first message of Quick Mode
    /// that somebody sends on as an Informational has a HASH(1) that verifies, and would use up its message id.
    /// </summary>
    [Clause("2409-5-21")]
    private static bool HasBody(ImmutableArray<Payload> payloads)
        => payloads.Any(p => p is NotificationPayload or DeletePayload)
            && payloads.RemoveAll(p => p is DeletePayload).Are(PayloadType.Hash);
}
