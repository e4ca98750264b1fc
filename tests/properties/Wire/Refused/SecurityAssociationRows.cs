using RefIke.Wire;
using static RefIke.Properties.Wire.Raw;
using static RefIke.Wire.NotifyType;
using static RefIke.Wire.PayloadType;

namespace RefIke.Properties.Wire.Refused;

/// <summary>
/// Faults inside an SA (RFC 2408 §3.3 to §3.6, RFC 2407 §4.6.1). Its body begins at 32, labels and proposals at 40, the
/// first transform of a proposal without SPI at 48, its attributes at 56.
/// </summary>
internal static class SecurityAssociationRows
{
    private static readonly string T = Transform(0, "80010007");
    private static readonly byte[] Good = Clear(SecurityAssociation, Sa(Proposal(0, Protocol.Isakmp, "", 1, T)));

    public static IEnumerable<MalformedRow> All => [.. Labels, .. Proposals, .. Transforms];

    private static IEnumerable<MalformedRow> Labels =>
    [
        new("an SA without its situation", Clear(SecurityAssociation, Payload(0, "00000001 000001")),
            Defect.SecurityAssociation, SecurityAssociation, "Payload Length", 30, "2408-3.4-02", PayloadMalformed),
        Label("secrecy without a labeled domain", 2, "000000",
            Defect.LabeledDomain, "Labeled Domain Identifier", 40, "2407-4.6.1-02"),
        Label("secrecy without a level", 2, "00000000 000000",
            Defect.LabelHeader, "Level or Category Length", 44, "2407-4.6.1-02"),
        Label("integrity without categories", 4, "00000000 00010000 aa000000",
            Defect.LabelHeader, "Level or Category Length", 52, "2407-4.6.1-02"),
        Label("secrecy and integrity, and labels for one", 6, "00000000 00000000 00000000",
            Defect.LabelHeader, "Level or Category Length", 52, "2407-4.6.1-02"),
        Label("RESERVED of a label", 2, "00000000 00000001 00000000",
            Defect.LabelReserved, "RESERVED", 46, "2407-4.6.1-01"),
        Label("a level that runs over the SA", 2, "00000000 00050000 aabbccdd",
            Defect.LabelLength, "Level or Category Length", 44, "2407-4.6.1-02"),
        Label("a level whose padding runs over the SA", 2, "00000000 00030000 aabbcc",
            Defect.LabelLength, "Level or Category Length", 44, "2407-4.6.1-02"),
        Label("thirty-three categories in four octets", 2, "00000000 00000000 00210000 aabbccdd",
            Defect.LabelLength, "Level or Category Length", 48, "2407-4.6.1-02"),
        Label("a level filled up with something", 2, "00000000 00010000 aa000100 00000000",
            Defect.LabelPadding, "Level or Category Bitmap", 49, "2407-4.6.1-01"),
        Label("a level filled up with something from the first octet on", 2, "00000000 00010000 aa010000 00000000",
            Defect.LabelPadding, "Level or Category Bitmap", 49, "2407-4.6.1-01"),
        Label("a labeled domain and no label", 2, "00000000",
            Defect.LabelHeader, "Level or Category Length", 44, "2407-4.6.1-02"),
        Label("secrecy filled up with something, where its categories can be taken for integrity's level", 6,
            "00000000 00000000 00030000 e0010000 00000000" + Proposal(0, Protocol.Esp, "c0ffee01", 1, Transform(0, "")),
            Defect.LabelPadding, "Level or Category Bitmap", 53, "2407-4.6.1-01"),
    ];

    private static IEnumerable<MalformedRow> Proposals =>
    [
        Of("an SA without a proposal", Sa(""), Defect.ProposalHeader, "Payload Length", 40, "2408-3.5-01"),
        Of("seven octets of a proposal", Sa("00000007 010100"), Defect.ProposalHeader, "Payload Length", 42,
            "2408-3.5-01"),
        Of("a second proposal announced and not there", Sa(Proposal(2, Protocol.Isakmp, "", 1, T)),
            Defect.ProposalHeader, "Payload Length", 60, "2408-3.5-01"),
        Of("M-11 a proposal that names a transform", Sa(Proposal(3, Protocol.Isakmp, "", 1, T) + T),
            Defect.ProposalNextPayload, "Next Payload", 40, "2408-3.5-01"),
        Of("M-11 a second proposal that names a nonce",
            Sa(Proposal(2, Protocol.Isakmp, "", 1, T) + Proposal(10, Protocol.Isakmp, "", 1, T)),
            Defect.ProposalNextPayload, "Next Payload", 60, "2408-3.5-01"),
        new("RESERVED of a proposal", Good.With(41, 1),
            Defect.ProposalReserved, SecurityAssociation, "RESERVED", 41, "2408-5.3-01", BadProposalSyntax),
        new("a proposal of length 7", Good.With(42, 0, 7),
            Defect.ProposalLength, SecurityAssociation, "Payload Length", 42, "2408-3.5-01", BadProposalSyntax),
        new("a proposal one octet longer than its SA", Good.With(42, 0, 21),
            Defect.ProposalLength, SecurityAssociation, "Payload Length", 42, "2408-3.5-01", BadProposalSyntax),
        new("an SPI that runs over its proposal", Good.With(45, 3, 13),
            Defect.ProposalSpi, SecurityAssociation, "SPI Size", 46, "2408-3.5-02", BadProposalSyntax),
        Of("M-16 an ISAKMP SPI of 17 octets", Sa(Proposal(0, Protocol.Isakmp, Fill(17), 1, T)),
            Defect.ProposalIsakmpSpi, "SPI Size", 46, "2408-3.5-02"),
        Of("octets after the transforms", Sa(Proposal(0, Protocol.Isakmp, "", 1, T + "00")),
            Defect.OctetsAfterTransforms, "Payload Length", 42, "2408-3.5-01"),
        Of("M-12 two transforms announced, one there", Sa(Proposal(0, Protocol.Isakmp, "", 2, T)),
            Defect.TransformCount, "# of Transforms", 47, "2408-3.5-03"),
        Of("M-12 one transform announced, two there", Sa(Proposal(0, Protocol.Isakmp, "", 1, Transform(3, "") + T)),
            Defect.TransformCount, "# of Transforms", 47, "2408-3.5-03"),
        Of("M-12 the second proposal's count",
            Sa(Proposal(2, Protocol.Esp, Fill(4), 1, T) + Proposal(0, Protocol.Esp, Fill(4), 0, T)),
            Defect.TransformCount, "# of Transforms", 64 + 7, "2408-3.5-03"),
        Of("octets after the proposals", Sa(Proposal(0, Protocol.Isakmp, "", 1, T) + "00"),
            Defect.OctetsAfterProposals, "Payload Length", 30, "2408-3.4-02"),
    ];

    private static IEnumerable<MalformedRow> Transforms =>
    [
        Of("a proposal without a transform", Sa(Proposal(0, Protocol.Isakmp, "", 0, "")),
            Defect.TransformHeader, "Payload Length", 48, "2408-3.6-01"),
        Of("a second transform announced and not there", Sa(Proposal(0, Protocol.Esp, Fill(4), 2, Transform(3, ""))),
            Defect.TransformHeader, "Payload Length", 60, "2408-3.6-01"),
        Of("M-11 a transform that names a proposal", Sa(Proposal(0, Protocol.Isakmp, "", 1, Transform(2, ""))),
            Defect.TransformNextPayload, "Next Payload", 48, "2408-3.6-01"),
        new("RESERVED of a transform", Good.With(49, 1),
            Defect.TransformReserved, SecurityAssociation, "RESERVED", 49, "2408-5.3-01", BadProposalSyntax),
        new("a transform of length 7", Good.With(50, 0, 7),
            Defect.TransformLength, SecurityAssociation, "Payload Length", 50, "2408-3.6-01", BadProposalSyntax),
        new("a transform one octet longer than its proposal", Good.With(50, 0, 13),
            Defect.TransformLength, SecurityAssociation, "Payload Length", 50, "2408-3.6-01", BadProposalSyntax),
        Of("three octets of an attribute", Sa(Proposal(0, Protocol.Isakmp, "", 1, Transform(0, "800100"))),
            Defect.TransformAttribute, "Attribute Type", 56, "2408-3.3-01"),
        Of("M-13 a long attribute that runs over its transform",
            Sa(Proposal(0, Protocol.Isakmp, "", 1, Transform(0, "000c0005 00007080"))),
            Defect.TransformAttributeLength, "Attribute Length", 58, "2408-3.3-01"),
        Of("an attribute of the second transform that runs into the third",
            Sa(Proposal(0, Protocol.Esp, Fill(4), 3,
                Transform(3, "80010007") + Transform(3, "80010007 00020001") + Transform(0, ""))),
            Defect.TransformAttributeLength, "Attribute Length", 40 + 12 + 12 + 8 + 4 + 2, "2408-3.3-01"),
    ];

    private static MalformedRow Of(string words, string sa, Defect defect, string field, int offset, string clause)
        => new(words, Clear(SecurityAssociation, sa), defect, SecurityAssociation, field, offset, clause,
            BadProposalSyntax);

    private static MalformedRow Label(
        string words, int situation, string labels, Defect defect, string field, int offset, string clause)
        => new(words, Clear(SecurityAssociation, Payload(0, $"00000001{situation:x8}{labels}")), defect,
            SecurityAssociation, field, offset, clause, SituationNotSupported);
}
