namespace RefIke.Wire;

/// <summary>Hashes of phase 1 (RFC 2409 App. A, RFC 4868).</summary>
public enum HashAlgorithm : ushort
{
    /// <summary>MD5 (RFC 2409 App. A).</summary>
    Md5 = 1,

    /// <summary>SHA (RFC 2409 App. A).</summary>
    Sha = 2,

    /// <summary>Tiger (RFC 2409 App. A).</summary>
    Tiger = 3,

    /// <summary>SHA2-256 (RFC 4868 §4).</summary>
    Sha256 = 4,

    /// <summary>SHA2-384 (RFC 4868 §4).</summary>
    Sha384 = 5,

    /// <summary>SHA2-512 (RFC 4868 §4).</summary>
    Sha512 = 6,
}
