using System.Collections.Immutable;
using RefIke.Exchanges.Machines;
using RefIke.Exchanges.Phase1;
using RefIke.Wire;
using static RefIke.Exchanges.NewGroupMode.NewGroupEvent;
using static RefIke.Exchanges.NewGroupMode.NewGroupStep;
using static RefIke.Exchanges.NewGroupMode.NewGroupTurn;

namespace RefIke.Exchanges.NewGroupMode;

/// <summary>
/// New Group Mode (RFC 2409 §5.6): the two ends of an ISAKMP SA agree on a Diffie-Hellman group of their own.
/// </summary>
/// <remarks><code>
///     Initiator                                        Responder
///
/// 1   HDR*, HASH(1), SA                         ─────▶
/// 2                                             ◀─────   HDR*, HASH(2), SA
/// </code>
/// It is no phase 2 exchange, though protected like one. The group is agreed for the responder once message 2 is sent,
/// for the initiator once it has come, and ends with its ISAKMP SA (D-197). Until then Quick Mode under that SA, and a
/// later phase 1 with the same peer, may name it by its number.
/// The rows are spec/exchanges/new-group-mode.rows.
/// </remarks>
[Clause("2409-5.6-01")]
public sealed class NewGroupExchange
{
    /// <summary>The exchange's name in the rows.</summary>
    public const string Exchange = "NewGroupMode";

    private readonly ExchangeMeans means;

    /// <summary>New Group Mode with its machines configured.</summary>
    public NewGroupExchange(ExchangeMeans means)
    {
        this.means = means;
        Initiator = new Table<NewGroupStep, NewGroupEvent, NewGroupTurn>(Exchange, "Initiator", means.Wiring)
            .In(Idle)
                .On(Initiate, AwaitHash2, "2409_5_6_02", send: SendHashAndSa, payloads: "HDR* HASH(1) SA")
            .In(AwaitHash2)
                .On(HashAndSa, Established, "2409_5_6_02", when: AnswerAcceptable)
                .Refuse(HashAndSa, "2408_5_11_01", when: HashDiffers)
                .On(HashAndSa, Failed, "2408_4_2_07", when: AnswerNotOffered)
                .On(Refused, Failed, "2409_5_6_04")
                .On(RetriesSpent, Failed, "2408_5_1_05")
                .On(ParentDeleted, Failed, "2408_5_15_03");
        Responder = new Table<NewGroupStep, NewGroupEvent, NewGroupTurn>(Exchange, "Responder", means.Wiring)
            .In(Idle)
                .On(HashAndSa, Established, "2409_5_6_02", when: GroupAcceptable, send: SendHashAndSa,
                    payloads: "HDR* HASH(2) SA")
                .Refuse(HashAndSa, "2408_5_11_01", when: HashDiffers)
                .On(HashAndSa, Failed, "2409_5_6_04", when: GroupNotAcceptable, send: SendRefusal,
                    payloads: "HDR* HASH(1) N");
    }

    /// <summary>The initiator's table.</summary>
    public Table<NewGroupStep, NewGroupEvent, NewGroupTurn> Initiator { get; }

    /// <summary>The responder's table.</summary>
    public Table<NewGroupStep, NewGroupEvent, NewGroupTurn> Responder { get; }

    /// <summary>An order, a time-out, or what the peer's Informational said of this exchange.</summary>
    public Turn<NewGroupState> Happen(NewGroupState before, NewGroupEvent what) => Step(before, what, [], null);

    /// <summary>
    /// A datagram with this exchange's cookies and message id. Our own that comes back is never an answer (D-194).
    /// </summary>
    [Clause("2409-4-03")]
    public Turn<NewGroupState> Receive(NewGroupState before, Octets datagram, Header header)
    {
        if (before.Phase1.Step != Phase1Step.Established)
        {
            return Refuse(new Rejection.Unexpected($"{before.Phase1.Step}", "New Group Mode before phase 1 has ended"));
        }

        if (before.Step is Established or Failed)
        {
            return Refuse(new Rejection.Unexpected($"{before.Step}", "a further message"));
        }

        if (!header.IsEncrypted)
        {
            return Refuse(new Rejection.WrongProtection(false));
        }

        if (before.Sent is { } own && own.Equals(datagram))
        {
            return Refuse(new Rejection.Reflected("our own New Group Mode message"));
        }

        var (cipher, Ka) = (before.Phase1.Suite!.Cipher, before.Phase1.Keys!.Ka);
        if (Protection.Open(datagram, header, cipher, Ka, before.Iv, out var opened) is { } undecodable)
        {
            return Refuse(undecodable);
        }

        return opened!.Payloads is [HashPayload, SecurityAssociationPayload]
            ? Step(before, HashAndSa, opened.Payloads, opened)
            : Refuse(new Rejection.WrongPayloads(opened.Payloads.Names(), NotifyType.PayloadMalformed));

        Turn<NewGroupState> Refuse(Rejection why) => Turn<NewGroupState>.Refused(before, why);
    }

    private Turn<NewGroupState> Step(
        NewGroupState before, NewGroupEvent what, ImmutableArray<Payload> payloads, Opened? opened)
    {
        var work = new NewGroupTurn(means, before, payloads, opened);
        var (next, taken) = (before.Role == Role.Initiator ? Initiator : Responder).Step(before.Step, what, work);
        if (taken is null || next == before.Step)
        {
            return new(before, null, work.Rejection ?? new Rejection.Unexpected($"{before.Step}", $"{what}"), taken);
        }

        var after = work.After with { Step = next, Agreed = next == Failed ? null : work.After.Agreed };
        if (work.Outgoing.Length == 0)
        {
            return new(after, null, work.Rejection, taken, work.Refusal);
        }

        var phase1 = after.Phase1;
        var header = Header.Of(phase1.CKY_I, phase1.CKY_R, ExchangeType.NewGroupMode, after.Name.M_ID);
        var (sent, iv) = Protection.Seal(header, work.Outgoing, phase1.Suite!.Cipher, phase1.Keys!.Ka, after.Iv);
        return new(after with { Iv = iv, Sent = sent }, sent, work.Rejection, taken, work.Refusal);
    }
}
