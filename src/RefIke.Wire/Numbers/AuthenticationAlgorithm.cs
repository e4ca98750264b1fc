namespace RefIke.Wire;

/// <summary>Authentication algorithms of IPsec SAs (RFC 2407 §4.5, RFC 4868).</summary>
public enum AuthenticationAlgorithm : ushort
{
    /// <summary>RFC 2407 §4.5, value 1.</summary>
    HmacMd5 = 1,

    /// <summary>RFC 2407 §4.5, value 2.</summary>
    HmacSha = 2,

    /// <summary>RFC 2407 §4.5, value 3.</summary>
    DesMac = 3,

    /// <summary>RFC 2407 §4.5, value 4.</summary>
    Kpdk = 4,

    /// <summary>RFC 4868, value 5.</summary>
    HmacSha256 = 5,

    /// <summary>RFC 4868, value 6.</summary>
    HmacSha384 = 6,

    /// <summary>RFC 4868, value 7.</summary>
    HmacSha512 = 7,
}
