using System.Collections.Concurrent;
using System.Text;
using RefIke.Crypto.Certificates;
using RefIke.Crypto.Keys;

namespace RefIke.Interop;

/// <summary>
/// Keys and certificates of both hosts, made by RefIke's own authority: RefIke's files as its configuration names them,
/// strongSwan's in the folders beside its configuration. Keys are made once for each kind.
/// </summary>
internal static class TestAuthority
{
    public const string NameA = "a.refike.example";
    public const string NameB = "b.refike.example";
    public const string SubjectA = "C=CH, O=RefIke, CN=a";
    public const string SubjectB = "C=CH, O=RefIke, CN=b";

    private static readonly ConcurrentDictionary<string, PrivateKey> Keys = new();

    /// <summary>Writes <c>ca.pem</c>, <c>a.pem</c>, <c>a.key</c>, <c>b.pem</c>, <c>b.key</c> and strongSwan's folders.</summary>
    public static void Write(string folder, string auth, string peerAuthority)
    {
        var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        var recipe = new CertificateRecipe
        {
            Subject = "C=CH, O=RefIke, CN=CA",
            NotBefore = now - 3600,
            NotAfter = now + 86400,
            IsCa = true,
            KeyUsages = KeyUsages.KeyCertSign | KeyUsages.CrlSign,
        };
        File.WriteAllText(Path.Combine(folder, "ca.pem"), CertificateMaker.SelfSigned(recipe, Key("rsa-sig", "ca")).ToPem());
        foreach (var (who, subject, name, serial) in new[] { ("a", SubjectA, NameA, 2), ("b", SubjectB, NameB, 3) })
        {
            var key = Key(auth, who);
            var caKey = Key("rsa-sig", who == "a" ? "ca" : peerAuthority);
            var ca = CertificateMaker.SelfSigned(recipe, caKey);
            var certificate = CertificateMaker.Issue(
                recipe with
                {
                    Subject = subject,
                    IsCa = false,
                    SerialNumber = serial,
                    AlternativeNames = [AlternativeName.Dns(name)],
                    KeyUsages = KeyUsages.DigitalSignature,
                },
                key.PublicKey, ca, caKey);
            File.WriteAllText(Path.Combine(folder, $"{who}.pem"), certificate.ToPem());
            File.WriteAllText(Path.Combine(folder, $"{who}.key"), Pem.Write("PRIVATE KEY", key.Reveal().Reveal()));
        }

        foreach (var (inner, file) in new[] { ("private", "b.key"), ("x509", "b.pem"), ("x509ca", "ca.pem") })
        {
            Directory.CreateDirectory(Path.Combine(folder, inner));
            File.Copy(Path.Combine(folder, file), Path.Combine(folder, inner, file));
        }
    }

    private static PrivateKey Key(string auth, string who) => Keys.GetOrAdd($"{auth} {who}", name =>
    {
        var seed = Encoding.ASCII.GetBytes($"live {name}");
        return auth switch
        {
            "ecdsa-256" => KeyMaker.Ec(seed, EcCurve.P256),
            "ecdsa-384" => KeyMaker.Ec(seed, EcCurve.P384),
            "ecdsa-521" => KeyMaker.Ec(seed, EcCurve.P521),
            _ => KeyMaker.Rsa(seed),
        };
    });
}
