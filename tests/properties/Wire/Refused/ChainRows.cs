using RefIke.Wire;
using static RefIke.Properties.Wire.Raw;
using static RefIke.Wire.NotifyType;
using static RefIke.Wire.PayloadType;

namespace RefIke.Properties.Wire.Refused;

/// <summary>
/// Faults of generic headers (RFC 2408 §3.2, §5.3). The first payload stands at 28, the next at 28 and its length.
/// </summary>
internal static class ChainRows
{
    private static readonly string Sa = Raw.Sa(Proposal(0, Protocol.Isakmp, "", 1, Transform(0, "80010007")), next: 2);

    public static IEnumerable<MalformedRow> All =>
    [
        new("M-157 sixty-five payloads",
            Clear(VendorId, string.Concat(Enumerable.Repeat(Payload(13, ""), 64)) + Payload(0, "")),
            Defect.PayloadCount, VendorId, "Next Payload", 28 + (63 * 4), "2408-5.3-03", PayloadMalformed),
        new("M-10 an SA that names a proposal", Clear(SecurityAssociation, Sa + Payload(0, "01010000")),
            Defect.NestedPayload, PayloadType.Proposal, "Next Payload", 28, "2408-3.4-01", InvalidPayloadType),
        new("M-10 a header that names a transform", Clear(PayloadType.Transform, Payload(0, "01010000")),
            Defect.NestedPayload, PayloadType.Transform, "Next Payload", 16, "2408-3.4-01", InvalidPayloadType),
        new("M-20 payload number 15, named by the header", Clear((PayloadType)15, Payload(0, "")),
            Defect.PayloadNumber, (PayloadType)15, "Next Payload", 16, "2408-5.3-02", InvalidPayloadType),
        new("M-20 payload number 127, named by a payload",
            Clear(VendorId, Payload(13, "aa") + Payload(127, "") + Payload(0, "")),
            Defect.PayloadNumber, (PayloadType)127, "Next Payload", 28 + 5, "2408-5.3-02", InvalidPayloadType),
        new("a payload announced and nothing there", Clear(VendorId, Payload(13, "")),
            Defect.GenericHeader, VendorId, "Payload Length", 32, "2408-3.2-01", PayloadMalformed),
        new("a payload announced and one octet there", Clear(VendorId, Payload(13, "") + "00"),
            Defect.GenericHeader, VendorId, "Payload Length", 33, "2408-3.2-01", PayloadMalformed),
        new("a payload announced and three octets there", Clear(Nonce, Payload(8, Fill(8)) + "000000"),
            Defect.GenericHeader, Hash, "Payload Length", 28 + 12 + 2, "2408-3.2-01", PayloadMalformed),
        new("M-05 RESERVED of the first payload", Clear(VendorId, Payload(0, "")).With(29, 1),
            Defect.Reserved, VendorId, "RESERVED", 29, "2408-5.3-01", PayloadMalformed),
        new("M-05 RESERVED of the second payload",
            Clear(VendorId, Payload(8, "aa") + Payload(0, "")).With(28 + 5 + 1, 0x80),
            Defect.Reserved, Hash, "RESERVED", 28 + 5 + 1, "2408-5.3-01", PayloadMalformed),
        new("M-03 a payload of length 0", Clear(VendorId, "0d000000"),
            Defect.PayloadLength, VendorId, "Payload Length", 30, "2408-3.2-01", PayloadMalformed),
        new("M-03 a payload of length 3", Clear(VendorId, Payload(8, "aa") + "00000003"),
            Defect.PayloadLength, Hash, "Payload Length", 28 + 5 + 2, "2408-3.2-01", PayloadMalformed),
        new("M-04 a payload one octet longer than the message", Clear(VendorId, "00000006 aa"),
            Defect.PayloadLength, VendorId, "Payload Length", 30, "2408-3.2-01", PayloadMalformed),
        new("M-04 a payload that reaches into the zeros after the message", [.. Clear(VendorId, "00000006 aa"), 0],
            Defect.PayloadLength, VendorId, "Payload Length", 30, "2408-3.2-01", PayloadMalformed),
    ];
}
