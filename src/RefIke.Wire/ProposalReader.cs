using System.Collections.Immutable;

namespace RefIke.Wire;

/// <summary>Proposals inside an SA and transforms inside a proposal (RFC 2408 §3.5, §3.6).</summary>
internal static class ProposalReader
{
    /// <summary>Octets of the fixed part of a proposal, and of a transform.</summary>
    private const int FixedPart = 8;

    private static readonly Nesting Proposals = new(
        2, Defect.ProposalHeader, Defect.ProposalNextPayload, Defect.ProposalReserved, Defect.ProposalLength);

    private static readonly Nesting Transforms = new(
        3, Defect.TransformHeader, Defect.TransformNextPayload, Defect.TransformReserved, Defect.TransformLength);

    [Clause("2408-3.4-02")]
    [Clause("2408-3.5-01")]
    [Clause("2408-5.5-03")]
    public static bool TryRead(
        Body body, int at, out ImmutableArray<ProposalPayload> proposals, out Malformed? malformed)
    {
        var read = ImmutableArray.CreateBuilder<ProposalPayload>();
        proposals = [];
        for (var more = true; more;)
        {
            if (!TryHeader(body, at, body.Length, Proposals, out var end, out more, out malformed)
                || Proposal(body, at, end, out malformed) is not { } proposal)
            {
                return false;
            }

            read.Add(proposal);
            at = end;
        }

        malformed = at == body.Length ? null
            : body.BadLength(Defect.OctetsAfterProposals, $"{body.Length - at} octets after the proposals");
        proposals = read.ToImmutable();
        return malformed is null;
    }

    [Clause("2408-3.5-02")]
    [Clause("2408-3.5-03")]
    private static ProposalPayload? Proposal(Body body, int at, int end, out Malformed? malformed)
    {
        var (number, protocol) = (body.U8(at + 4), (Protocol)body.U8(at + 5));
        int size = body.U8(at + 6), count = body.U8(at + 7);
        var position = at + FixedPart + size;
        malformed = position > end
            ? body.Bad(Defect.ProposalSpi, at + 6, $"an SPI of {size} octets runs over its proposal")
            : protocol == Protocol.Isakmp && size > 16
                ? body.Bad(Defect.ProposalIsakmpSpi, at + 6, $"an ISAKMP SPI of {size} octets")
            : null;
        if (malformed is not null)
        {
            return null;
        }

        var transforms = ImmutableArray.CreateBuilder<TransformPayload>();
        for (var more = true; more;)
        {
            if (!TryHeader(body, position, end, Transforms, out var stop, out more, out malformed)
                || !DataAttribute.TryReadAll(body, position + FixedPart, stop, out var attributes, out malformed))
            {
                return null;
            }

            transforms.Add(new TransformPayload(body.U8(position + 4), body.U8(position + 5), attributes));
            position = stop;
        }

        malformed = position != end
            ? body.Bad(Defect.OctetsAfterTransforms, at + 2, $"{end - position} octets after the transforms")
            : transforms.Count != count
                ? body.Bad(Defect.TransformCount, at + 7, $"{count} announced, {transforms.Count} there")
            : null;
        return malformed is null
            ? new ProposalPayload(number, protocol, body.Part(at + FixedPart, size), transforms.ToImmutable())
            : null;
    }

    /// <summary>
    /// A nested generic header: its next payload is its own type or 0, nothing else (RFC 2408 §3.5, §3.6; D-51).
    /// </summary>
    [Clause("2408-3.6-01")]
    [Clause("2408-5.3-01")]
    private static bool TryHeader(
        Body body, int at, int limit, Nesting nesting, out int end, out bool more, out Malformed? malformed)
    {
        (end, more, malformed) = (at, false, null);
        if (limit - at < FixedPart)
        {
            malformed = body.Bad(nesting.Header, Math.Min(at + 2, limit),
                $"{limit - at} octets where {FixedPart} are the least");
            return false;
        }

        int next = body.U8(at), length = body.U16(at + 2);
        malformed = next != 0 && next != nesting.Own
            ? body.Bad(nesting.NextPayload, at, $"next payload {next} inside an SA")
            : body.U8(at + 1) != 0 ? body.Bad(nesting.Reserved, at + 1, $"RESERVED is {body.U8(at + 1):x2}")
            : length < FixedPart || length > limit - at
                ? body.Bad(nesting.Length, at + 2, $"length {length} where {limit - at} octets are left")
            : null;
        (end, more) = (at + length, next == nesting.Own);
        return malformed is null;
    }

    /// <summary>What tells the two levels apart: the payload number, and which rule is broken by what.</summary>
    private sealed record Nesting(byte Own, Defect Header, Defect NextPayload, Defect Reserved, Defect Length);
}
