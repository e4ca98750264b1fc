using System.Diagnostics.CodeAnalysis;
using RefIke.Crypto;
using RefIke.Crypto.Certificates;
using RefIke.Wire;

namespace RefIke.Exchanges.Phase1;

/// <summary>
/// Which certificate speaks for a peer: the one that names the identity of its ID payload and that a trust anchor vouches for
/// (RFC 4945 §3.1, §5.1). Virtual, so that it can be replaced where an endpoint is set up.
/// </summary>
public class PeerCertificates
{
    /// <summary>As RFC 4945 has it.</summary>
    public static PeerCertificates Rfc4945 { get; } = new();

    /// <summary>The path to the certificate, or why there is none.</summary>
    /// <param name="unixSeconds">When, in seconds since 1970.</param>
    public virtual bool TryFind(IdentificationPayload id, ReceivedCertificates received, TrustStore trust, PathPolicy policy, long unixSeconds,
        [NotNullWhen(true)] out CertificatePath? path, [NotNullWhen(false)] out CryptoFault? fault)
        => PeerCertificate.TryFind((byte)id.IdType, id.Data.Span, received, trust, policy, unixSeconds, out path, out fault);
}
