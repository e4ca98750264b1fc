using System.Collections.Immutable;
using RefIke.Crypto.Certificates;
using RefIke.Crypto.Keys;

namespace RefIke.Exchanges.Phase1;

/// <summary>When our certificates are sent (RFC 2408 §3.9, D-59).</summary>
public enum CertificateSending
{
    /// <summary>When the peer asked for one.</summary>
    IfAsked,

    /// <summary>Unasked too.</summary>
    Always,

    /// <summary>Not at all: the peer has them, or has the raw key.</summary>
    Never,
}

/// <summary>What local policy says for authentication with public keys (RFC 2409 §5.1 to §5.3).</summary>
public sealed record PublicKeyTerms
{
    /// <summary>Our keys with certificates, in order of preference.</summary>
    public ImmutableArray<Credential> Credentials { get; init; } = [];

    /// <summary>Our key without a certificate, used where no credential fits.</summary>
    public PrivateKey? RawKey { get; init; }

    /// <summary>The peer's raw public key, where it is known and needs no certificate (RFC 4945 §6.3).</summary>
    public PublicKey? PeerKey { get; init; }

    /// <summary>Whose certificates are trusted, and what certificates are held.</summary>
    public TrustStore Trust { get; init; } = TrustStore.Empty;

    /// <summary>How chains are checked.</summary>
    public PathPolicy Path { get; init; } = PathPolicy.Rfc4945;

    /// <summary>Whether HASH(1) tells the peer which of its certificates we encrypt to; it tells everybody else too (RFC 2409 §5.2, A-33).</summary>
    public bool NamesPeerCertificate { get; init; }

    /// <summary>When CERT payloads are sent.</summary>
    public CertificateSending Sending { get; init; }

    /// <summary>An address as identity need not be the one that the datagrams come from (RFC 4945 §3.1.1, D-84).</summary>
    public bool AddressMayDiffer { get; init; }
}
