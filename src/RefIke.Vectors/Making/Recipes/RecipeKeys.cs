using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text;
using RefIke.Crypto.Certificates;
using RefIke.Crypto.Keys;
using RefIke.Exchanges.Phase1;
using RefIke.Wire;

namespace RefIke.Vectors.Making.Recipes;

/// <summary>
/// Keys and certificates of both sides, each made of its name: anybody can make them again, so they protect nothing.
/// </summary>
internal static class RecipeKeys
{
    /// <summary>The time of day of every recipe with certificates, within their life.</summary>
    public const long UnixSeconds = 1_800_000_000;

    private const long Validity = 100_000;

    private static readonly ConcurrentDictionary<(string, string), Lazy<PrivateKey>> Keys = new();

    private static readonly Lazy<Certificate> Authority = new(() => CertificateMaker.SelfSigned(
        Ca("C=CH, O=RefIke, CN=authority", 1), Key("authority", AuthenticationMethod.EcdsaP256)));

    private static readonly Lazy<Certificate> Between = new(() => CertificateMaker.Issue(
        Ca("C=CH, O=RefIke, CN=between", 2), Key("between", AuthenticationMethod.EcdsaP256).PublicKey,
        Authority.Value, Key("authority", AuthenticationMethod.EcdsaP256)));

    /// <summary>A side's own key and the other's public one.</summary>
    public static KeyInputs Raw(int own, AuthenticationMethod method) => new()
    {
        PrivateKey = Private(own, method),
        PeerKey = new Octets(Key($"{3 - own}", method).PublicKey.SubjectPublicKeyInfo),
    };

    /// <summary>
    /// A side's key with its certificate, and whom it trusts. Who encrypts to the other's key has to hold its
    /// certificate.
    /// </summary>
    public static KeyInputs Certified(
        int own, AuthenticationMethod method, string identity, CertificateSending sending, bool chain)
    {
        var encrypts = method is AuthenticationMethod.RsaEncryption or AuthenticationMethod.RevisedRsaEncryption;
        return new KeyInputs
        {
            PrivateKey = Private(own, method),
            Certificates = [Der(Certificate(own, method, identity, chain)), .. chain ? [Der(Between.Value)] : (Octets[])[]],
            Trust = [Der(Authority.Value)],
            Held = encrypts ? [Der(Certificate(3 - own, method, identity, chain))] : null,
            Sending = sending,
            NamesPeerCertificate = encrypts ? true : null,
        };
    }

    private static Octets Private(int n, AuthenticationMethod method)
        => Key($"{n}", method).Reveal().Reveal().ToArray();

    private static Certificate Certificate(int n, AuthenticationMethod method, string identity, bool chain)
    {
        var recipe = Recipe(Names.Subject(n), n + 2) with
        {
            KeyUsages = method is AuthenticationMethod.RsaEncryption or AuthenticationMethod.RevisedRsaEncryption
                ? KeyUsages.KeyEncipherment
                : KeyUsages.DigitalSignature,
            AlternativeNames = Names.Certified(identity, n),
        };
        return CertificateMaker.Issue(recipe, Key($"{n}", method).PublicKey, chain ? Between.Value : Authority.Value,
            Key(chain ? "between" : "authority", AuthenticationMethod.EcdsaP256));
    }

    private static Octets Der(Certificate certificate) => new(certificate.Der);

    private static PrivateKey Key(string owner, AuthenticationMethod method)
        => Keys.GetOrAdd((owner, MethodKeys.Kind(method)), _ => new(
            () => MethodKeys.Make(method, Encoding.ASCII.GetBytes($"RefIke vectors {owner}")))).Value;

    private static CertificateRecipe Ca(string subject, long serial) => Recipe(subject, serial) with
    {
        IsCa = true,
        KeyUsages = KeyUsages.KeyCertSign | KeyUsages.CrlSign,
    };

    private static CertificateRecipe Recipe(string subject, long serial) => new()
    {
        Subject = subject,
        NotBefore = UnixSeconds - Validity,
        NotAfter = UnixSeconds + Validity,
        SerialNumber = serial,
    };
}
