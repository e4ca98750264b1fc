using System.Collections.Immutable;
using RefIke.Wire;

namespace RefIke.Exchanges.Negotiation;

/// <summary>What phase 1 offers, chooses and refuses (RFC 2409 §5, RFC 2408 §4.2).</summary>
public static class Phase1Negotiation
{
    /// <summary>
    /// One SA with one proposal and a transform a suite, in order of preference (RFC 2409 §5: one proposal only, D-61),
    /// numbered from 1 (D-62).
    /// </summary>
    [Clause("2409-5-11")]
    [Clause("2409-5-10")]
    [Clause("2408-2.4-04")]
    [Clause("2408-3.6-02")]
    [Clause("2408-4.1-02")]
    public static SecurityAssociationPayload Offer(ImmutableArray<Phase1Suite> suites)
        => Answering([.. suites.Select((s, i) => s.ToTransform((byte)(i + 1)))], 1);

    /// <summary>The answer to an offer: the chosen transform as it was offered, nothing modified (RFC 2409 §5).</summary>
    [Clause("2409-3.2-01")]
    [Clause("2409-5-13")]
    [Clause("2409-7.1-01")]
    [Clause("2408-4.2-06")]
    public static SecurityAssociationPayload Answer(ProposalPayload offered, TransformPayload chosen)
        => Answering([chosen], offered.Number);

    /// <summary>
    /// The responder's choice: the first offered transform that is among its own suites (D-134). Null with the refusal where
    /// there is none, or where the offer breaks the rules.
    /// </summary>
    /// <param name="groups">What a Group Description may name; null for the registered groups alone.</param>
    [Clause("2409-5-11")]
    [Clause("2408-5.6-01")]
    [Clause("2408-5.6-02")]
    [Clause("2407-4.5.4-01")]
    public static (ProposalPayload Proposal, TransformPayload Transform, Phase1Suite Suite)? Choose(
        SecurityAssociationPayload offer, ImmutableArray<Phase1Suite> own, out Rejection? refusal,
        KnownGroups? groups = null)
    {
        refusal = Shape(offer);
        if (refusal is not null)
        {
            return null;
        }

        var proposal = offer.Proposals[0];
        var last = "no transform";
        foreach (var transform in proposal.Transforms)
        {
            if (!Phase1Suite.TryRead(transform, out var suite, out var why, groups))
            {
                last = why;
                continue;
            }

            if (own.FirstOrDefault(o => o.SameAlgorithms(suite!)) is { } mine)
            {
                return (proposal, transform, suite!.NoLongerThan(mine));
            }

            last = $"{suite!.Name} is not acceptable here";
        }

        refusal = new Rejection.NothingAcceptable($"no offered transform is acceptable; the last: {last}", NotifyType.NoProposalChosen);
        return null;
    }

    /// <summary>
    /// The initiator's check of the answer: one transform, equal to one that was offered; attribute order and encoding are free,
    /// a lower life is taken, a higher one refused (RFC 2409 §5, App. A; D-63, D-66).
    /// </summary>
    [Clause("2409-5-14")]
    public static Phase1Suite? Check(SecurityAssociationPayload answer, ImmutableArray<Phase1Suite> offered,
        out Rejection? refusal, KnownGroups? groups = null)
    {
        refusal = Shape(answer);
        if (refusal is not null)
        {
            return null;
        }

        if (answer.Proposals[0].Transforms.Length != 1)
        {
            refusal = new Rejection.ChoiceNotOffered("more than one transform in the answer");
            return null;
        }

        if (!Phase1Suite.TryRead(answer.Proposals[0].Transforms[0], out var suite, out var why, groups))
        {
            refusal = new Rejection.ChoiceNotOffered(why);
            return null;
        }

        if (!offered.Any(suite!.Answers))
        {
            refusal = new Rejection.ChoiceNotOffered(suite!.Name);
            return null;
        }

        return suite;
    }

    [Clause("2408-5.4-01")]
    [Clause("2407-4.2.2-02")]
    [Clause("2408-5.4-02")]
    [Clause("2407-4.2.2-01")]
    [Clause("2407-4.2.3-01")]
    [Clause("2408-5.5-01")]
    private static Rejection.NothingAcceptable? Shape(SecurityAssociationPayload sa) => sa switch
    {
        // DOI 0 is read and refused, like any other but 1 (D-79).
        { Doi: not Doi.Ipsec } => new Rejection.NothingAcceptable($"DOI {(uint)sa.Doi}", NotifyType.DoiNotSupported),
        { Situation: not Situation.IdentityOnly } =>
            new Rejection.NothingAcceptable($"situation {sa.Situation}", NotifyType.SituationNotSupported),
        { Proposals.Length: not 1 } => new Rejection.NothingAcceptable("phase 1 has one proposal only", NotifyType.BadProposalSyntax),
        _ when sa.Proposals[0].Protocol != Protocol.Isakmp =>
            new Rejection.NothingAcceptable("the proposal is not for ISAKMP", NotifyType.InvalidProtocolId),
        _ => null,
    };

    private static SecurityAssociationPayload Answering(ImmutableArray<TransformPayload> transforms, byte number)
        => new(Doi.Ipsec, Situation.IdentityOnly, null, [new ProposalPayload(number, Protocol.Isakmp, Octets.Empty, transforms)]);
}
