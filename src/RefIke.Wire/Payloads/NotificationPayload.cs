using System.Buffers.Binary;

namespace RefIke.Wire;

/// <summary>N (RFC 2408 §3.14).</summary>
/// <param name="Spi">The SPI, up to 255 octets; for an ISAKMP SA up to 16, which hold both cookies.</param>
public sealed record NotificationPayload(Doi Doi, Protocol Protocol, Octets Spi, NotifyType NotifyType, Octets Data)
    : Payload
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

    [Clause("2408-3.14-04")]
    [Clause("2408-3.14-03")]
    internal static NotificationPayload? Read(Body body, out Malformed? malformed)
    {
        if (!body.Has(8, Defect.Notification, out malformed))
        {
            return null;
        }

        var (protocol, size) = ((Protocol)body.U8(4), (int)body.U8(5));
        malformed = 8 + size > body.Length
            ? body.Bad(Defect.NotificationSpi, 5, $"an SPI of {size} octets in {body.Length - 8}")
            : protocol == Protocol.Isakmp && size > 16
                ? body.Bad(Defect.NotificationIsakmpSpi, 5, $"an ISAKMP SPI of {size} octets")
            : null;
        return malformed is null
            ? new NotificationPayload((Doi)body.U32(0), protocol, body.Part(8, size), (NotifyType)body.U16(6),
                body.From(8 + size))
            : null;
    }
}
