using System.Collections.Immutable;

namespace RefIke.Crypto.Certificates;

/// <summary>
/// The checks on one chain, anchor first (RFC 5280 §6.1.3 to §6.1.5; RFC 4945 §5.1). Each returns its fault, or null.
/// </summary>
internal sealed class PathCheck(PathPolicy policy, ImmutableArray<RevocationList> lists, long now)
{
    private const string IpsecIke = "1.3.6.1.5.5.7.3.17";
    private const string AnyPurpose = "2.5.29.37.0";

    /// <summary>
    /// Signatures are verified top-down: a key is used when a trusted one has vouched for it, not before.
    /// </summary>
    public CryptoFault? Check(ImmutableArray<Certificate> chain)
    {
        var names = new NameConstraints();
        var fault = CheckTime(chain[0]) ?? CheckExtensions(chain[0]);
        for (var at = 1; at < chain.Length && fault is null; at++)
        {
            var (issuer, subject) = (chain[at - 1], chain[at]);
            var isLast = at == chain.Length - 1;
            fault = CheckIssuer(issuer, isAnchor: at == 1)
                ?? CheckLength(issuer, chain[at..^1])
                ?? names.Add(issuer)
                ?? CheckSignature(issuer, subject)
                ?? CheckTime(subject)
                ?? (subject.Version == 3 ? null : new CryptoFault.CertificateVersion(subject.Version))
                ?? CheckExtensions(subject)
                ?? (isLast || !subject.Subject.IsSameAs(subject.Issuer) ? names.Check(subject) : null)
                ?? CheckRevocation(issuer, subject);
        }

        return fault ?? CheckUse(chain[^1]);
    }

    private CryptoFault? CheckTime(Certificate certificate)
        => now < certificate.NotBefore ? new CryptoFault.NotYetValid($"{certificate.Subject}", certificate.NotBefore)
            : now > certificate.NotAfter ? new CryptoFault.Expired($"{certificate.Subject}", certificate.NotAfter)
            : null;

    private static CryptoFault.CriticalExtension? CheckExtensions(Certificate certificate)
        => certificate.Extensions.UnknownCritical is [var oid, ..]
        ? new CryptoFault.CriticalExtension($"{certificate.Subject}", oid)
        : null;

    /// <summary>
    /// An anchor of version 1 or 2 has no extensions to say that it is a CA's: configuration does (RFC 4945 §5.1.1).
    /// </summary>
    private CryptoFault.NotCa? CheckIssuer(Certificate issuer, bool isAnchor)
    {
        var maySign = issuer.KeyUsages is not { } usages || usages.HasFlag(KeyUsages.KeyCertSign);
        var isCa = issuer.Extensions.Constraints is { IsCa: var said } ? said : !policy.RequireBasicConstraints;
        return maySign && (isCa || (isAnchor && issuer.Version < 3))
            ? null
            : new CryptoFault.NotCa($"{issuer.Subject}");
    }

    /// <summary>
    /// A pathLenConstraint counts the intermediates below that are not self-issued (RFC 5280 §4.2.1.9).
    /// </summary>
    private static CryptoFault.PathTooLong? CheckLength(Certificate issuer, ImmutableArray<Certificate> below)
    {
        var count = below.Count(certificate => !certificate.Subject.IsSameAs(certificate.Issuer));
        return issuer.Extensions.Constraints is { PathLength: { } limit } && count > limit
            ? new CryptoFault.PathTooLong($"{issuer.Subject}", limit)
            : null;
    }

    private CryptoFault? CheckSignature(Certificate issuer, Certificate subject)
        => SignatureScheme.Find(subject.Signed.Algorithm) is not { } scheme
            ? new CryptoFault.SignatureAlgorithm($"{subject.Subject}", subject.Signed.Algorithm)
            : scheme.IsWeak && !policy.AcceptWeakHashes
                ? new CryptoFault.SignatureAlgorithm($"{subject.Subject}", scheme.Name)
            : scheme.Verifies(issuer.PublicKey, subject.Signed) ? null
            : new CryptoFault.CertificateSignature($"{subject.Subject}");

    /// <summary>
    /// Whatever authentic list names the certificate revokes it, an old list too (RFC 4945 §5.2.1); only a current one
    /// that takes the certificate in shows that it is not revoked.
    /// </summary>
    private CryptoFault? CheckRevocation(Certificate issuer, Certificate subject)
    {
        var authentic = lists.Where(list => list.Issuer.IsSameAs(issuer.Subject) && IsAuthentic(list, issuer))
            .ToArray();
        return authentic.Any(list => list.ThisUpdate <= now && list.Lists(subject))
            ? new CryptoFault.Revoked($"{subject.Subject}")
            : policy.RequireRevocationInformation && !authentic.Any(list => list.Covers(subject, now))
                ? new CryptoFault.RevocationUnknown($"{subject.Subject}")
            : null;
    }

    private static bool IsAuthentic(RevocationList list, Certificate issuer)
        => (issuer.KeyUsages is not { } usages || usages.HasFlag(KeyUsages.CrlSign))
            && SignatureScheme.Find(list.Signed.Algorithm) is { } scheme
                && scheme.Verifies(issuer.PublicKey, list.Signed);

    /// <summary>
    /// KeyUsage and ExtendedKeyUsage of the peer's own certificate (RFC 4945 §5.1.3.2, §5.1.3.12). For encryption RFC
    /// 4945 has no rule: one of the two bits that allow to encrypt a secret must be set.
    /// </summary>
    private CryptoFault? CheckUse(Certificate peer)
    {
        var due = policy.Purpose == KeyPurpose.Signature
            ? KeyUsages.DigitalSignature | KeyUsages.NonRepudiation
            : KeyUsages.KeyEncipherment | KeyUsages.DataEncipherment;
        if (peer.KeyUsages is { } usages && (usages & due) == 0)
        {
            return new CryptoFault.KeyUsageForbids(
                $"{peer.Subject}", policy.Purpose == KeyPurpose.Signature ? "signatures" : "encryption");
        }

        return policy.CheckExtendedKeyUsage && peer.Extensions.Purposes is { } purposes
            && !purposes.Contains(IpsecIke) && !purposes.Contains(AnyPurpose)
                ? new CryptoFault.ExtendedKeyUsageForbids($"{peer.Subject}")
                : null;
    }
}
