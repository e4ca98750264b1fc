namespace RefIke.Wire;

/// <summary>Notify message types (RFC 2408 §3.14.1, RFC 2407 §4.6.3, RFC 3706).</summary>
public enum NotifyType : ushort
{
    /// <summary>RFC 2408 §3.14.1, error 1.</summary>
    InvalidPayloadType = 1,

    /// <summary>RFC 2408 §3.14.1, error 2.</summary>
    DoiNotSupported = 2,

    /// <summary>RFC 2408 §3.14.1, error 3.</summary>
    SituationNotSupported = 3,

    /// <summary>RFC 2408 §3.14.1, error 4.</summary>
    InvalidCookie = 4,

    /// <summary>RFC 2408 §3.14.1, error 5.</summary>
    InvalidMajorVersion = 5,

    /// <summary>RFC 2408 §3.14.1, error 6.</summary>
    InvalidMinorVersion = 6,

    /// <summary>RFC 2408 §3.14.1, error 7.</summary>
    InvalidExchangeType = 7,

    /// <summary>RFC 2408 §3.14.1, error 8.</summary>
    InvalidFlags = 8,

    /// <summary>RFC 2408 §3.14.1, error 9.</summary>
    InvalidMessageId = 9,

    /// <summary>RFC 2408 §3.14.1, error 10.</summary>
    InvalidProtocolId = 10,

    /// <summary>RFC 2408 §3.14.1, error 11.</summary>
    InvalidSpi = 11,

    /// <summary>RFC 2408 §3.14.1, error 12.</summary>
    InvalidTransformId = 12,

    /// <summary>RFC 2408 §3.14.1, error 13.</summary>
    AttributesNotSupported = 13,

    /// <summary>RFC 2408 §3.14.1, error 14.</summary>
    NoProposalChosen = 14,

    /// <summary>RFC 2408 §3.14.1, error 15.</summary>
    BadProposalSyntax = 15,

    /// <summary>RFC 2408 §3.14.1, error 16.</summary>
    PayloadMalformed = 16,

    /// <summary>RFC 2408 §3.14.1, error 17.</summary>
    InvalidKeyInformation = 17,

    /// <summary>RFC 2408 §3.14.1, error 18.</summary>
    InvalidIdInformation = 18,

    /// <summary>RFC 2408 §3.14.1, error 19.</summary>
    InvalidCertEncoding = 19,

    /// <summary>RFC 2408 §3.14.1, error 20.</summary>
    InvalidCertificate = 20,

    /// <summary>RFC 2408 §3.14.1, error 21.</summary>
    CertTypeUnsupported = 21,

    /// <summary>RFC 2408 §3.14.1, error 22.</summary>
    InvalidCertAuthority = 22,

    /// <summary>RFC 2408 §3.14.1, error 23.</summary>
    InvalidHashInformation = 23,

    /// <summary>RFC 2408 §3.14.1, error 24.</summary>
    AuthenticationFailed = 24,

    /// <summary>RFC 2408 §3.14.1, error 25.</summary>
    InvalidSignature = 25,

    /// <summary>RFC 2408 §3.14.1, error 26.</summary>
    AddressNotification = 26,

    /// <summary>RFC 2408 §3.14.1, error 27.</summary>
    NotifySaLifetime = 27,

    /// <summary>RFC 2408 §3.14.1, error 28.</summary>
    CertificateUnavailable = 28,

    /// <summary>RFC 2408 §3.14.1, error 29.</summary>
    UnsupportedExchangeType = 29,

    /// <summary>RFC 2408 §3.14.1, error 30.</summary>
    UnequalPayloadLengths = 30,

    /// <summary>RFC 2408 §3.14.1, status.</summary>
    Connected = 16384,

    /// <summary>RFC 2407 §4.6.3.1.</summary>
    ResponderLifetime = 24576,

    /// <summary>RFC 2407 §4.6.3.2.</summary>
    ReplayStatus = 24577,

    /// <summary>RFC 2407 §4.6.3.3.</summary>
    InitialContact = 24578,

    /// <summary>RFC 3706 §5.2.</summary>
    RUThere = 36136,

    /// <summary>RFC 3706 §5.2.</summary>
    RUThereAck = 36137,
}
