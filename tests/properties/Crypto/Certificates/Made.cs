using RefIke.Crypto;
using RefIke.Crypto.Certificates;
using RefIke.Crypto.Keys;

namespace RefIke.Properties.Crypto.Certificates;

/// <summary>
/// Certificates that RefIke makes for its tests: an authority, an intermediate, peers. All are valid around <see
/// cref="Now"/>.
/// </summary>
internal static class Made
{
    /// <summary>15 January 2027.</summary>
    public const long Now = 1_800_000_000;

    public const long Start = Now - 100_000;

    public const long End = Now + 100_000;

    private static readonly Lazy<Certificate> LazyCa = new(
        () => CertificateMaker.SelfSigned(Authority("CN=RefIke CA"), TestKeys.RsaCa));
    private static readonly Lazy<Certificate> LazyPeer = new(() => Issue(Peer()));
    private static readonly Lazy<Certificate> LazyMiddle = new(
        () => CertificateMaker.Issue(
            Authority("CN=Middle CA") with { SerialNumber = 7 }, TestKeys.P256Ca.PublicKey, Ca, TestKeys.RsaCa));

    private static readonly Lazy<Certificate> LazyBelowMiddle = new(
        () => CertificateMaker.Issue(
            Peer() with { SerialNumber = 8 }, TestKeys.Rsa.PublicKey, Middle, TestKeys.P256Ca));

    /// <summary>The trust anchor, RSA.</summary>
    public static Certificate Ca => LazyCa.Value;

    /// <summary>A peer with RSA, issued by the anchor.</summary>
    public static Certificate PeerOfCa => LazyPeer.Value;

    /// <summary>An intermediate with P-256, issued by the anchor.</summary>
    public static Certificate Middle => LazyMiddle.Value;

    /// <summary>The peer again, issued by the intermediate.</summary>
    public static Certificate PeerOfMiddle => LazyBelowMiddle.Value;

    public static CertificateRecipe Authority(string subject) => new()
    {
        Subject = subject,
        NotBefore = Start,
        NotAfter = End,
        IsCa = true,
        KeyUsages = KeyUsages.KeyCertSign | KeyUsages.CrlSign,
    };

    public static CertificateRecipe Peer() => new()
    {
        Subject = "C=CH, O=RefIke, CN=a.example",
        NotBefore = Start,
        NotAfter = End,
        SerialNumber = 2,
        KeyUsages = KeyUsages.DigitalSignature,
        AlternativeNames = [AlternativeName.Dns("a.example")],
    };

    /// <summary>A certificate for the peer's RSA key, issued by the anchor.</summary>
    public static Certificate Issue(CertificateRecipe recipe)
        => CertificateMaker.Issue(recipe, TestKeys.Rsa.PublicKey, Ca, TestKeys.RsaCa);

    /// <summary>The fault of a chain to the anchor, or null.</summary>
    public static CryptoFault? Validate(
        Certificate peer, IReadOnlyCollection<Certificate>? sent = null, TrustStore? trust = null,
        PathPolicy? policy = null, long now = Now)
    {
        trust ??= TrustStore.Of(Ca);
        policy ??= PathPolicy.Rfc4945;
        var isValid = CertificatePath.TryBuild(peer, sent ?? [peer], [], trust, policy, now, out _, out var fault);
        return isValid ? null : fault;
    }
}
