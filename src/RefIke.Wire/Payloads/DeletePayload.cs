using System.Buffers.Binary;
using System.Collections.Immutable;

namespace RefIke.Wire;

/// <summary>D: SPIs of the sender that are gone (RFC 2408 §3.15).</summary>
/// <param name="SpiSize">Octets of each SPI: 4 for IPsec SAs, 16 for an ISAKMP SA.</param>
public sealed record DeletePayload(Doi Doi, Protocol Protocol, byte SpiSize, ImmutableArray<Octets> Spis) : Payload
{
    /// <inheritdoc/>
    public override PayloadType Type => PayloadType.Delete;

    /// <inheritdoc/>
    public bool Equals(DeletePayload? other)
        => other is not null && Doi == other.Doi && Protocol == other.Protocol && SpiSize == other.SpiSize
            && Spis.SequenceEqual(other.Spis);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Doi, Protocol, SpiSize, Spis.Length);

    /// <summary>With its SPIs.</summary>
    public override string ToString()
        => $"{nameof(DeletePayload)} {{ Doi = {Doi}, Protocol = {Protocol}, SpiSize = {SpiSize}, "
            + $"Spis = [{string.Join(", ", Spis)}] }}";

    internal override byte[] Encode()
    {
        var fixedPart = new byte[8];
        BinaryPrimitives.WriteUInt32BigEndian(fixedPart, (uint)Doi);
        fixedPart[4] = (byte)Protocol;
        fixedPart[5] = SpiSize;
        BinaryPrimitives.WriteUInt16BigEndian(fixedPart.AsSpan(6), (ushort)Spis.Length);
        return [.. fixedPart, .. Spis.SelectMany(s => s.ToArray())];
    }

    /// <summary># of SPIs times SPI Size is all that follows.</summary>
    [Clause("2408-3.15-04")]
    internal static DeletePayload? Read(Body body, out Malformed? malformed)
    {
        if (!body.Has(8, Defect.Delete, out malformed))
        {
            return null;
        }

        int size = body.U8(5), count = body.U16(6);
        malformed = size == 0 && count > 0 ? body.Bad(Defect.DeleteSpiSize, 5, $"{count} SPIs of no octets")
            : size * count != body.Length - 8
                ? body.Bad(Defect.DeleteSpiCount, 6, $"{count} SPIs of {size} octets in {body.Length - 8}")
            : null;
        if (malformed is not null)
        {
            return null;
        }

        return new DeletePayload((Doi)body.U32(0), (Protocol)body.U8(4), (byte)size,
            [.. Enumerable.Range(0, count).Select(i => body.Part(8 + (i * size), size))]);
    }
}
