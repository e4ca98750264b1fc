using System.Collections.Immutable;
using RefIke.Exchanges.Machines;
using RefIke.Wire;
using static RefIke.Exchanges.Phase2.QuickModeEvent;
using static RefIke.Exchanges.Phase2.QuickModeStep;
using static RefIke.Exchanges.Phase2.QuickModeTurn;

namespace RefIke.Exchanges.Phase2;

/// <summary>
/// Quick Mode (RFC 2409 §5.5), with and without PFS and client identities. Further SA payloads may follow the first,
/// each for a pair of its own; the drawing has one.
/// </summary>
/// <remarks><code>
///     Initiator                                        Responder
///
/// 1   HDR*, HASH(1), SA, Ni [,KE] [,IDci,IDcr]  ─────▶
/// 2                                             ◀─────   HDR*, HASH(2), SA, Nr [,KE] [,IDci,IDcr]
/// 3   HDR*, HASH(3)                             ─────▶
/// 4                                             ◀─────   HDR*, HASH(4), N (CONNECTED), if the Commit bit was set in 2
/// </code>
/// The rows are spec/exchanges/quick-mode.rows.
/// </remarks>
[Clause("2409-5-01")]
[Clause("2409-5.5-04")]
public sealed class QuickMode
{
    /// <summary>The exchange's name in the rows.</summary>
    public const string Exchange = "QuickMode";

    private readonly ExchangeMeans means;

    /// <summary>Quick Mode with its machines configured.</summary>
    public QuickMode(ExchangeMeans means)
    {
        this.means = means;
        Initiator = InitiatorTable(means.Wiring);
        Responder = ResponderTable(means.Wiring);
    }

    /// <summary>The initiator's table.</summary>
    public Table<QuickModeStep, QuickModeEvent, QuickModeTurn> Initiator { get; }

    /// <summary>The responder's table.</summary>
    public Table<QuickModeStep, QuickModeEvent, QuickModeTurn> Responder { get; }

    [Clause("2409-5.5-20")]
    private static Table<QuickModeStep, QuickModeEvent, QuickModeTurn> InitiatorTable(Wiring wiring)
        => new Table<QuickModeStep, QuickModeEvent, QuickModeTurn>(Exchange, "Initiator", wiring)
            .In(Idle)
                .On(Initiate, AwaitHash2, "2409_5_5_20", send: SendHash1SaNonce, payloads: "HDR* HASH(1) SA Ni [KE] [IDci IDcr]")
            .In(AwaitHash2)
                .On(Hash2SaNonce, Established, "2409_5_5_20", when: AnswerAcceptable, send: SendHash3, payloads: "HDR* HASH(3)")
                .On(Hash2SaNonce, AwaitConnected, "2408_3_1_06", when: AnswerAcceptableAndCommits, send: SendHash3,
                    payloads: "HDR* HASH(3)")
                .Refuse(Hash2SaNonce, "2409_5_5_12", when: HashDiffers)
                .On(Hash2SaNonce, Failed, "2408_4_2_07", when: AnswerNotOffered)
                .On(Refused, Failed, "2408_5_14_05")
                .On(RetriesSpent, Failed, "2408_5_1_05")
                .On(ParentDeleted, Failed, "2408_5_15_03")
            .In(AwaitConnected)
                .On(QuickModeEvent.Connected, Established, "2408_3_1_06", when: HashMatches)
                .Refuse(QuickModeEvent.Connected, "2408_5_11_01", when: HashDiffers)
                .On(RetriesSpent, Established, "2408_3_1_06")
                .On(ParentDeleted, Failed, "2408_5_15_03")
                .On(PeerDeleted, Failed, "2408_5_15_03");

    [Clause("2409-5.5-20")]
    private static Table<QuickModeStep, QuickModeEvent, QuickModeTurn> ResponderTable(Wiring wiring)
        => new Table<QuickModeStep, QuickModeEvent, QuickModeTurn>(Exchange, "Responder", wiring)
            .In(Idle)
                .On(Hash1SaNonce, AwaitHash3, "2409_5_5_20", when: OfferAcceptable, send: SendHash2SaNonce,
                    payloads: "HDR* HASH(2) SA Nr [KE] [IDci IDcr]")
                .Refuse(Hash1SaNonce, "2409_5_5_11", when: HashDiffers)
                .On(Hash1SaNonce, Failed, "2408_5_4_03", when: NothingAcceptable, send: SendRefusal, payloads: "HDR* HASH(1) N")
            .In(AwaitHash3)
                .On(Hash3, Established, "2409_7_2_01", when: HashMatches)
                .On(Hash3, Established, "2408_3_1_07", when: HashMatchesAndCommits, send: SendConnected,
                    payloads: "HDR* HASH(4) N")
                .Refuse(Hash3, "2409_5_5_13", when: HashDiffers)
                .On(RetriesSpent, Failed, "2408_5_1_05")
                .On(ParentDeleted, Failed, "2408_5_15_03")
                .On(PeerDeleted, Failed, "2408_5_15_03");

    /// <summary>An order, a time-out, or what the peer's Informational said of this exchange.</summary>
    public Turn<QuickModeState> Happen(QuickModeState before, QuickModeEvent what) => Step(before, what, [], null);

    /// <summary>A datagram with this exchange's cookies and message id; once it has ended nothing more (D-133).</summary>
    [Clause("2409-5.5-01")]
    [Clause("2409-5.5-02")]
    public Turn<QuickModeState> Receive(QuickModeState before, Octets datagram, Header header)
    {
        if (before.Step is Established or Failed)
        {
            return Turn<QuickModeState>.Refused(before, new Rejection.Unexpected($"{before.Step}", "a further message"));
        }

        if (!header.IsEncrypted)
        {
            return Turn<QuickModeState>.Refused(before, new Rejection.WrongProtection(false));
        }

        if (before.Step != AwaitConnected)
        {
            return Take(before, datagram, header, before.Iv);
        }

        // CONNECTED may go on with the Quick Mode's IV, or begin like an Informational with its message id (D-162).
        var turn = Take(before, datagram, header, before.Iv);
        return turn.After.Step == AwaitConnected
            && Take(before, datagram, header, FirstIv(before)) is { After.Step: Established } fresh ? fresh : turn;
    }

    private Octets FirstIv(QuickModeState of) => means.Formulas.Phase2Iv(of.Phase1.Suite!.Hash, of.Phase1.Iv.Span,
        of.Name.M_ID, of.Phase1.Suite.Cipher.BlockLength);

    private Turn<QuickModeState> Take(QuickModeState before, Octets datagram, Header header, Octets iv)
    {
        var suite = before.Phase1.Suite!;
        var Ka = before.Phase1.Keys!.Ka;
        if (Protection.Open(datagram, header, suite.Cipher, Ka, iv, out var opened) is { } undecodable)
        {
            return Turn<QuickModeState>.Refused(before, undecodable);
        }

        var commits = (header.Flags & HeaderFlags.Commit) != 0;
        return Classify(opened!.Payloads, before) is { } what
            ? Step(before, what, opened.Payloads, opened, commits)
            : Turn<QuickModeState>.Refused(
                before, new Rejection.WrongPayloads(opened.Payloads.Names(), NotifyType.PayloadMalformed));
    }

    /// <summary>
    /// HASH first, then SA, further ones right behind it, both identities or none (RFC 2409 §5.5; D-44, D-89); what
    /// stands behind HASH(3) is left alone (D-131).
    /// </summary>
    [Clause("2409-5.5-22")]
    [Clause("2409-5.5-19")]
    [Clause("2409-5.5-02")]
    [Clause("2409-5.5-03")]
    [Clause("2409-5-21")]
    private static QuickModeEvent? Classify(ImmutableArray<Payload> payloads, QuickModeState before)
    {
        if (before.Step == AwaitHash3)
        {
            return payloads[0].Type == PayloadType.Hash ? Hash3 : null;
        }

        if (before.Step == AwaitConnected)
        {
            return payloads is [HashPayload, NotificationPayload { NotifyType: NotifyType.Connected }, ..]
                ? QuickModeEvent.Connected : null;
        }

        if (payloads is not [HashPayload, SecurityAssociationPayload, ..])
        {
            return null;
        }

        var ids = payloads.Count(p => p.Type == PayloadType.Identification);
        var kes = payloads.Count(p => p.Type == PayloadType.KeyExchange);
        var sas = payloads.Skip(1).TakeWhile(p => p is SecurityAssociationPayload).Count();
        var rest = payloads.RemoveRange(1, sas - 1)
            .Where(p => p.Type is not (PayloadType.Identification or PayloadType.KeyExchange)).ToImmutableArray();
        if (ids is not (0 or 2) || kes > 1 || !rest.Are(PayloadType.Hash, PayloadType.SecurityAssociation, PayloadType.Nonce))
        {
            return null;
        }

        return before.Role == Role.Initiator ? Hash2SaNonce : Hash1SaNonce;
    }

    private Turn<QuickModeState> Step(QuickModeState before, QuickModeEvent what, ImmutableArray<Payload> payloads,
        Opened? opened, bool commits = false)
    {
        var work = new QuickModeTurn(means, before, payloads, opened, commits);
        var (next, taken) = (before.Role == Role.Initiator ? Initiator : Responder).Step(before.Step, what, work);
        if (taken is null)
        {
            return Turn<QuickModeState>.Refused(before, work.Rejection ?? new Rejection.Unexpected($"{before.Step}", $"{what}"));
        }

        if (next == before.Step)
        {
            return new(before, null, work.Rejection, taken);
        }

        var after = work.After with { Step = next };
        Octets? sent = null;
        if (work.Outgoing.Length > 0)
        {
            (sent, after) = Write(after, work);
        }

        if (after.Step is Established or Failed)
        {
            after = after with { X = null, Agreed = after.Step == Failed ? [] : after.Agreed };
        }

        return new(after, sent, work.Rejection, taken, work.Refusal);
    }

    [Clause("2409-4-04")]
    [Clause("2408-3.1-05")]
    private static (Octets, QuickModeState) Write(QuickModeState after, QuickModeTurn work)
    {
        var flags = after is { Step: AwaitHash3, Commits: true } ? HeaderFlags.Commit : HeaderFlags.None;
        var header = Header.Of(after.Name.CKY_I, after.Name.CKY_R, ExchangeType.QuickMode, after.Name.M_ID, flags);
        var (datagram, iv) = Protection.Seal(header, work.Outgoing, after.Phase1.Suite!.Cipher, after.Phase1.Keys!.Ka, after.Iv);
        return (datagram, after with { Iv = iv });
    }
}
