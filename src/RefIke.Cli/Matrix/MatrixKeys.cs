using System.Collections.Concurrent;
using System.Text;
using RefIke.Crypto.Certificates;
using RefIke.Crypto.Keys;
using RefIke.Exchanges.Phase1;
using RefIke.Wire;

namespace RefIke.Cli.Matrix;

/// <summary>
/// The keys and certificates of both endpoints, made once and used in every run: a key pair for each kind, a certificate
/// for each identity that one can prove. Anybody can make them again, so they protect nothing.
/// </summary>
internal sealed class MatrixKeys
{
    /// <summary>The time of day of every run, within the life of the certificates.</summary>
    public const long UnixSeconds = 1_800_000_000;

    private const long Validity = 100_000;

    private readonly ConcurrentDictionary<(string, string), Lazy<PrivateKey>> keys = new();
    private readonly ConcurrentDictionary<(int, string, string), Lazy<Credential>> credentials = new();
    private readonly Lazy<Certificate> authority;

    public MatrixKeys() => authority = new(() => CertificateMaker.SelfSigned(
        Recipe("C=CH, O=RefIke, CN=authority", 1) with
        {
            IsCa = true,
            KeyUsages = KeyUsages.KeyCertSign | KeyUsages.CrlSign,
        }, Key("authority", AuthenticationMethod.EcdsaP256)));

    /// <summary>
    /// What endpoint <paramref name="own"/> has. Signatures for an identity that a certificate can prove are proven by
    /// one; in all other runs each has the other's raw key (RFC 2409 §5.2 and §5.3 encrypt to it before anything is
    /// said).
    /// </summary>
    public PublicKeyTerms? Terms(int own, AuthenticationMethod method, string identity)
    {
        var signs = method is not (AuthenticationMethod.PreSharedKey
            or AuthenticationMethod.RsaEncryption or AuthenticationMethod.RevisedRsaEncryption);
        return signs && MatrixIdentities.IsCertifiable(identity)
            ? new PublicKeyTerms
            {
                Credentials = [Credential(own, method, identity)],
                Trust = TrustStore.Of(authority.Value),
                Sending = CertificateSending.IfAsked,
                AddressMayDiffer = true,
            }
            : RawKeys(own, method);
    }

    /// <summary>The own key and the peer's public one; null with a pre-shared key.</summary>
    public PublicKeyTerms? RawKeys(int own, AuthenticationMethod method) => method == AuthenticationMethod.PreSharedKey
        ? null
        : new PublicKeyTerms
        {
            RawKey = Key($"{own}", method),
            PeerKey = Key($"{3 - own}", method).PublicKey,
            AddressMayDiffer = true,
        };

    private Credential Credential(int n, AuthenticationMethod method, string identity)
        => credentials.GetOrAdd((n, MethodKeys.Kind(method), identity), _ => new(() =>
        {
            var key = Key($"{n}", method);
            var recipe = Recipe(MatrixIdentities.Subject(n), n + 1) with
            {
                KeyUsages = KeyUsages.DigitalSignature,
                AlternativeNames = MatrixIdentities.Certified(identity, n),
            };
            var certificate = CertificateMaker.Issue(
                recipe, key.PublicKey, authority.Value, Key("authority", AuthenticationMethod.EcdsaP256));
            return Crypto.Certificates.Credential.TryCreate(key, certificate, [], out var made, out var fault)
                ? made
                : throw new InvalidOperationException(fault.Reason);
        })).Value;

    private PrivateKey Key(string owner, AuthenticationMethod method)
        => keys.GetOrAdd((owner, MethodKeys.Kind(method)), _ => new(
            () => MethodKeys.Make(method, Encoding.ASCII.GetBytes($"refike handshake {owner}")))).Value;

    private static CertificateRecipe Recipe(string subject, long serial) => new()
    {
        Subject = subject,
        NotBefore = UnixSeconds - Validity,
        NotAfter = UnixSeconds + Validity,
        SerialNumber = serial,
    };
}
