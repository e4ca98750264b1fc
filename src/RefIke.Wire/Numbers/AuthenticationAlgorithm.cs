namespace RefIke.Wire;

/// <summary>Authentication algorithms of IPsec SAs (RFC 2407 §4.5 and the RFCs named).</summary>
public enum AuthenticationAlgorithm : ushort
{
    /// <summary>HMAC-MD5 (RFC 2407 §4.5).</summary>
    HmacMd5 = 1,

    /// <summary>HMAC-SHA (RFC 2407 §4.5).</summary>
    HmacSha = 2,

    /// <summary>DES-MAC (RFC 2407 §4.5).</summary>
    DesMac = 3,

    /// <summary>KPDK (RFC 2407 §4.5).</summary>
    Kpdk = 4,

    /// <summary>HMAC-SHA2-256 (RFC 4868 §4).</summary>
    HmacSha256 = 5,

    /// <summary>HMAC-SHA2-384 (RFC 4868 §4).</summary>
    HmacSha384 = 6,

    /// <summary>HMAC-SHA2-512 (RFC 4868 §4).</summary>
    HmacSha512 = 7,

    /// <summary>HMAC-RIPEMD (RFC 2857).</summary>
    HmacRipemd = 8,

    /// <summary>AES-XCBC-MAC (RFC 3566 §6).</summary>
    AesXcbcMac = 9,

    /// <summary>SIG-RSA (RFC 4359).</summary>
    RsaSignature = 10,

    /// <summary>AES-128-GMAC (RFC 4543, erratum 1821).</summary>
    Aes128Gmac = 11,

    /// <summary>AES-192-GMAC (RFC 4543, erratum 1821).</summary>
    Aes192Gmac = 12,

    /// <summary>AES-256-GMAC (RFC 4543, erratum 1821).</summary>
    Aes256Gmac = 13,
}
