using RefIke.Crypto.Keys;
using RefIke.Crypto.Signatures;

namespace RefIke.Exchanges.Phase1;

/// <summary>
/// Who makes our SIG_I or SIG_R. Virtual, so that it can be replaced where an endpoint is set up: the key may be where
/// it cannot be had, in a token, or with a peer whose exchange was recorded.
/// </summary>
public class OwnSignatures
{
    /// <summary>With the key of local policy.</summary>
    public static OwnSignatures Configured { get; } = new();

    /// <summary>SIG_I or SIG_R over HASH_I or HASH_R (RFC 2409 §5.1).</summary>
    /// <param name="key">The key of local policy; null where it has none of the method's kind.</param>
    public virtual byte[] Sign(SignatureMethod method, PrivateKey? key, ReadOnlySpan<byte> HASH)
        => method.Sign(key ?? throw new InvalidOperationException("a connection with public keys has a key of its method"), HASH);
}
