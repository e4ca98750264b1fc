using System.Runtime.CompilerServices;
using static RefIke.Wire.NotifyType;

namespace RefIke.Wire;

/// <summary>
/// What the reader refuses: one line a rule, in the order of the datagram, and one place in the reader each. The notify
/// is that of RFC 2408 §5; inside an SA it is BAD-PROPOSAL-SYNTAX, in other payloads PAYLOAD-MALFORMED (D-50).
/// </summary>
/// <param name="Name">The rule's name, which is its property's.</param>
/// <param name="Field">The field's name in RFC 2408 §3, or in the document that has the payload.</param>
/// <param name="Clause">The clause broken, as the ledger under <c>spec/clauses</c> numbers it.</param>
/// <param name="Notify">The notify that a peer may get (RFC 2408 §3.14.1).</param>
public sealed record Defect(string Name, string Field, string Clause, NotifyType Notify)
{
    /// <summary>The datagram ends inside the header.</summary>
    public static Defect HeaderTruncated { get; } = Of("Length", "2408-5.1-02", UnequalPayloadLengths);

    /// <summary>The initiator's cookie is zero (D-29).</summary>
    public static Defect InitiatorCookie { get; } = Of("Initiator Cookie", "2408-2.4-01", InvalidCookie);

    /// <summary>Another major version than 1 (D-36).</summary>
    public static Defect MajorVersion { get; } = Of("Major Version", "2408-3.1-02", InvalidMajorVersion);

    /// <summary>Another minor version than 0.</summary>
    public static Defect MinorVersion { get; } = Of("Minor Version", "2408-3.1-02", InvalidMinorVersion);

    /// <summary>One of the five reserved flags is set (D-37).</summary>
    public static Defect ReservedFlags { get; } = Of("Flags", "2408-3.1-03", InvalidFlags);

    /// <summary>Length is less than a header, or more than the datagram.</summary>
    public static Defect MessageLength { get; } = Of("Length", "2408-5.1-02", UnequalPayloadLengths);

    /// <summary>The datagram goes on after the message, by more than a clear message's few zeros (D-23).</summary>
    public static Defect OctetsAfterMessage { get; } = Of("Length", "2408-5.1-02", UnequalPayloadLengths);

    /// <summary>The header names no payload.</summary>
    public static Defect NoPayload { get; } = Of("Next Payload", "2408-3.1-12", InvalidPayloadType);

    /// <summary>The message goes on after its last payload, by more than alignment (D-22).</summary>
    public static Defect OctetsAfterPayloads { get; } = Of("Length", "2408-5.1-02", UnequalPayloadLengths);

    /// <summary>More payloads than we take.</summary>
    public static Defect PayloadCount { get; } = Of("Next Payload", "2408-5.3-03");

    /// <summary>A proposal or transform outside an SA (D-51).</summary>
    public static Defect NestedPayload { get; } = Of("Next Payload", "2408-3.4-01", InvalidPayloadType);

    /// <summary>A reserved payload number that no document took (D-42).</summary>
    public static Defect PayloadNumber { get; } = Of("Next Payload", "2408-5.3-02", InvalidPayloadType);

    /// <summary>No room for the generic header that was announced.</summary>
    public static Defect GenericHeader { get; } = Of("Payload Length", "2408-3.2-01");

    /// <summary>RESERVED of a generic header is not zero (D-49).</summary>
    public static Defect Reserved { get; } = Of("RESERVED", "2408-5.3-01");

    /// <summary>A payload is shorter than its generic header, or runs over the message.</summary>
    public static Defect PayloadLength { get; } = Of("Payload Length", "2408-3.2-01");

    /// <summary>An SA without room for DOI and situation.</summary>
    public static Defect SecurityAssociation { get; } = Of("Payload Length", "2408-3.4-02");

    /// <summary>A situation with labels, and no labeled domain identifier.</summary>
    public static Defect LabeledDomain { get; } =
        Of("Labeled Domain Identifier", "2407-4.6.1-02", SituationNotSupported);

    /// <summary>No room for the length of a level or of a category bitmap.</summary>
    public static Defect LabelHeader { get; } = Of("Level or Category Length", "2407-4.6.1-02", SituationNotSupported);

    /// <summary>RESERVED after the length of a level or bitmap is not zero.</summary>
    public static Defect LabelReserved { get; } = Of("RESERVED", "2407-4.6.1-01", SituationNotSupported);

    /// <summary>A level or bitmap runs over the payload.</summary>
    public static Defect LabelLength { get; } = Of("Level or Category Length", "2407-4.6.1-02", SituationNotSupported);

    /// <summary>A level or bitmap is filled up to four octets with something else than zeros.</summary>
    public static Defect LabelPadding { get; } = Of("Level or Category Bitmap", "2407-4.6.1-01", SituationNotSupported);

    /// <summary>No room for a proposal's fixed part: the first, or another that is announced.</summary>
    public static Defect ProposalHeader { get; } = Of("Payload Length", "2408-3.5-01", BadProposalSyntax);

    /// <summary>After a proposal something else than a proposal or nothing (D-51).</summary>
    public static Defect ProposalNextPayload { get; } = Of("Next Payload", "2408-3.5-01", BadProposalSyntax);

    /// <summary>RESERVED of a proposal is not zero.</summary>
    public static Defect ProposalReserved { get; } = Of("RESERVED", "2408-5.3-01", BadProposalSyntax);

    /// <summary>A proposal is shorter than its fixed part, or runs over its SA.</summary>
    public static Defect ProposalLength { get; } = Of("Payload Length", "2408-3.5-01", BadProposalSyntax);

    /// <summary>An SPI runs over its proposal.</summary>
    public static Defect ProposalSpi { get; } = Of("SPI Size", "2408-3.5-02", BadProposalSyntax);

    /// <summary>An ISAKMP SPI of more than both cookies (D-56).</summary>
    public static Defect ProposalIsakmpSpi { get; } = Of("SPI Size", "2408-3.5-02", BadProposalSyntax);

    /// <summary>No room for a transform's fixed part: the first, or another that is announced.</summary>
    public static Defect TransformHeader { get; } = Of("Payload Length", "2408-3.6-01", BadProposalSyntax);

    /// <summary>After a transform something else than a transform or nothing (D-51).</summary>
    public static Defect TransformNextPayload { get; } = Of("Next Payload", "2408-3.6-01", BadProposalSyntax);

    /// <summary>RESERVED of a transform is not zero.</summary>
    public static Defect TransformReserved { get; } = Of("RESERVED", "2408-5.3-01", BadProposalSyntax);

    /// <summary>A transform is shorter than its fixed part, or runs over its proposal.</summary>
    public static Defect TransformLength { get; } = Of("Payload Length", "2408-3.6-01", BadProposalSyntax);

    /// <summary>Too few octets for an attribute at the end of a transform.</summary>
    public static Defect TransformAttribute { get; } = Of("Attribute Type", "2408-3.3-01", BadProposalSyntax);

    /// <summary>An attribute runs over its transform.</summary>
    public static Defect TransformAttributeLength { get; } = Of("Attribute Length", "2408-3.3-01", BadProposalSyntax);

    /// <summary>A proposal goes on after its last transform.</summary>
    public static Defect OctetsAfterTransforms { get; } = Of("Payload Length", "2408-3.5-01", BadProposalSyntax);

    /// <summary># of Transforms is not the number that follows (D-52).</summary>
    public static Defect TransformCount { get; } = Of("# of Transforms", "2408-3.5-03", BadProposalSyntax);

    /// <summary>An SA goes on after its last proposal.</summary>
    public static Defect OctetsAfterProposals { get; } = Of("Payload Length", "2408-3.4-02", BadProposalSyntax);

    /// <summary>An ID without room for type, protocol and port.</summary>
    public static Defect Identification { get; } = Of("Payload Length", "2408-3.8-02");

    /// <summary>An ID that names addresses has not the length of its type.</summary>
    public static Defect IdentificationData { get; } = Of("Identification Data", "2407-4.6.2.2-01", InvalidIdInformation);

    /// <summary>A CERT without its encoding.</summary>
    public static Defect Certificate { get; } = Of("Payload Length", "2408-3.9-02");

    /// <summary>A CR without its type.</summary>
    public static Defect CertificateRequest { get; } = Of("Payload Length", "2408-3.10-04");

    /// <summary>A nonce of less than 8 or more than 256 octets (D-53).</summary>
    public static Defect NonceData { get; } = Of("Nonce Data", "2409-5-06");

    /// <summary>An N without room for its fixed part.</summary>
    public static Defect Notification { get; } = Of("Payload Length", "2408-3.14-04");

    /// <summary>An SPI runs over its N.</summary>
    public static Defect NotificationSpi { get; } = Of("SPI Size", "2408-3.14-04");

    /// <summary>An N for an ISAKMP SA with an SPI of more than both cookies (D-164).</summary>
    public static Defect NotificationIsakmpSpi { get; } = Of("SPI Size", "2408-3.14-04");

    /// <summary>A D without room for its fixed part.</summary>
    public static Defect Delete { get; } = Of("Payload Length", "2408-3.15-04");

    /// <summary>SPIs of no octets.</summary>
    public static Defect DeleteSpiSize { get; } = Of("SPI Size", "2408-3.15-04");

    /// <summary># of SPIs times SPI Size is not what follows.</summary>
    public static Defect DeleteSpiCount { get; } = Of("# of SPIs", "2408-3.15-04");

    /// <summary>An attribute payload without room for type and identifier.</summary>
    public static Defect Attributes { get; } = Of("Payload Length", "modecfg-3.2-01");

    /// <summary>Too few octets for an attribute at the end of an attribute payload.</summary>
    public static Defect ConfigurationAttribute { get; } = Of("Attribute Type", "modecfg-3.2-01");

    /// <summary>An attribute runs over its attribute payload.</summary>
    public static Defect ConfigurationAttributeLength { get; } = Of("Attribute Length", "modecfg-3.2-01");

    /// <summary>A NAT-OA without room for its type.</summary>
    public static Defect NatOriginalAddress { get; } = Of("Payload Length", "3947-5.2-03");

    /// <summary>A NAT-OA of another type than the two addresses, or not of its type's length.</summary>
    public static Defect NatOriginalAddressType { get; } = Of("ID Type", "3947-5.2-03");

    /// <summary>A fragment without room for id, number and flags.</summary>
    public static Defect Fragment { get; } = Of("Payload Length", "msikee-2.2-01");

    /// <summary>Its name.</summary>
    public override string ToString() => Name;

    private static Defect Of(
        string field, string clause, NotifyType notify = PayloadMalformed, [CallerMemberName] string name = "")
        => new(name, field, clause, notify);
}
