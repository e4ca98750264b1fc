using RefIke.Crypto;
using RefIke.Crypto.PublicKeyEncryption;
using RefIke.Exchanges.Machines;
using RefIke.Exchanges.Phase1;

namespace RefIke.Exchanges;

/// <summary>
/// What an exchange needs from outside: formulas, Diffie-Hellman, random octets, and how machines are wired.
/// </summary>
public sealed record ExchangeMeans(
    KeySchedule Formulas, IDiffieHellman DiffieHellman, IRandomness Randomness, Wiring Wiring)
{
    /// <summary>The encrypted bodies of RFC 2409 §5.2.</summary>
    public RsaEncryption Encryption { get; init; } = RsaEncryption.Rfc2409;

    /// <summary>The ephemeral keys of RFC 2409 §5.3.</summary>
    public RevisedKeySchedule RevisedFormulas { get; init; } = RevisedKeySchedule.Rfc2409;

    /// <summary>Which certificate speaks for a peer.</summary>
    public PeerCertificates PeerCertificates { get; init; } = PeerCertificates.Rfc4945;

    /// <summary>Who makes our signatures.</summary>
    public OwnSignatures OwnSignatures { get; init; } = OwnSignatures.Configured;
}
