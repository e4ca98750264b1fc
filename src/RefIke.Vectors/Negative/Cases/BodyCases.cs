using RefIke.Wire;

namespace RefIke.Vectors.Negative.Cases;

/// <summary>
/// Each rule of the payloads' bodies broken, in a clear message (RFC 2408 §3.4 to §3.16, RFC 2407 §4.6).
/// </summary>
internal static class BodyCases
{
    private const string Sa = "00000001 00000001";
    private const string Transform = "010c0000 80010007";

    private static readonly string T = Nested(0, Transform);

    private static readonly (string Id, string Words, string Field, string Body)[] SaBodies =
    [
        ("sa-cut", "An SA without its situation.", "Payload Length", "00000001 000000"),
        ("domain", "Secrecy, and no labeled domain.", "Labeled Domain Identifier", "00000001 00000002 000000"),
        ("level", "Secrecy, and no level.", "Level or Category Length", "00000001 00000002 00000000 000000"),
        ("categories", "Integrity, and no categories.", "Level or Category Length",
            "00000001 00000004 00000000 00010000 aa000000"),
        ("label-reserved", "RESERVED of a label is not zero.", "RESERVED",
            "00000001 00000002 00000000 00000001 00000000"),
        ("level-over", "A level runs over the SA.", "Level or Category Length",
            "00000001 00000002 00000000 00050000 aabbccdd"),
        ("categories-33", "Thirty-three categories in four octets.", "Level or Category Length",
            "00000001 00000002 00000000 00000000 00210000 aabbccdd"),
        ("label-padding", "A level is filled up with something else than zeros.", "Level or Category Bitmap",
            "00000001 00000002 00000000 00010000 aa000100 00000000"),
        ("no-proposal", "There is no proposal.", "Payload Length", Sa),
        ("proposal-cut", "There are seven octets of a proposal.", "Payload Length", Sa + "00000007 010100"),
        ("proposal-announced", "A second proposal is announced and not there.", "Payload Length",
            Sa + Nested(2, $"01010001 {T}")),
        ("proposal-next", "A proposal names a transform as the next.", "Next Payload",
            Sa + Nested(3, $"01010001 {T}") + T),
        ("proposal-reserved", "RESERVED of a proposal is not zero.", "RESERVED", Sa + "0001 0014 01010001" + T),
        ("proposal-length-7", "A proposal has length 7.", "Payload Length", Sa + "0000 0007 01010001" + T),
        ("proposal-longer", "A proposal is one octet longer than its SA.", "Payload Length",
            Sa + "0000 0015 01010001" + T),
        ("spi-over", "An SPI runs over its proposal.", "SPI Size", Sa + "0000 0014 01030d01" + T),
        ("isakmp-spi-17", "An ISAKMP SPI has 17 octets.", "SPI Size", Sa + Nested(0, $"01011101 {Fill(17)}{T}")),
        ("octets-after-transforms", "An octet follows the transforms.", "Payload Length",
            Sa + Nested(0, $"01010001 {T}00")),
        ("count-2", "Two transforms are counted, one is there.", "# of Transforms",
            Sa + Nested(0, $"01010002 {T}")),
        ("count-0", "No transform is counted, one is there.", "# of Transforms", Sa + Nested(0, $"01010000 {T}")),
        ("count-1", "One transform is counted, two are there.", "# of Transforms",
            Sa + Nested(0, $"01010001 {Nested(3, Transform)}{T}")),
        ("octets-after-proposals", "An octet follows the proposals.", "Payload Length",
            Sa + Nested(0, $"01010001 {T}") + "00"),
        ("no-transform", "A proposal has no transform.", "Payload Length", Sa + Nested(0, "01010000")),
        ("transform-announced", "A second transform is announced and not there.", "Payload Length",
            Sa + Nested(0, $"01010002 {Nested(3, Transform)}")),
        ("transform-next", "A transform names a proposal as the next.", "Next Payload",
            Sa + Nested(0, $"01010001 {Nested(2, Transform)}")),
        ("transform-reserved", "RESERVED of a transform is not zero.", "RESERVED",
            Sa + Nested(0, "01010001 0001 000c" + Transform)),
        ("transform-length-7", "A transform has length 7.", "Payload Length",
            Sa + Nested(0, "01010001 0000 0007" + Transform)),
        ("transform-longer", "A transform is one octet longer than its proposal.", "Payload Length",
            Sa + Nested(0, "01010001 0000 000d" + Transform)),
        ("attribute-cut", "Three octets of an attribute.", "Attribute Type",
            Sa + Nested(0, "01010001" + Nested(0, "010c0000 800100"))),
        ("attribute-over", "A long attribute runs over its transform.", "Attribute Length",
            Sa + Nested(0, "01010001" + Nested(0, "010c0000 000c0005 00007080"))),
    ];

    private static readonly (string Id, string Words, PayloadType Type, string Field, string Body)[] OtherBodies =
    [
        ("id-cut", "An ID without its port.", PayloadType.Identification, "Payload Length", "010000"),
        ("id-ipv4-3", "An IPv4 address of 3 octets.", PayloadType.Identification, "Identification Data",
            "01000000" + Fill(3)),
        ("id-ipv4-5", "An IPv4 address of 5 octets.", PayloadType.Identification, "Identification Data",
            "01000000" + Fill(5)),
        ("id-subnet-4", "An IPv4 subnet without mask.", PayloadType.Identification, "Identification Data",
            "04000000" + Fill(4)),
        ("id-ipv6-4", "An IPv6 address of 4 octets.", PayloadType.Identification, "Identification Data",
            "05000000" + Fill(4)),
        ("id-subnet6-20", "An IPv6 subnet with a mask of 4 octets.", PayloadType.Identification,
            "Identification Data", "06000000" + Fill(20)),
        ("id-range-4", "An IPv4 range of one address.", PayloadType.Identification, "Identification Data",
            "07000000" + Fill(4)),
        ("id-range6-16", "An IPv6 range of one address.", PayloadType.Identification, "Identification Data",
            "08000000" + Fill(16)),
        ("cert-empty", "A CERT without encoding.", PayloadType.Certificate, "Payload Length", ""),
        ("cr-empty", "A CR without type.", PayloadType.CertificateRequest, "Payload Length", ""),
        ("nonce-7", "A nonce of 7 octets.", PayloadType.Nonce, "Nonce Data", Fill(7)),
        ("nonce-257", "A nonce of 257 octets.", PayloadType.Nonce, "Nonce Data", Fill(257)),
        ("n-cut", "An N without its type.", PayloadType.Notification, "Payload Length", "00000001 010000"),
        ("n-spi", "An SPI of 5 octets in an N with 4.", PayloadType.Notification, "SPI Size",
            "00000001 0305000e c0ffee01"),
        ("n-isakmp-spi", "An N with an ISAKMP SPI of 17 octets.", PayloadType.Notification, "SPI Size",
            "00000001 0111000e" + Fill(17)),
        ("d-cut", "A D without its count.", PayloadType.Delete, "Payload Length", "00000001 030400"),
        ("d-no-spi", "A D with SPIs of no octets.", PayloadType.Delete, "SPI Size", "00000001 0300ffff"),
        ("d-more", "A D with more SPIs than octets.", PayloadType.Delete, "# of SPIs",
            "00000001 03040002 c0ffee01"),
        ("d-less", "A D with more octets than SPIs.", PayloadType.Delete, "# of SPIs",
            "00000001 03040001 c0ffee01 00"),
        ("attributes-cut", "Attributes without identifier.", PayloadType.Attributes, "Payload Length", "010000"),
        ("attribute-half", "Half an attribute of Mode Config.", PayloadType.Attributes, "Attribute Type",
            "01000001 0001"),
        ("configuration-attribute-over", "An attribute of Mode Config runs over its payload.",
            PayloadType.Attributes, "Attribute Length", "01000001 00010004 0a0000"),
        ("nat-oa-cut", "A NAT-OA without address.", PayloadType.NatOriginalAddress, "Payload Length", "010000"),
        ("nat-oa-name", "A NAT-OA that is a name.", PayloadType.NatOriginalAddress, "ID Type", "02000000 61626364"),
        ("nat-oa-short", "A draft's NAT-OA of IPv6 with 4 octets.", PayloadType.NatOriginalAddressDraft, "ID Type",
            "05000000 0a000001"),
    ];

    /// <summary>The SA of message 1 in the place of an honest one.</summary>
    public static IEnumerable<Trial> Sas(Scene scene)
    {
        return SaBodies.Select(a => new Trial(a.Id, a.Words, "BadSyntax",
            Chain.Clear(scene.Due, _ => [new RawPayload(1, Hex(a.Body))]))
        {
            Flags = ["malformed"],
            Field = a.Field,
        });
    }

    /// <summary>A payload behind those of an honest clear message.</summary>
    public static IEnumerable<Trial> Others(Scene scene)
    {
        foreach (var (id, words, type, field, body) in OtherBodies)
        {
            yield return new Trial(id, words, "BadSyntax", Chain.Clear(scene.Due, p =>
                p.Add(new RawPayload((byte)type, Hex(body)))))
            { Flags = ["malformed"], Field = field };
        }

        yield return new Trial("payloads-65", "Sixty-five vendor ids.", "BadSyntax",
            Chain.Clear(scene.Due, p => [.. p, .. Enumerable.Repeat(new RawPayload(13, Octets.Empty), 65 - p.Length)]))
        {
            Flags = ["malformed", "limit"],
            Field = "Next Payload",
        };
        yield return new Trial("octet-after-payloads", "An octet follows the last payload, Length right for it.",
            "BadSyntax",
            Chain.Join(scene.Due, scene.Due.Span[16], [.. scene.Due.Span[Header.Size..], 1]))
        {
            Flags = ["malformed"],
            Field = "Length"
        };
        yield return new Trial("four-zeros-after-payloads",
            "Four zeros follow the last payload, Length right for them.", "BadSyntax",
            Chain.Join(scene.Due, scene.Due.Span[16], [.. scene.Due.Span[Header.Size..], 0, 0, 0,
                0]))
        { Flags = ["malformed"], Field = "Length" };
    }

    /// <summary>A nested payload: next payload, RESERVED, its right length, and the rest.</summary>
    private static string Nested(int next, string body) => $"{next:x2}00{4 + Hex(body).Length:x4}{body}";

    private static string Fill(int octets) => string.Concat(Enumerable.Repeat("55", octets));

    private static byte[] Hex(string digits) =>
        Convert.FromHexString(digits.Replace(" ", "", StringComparison.Ordinal));
}
