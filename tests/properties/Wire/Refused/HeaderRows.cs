using RefIke.Wire;
using static RefIke.Properties.Wire.Raw;
using static RefIke.Wire.NotifyType;
using static RefIke.Wire.PayloadType;

namespace RefIke.Properties.Wire.Refused;

/// <summary>Faults of the header and of what follows the message (RFC 2408 §3.1, §5.1, §5.2).</summary>
internal static class HeaderRows
{
    private static readonly byte[] Good = Clear(VendorId, Payload(0, "0102"));

    public static IEnumerable<MalformedRow> All => [.. Fields, .. Lengths];

    private static IEnumerable<MalformedRow> Fields =>
    [
        Of("an initiator cookie of zero", Good.With(0, new byte[8]),
            Defect.InitiatorCookie, "Initiator Cookie", 0, "2408-2.4-01", InvalidCookie),
        Of("M-08 major version 2", Good.With(17, 0x20),
            Defect.MajorVersion, "Major Version", 17, "2408-3.1-02", InvalidMajorVersion),
        Of("M-08 major version 0", Good.With(17, 0x00),
            Defect.MajorVersion, "Major Version", 17, "2408-3.1-02", InvalidMajorVersion),
        Of("M-08 minor version 1", Good.With(17, 0x11),
            Defect.MinorVersion, "Minor Version", 17, "2408-3.1-02", InvalidMinorVersion),
        Of("M-07 the lowest reserved flag", Good.With(19, 0x08),
            Defect.ReservedFlags, "Flags", 19, "2408-3.1-03", InvalidFlags),
        Of("M-07 the highest reserved flag", Good.With(19, 0x80),
            Defect.ReservedFlags, "Flags", 19, "2408-3.1-03", InvalidFlags),
        Of("a header that names no payload", Clear(None, ""),
            Defect.NoPayload, "Next Payload", 16, "2408-3.1-12", InvalidPayloadType),
    ];

    private static IEnumerable<MalformedRow> Lengths =>
    [
        Length("no octet at all", [], Defect.HeaderTruncated, 0),
        Length("an octet before the end of a header's Length", Good[..23], Defect.HeaderTruncated, 23),
        Length("M-02 one octet less than a header", Good[..27], Defect.HeaderTruncated, 24),
        Length("M-02 Length says one octet more than came", Good[..^1], Defect.MessageLength, 24),
        Length("M-02 Length says 4 GiB", Good.With(24, 0xff, 0xff, 0xff, 0xff), Defect.MessageLength, 24),
        Length("Length is less than a header", Good.With(27, 27), Defect.MessageLength, 24),
        Length("M-01 an octet after the message", [.. Good, 1], Defect.OctetsAfterMessage, 24),
        Length("M-01 seventeen zeros after the message", [.. Good, .. new byte[17]], Defect.OctetsAfterMessage, 24),
        Length("M-01 a zero after an encrypted message", [.. Good.With(19, 1), 0], Defect.OctetsAfterMessage, 24),
        Length("M-01 an octet after the last payload", Clear(VendorId, Payload(0, "0102") + "01"),
            Defect.OctetsAfterPayloads, 24),
        Length("M-01 four zeros after the last payload", Clear(VendorId, Payload(0, "0102") + "00000000"),
            Defect.OctetsAfterPayloads, 24),
    ];

    private static MalformedRow Length(string words, byte[] datagram, Defect defect, int offset)
        => Of(words, datagram, defect, "Length", offset, "2408-5.1-02", UnequalPayloadLengths);

    private static MalformedRow Of(
        string words, byte[] datagram, Defect defect, string field, int offset, string clause, NotifyType notify)
        => new(words, datagram, defect, None, field, offset, clause, notify);
}
