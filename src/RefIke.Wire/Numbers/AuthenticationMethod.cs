namespace RefIke.Wire;

/// <summary>Authentication methods of phase 1 (RFC 2409 App. A, RFC 4754, hybrid and XAUTH drafts).</summary>
public enum AuthenticationMethod : ushort
{
    /// <summary>Pre-shared key (RFC 2409 App. A).</summary>
    PreSharedKey = 1,

    /// <summary>DSS signatures (RFC 2409 App. A).</summary>
    DssSignatures = 2,

    /// <summary>RSA signatures (RFC 2409 App. A).</summary>
    RsaSignatures = 3,

    /// <summary>Encryption with RSA (RFC 2409 App. A).</summary>
    RsaEncryption = 4,

    /// <summary>Revised encryption with RSA (RFC 2409 App. A).</summary>
    RevisedRsaEncryption = 5,

    /// <summary>ECDSA of any curve and hash (RFC 4754 §4, which names it and replaces it).</summary>
    EcdsaSignatures = 8,

    /// <summary>ECDSA-256 (RFC 4754 §8.1).</summary>
    EcdsaP256 = 9,

    /// <summary>ECDSA-384 (RFC 4754 §8.2).</summary>
    EcdsaP384 = 10,

    /// <summary>ECDSA-521 (RFC 4754 §8.3).</summary>
    EcdsaP521 = 11,

    /// <summary>HybridInitRSA (draft-zegman-ike-hybrid-auth-01 §3.2.1).</summary>
    HybridInitRsa = 64221,

    /// <summary>HybridRespRSA (draft-zegman-ike-hybrid-auth-01 §3.2.1).</summary>
    HybridRespRsa = 64222,

    /// <summary>HybridInitDSS (draft-zegman-ike-hybrid-auth-01 §3.2.1).</summary>
    HybridInitDss = 64223,

    /// <summary>HybridRespDSS (draft-zegman-ike-hybrid-auth-01 §3.2.1).</summary>
    HybridRespDss = 64224,

    /// <summary>XAUTHInitPreShared (draft-beaulieu-ike-xauth-02 §7.2).</summary>
    XauthInitPreShared = 65001,

    /// <summary>XAUTHRespPreShared (draft-beaulieu-ike-xauth-02 §7.2).</summary>
    XauthRespPreShared = 65002,

    /// <summary>XAUTHInitDSS (draft-beaulieu-ike-xauth-02 §7.2).</summary>
    XauthInitDss = 65003,

    /// <summary>XAUTHRespDSS (draft-beaulieu-ike-xauth-02 §7.2).</summary>
    XauthRespDss = 65004,

    /// <summary>XAUTHInitRSA (draft-beaulieu-ike-xauth-02 §7.2).</summary>
    XauthInitRsa = 65005,

    /// <summary>XAUTHRespRSA (draft-beaulieu-ike-xauth-02 §7.2).</summary>
    XauthRespRsa = 65006,

    /// <summary>XAUTHInitRSAEncryption (draft-beaulieu-ike-xauth-02 §7.2).</summary>
    XauthInitRsaEncryption = 65007,

    /// <summary>XAUTHRespRSAEncryption (draft-beaulieu-ike-xauth-02 §7.2).</summary>
    XauthRespRsaEncryption = 65008,

    /// <summary>XAUTHInitRSARevisedEncryption (draft-beaulieu-ike-xauth-02 §7.2).</summary>
    XauthInitRevisedRsaEncryption = 65009,

    /// <summary>XAUTHRespRSARevisedEncryption (draft-beaulieu-ike-xauth-02 §7.2).</summary>
    XauthRespRevisedRsaEncryption = 65010,
}
