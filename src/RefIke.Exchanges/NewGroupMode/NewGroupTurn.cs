using System.Collections.Immutable;
using RefIke.Crypto;
using RefIke.Exchanges.Negotiation;
using RefIke.Wire;

namespace RefIke.Exchanges.NewGroupMode;

/// <summary>
/// One event's work on a New Group Mode exchange: guards over record and message, sends that fill what goes out.
/// </summary>
public sealed class NewGroupTurn
{
    private readonly ExchangeMeans means;
    private readonly Opened? opened;
    private bool? hashIsRight;
    private bool? acceptable;

    internal NewGroupTurn(ExchangeMeans means, NewGroupState before, ImmutableArray<Payload> payloads, Opened? opened)
    {
        (this.means, Before, Payloads, this.opened) = (means, before, payloads, opened);
        After = opened is null ? before : before with { Iv = opened.LastBlock };
    }

    /// <summary>The record before the event.</summary>
    public NewGroupState Before { get; }

    /// <summary>The record after it.</summary>
    public NewGroupState After { get; set; }

    /// <summary>The payloads received; empty for orders and time-outs.</summary>
    public ImmutableArray<Payload> Payloads { get; }

    /// <summary>The payloads to send; empty where nothing is sent.</summary>
    public ImmutableArray<Payload> Outgoing { get; set; } = [];

    /// <summary>Why the message was refused.</summary>
    public Rejection? Rejection { get; set; }

    /// <summary>The notify to send, where the row says so.</summary>
    public Refusal? Refusal { get; set; }

    private SecurityAssociationPayload Sa => Payloads.One<SecurityAssociationPayload>()!;

    /// <summary>HASH(1) verifies, the offer describes a group, and policy takes it.</summary>
    public static bool GroupAcceptable(NewGroupTurn t) => t.HashIsRight() && t.Judge();

    /// <summary>HASH(1) verifies, and the group is not taken.</summary>
    public static bool GroupNotAcceptable(NewGroupTurn t) => t.HashIsRight() && !t.Judge();

    /// <summary>HASH(2) verifies, and the answer is the offer.</summary>
    public static bool AnswerAcceptable(NewGroupTurn t) => t.HashIsRight() && t.AnswerIsTheOffer();

    /// <summary>HASH(2) verifies, and the answer is another group.</summary>
    public static bool AnswerNotOffered(NewGroupTurn t) => t.HashIsRight() && !t.AnswerIsTheOffer();

    /// <summary>The HASH payload does not verify.</summary>
    public static bool HashDiffers(NewGroupTurn t) => !t.HashIsRight();

    /// <summary>
    /// HDR*, HASH(1), SA, and HDR*, HASH(2), SA: the answer's SA is the offered one, nothing modified (RFC 2408 §4.2).
    /// </summary>
    [Clause("2409-5.6-03")]
    [Clause("2409-5.6-02")]
    public static void SendHashAndSa(NewGroupTurn t)
    {
        var sa = t.Before.Role == Role.Initiator ? Offer(t.Before) : t.Sa;
        t.After = t.After with { Offered = sa.Body };
        t.Outgoing = [new HashPayload(t.Hash(MessageWriter.WritePayloads([sa]))), sa];
    }

    /// <summary>Instead of message 2: ATTRIBUTES-NOT-SUPPORTED under the ISAKMP SA (D-132).</summary>
    [Clause("2409-5.6-04")]
    public static void SendRefusal(NewGroupTurn t)
        => t.Refusal = new Refusal(NotifyType.AttributesNotSupported, Protocol.Isakmp, Octets.Empty);

    /// <summary>One proposal for ISAKMP, one transform KEY_IKE whose attributes describe the group (D-195).</summary>
    private static SecurityAssociationPayload Offer(NewGroupState s) => new(Doi.Ipsec, Situation.IdentityOnly, null,
    [
        new ProposalPayload(1, Protocol.Isakmp, Octets.Empty,
        [
            new TransformPayload(
                1, (byte)IsakmpTransform.KeyIke, GroupAttributes.Write((ushort)s.Number, s.Agreed!.Parameters)),
        ]),
    ]);

    /// <summary>HASH(1) and HASH(2) are made alike: prf(SKEYID_a, M-ID | SA), the SA with its generic header.</summary>
    [Clause("2409-5.6-02")]
    [Clause("2408-5.11-01")]
    private bool HashIsRight()
    {
        if (hashIsRight is null)
        {
            hashIsRight = ConstantTime.Equal(Hash(opened!.AfterHash.Span), Payloads.One<HashPayload>()!.Data.Span);
            Rejection = hashIsRight.Value
                ? Rejection
                : new Rejection.HashMismatch(Before.Role == Role.Initiator ? "HASH(2)" : "HASH(1)");
        }

        return hashIsRight.Value;
    }

    private byte[] Hash(ReadOnlySpan<byte> sa)
        => means.Formulas.HASH_1(Before.Phase1.Suite!.Prf, Before.Phase1.Keys!.SKEYID_a, Before.Name.M_ID, sa);

    private bool AnswerIsTheOffer()
    {
        var same = Sa.Body == Before.Offered;
        Rejection = same ? Rejection : new Rejection.ChoiceNotOffered("the answer is not the group that was offered");
        return same;
    }

    /// <summary>
    /// Judged once, the cheap tests first: form, policy, size, number; then the parameters themselves (D-199). A number
    /// in use is taken only with the parameters that it has (D-196).
    /// </summary>
    [Clause("2409-5.6-03")]
    [Clause("2409-5.6-04")]
    [Clause("2409-10-04")]
    private bool Judge() => acceptable ??= Fault() is not { } fault || Reject(fault);

    private bool Reject(string fault)
    {
        Rejection = new Rejection.GroupRefused(fault);
        return false;
    }

    private string? Fault()
    {
        if (Sa.Doi != Doi.Ipsec || Sa.Situation != Situation.IdentityOnly
            || Sa.Proposals is not [{ Protocol: Protocol.Isakmp, Transforms: [var transform] }]
            || transform.Id != (byte)IsakmpTransform.KeyIke)
        {
            return "not one ISAKMP proposal with one transform KEY_IKE";
        }

        if (!GroupAttributes.TryRead(transform.Attributes, out var number, out var parameters, out var why))
        {
            return why;
        }

        var agreed = Before.Phase1.PrivateGroups;
        if (agreed.TryGetValue(number, out var known))
        {
            After = After with { Number = number, Agreed = known };
            return known.Parameters == parameters ? null : $"group {number} is in use with other parameters";
        }

        var bits = FieldBits(parameters!);
        if (Before.Terms is not { } terms)
        {
            return "policy takes no private groups";
        }

        if (bits > terms.LargestBits || (parameters is GroupParameters.Modp && bits < terms.SmallestBits))
        {
            return $"a field of {bits} bits is not what policy takes";
        }

        if (agreed.Count >= terms.AtMost)
        {
            return $"{agreed.Count} private groups are agreed already";
        }

        var fault = PrivateGroup.TryMake(number, parameters!, out var group);
        After = After with
        {
            Number = number,
            Agreed = group is null ? null : new PrivateGroupAgreed(parameters!, group),
        };
        return fault == GroupFault.None ? null : $"{fault}";
    }

    private static long FieldBits(GroupParameters parameters) => parameters switch
    {
        GroupParameters.Modp m => (long)m.Prime.GetBitLength(),
        GroupParameters.Ecp e => (long)e.Prime.GetBitLength(),
        GroupParameters.Ec2n e => (long)e.Polynomial.GetBitLength() - 1,
        _ => throw new ArgumentException($"no such group type: {parameters}", nameof(parameters)),
    };
}
