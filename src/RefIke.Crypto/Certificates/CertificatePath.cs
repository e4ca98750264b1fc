using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace RefIke.Crypto.Certificates;

/// <summary>
/// A chain from a trust anchor to a peer's certificate that was valid at the instant it was asked for (RFC 5280 §6.1
/// with the rules of RFC 4945 §5.1). It can only be had from <see cref="TryBuild"/>.
/// </summary>
public sealed class CertificatePath
{
    /// <summary>Certificates and CRLs that a peer may send, at most.</summary>
    public const int MostSent = 32;

    /// <summary>Chains that are checked for one certificate, at most.</summary>
    private const int MostAttempts = 32;

    /// <summary>
    /// Beginnings of chains that are looked at, at most: thirty certificates of one name could be put in a row in any
    /// order.
    /// </summary>
    private const int MostBeginnings = 256;

    private CertificatePath(ImmutableArray<Certificate> certificates) => Certificates = certificates;

    /// <summary>Anchor first, peer last. One that is its own anchor stands alone.</summary>
    public ImmutableArray<Certificate> Certificates { get; }

    /// <summary>The trust anchor.</summary>
    public Certificate Anchor => Certificates[0];

    /// <summary>The peer's certificate.</summary>
    public Certificate Peer => Certificates[^1];

    /// <summary>
    /// Looks for a chain by names and checks it from the anchor down, so that no key is used before a trusted one has
    /// vouched for it. The order of what was sent does not matter, nor do duplicates and strangers in it (RFC 4945
    /// §3.3.10).
    /// </summary>
    /// <param name="peer">The certificate whose key is to be used.</param>
    /// <param name="sent">Certificates that came with it.</param>
    /// <param name="sentLists">CRLs that came with it.</param>
    /// <param name="trust">What is held locally.</param>
    /// <param name="policy">Which checks.</param>
    /// <param name="now">Seconds since 1970.</param>
    /// <param name="path">The chain.</param>
    /// <param name="fault">What was wrong with the first chain tried, or that there is none.</param>
    // clause 4945-3.3.10.3-01, clause 4945-3.3.10.5-01
    public static bool TryBuild(
        Certificate peer, IReadOnlyCollection<Certificate> sent, IReadOnlyCollection<RevocationList> sentLists,
        TrustStore trust, PathPolicy policy, long now, [NotNullWhen(true)] out CertificatePath? path,
        [NotNullWhen(false)] out CryptoFault? fault)
    {
        path = null;
        if (sent.Count + sentLists.Count > MostSent)
        {
            fault = new CryptoFault.CertificateTooLarge(
                "certificates and CRLs sent", sent.Count + sentLists.Count, MostSent);
            return false;
        }

        var candidates = sent.Concat(trust.Known).Distinct().Except(trust.Anchors).ToArray();
        var check = new PathCheck(policy, [.. trust.RevocationLists, .. sentLists], now);
        CryptoFault? first = null;
        foreach (var chain in Chains(peer, candidates, trust.Anchors, policy.MostIntermediates).Take(MostAttempts))
        {
            var found = check.Check(chain);
            if (found is null)
            {
                (path, fault) = (new CertificatePath(chain), null);
                return true;
            }

            first ??= found;
        }

        fault = first ?? new CryptoFault.NoTrustAnchor($"{peer.Issuer}");
        return false;
    }

    /// <summary>
    /// All chains that the names allow, anchor first, shorter ones before those that go on from the same certificate.
    /// </summary>
    private static IEnumerable<ImmutableArray<Certificate>> Chains(
        Certificate peer, Certificate[] candidates, ImmutableArray<Certificate> anchors, int mostIntermediates)
    {
        var work = new Stack<ImmutableArray<Certificate>>([[peer]]);
        if (anchors.Contains(peer))
        {
            yield return [peer];
        }

        for (var looked = 0; looked < MostBeginnings && work.TryPop(out var chain); looked++)
        {
            foreach (var anchor in anchors.Where(anchor => anchor.MayHaveIssued(chain[0]) && !chain.Contains(anchor)))
            {
                yield return [anchor, .. chain];
            }

            if (chain.Length <= mostIntermediates)
            {
                foreach (var issuer in candidates.Where(
                    issuer => issuer.MayHaveIssued(chain[0]) && !chain.Contains(issuer)))
                {
                    work.Push([issuer, .. chain]);
                }
            }
        }
    }
}
