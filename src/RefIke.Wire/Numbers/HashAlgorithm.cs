namespace RefIke.Wire;

/// <summary>Hashes of phase 1 (RFC 2409 App. A, RFC 4868).</summary>
public enum HashAlgorithm : ushort
{
    /// <summary>RFC 2409 App. A, value 1.</summary>
    Md5 = 1,

    /// <summary>RFC 2409 App. A, value 2.</summary>
    Sha = 2,

    /// <summary>RFC 2409 App. A, value 3.</summary>
    Tiger = 3,

    /// <summary>RFC 4868.</summary>
    Sha256 = 4,

    /// <summary>RFC 4868.</summary>
    Sha384 = 5,

    /// <summary>RFC 4868.</summary>
    Sha512 = 6,
}
