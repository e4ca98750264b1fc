using System.Buffers.Binary;

namespace RefIke.Wire;

/// <summary>N (RFC 2408 §3.14).</summary>
/// <param name="Spi">The SPI, up to 255 octets; 16 with both cookies for an ISAKMP SA.</param>
public sealed record NotificationPayload(Doi Doi, Protocol Protocol, Octets Spi, NotifyType NotifyType, Octets Data) : Payload
{
    /// <inheritdoc/>
    public override PayloadType Type => PayloadType.Notification;

    internal override byte[] Encode()
    {
        var fixedPart = new byte[8];
        BinaryPrimitives.WriteUInt32BigEndian(fixedPart, (uint)Doi);
        fixedPart[4] = (byte)Protocol;
        fixedPart[5] = checked((byte)Spi.Length);
        BinaryPrimitives.WriteUInt16BigEndian(fixedPart.AsSpan(6), (ushort)NotifyType);
        return [.. fixedPart, .. Spi.Span, .. Data.Span];
    }

    [Clause("2408-3.14-01")]
    internal static NotificationPayload? Read(Body body, out Malformed? malformed)
    {
        if (!body.Has(8, "2408-3.14-01", out malformed))
        {
            return null;
        }

        int size = body.U8(5);
        if (8 + size > body.Length)
        {
            malformed = body.Bad("SPI Size", 5, "2408-3.14-01", $"an SPI of {size} octets in {body.Length - 8}");
            return null;
        }

        return new NotificationPayload((Doi)body.U32(0), (Protocol)body.U8(4), body.Part(8, size), (NotifyType)body.U16(6),
            body.From(8 + size));
    }
}
