namespace RefIke.Wire;

/// <summary>AH transforms (RFC 2407 §4.4.3, RFC 4868).</summary>
public enum AhTransform : byte
{
    /// <summary>RFC 2407 §4.4.3, value 2.</summary>
    Md5 = 2,

    /// <summary>RFC 2407 §4.4.3, value 3.</summary>
    Sha = 3,

    /// <summary>RFC 2407 §4.4.3, value 4.</summary>
    Des = 4,

    /// <summary>RFC 4868, value 5.</summary>
    Sha256 = 5,

    /// <summary>RFC 4868, value 6.</summary>
    Sha384 = 6,

    /// <summary>RFC 4868, value 7.</summary>
    Sha512 = 7,
}
