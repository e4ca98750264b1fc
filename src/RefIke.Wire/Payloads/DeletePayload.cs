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
        => other is not null && Doi == other.Doi && Protocol == other.Protocol && SpiSize == other.SpiSize && Spis.SequenceEqual(other.Spis);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Doi, Protocol, SpiSize, Spis.Length);

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
    [Clause("2408-3.15-03")]
    internal static DeletePayload? Read(Body body, out Malformed? malformed)
    {
        if (!body.Has(8, "2408-3.15-03", out malformed))
        {
            return null;
        }

        int size = body.U8(5), count = body.U16(6);
        if (size * count != body.Length - 8 || (size == 0 && count > 0))
        {
            malformed = body.Bad("# of SPIs", 6, "2408-3.15-03", $"{count} SPIs of {size} octets in {body.Length - 8}");
            return null;
        }

        return new DeletePayload((Doi)body.U32(0), (Protocol)body.U8(4), (byte)size,
            [.. Enumerable.Range(0, count).Select(i => body.Part(8 + (i * size), size))]);
    }
}
