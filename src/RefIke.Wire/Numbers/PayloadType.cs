namespace RefIke.Wire;

/// <summary>
/// Payload types (RFC 2408 §3.1): 14 to 127 are reserved for later documents, 128 and up are private.
/// </summary>
public enum PayloadType : byte
{
    /// <summary>No more payloads (RFC 2408 §3.1).</summary>
    None = 0,

    /// <summary>SA (RFC 2408 §3.4).</summary>
    SecurityAssociation = 1,

    /// <summary>P, only inside an SA (RFC 2408 §3.5).</summary>
    Proposal = 2,

    /// <summary>T, only inside a P (RFC 2408 §3.6).</summary>
    Transform = 3,

    /// <summary>KE (RFC 2408 §3.7).</summary>
    KeyExchange = 4,

    /// <summary>ID (RFC 2408 §3.8).</summary>
    Identification = 5,

    /// <summary>CERT (RFC 2408 §3.9).</summary>
    Certificate = 6,

    /// <summary>CR (RFC 2408 §3.10).</summary>
    CertificateRequest = 7,

    /// <summary>HASH (RFC 2408 §3.11).</summary>
    Hash = 8,

    /// <summary>SIG (RFC 2408 §3.12).</summary>
    Signature = 9,

    /// <summary>NONCE (RFC 2408 §3.13).</summary>
    Nonce = 10,

    /// <summary>N (RFC 2408 §3.14).</summary>
    Notification = 11,

    /// <summary>D (RFC 2408 §3.15).</summary>
    Delete = 12,

    /// <summary>VID (RFC 2408 §3.16).</summary>
    VendorId = 13,

    /// <summary>ATTR, of Mode Config and XAUTH (draft-dukes-ike-mode-cfg-02 §3.2).</summary>
    Attributes = 14,

    /// <summary>NAT-D (RFC 3947 §3.2).</summary>
    NatDiscovery = 20,

    /// <summary>NAT-OA (RFC 3947 §5.2).</summary>
    NatOriginalAddress = 21,

    /// <summary>NAT-D before its number was assigned (drafts of RFC 3947, draft-ietf-ipsec-nat-t-ike).</summary>
    NatDiscoveryDraft = 130,

    /// <summary>NAT-OA before its number was assigned (drafts of RFC 3947, draft-ietf-ipsec-nat-t-ike).</summary>
    NatOriginalAddressDraft = 131,

    /// <summary>A fragment of a message ([MS-IKEE] §2.2).</summary>
    Fragment = 132,
}
