using System.Collections.Immutable;

namespace RefIke.Wire;

/// <summary>Proposals inside an SA and transforms inside a proposal (RFC 2408 §3.5, §3.6).</summary>
internal static class ProposalReader
{
    [Clause("2408-3.5-01")]
    public static bool TryRead(Body body, int at, out ImmutableArray<ProposalPayload> proposals, out Malformed? malformed)
    {
        var read = ImmutableArray.CreateBuilder<ProposalPayload>();
        proposals = [];
        for (var more = true; more;)
        {
            if (!TryHeader(body, at, body.Length, 2, 8, "2408-3.5-01", out var end, out more, out malformed)
                || Proposal(body, at, end, out malformed) is not { } proposal)
            {
                return false;
            }

            read.Add(proposal);
            at = end;
        }

        malformed = at == body.Length ? null : Bad(body, "Payload Length", at, "2408-3.4-01", $"{body.Length - at} octets after the proposals");
        proposals = read.ToImmutable();
        return malformed is null;
    }

    private static ProposalPayload? Proposal(Body body, int at, int end, out Malformed? malformed)
    {
        var (number, protocol, size, count) = (body.U8(at + 4), (Protocol)body.U8(at + 5), (int)body.U8(at + 6), (int)body.U8(at + 7));
        if (at + 8 + size > end || (protocol == Protocol.Isakmp && size > 16))
        {
            malformed = Bad(body, "SPI Size", at + 6, "2408-3.5-02", $"an SPI of {size} octets");
            return null;
        }

        var transforms = ImmutableArray.CreateBuilder<TransformPayload>();
        var position = at + 8 + size;
        for (var more = true; more;)
        {
            if (!TryHeader(body, position, end, 3, 8, "2408-3.6-01", out var stop, out more, out malformed)
                || !DataAttribute.TryReadAll(body, position + 8, stop, out var attributes, out malformed))
            {
                return null;
            }

            transforms.Add(new TransformPayload(body.U8(position + 4), body.U8(position + 5), attributes));
            position = stop;
        }

        malformed = position != end ? Bad(body, "Payload Length", position, "2408-3.5-01", $"{end - position} octets after the transforms")
            : transforms.Count != count ? Bad(body, "# of Transforms", at + 7, "2408-3.5-03", $"{count} announced, {transforms.Count} there")
            : null;
        return malformed is null ? new ProposalPayload(number, protocol, body.Part(at + 8, size), transforms.ToImmutable()) : null;
    }

    /// <summary>A nested generic header: its next payload is its own type or 0, nothing else (RFC 2408 §3.5, §3.6; D-51).</summary>
    private static bool TryHeader(
        Body body, int at, int limit, byte own, int least, string clause, out int end, out bool more, out Malformed? malformed)
    {
        (end, more, malformed) = (at, false, null);
        if (limit - at < least)
        {
            malformed = Bad(body, "Payload Length", at, clause, $"{limit - at} octets where {least} are the least");
            return false;
        }

        int next = body.U8(at), length = body.U16(at + 2);
        if (next != 0 && next != own)
        {
            malformed = Bad(body, "Next Payload", at, clause, $"next payload {next} inside an SA");
        }
        else if (body.U8(at + 1) != 0)
        {
            malformed = Bad(body, "RESERVED", at + 1, "2408-5.3-02", $"RESERVED is {body.U8(at + 1):x2}");
        }
        else if (length < least || length > limit - at)
        {
            malformed = Bad(body, "Payload Length", at + 2, clause, $"length {length} where {limit - at} octets are left");
        }

        (end, more) = (at + length, next == own);
        return malformed is null;
    }

    private static Malformed Bad(Body body, string field, int at, string clause, string reason)
        => body.Bad(field, at, clause, reason, NotifyType.BadProposalSyntax);
}
