using RefIke.Crypto;
using RefIke.Crypto.Certificates;
using RefIke.Crypto.Keys;
using RefIke.Wire;

namespace RefIke.Exchanges.Phase1;

/// <summary>The peer's public key: configured, or from a certificate that names the peer and that a trust anchor vouches for.</summary>
internal static class PeerKeys
{
    /// <summary>The key to verify the peer's signature with; null where there is none that can be trusted (RFC 2409 §5.1, RFC 4945 §3.1).</summary>
    [Clause("2409-5.1-06")]
    [Clause("4945-3.1-01")]
    [Clause("2407-4.6.2.1-01")]
    public static PublicKey? ForSignature(Phase1Turn t) => t.Once("peer's key", () =>
    {
        var terms = t.Before.Terms!.PublicKeys!;
        if (terms.PeerKey is not null)
        {
            return terms.PeerKey;
        }

        var received = Received(t, out var unreadable);
        if (t.Means.PeerCertificates.TryFind(
            Identities.Claimed(t), received, terms.Trust, terms.Path, t.UnixSeconds, out var path, out var fault))
        {
            return path.Peer.PublicKey;
        }

        t.Rejection = new Rejection.CertificateRefused(fault is CryptoFault.NoCertificate ? unreadable ?? fault : fault);
        return null;
    });

    /// <summary>The RSA key to encrypt to: of whom policy expects, as nobody has proved anything yet (RFC 2409 §5.2, §5.3).</summary>
    public static RsaPublicKey? ForEncryption(Phase1Turn t) => Encrypting(t).Key as RsaPublicKey;

    /// <summary>The certificate whose key is encrypted to; null for a raw key.</summary>
    public static Certificate? CertificateForEncryption(Phase1Turn t) => Encrypting(t).Certificate;

    /// <summary>There is such a key.</summary>
    public static bool IsKnown(Phase1Turn t) => ForEncryption(t) is not null;

    private static (PublicKey? Key, Certificate? Certificate) Encrypting(Phase1Turn t) => t.Once("peer's key", () =>
    {
        var terms = t.Before.Terms!.PublicKeys!;
        if (terms.PeerKey is not null)
        {
            return (terms.PeerKey, null);
        }

        if (t.Means.PeerCertificates.TryFind(t.Before.Terms.PeerIdentity, Received(t, out _), terms.Trust,
            terms.Path with { Purpose = KeyPurpose.Encryption }, t.UnixSeconds, out var path, out var fault))
        {
            return (path.Peer.PublicKey, path.Peer);
        }

        t.Rejection = new Rejection.CertificateRefused(fault);
        return ((PublicKey?)null, (Certificate?)null);
    });

    /// <summary>What the CERT payloads brought, so far; one that cannot be read is passed over (RFC 2408 §5.9).</summary>
    private static ReceivedCertificates Received(Phase1Turn t, out CryptoFault? unreadable)
    {
        unreadable = null;
        var received = ReceivedCertificates.None;
        foreach (var payload in t.After.CertificatesReceived)
        {
            if (!received.TryAdd((byte)payload.Encoding, payload.Data.Memory, out received, out var fault))
            {
                unreadable ??= fault;
            }
        }

        return received;
    }
}
