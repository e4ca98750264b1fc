namespace RefIke.Wire;

/// <summary>Payload types (RFC 2408 §3.1, RFC 3947 §3, §5, and numbers in wide use).</summary>
public enum PayloadType : byte
{
    /// <summary>No more payloads (RFC 2408 §3.1).</summary>
    None = 0,

    /// <summary>SA (RFC 2408 §3.4).</summary>
    SecurityAssociation = 1,

    /// <summary>P (RFC 2408 §3.5).</summary>
    Proposal = 2,

    /// <summary>T (RFC 2408 §3.6).</summary>
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

    /// <summary>The attribute payload of Mode Config (draft-dukes-ike-mode-cfg-02 §3.2).</summary>
    Attributes = 14,

    /// <summary>NAT-D (RFC 3947 §3.2).</summary>
    NatDiscovery = 20,

    /// <summary>NAT-OA (RFC 3947 §5.2).</summary>
    NatOriginalAddress = 21,

    /// <summary>NAT-D of the drafts before RFC 3947.</summary>
    NatDiscoveryDraft = 130,

    /// <summary>NAT-OA of the drafts before RFC 3947.</summary>
    NatOriginalAddressDraft = 131,

    /// <summary>A fragment of a message (private use, widely deployed).</summary>
    Fragment = 132,
}
