using System.Buffers.Binary;
using System.Collections.Immutable;
using RefIke.Wire;

namespace RefIke.Exchanges.Negotiation;

/// <summary>What Quick Mode offers, chooses and refuses for ESP (RFC 2409 §5.5, RFC 2407 §4.5, RFC 2408 §4.2).</summary>
public static class Phase2Negotiation
{
    /// <summary>One SA, one ESP proposal with our SPI, a transform a suite; all suites agree on PFS (RFC 2409 §5.5).</summary>
    [Clause("2409-5.5-09")]
    [Clause("2408-2.4-03")]
    [Clause("2408-3.6-02")]
    public static SecurityAssociationPayload Offer(ImmutableArray<EspSuite> suites, uint spi)
        => Sa(1, spi, [.. suites.Select((s, i) => s.ToTransform((byte)(i + 1)))]);

    /// <summary>The answer: the chosen transform unmodified, with our SPI (RFC 2408 §4.2).</summary>
    [Clause("2409-3.2-01")]
    [Clause("2409-5-13")]
    [Clause("2408-4.2-05")]
    [Clause("2408-4.2-06")]
    public static SecurityAssociationPayload Answer(byte proposal, TransformPayload chosen, uint spi) => Sa(proposal, spi, [chosen]);

    /// <summary>The responder's choice: the first offered transform of the first ESP proposal that is acceptable (D-134).</summary>
    [Clause("2408-4.2-04")]
    [Clause("2408-5.5-01")]
    [Clause("2408-5.6-01")]
    [Clause("2408-5.6-02")]
    [Clause("2407-4.5.4-01")]
    public static (ProposalPayload Proposal, TransformPayload Transform, EspSuite Suite, uint Spi)? Choose(
        SecurityAssociationPayload offer, ImmutableArray<EspSuite> own, int? keLength, out Rejection? refusal)
    {
        refusal = Shape(offer);
        if (refusal is not null)
        {
            return null;
        }

        var last = "no proposal for ESP";
        foreach (var proposal in offer.Proposals)
        {
            if (proposal.Protocol != Protocol.Esp || !TrySpi(proposal, out var spi)
                || offer.Proposals.Count(p => p.Number == proposal.Number) > 1)
            {
                last = "a proposal that is not ESP alone with an SPI of four octets from 256 up";
                continue;
            }

            foreach (var transform in proposal.Transforms)
            {
                if (!EspSuite.TryRead(transform, out var suite, out var why))
                {
                    last = why;
                }
                else if (suite!.PfsGroup?.PublicLength != keLength)
                {
                    last = "the group attribute and the KE payload do not fit each other";
                }
                else if (own.FirstOrDefault(o => o.SameAlgorithms(suite)) is { } mine)
                {
                    return (proposal, transform, suite.NoLongerThan(mine), spi);
                }
                else
                {
                    last = $"{suite.Name} in mode {suite.Mode} is not acceptable here";
                }
            }
        }

        refusal = new Rejection.NothingAcceptable($"no offered transform is acceptable; the last: {last}", NotifyType.NoProposalChosen);
        return null;
    }

    /// <summary>The initiator's check of the answer: one proposal, one transform, equal to one that was offered (RFC 2408 §4.2).</summary>
    [Clause("2408-4.2-07")]
    public static (EspSuite Suite, uint Spi)? Check(SecurityAssociationPayload answer, ImmutableArray<EspSuite> offered, uint ownSpi,
        out Rejection? refusal)
    {
        refusal = Shape(answer);
        if (refusal is not null)
        {
            return null;
        }

        if (answer.Proposals is not [{ Protocol: Protocol.Esp, Transforms: [var transform] } proposal] || !TrySpi(proposal, out var spi))
        {
            refusal = new Rejection.ChoiceNotOffered("not one ESP proposal with one transform and a valid SPI");
            return null;
        }

        if (spi == ownSpi)
        {
            refusal = new Rejection.ChoiceNotOffered("the peer's SPI is ours (D-107)");
            return null;
        }

        if (!EspSuite.TryRead(transform, out var suite, out var why))
        {
            refusal = new Rejection.ChoiceNotOffered(why);
            return null;
        }

        if (!offered.Any(suite!.Answers))
        {
            refusal = new Rejection.ChoiceNotOffered(suite!.Name);
            return null;
        }

        return (suite!, spi);
    }

    [Clause("2408-5.5-02")]
    [Clause("2408-2.4-03")]
    private static bool TrySpi(ProposalPayload proposal, out uint spi)
    {
        spi = proposal.Spi.Length == 4 ? BinaryPrimitives.ReadUInt32BigEndian(proposal.Spi.Span) : 0;
        return spi >= 256;
    }

    [Clause("2408-5.4-01")]
    [Clause("2408-5.4-02")]
    [Clause("2407-4.2.2-01")]
    [Clause("2407-4.2.3-01")]
    private static Rejection.NothingAcceptable? Shape(SecurityAssociationPayload sa) => sa switch
    {
        { Doi: not Doi.Ipsec } => new Rejection.NothingAcceptable($"DOI {(uint)sa.Doi}", NotifyType.DoiNotSupported),
        { Situation: not Situation.IdentityOnly } =>
            new Rejection.NothingAcceptable($"situation {sa.Situation}", NotifyType.SituationNotSupported),
        _ => null,
    };

    private static SecurityAssociationPayload Sa(byte number, uint spi, ImmutableArray<TransformPayload> transforms)
    {
        var octets = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(octets, spi);
        return new(Doi.Ipsec, Situation.IdentityOnly, null, [new ProposalPayload(number, Protocol.Esp, octets, transforms)]);
    }
}
