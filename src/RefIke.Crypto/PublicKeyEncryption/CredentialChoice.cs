using System.Diagnostics.CodeAnalysis;
using RefIke.Crypto.Certificates;
using RefIke.Crypto.Keys;

namespace RefIke.Crypto.PublicKeyEncryption;

/// <summary>Which of our keys the initiator encrypted to (RFC 2409 §5.2).</summary>
public static class CredentialChoice
{
    /// <summary>
    /// The credential whose certificate HASH(1) names, or, where none was sent, the first with an RSA key. What HASH(1)
    /// was sent is in clear and secret to nobody, so a fault may be told.
    /// </summary>
    /// <param name="ours">Our credentials, in order of preference.</param>
    /// <param name="encryption">How HASH(1) is made.</param>
    /// <param name="hash">The negotiated hash.</param>
    /// <param name="HASH_1">The HASH payload's body, or null where there was none.</param>
    /// <param name="key">The key to decrypt with.</param>
    /// <param name="fault">No certificate of ours, or no RSA key at all.</param>
    public static bool TryChoose(
        IReadOnlyList<Credential> ours, RsaEncryption encryption, HashFunction hash, ReadOnlyMemory<byte>? HASH_1,
        [NotNullWhen(true)] out RsaPrivateKey? key, [NotNullWhen(false)] out CryptoFault? fault)
    {
        key = ours
            .Where(credential => HASH_1 is not { } named || IsNamed(credential, named.Span))
            .Select(credential => credential.PrivateKey).OfType<RsaPrivateKey>().FirstOrDefault();
        fault = key is null ? new CryptoFault.UnknownCertificateHash() : null;
        return key is not null;

        bool IsNamed(Credential credential, ReadOnlySpan<byte> named)
            => ConstantTime.Equal(encryption.HASH_1(hash, credential.Certificate.Der.Span), named);
    }
}
