using RefIke.Wire;
using static RefIke.Properties.Wire.Raw;
using static RefIke.Wire.NotifyType;
using static RefIke.Wire.PayloadType;

namespace RefIke.Properties.Wire.Refused;

/// <summary>Faults of the other payloads' bodies, which begin at 32; Payload Length stands at 30.</summary>
internal static class BodyRows
{
    public static IEnumerable<MalformedRow> All =>
    [
        Of("an ID without its port", Identification, "010000",
            Defect.Identification, "Payload Length", 30, "2408-3.8-02"),
        Id("M-31 an IPv4 address of 3 octets", 1, 3),
        Id("M-31 an IPv4 address of 5 octets", 1, 5),
        Id("M-31 an IPv4 subnet without mask", 4, 4),
        Id("M-31 an IPv6 address of 4 octets", 5, 4),
        Id("M-31 an IPv6 subnet with a mask of 4 octets", 6, 20),
        Id("M-31 an IPv4 range of one address", 7, 4),
        Id("M-31 an IPv6 range of one address", 8, 16),
        Of("a CERT without encoding", PayloadType.Certificate, "",
            Defect.Certificate, "Payload Length", 30, "2408-3.9-02"),
        Of("a CR without type", PayloadType.CertificateRequest, "",
            Defect.CertificateRequest, "Payload Length", 30, "2408-3.10-04"),
        Of("M-22 a nonce of 7 octets", Nonce, Fill(7), Defect.NonceData, "Nonce Data", 32, "2409-5-06"),
        Of("M-22 a nonce of 257 octets", Nonce, Fill(257), Defect.NonceData, "Nonce Data", 32, "2409-5-06"),
        Of("an N without its type", Notification, "00000001 010000",
            Defect.Notification, "Payload Length", 30, "2408-3.14-04"),
        Of("an SPI of 5 octets in an N with 4", Notification, "00000001 03 05 000e c0ffee01",
            Defect.NotificationSpi, "SPI Size", 37, "2408-3.14-04"),
        Of("an N with an ISAKMP SPI of 17 octets", Notification, "00000001 01 11 000e" + Fill(17),
            Defect.NotificationIsakmpSpi, "SPI Size", 37, "2408-3.14-04"),
        Of("a D without its count", PayloadType.Delete, "00000001 030400",
            Defect.Delete, "Payload Length", 30, "2408-3.15-04"),
        Of("M-18 a D with SPIs of no octets", PayloadType.Delete, "00000001 03 00 ffff",
            Defect.DeleteSpiSize, "SPI Size", 37, "2408-3.15-04"),
        Of("M-18 a D with more SPIs than octets", PayloadType.Delete, "00000001 03 04 0002 c0ffee01",
            Defect.DeleteSpiCount, "# of SPIs", 38, "2408-3.15-04"),
        Of("M-18 a D with the most SPIs of the largest size", PayloadType.Delete, "00000001 03 ff ffff c0ffee01",
            Defect.DeleteSpiCount, "# of SPIs", 38, "2408-3.15-04"),
        Of("M-18 a D with more octets than SPIs", PayloadType.Delete, "00000001 03 04 0001 c0ffee01 00",
            Defect.DeleteSpiCount, "# of SPIs", 38, "2408-3.15-04"),
        Of("an attribute payload without its identifier", PayloadType.Attributes, "010000",
            Defect.Attributes, "Payload Length", 30, "modecfg-3.2-01"),
        Of("half an attribute of Mode Config", PayloadType.Attributes, "01000001 0001",
            Defect.ConfigurationAttribute, "Attribute Type", 36, "modecfg-3.2-01"),
        Of("an attribute of Mode Config that runs over its payload", PayloadType.Attributes,
            "01000001 80010002 00010004 0a0000",
            Defect.ConfigurationAttributeLength, "Attribute Length", 42, "modecfg-3.2-01"),
        Of("a NAT-OA without address", PayloadType.NatOriginalAddress, "010000",
            Defect.NatOriginalAddress, "Payload Length", 30, "3947-5.2-03"),
        Of("a NAT-OA that is a name", PayloadType.NatOriginalAddress, "02000000 61626364",
            Defect.NatOriginalAddressType, "ID Type", 32, "3947-5.2-03"),
        Of("a draft's NAT-OA of IPv6 with 4 octets", NatOriginalAddressDraft, "05000000 0a000001",
            Defect.NatOriginalAddressType, "ID Type", 32, "3947-5.2-03"),
        Of("a fragment without its flags", PayloadType.Fragment, "000101",
            Defect.Fragment, "Payload Length", 30, "msikee-2.2-01"),
    ];

    private static MalformedRow Id(string words, int type, int octets)
        => new(words, Clear(Identification, Payload(0, $"{type:x2}000000{Fill(octets)}")), Defect.IdentificationData,
            Identification, "Identification Data", 36, "2407-4.6.2.2-01", InvalidIdInformation);

    private static MalformedRow Of(
        string words, PayloadType type, string body, Defect defect, string field, int offset, string clause)
        => new(words, Clear(type, Payload(0, body)), defect, type, field, offset, clause, PayloadMalformed);
}
