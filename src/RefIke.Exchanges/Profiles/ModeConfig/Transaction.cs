using System.Collections.Immutable;
using RefIke.Exchanges.Machines;
using RefIke.Wire;
using static RefIke.Exchanges.Profiles.ModeConfig.TransactionEvent;
using static RefIke.Exchanges.Profiles.ModeConfig.TransactionStep;
using static RefIke.Exchanges.Profiles.ModeConfig.TransactionTurn;

namespace RefIke.Exchanges.Profiles.ModeConfig;

/// <summary>The Transaction exchange (draft-dukes-ike-mode-cfg-02 §3.1), always protected: Mode Config and XAUTH are made of it.</summary>
/// <remarks><code>
///     Initiator                          Responder
///
///     HDR*, HASH, ATTR(REQUEST)  ─────▶
///                                ◀─────   HDR*, HASH, ATTR(REPLY)
/// or
///     HDR*, HASH, ATTR(SET)      ─────▶
///                                ◀─────   HDR*, HASH, ATTR(ACK)
/// </code>
/// What the attributes are is not this machine's business: a function gives them. The rows are spec/exchanges/transaction.rows.
/// </remarks>
public sealed class Transaction
{
    /// <summary>The exchange's name in the rows.</summary>
    public const string Exchange = "Transaction";

    private readonly ExchangeMeans means;

    /// <summary>The Transaction exchange with its machines configured.</summary>
    public Transaction(ExchangeMeans means)
    {
        this.means = means;
        Initiator = InitiatorTable(means.Wiring);
        Responder = ResponderTable(means.Wiring);
    }

    /// <summary>The initiator's table.</summary>
    public Table<TransactionStep, TransactionEvent, TransactionTurn> Initiator { get; }

    /// <summary>The responder's table.</summary>
    public Table<TransactionStep, TransactionEvent, TransactionTurn> Responder { get; }

    private static Table<TransactionStep, TransactionEvent, TransactionTurn> InitiatorTable(Wiring wiring)
        => new Table<TransactionStep, TransactionEvent, TransactionTurn>(Exchange, "Initiator", wiring)
            .In(Idle)
                .On(Ask, AwaitReply, "modecfg_3_1_1_01", send: SendRequest, payloads: "HDR* HASH ATTR(REQUEST)")
                .On(Push, AwaitAck, "modecfg_3_1_1_01", send: SendSet, payloads: "HDR* HASH ATTR(SET)")
            .In(AwaitReply)
                .On(Reply, Received, "modecfg_2_01", when: AnswerFits)
                .Refuse(Reply, "modecfg_3_1_1_01", when: HashDiffers)
                .Refuse(Reply, "modecfg_3_2_02", when: OtherIdentifier)
                .On(RetriesSpent, Failed, "2408_5_1_05")
                .On(ParentDeleted, Failed, "2408_5_15_03")
            .In(AwaitAck)
                .On(Ack, Received, "modecfg_2_02", when: AnswerFits)
                .Refuse(Ack, "modecfg_3_1_1_01", when: HashDiffers)
                .Refuse(Ack, "modecfg_3_2_02", when: OtherIdentifier)
                .On(RetriesSpent, Failed, "2408_5_1_05")
                .On(ParentDeleted, Failed, "2408_5_15_03");

    private static Table<TransactionStep, TransactionEvent, TransactionTurn> ResponderTable(Wiring wiring)
        => new Table<TransactionStep, TransactionEvent, TransactionTurn>(Exchange, "Responder", wiring)
            .In(Idle)
                .On(Request, Sent, "modecfg_2_01", when: HashMatches, send: SendReply, payloads: "HDR* HASH ATTR(REPLY)")
                .Refuse(Request, "modecfg_3_1_1_01", when: HashDiffers)
                .On(Set, Sent, "modecfg_2_02", when: HashMatches, send: SendAck, payloads: "HDR* HASH ATTR(ACK)")
                .Refuse(Set, "modecfg_3_1_1_01", when: HashDiffers);

    /// <summary>An order to ask or to push, with the attributes that go with it; or a time-out.</summary>
    public Turn<TransactionState> Happen(TransactionState before, TransactionEvent what, params ImmutableArray<DataAttribute> attributes)
        => Step(before, what, null, _ => attributes.IsDefault ? [] : attributes);

    /// <summary>A datagram with this exchange's cookies and message id.</summary>
    /// <param name="answer">What a REQUEST or SET is answered with; asked at most once, and only where HASH verifies.</param>
    /// <returns>The turn, and the payload received where it is to be obeyed.</returns>
    [Clause("modecfg-3.1.1-03")]
    public (Turn<TransactionState> Turn, AttributesPayload? Taken) Receive(
        TransactionState before, Octets datagram, Header header, Func<AttributesPayload, ImmutableArray<DataAttribute>> answer)
    {
        if (before.Step is Received or Sent or Failed)
        {
            return Refused(before, new Rejection.Unexpected($"{before.Step}", "a further message"));
        }

        if (!header.IsEncrypted)
        {
            return Refused(before, new Rejection.WrongProtection(false));
        }

        var p = before.Phase1;
        if (Protection.Open(datagram, header, p.Suite!.Cipher, p.Keys!.Ka, before.Iv, out var opened) is { } undecodable)
        {
            return Refused(before, undecodable);
        }

        if (Classify(opened!.Payloads) is not { } what)
        {
            return Refused(before, new Rejection.WrongPayloads(opened.Payloads.Names(), NotifyType.PayloadMalformed));
        }

        var turn = Step(before, what, opened, answer);
        return (turn, turn.Rejection is null ? opened.Payloads.One<AttributesPayload>() : null);
    }

    /// <summary>HASH first, one ATTR (D-45, D-185), of a type that is known (§3.3).</summary>
    [Clause("modecfg-3.1.1-03")]
    [Clause("modecfg-3.3-01")]
    private static TransactionEvent? Classify(ImmutableArray<Payload> payloads)
        => payloads is [HashPayload, ..] && payloads.Are(PayloadType.Hash, PayloadType.Attributes)
            ? payloads.One<AttributesPayload>()!.MessageType switch
            {
                ConfigurationMessage.Request => Request,
                ConfigurationMessage.Reply => Reply,
                ConfigurationMessage.Set => Set,
                ConfigurationMessage.Ack => Ack,
                _ => null,
            }
            : null;

    private Turn<TransactionState> Step(
        TransactionState before, TransactionEvent what, Opened? opened, Func<AttributesPayload, ImmutableArray<DataAttribute>> answer)
    {
        var work = new TransactionTurn(means, before, opened, answer);
        var (next, taken) = (before.Role == Role.Initiator ? Initiator : Responder).Step(before.Step, what, work);
        if (taken is null)
        {
            return Turn<TransactionState>.Refused(before, work.Rejection ?? new Rejection.Unexpected($"{before.Step}", $"{what}"));
        }

        if (next == before.Step)
        {
            return new(before, null, work.Rejection, taken);
        }

        var after = before with { Step = next, Iv = opened?.LastBlock ?? before.Iv, Identifier = work.Received?.Identifier ?? before.Identifier };
        Octets? sent = null;
        if (work.Outgoing is not null)
        {
            (sent, var iv) = work.Protect(after.Iv);
            after = after with { Iv = iv };
        }

        return new(after, sent, work.Rejection, taken);
    }

    private static (Turn<TransactionState> Turn, AttributesPayload? Taken) Refused(TransactionState before, Rejection why)
        => (Turn<TransactionState>.Refused(before, why), null);
}
