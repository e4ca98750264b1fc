namespace RefIke.Wire;

/// <summary>Notify message types (RFC 2408 §3.14.1, RFC 2407 §4.6.3, RFC 3706).</summary>
public enum NotifyType : ushort
{
    /// <summary>INVALID-PAYLOAD-TYPE, an error (RFC 2408 §3.14.1).</summary>
    InvalidPayloadType = 1,

    /// <summary>DOI-NOT-SUPPORTED, an error (RFC 2408 §3.14.1).</summary>
    DoiNotSupported = 2,

    /// <summary>SITUATION-NOT-SUPPORTED, an error (RFC 2408 §3.14.1).</summary>
    SituationNotSupported = 3,

    /// <summary>INVALID-COOKIE, an error (RFC 2408 §3.14.1).</summary>
    InvalidCookie = 4,

    /// <summary>INVALID-MAJOR-VERSION, an error (RFC 2408 §3.14.1).</summary>
    InvalidMajorVersion = 5,

    /// <summary>INVALID-MINOR-VERSION, an error (RFC 2408 §3.14.1).</summary>
    InvalidMinorVersion = 6,

    /// <summary>INVALID-EXCHANGE-TYPE, an error (RFC 2408 §3.14.1).</summary>
    InvalidExchangeType = 7,

    /// <summary>INVALID-FLAGS, an error (RFC 2408 §3.14.1).</summary>
    InvalidFlags = 8,

    /// <summary>INVALID-MESSAGE-ID, an error (RFC 2408 §3.14.1).</summary>
    InvalidMessageId = 9,

    /// <summary>INVALID-PROTOCOL-ID, an error (RFC 2408 §3.14.1).</summary>
    InvalidProtocolId = 10,

    /// <summary>INVALID-SPI, an error (RFC 2408 §3.14.1).</summary>
    InvalidSpi = 11,

    /// <summary>INVALID-TRANSFORM-ID, an error (RFC 2408 §3.14.1).</summary>
    InvalidTransformId = 12,

    /// <summary>ATTRIBUTES-NOT-SUPPORTED, an error (RFC 2408 §3.14.1).</summary>
    AttributesNotSupported = 13,

    /// <summary>NO-PROPOSAL-CHOSEN, an error (RFC 2408 §3.14.1).</summary>
    NoProposalChosen = 14,

    /// <summary>BAD-PROPOSAL-SYNTAX, an error (RFC 2408 §3.14.1).</summary>
    BadProposalSyntax = 15,

    /// <summary>PAYLOAD-MALFORMED, an error (RFC 2408 §3.14.1).</summary>
    PayloadMalformed = 16,

    /// <summary>INVALID-KEY-INFORMATION, an error (RFC 2408 §3.14.1).</summary>
    InvalidKeyInformation = 17,

    /// <summary>INVALID-ID-INFORMATION, an error (RFC 2408 §3.14.1).</summary>
    InvalidIdInformation = 18,

    /// <summary>INVALID-CERT-ENCODING, an error (RFC 2408 §3.14.1).</summary>
    InvalidCertEncoding = 19,

    /// <summary>INVALID-CERTIFICATE, an error (RFC 2408 §3.14.1).</summary>
    InvalidCertificate = 20,

    /// <summary>CERT-TYPE-UNSUPPORTED, an error (RFC 2408 §3.14.1).</summary>
    CertTypeUnsupported = 21,

    /// <summary>INVALID-CERT-AUTHORITY, an error (RFC 2408 §3.14.1).</summary>
    InvalidCertAuthority = 22,

    /// <summary>INVALID-HASH-INFORMATION, an error (RFC 2408 §3.14.1).</summary>
    InvalidHashInformation = 23,

    /// <summary>AUTHENTICATION-FAILED, an error (RFC 2408 §3.14.1).</summary>
    AuthenticationFailed = 24,

    /// <summary>INVALID-SIGNATURE, an error (RFC 2408 §3.14.1).</summary>
    InvalidSignature = 25,

    /// <summary>ADDRESS-NOTIFICATION, an error (RFC 2408 §3.14.1).</summary>
    AddressNotification = 26,

    /// <summary>NOTIFY-SA-LIFETIME, an error (RFC 2408 §3.14.1).</summary>
    NotifySaLifetime = 27,

    /// <summary>CERTIFICATE-UNAVAILABLE, an error (RFC 2408 §3.14.1).</summary>
    CertificateUnavailable = 28,

    /// <summary>UNSUPPORTED-EXCHANGE-TYPE, an error (RFC 2408 §3.14.1).</summary>
    UnsupportedExchangeType = 29,

    /// <summary>UNEQUAL-PAYLOAD-LENGTHS, an error (RFC 2408 §3.14.1).</summary>
    UnequalPayloadLengths = 30,

    /// <summary>CONNECTED, a status (RFC 2408 §3.14.1).</summary>
    Connected = 16384,

    /// <summary>RESPONDER-LIFETIME, a status (RFC 2407 §4.6.3.1).</summary>
    ResponderLifetime = 24576,

    /// <summary>REPLAY-STATUS, a status (RFC 2407 §4.6.3.2).</summary>
    ReplayStatus = 24577,

    /// <summary>INITIAL-CONTACT, a status (RFC 2407 §4.6.3.3).</summary>
    InitialContact = 24578,

    /// <summary>R-U-THERE, a status (RFC 3706 §5.2).</summary>
    RUThere = 36136,

    /// <summary>R-U-THERE-ACK, a status (RFC 3706 §5.2).</summary>
    RUThereAck = 36137,
}
