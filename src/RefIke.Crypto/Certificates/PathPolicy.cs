namespace RefIke.Crypto.Certificates;

/// <summary>What a certificate's key is to be used for.</summary>
public enum KeyPurpose
{
    /// <summary>Verifying SIG_I or SIG_R (RFC 2409 §5.1).</summary>
    Signature,

    /// <summary>Encrypting nonce and identity (RFC 2409 §5.2, §5.3).</summary>
    Encryption,
}

/// <summary>
/// The checks of RFC 4945 §5.1 that may be loosened, and the bounds that are ours. As the record comes, all checks are
/// on.
/// </summary>
public sealed record PathPolicy
{
    /// <summary>As RFC 4945 has it, for signatures.</summary>
    // clause 4945-5.1-01
    public static PathPolicy Rfc4945 { get; } = new();

    /// <summary>What the key is for; a certificate for signatures only is refused for encryption .</summary>
    public KeyPurpose Purpose { get; init; } = KeyPurpose.Signature;

    /// <summary>CA certificates between anchor and peer, at most.</summary>
    public int MostIntermediates { get; init; } = 6;

    /// <summary>
    /// Whether RSA with MD5 and signatures with SHA-1 are verified, as RFC 4945 §5.3 demands, or refused as they ought
    /// to be today.
    /// </summary>
    public bool AcceptWeakHashes { get; init; } = true;

    /// <summary>
    /// Whether the ExtendedKeyUsage extension of the peer's certificate must allow IKE (RFC 4945 §5.1.3.12).
    /// </summary>
    public bool CheckExtendedKeyUsage { get; init; } = true;

    /// <summary>Whether a CA certificate without BasicConstraints is refused (RFC 4945 §5.1.3.9).</summary>
    public bool RequireBasicConstraints { get; init; } = true;

    /// <summary>
    /// Whether a certificate that no current CRL covers is refused. CRLs that are there are always heeded (RFC 4945
    /// §5.2).
    /// </summary>
    public bool RequireRevocationInformation { get; init; }
}
