namespace RefIke.Wire;

/// <summary>Transforms of AH (RFC 2407 §4.4.3 and the RFCs named; other numbers are kept as they are).</summary>
public enum AhTransform : byte
{
    /// <summary>AH_MD5 (RFC 2407 §4.4.3.1).</summary>
    Md5 = 2,

    /// <summary>AH_SHA (RFC 2407 §4.4.3.2).</summary>
    Sha = 3,

    /// <summary>AH_DES (RFC 2407 §4.4.3.3).</summary>
    Des = 4,

    /// <summary>AH_SHA2-256 (RFC 4868).</summary>
    Sha256 = 5,

    /// <summary>AH_SHA2-384 (RFC 4868).</summary>
    Sha384 = 6,

    /// <summary>AH_SHA2-512 (RFC 4868).</summary>
    Sha512 = 7,

    /// <summary>AH_RIPEMD (RFC 2857).</summary>
    Ripemd = 8,

    /// <summary>AH_AES-XCBC-MAC (RFC 3566 §6).</summary>
    AesXcbcMac = 9,

    /// <summary>AH_RSA (RFC 4359).</summary>
    Rsa = 10,

    /// <summary>AH_AES-128-GMAC (RFC 4543, erratum 1821).</summary>
    Aes128Gmac = 11,

    /// <summary>AH_AES-192-GMAC (RFC 4543, erratum 1821).</summary>
    Aes192Gmac = 12,

    /// <summary>AH_AES-256-GMAC (RFC 4543, erratum 1821).</summary>
    Aes256Gmac = 13,
}
