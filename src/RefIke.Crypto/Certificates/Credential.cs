using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using RefIke.Crypto.Keys;

namespace RefIke.Crypto.Certificates;

/// <summary>
/// What we prove ourselves with: a private key, the certificate of its public half, and the certificates above that.
/// </summary>
public sealed class Credential
{
    private Credential(PrivateKey privateKey, Certificate certificate, ImmutableArray<Certificate> issuers)
        => (PrivateKey, Certificate, Issuers) = (privateKey, certificate, issuers);

    /// <summary>The key.</summary>
    public PrivateKey PrivateKey { get; }

    /// <summary>Its certificate.</summary>
    public Certificate Certificate { get; }

    /// <summary>
    /// The certificate's issuer, that one's issuer, and so on as far as they are known; the anchor may be among them.
    /// </summary>
    public ImmutableArray<Certificate> Issuers { get; }

    /// <summary>
    /// The certificate and the intermediates above it, without trust anchors (RFC 4945 §3.3): what is sent when all is
    /// wanted.
    /// </summary>
    public ImmutableArray<Certificate> Chain
        => [Certificate, .. Issuers.Where(issuer => !issuer.Subject.IsSameAs(issuer.Issuer))];

    /// <summary>Puts the certificates above in order; those that have no place there are left out.</summary>
    public static bool TryCreate(PrivateKey key, Certificate certificate, IEnumerable<Certificate> others,
    [NotNullWhen(true)] out Credential? credential, [NotNullWhen(false)] out CryptoFault? fault)
    {
        if (!key.PublicKey.Equals(certificate.PublicKey))
        {
            (credential, fault) = (null, new CryptoFault.KeyDoesNotMatch($"{certificate.Subject}"));
            return false;
        }

        var rest = others.Where(other => !other.Equals(certificate)).Distinct().ToList();
        var issuers = new List<Certificate>();
        while (rest.Find(other => other.MayHaveIssued(issuers.Count == 0 ? certificate : issuers[^1])) is { } issuer)
        {
            issuers.Add(issuer);
            rest.Remove(issuer);
        }

        (credential, fault) = (new Credential(key, certificate, [.. issuers]), null);
        return true;
    }

    /// <summary>
    /// What to send for the requests of a peer: of all our credentials that one, and so much of its chain, that reaches
    /// an authority asked for with the fewest certificates (RFC 4945 §3.2.7.1, §3.3.7, §3.3.11.2). An empty request
    /// takes the first with its whole chain.
    /// </summary>
    /// <param name="ours">In order of preference.</param>
    /// <param name="requests">
    /// At least one; without a request nothing is sent unless policy says so (RFC 4945 §3.3.6).
    /// </param>
    /// <param name="chosen">The credential to sign with.</param>
    /// <param name="send">Its certificate first.</param>
    /// <param name="fault">CERTIFICATE-UNAVAILABLE (RFC 2408 §5.10 step 3).</param>
    // clause 4945-3.2.7.2-02, clause 4945-3.2.8.3-01, clause 4945-3.3-01, clause 4945-3.3.7-01, clause 4945-3.3.9-01, clause 4945-3.3.11.2-01
    public static bool TryAnswer(IReadOnlyList<Credential> ours, IReadOnlyList<CertificateRequest> requests,
    [NotNullWhen(true)] out Credential? chosen, out ImmutableArray<Certificate> send,
            [NotNullWhen(false)] out CryptoFault? fault)
    {
        (chosen, send) = (null, []);
        foreach (var (credential, request) in ours.SelectMany(
            credential => requests.Select(request => (credential, request))))
        {
            var answer = credential.ChainTo(request.Authority);
            if (!answer.IsEmpty && (chosen is null || answer.Length < send.Length))
            {
                (chosen, send) = (credential, answer);
            }
        }

        fault = chosen is null
            ? new CryptoFault.CertificateUnavailable(
                string.Join(" or ", requests.Select(request => $"{request.Authority}")))
            : null;
        return chosen is not null;
    }

    /// <summary>Certificate and key, the latter unprinted.</summary>
    public override string ToString() => $"{Certificate.Subject} {PrivateKey}";

    // clause 4945-3.3.11.1-01
    private ImmutableArray<Certificate> ChainTo(DistinguishedName? authority)
    {
        if (authority is null)
        {
            return Chain;
        }

        ImmutableArray<Certificate> all = [Certificate, .. Issuers];
        var last = all.Select(certificate => certificate.Issuer).ToList().FindIndex(authority.IsSameAs);
        return last < 0 ? [] : all[..(last + 1)];
    }
}
