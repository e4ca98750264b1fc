using System.Buffers.Binary;
using System.Collections.Immutable;

namespace RefIke.Wire;

/// <summary>SA: DOI, situation and proposals (RFC 2408 §3.4, RFC 2407 §4.6.1).</summary>
/// <param name="Labels">What follows the situation where it asks for secrecy or integrity (RFC 2407 §4.6.1), else empty.</param>
public sealed record SecurityAssociationPayload(Doi Doi, Situation Situation, Octets Labels, ImmutableArray<ProposalPayload> Proposals)
    : Payload
{
    /// <inheritdoc/>
    public override PayloadType Type => PayloadType.SecurityAssociation;

    /// <inheritdoc/>
    public bool Equals(SecurityAssociationPayload? other)
        => other is not null && Doi == other.Doi && Situation == other.Situation && Labels == other.Labels
            && Proposals.SequenceEqual(other.Proposals);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Doi, Situation, Labels, Proposals.Length);

    internal override byte[] Encode()
    {
        var fixedPart = new byte[8];
        BinaryPrimitives.WriteUInt32BigEndian(fixedPart, (uint)Doi);
        BinaryPrimitives.WriteUInt32BigEndian(fixedPart.AsSpan(4), (uint)Situation);
        return [.. fixedPart, .. Labels.Span, .. Proposals.SelectMany((p, i) => p.Encode(i == Proposals.Length - 1))];
    }

    internal static SecurityAssociationPayload? Read(Body body, out Malformed? malformed)
    {
        if (!body.Has(8, "2408-3.4-01", out malformed))
        {
            return null;
        }

        var (doi, situation) = ((Doi)body.U32(0), (Situation)body.U32(4));
        var at = 8;
        if (doi == Doi.Ipsec && (situation & (Situation.Secrecy | Situation.Integrity)) != 0
            && !SituationLabels.TrySkip(body, situation, ref at, out malformed))
        {
            return null;
        }

        return ProposalReader.TryRead(body, at, out var proposals, out malformed)
            ? new SecurityAssociationPayload(doi, situation, body.Part(8, at - 8), proposals)
            : null;
    }
}
