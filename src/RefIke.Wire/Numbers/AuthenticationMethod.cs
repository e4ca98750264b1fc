namespace RefIke.Wire;

/// <summary>Authentication methods (RFC 2409 App. A, RFC 4754, XAUTH and hybrid drafts).</summary>
public enum AuthenticationMethod : ushort
{
    /// <summary>RFC 2409 App. A, value 1.</summary>
    PreSharedKey = 1,

    /// <summary>RFC 2409 App. A, value 2.</summary>
    DssSignatures = 2,

    /// <summary>RFC 2409 App. A, value 3.</summary>
    RsaSignatures = 3,

    /// <summary>RFC 2409 App. A, value 4.</summary>
    RsaEncryption = 4,

    /// <summary>RFC 2409 App. A, value 5.</summary>
    RevisedRsaEncryption = 5,

    /// <summary>RFC 4754 §4.</summary>
    EcdsaP256 = 9,

    /// <summary>RFC 4754 §4.</summary>
    EcdsaP384 = 10,

    /// <summary>RFC 4754 §4.</summary>
    EcdsaP521 = 11,

    /// <summary>Hybrid authentication draft.</summary>
    HybridInitRsa = 64221,

    /// <summary>Hybrid authentication draft.</summary>
    HybridRespRsa = 64222,

    /// <summary>draft-beaulieu-ike-xauth-02 §7.2.</summary>
    XauthInitPreShared = 65001,

    /// <summary>draft-beaulieu-ike-xauth-02 §7.2.</summary>
    XauthRespPreShared = 65002,

    /// <summary>draft-beaulieu-ike-xauth-02 §7.2.</summary>
    XauthInitRsa = 65005,

    /// <summary>draft-beaulieu-ike-xauth-02 §7.2.</summary>
    XauthRespRsa = 65006,
}
