using System.Buffers.Binary;
using System.Collections.Immutable;

namespace RefIke.Wire;

/// <summary>SA: DOI, situation and proposals (RFC 2408 §3.4, RFC 2407 §4.6.1).</summary>
/// <param name="Situation">
/// Four octets of the IPsec DOI's bit mask; those of another DOI are read as if they were.
/// </param>
/// <param name="Labels">There exactly where the situation asks for secrecy or integrity (RFC 2407 §4.6.1).</param>
public sealed record SecurityAssociationPayload(
    Doi Doi, Situation Situation, SituationLabels? Labels, ImmutableArray<ProposalPayload> Proposals) : Payload
{
    /// <inheritdoc/>
    public override PayloadType Type => PayloadType.SecurityAssociation;

    /// <inheritdoc/>
    public bool Equals(SecurityAssociationPayload? other)
        => other is not null && Doi == other.Doi && Situation == other.Situation && Labels == other.Labels
            && Proposals.SequenceEqual(other.Proposals);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Doi, Situation, Labels, Proposals.Length);

    /// <summary>With its proposals.</summary>
    public override string ToString()
        => $"{nameof(SecurityAssociationPayload)} {{ Doi = {Doi}, Situation = {Situation}, Labels = {Labels}, "
            + $"Proposals = [{string.Join(", ", Proposals)}] }}";

    internal override byte[] Encode()
    {
        var fixedPart = new byte[8];
        BinaryPrimitives.WriteUInt32BigEndian(fixedPart, (uint)Doi);
        BinaryPrimitives.WriteUInt32BigEndian(fixedPart.AsSpan(4), (uint)Situation);
        return [.. fixedPart, .. Labels?.Encode() ?? [],
            .. Proposals.SelectMany((p, i) => p.Encode(i == Proposals.Length - 1))];
    }

    [Clause("2408-3.4-02")]
    internal static SecurityAssociationPayload? Read(Body body, out Malformed? malformed)
    {
        if (!body.Has(8, Defect.SecurityAssociation, out malformed))
        {
            return null;
        }

        var (doi, situation) = ((Doi)body.U32(0), (Situation)body.U32(4));
        var at = 8;
        SituationLabels? labels = null;
        if (doi == Doi.Ipsec && SituationLabels.Follow(situation)
            && (labels = SituationLabels.Read(body, situation, ref at, out malformed)) is null)
        {
            return null;
        }

        return ProposalReader.TryRead(body, at, out var proposals, out malformed)
            ? new SecurityAssociationPayload(doi, situation, labels, proposals)
            : null;
    }
}
