using System.Collections.Immutable;
using RefIke.Crypto;
using RefIke.Crypto.Certificates;
using RefIke.Crypto.Keys;
using RefIke.Wire;

namespace RefIke.Exchanges.Phase1;

/// <summary>Our private key for an exchange, the CERT payloads that go with it, and the CR payloads that ask for the peer's.</summary>
internal static class OwnKeys
{
    /// <summary>
    /// The key to sign with, and the certificates to send: those that lead to an authority that the peer asked for, without a request
    /// none unless policy says so (RFC 4945 §3.3.6, D-59). A request that cannot be met leaves us to hope that the peer has ours.
    /// No key where policy has none of this kind.
    /// </summary>
    [Clause("2409-5.1-05")]
    [Clause("2408-3.10-02")]
    [Clause("4945-3.2.7.1-02")]
    [Clause("4945-3.3.6-01")]
    [Clause("4945-3.3.6-02")]
    public static (PrivateKey? Key, ImmutableArray<Payload> Certificates) Choose(Phase1Turn t, Func<PublicKey, bool> fits)
    {
        var terms = t.Before.Terms!.PublicKeys!;
        var ours = terms.Credentials.Where(c => fits(c.PrivateKey.PublicKey)).ToArray();
        if (ours.Length == 0)
        {
            return (terms.RawKey, []);
        }

        var requests = new List<CertificateRequest>();
        foreach (var payload in t.After.CertificateRequests)
        {
            if (CertificateRequest.TryRead((byte)payload.Encoding, payload.Data.Memory, out var request, out _))
            {
                requests.Add(request);
            }
        }

        if (terms.Sending != CertificateSending.Never && requests.Count > 0
            && Credential.TryAnswer(ours, requests, out var chosen, out var send, out _))
        {
            return (chosen.PrivateKey, Payloads(send));
        }

        return (ours[0].PrivateKey, terms.Sending == CertificateSending.Always ? Payloads(ours[0].Chain) : []);
    }

    /// <summary>The RSA key that the peer encrypts to: the one that HASH(1) names, else our first; null where HASH(1) names none of ours.</summary>
    [Clause("2409-5.2-03")]
    public static RsaPrivateKey? ForDecryption(Phase1Turn t) => t.Once("own key", () =>
    {
        var terms = t.Before.Terms!.PublicKeys!;
        var ours = terms.Credentials.Where(c => c.PrivateKey is RsaPrivateKey).ToArray();
        if (t.IsInitiator || t.Payloads.One<HashPayload>() is not { } named)
        {
            return (RsaPrivateKey?)(ours.Length > 0 ? ours[0].PrivateKey : terms.RawKey);
        }

        var hash = t.After.Suite!.Hash;
        var meant = ours.FirstOrDefault(c => ConstantTime.Equal(t.Means.Encryption.HASH_1(hash, c.Certificate.Der.Span), named.Data.Span));
        t.Rejection = meant is null ? new Rejection.CertificateRefused(new CryptoFault.UnknownCertificateHash()) : t.Rejection;
        return (RsaPrivateKey?)meant?.PrivateKey;
    });

    /// <summary>HASH(1): which of the peer's certificates we encrypt to, where policy wants that told (RFC 2409 §5.2).</summary>
    [Clause("2409-5.2-03")]
    [Clause("4945-3.3.11.4-01")]
    public static ImmutableArray<Payload> NamePeerCertificate(Phase1Turn t, HashFunction hash)
        => t.Before.Terms!.PublicKeys!.NamesPeerCertificate && PeerKeys.CertificateForEncryption(t) is { } certificate
            ? [new HashPayload(t.Means.Encryption.HASH_1(hash, certificate.Der.Span))]
            : [];

    /// <summary>Cert-I: our certificate, for a responder that may not have it (RFC 2409 §5.3).</summary>
    [Clause("2409-5.3-09")]
    public static ImmutableArray<Payload> CertificateForEncryption(Phase1Turn t)
    {
        var terms = t.Before.Terms!.PublicKeys!;
        return terms.Sending == CertificateSending.Always && terms.Credentials.FirstOrDefault(c => c.PrivateKey is RsaPrivateKey) is { } own
            ? Payloads([own.Certificate])
            : [];
    }

    /// <summary>CR: a certificate from one of our trust anchors is wanted; nothing where the peer's key is known (D-57).</summary>
    [Clause("2409-5-08")]
    [Clause("4945-3.2.3-01")]
    [Clause("4945-3.2.6-01")]
    [Clause("2408-3.10-03")]
    public static ImmutableArray<Payload> Requests(Phase1Turn t)
        => t.Before.Terms!.PublicKeys is { PeerKey: null } terms
            ? [.. CertificateRequest.Authorities(terms.Trust).Select(a => new CertificateRequestPayload(CertificateEncoding.X509Signature, a))]
            : [];

    [Clause("4945-3.3.4-01")]
    private static ImmutableArray<Payload> Payloads(ImmutableArray<Certificate> certificates)
        => [.. certificates.Select(c => new CertificatePayload(CertificateEncoding.X509Signature, c.Der))];
}
