using System.Diagnostics.CodeAnalysis;

namespace RefIke.Crypto.Certificates;

/// <summary>
/// Finds the certificate that speaks for a peer's identity: what an exchange asks before it looks at SIG_I or SIG_R.
/// </summary>
public static class PeerCertificate
{
    /// <summary>
    /// Certificates that are tried for one identity, at most: recipients need not go through many (RFC 4945 §3.3.9).
    /// </summary>
    // clause 4945-3.3.9-01
    private const int MostTried = 4;

    /// <summary>
    /// The certificate that names the identity (RFC 4945 §3.1) and that a trust anchor vouches for (§5.1): one that was
    /// sent, or else one that is held. Only its key may verify the signature or encrypt to the peer.
    /// </summary>
    /// <param name="idType">The ID type of RFC 2407 §4.6.2.1.</param>
    /// <param name="idData">The Identification Data, behind protocol and port.</param>
    /// <param name="received">What the CERT payloads brought; nothing, where none came.</param>
    /// <param name="trust">What is held locally.</param>
    /// <param name="policy">Which checks.</param>
    /// <param name="now">Seconds since 1970.</param>
    /// <param name="path">From the anchor to the certificate, which is <see cref="CertificatePath.Peer"/>.</param>
    /// <param name="fault">
    /// Of the first certificate that names the identity; or that none does; or that there is none at all (M-89).
    /// </param>
    public static bool TryFind(
        byte idType, ReadOnlySpan<byte> idData, ReceivedCertificates received, TrustStore trust, PathPolicy policy,
        long now, [NotNullWhen(true)] out CertificatePath? path, [NotNullWhen(false)] out CryptoFault? fault)
    {
        path = null;
        CryptoFault? notNamed = null;
        CryptoFault? notTrusted = null;
        var tried = 0;
        foreach (var certificate in received.Certificates.Concat(trust.Known).Concat(trust.Anchors).Distinct())
        {
            if (IdentityBinding.Check(certificate, idType, idData) is { } unnamed)
            {
                notNamed ??= unnamed;
            }
            else if (tried++ < MostTried)
            {
                if (CertificatePath.TryBuild(
                    certificate, received.Certificates, received.RevocationLists, trust, policy, now, out path,
                    out var untrusted))
                {
                    fault = null;
                    return true;
                }

                notTrusted ??= untrusted;
            }
        }

        fault = notTrusted ?? (received.Certificates.IsEmpty && trust.Known.IsEmpty ? null : notNamed)
            ?? new CryptoFault.NoCertificate();
        return false;
    }
}
