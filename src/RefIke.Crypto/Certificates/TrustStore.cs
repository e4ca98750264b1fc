using System.Collections.Immutable;

namespace RefIke.Crypto.Certificates;

/// <summary>What is held locally: whom to trust, what helps to get there, who is no longer to be trusted.</summary>
/// <param name="Anchors">
/// Trusted by configuration alone. A CA's certificate, or a peer's own. What a peer sends never becomes one (B-87).
/// </param>
/// <param name="Known">
/// Certificates of intermediate CAs and of peers, which prove nothing by themselves (RFC 4945 §3.3.8).
/// </param>
/// <param name="RevocationLists">CRLs got out of band (RFC 4945 §3.2.3).</param>
public sealed record TrustStore(
    ImmutableArray<Certificate> Anchors, ImmutableArray<Certificate> Known,
    ImmutableArray<RevocationList> RevocationLists)
{
    /// <summary>Trusts nobody.</summary>
    public static TrustStore Empty { get; } = new([], [], []);

    /// <summary>These anchors and nothing else.</summary>
    public static TrustStore Of(params ReadOnlySpan<Certificate> anchors) => new([.. anchors], [], []);
}
