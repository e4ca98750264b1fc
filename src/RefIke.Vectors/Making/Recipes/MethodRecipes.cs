using RefIke.Exchanges.Phase1;
using RefIke.Wire;

namespace RefIke.Vectors.Making.Recipes;

/// <summary>Every authentication method of RFC 2409 §5.1 to §5.4 and RFC 4754 in Main and Aggressive Mode.</summary>
internal static class MethodRecipes
{
    private static readonly (string Name, AuthenticationMethod Method, string Suite, string Words)[] Methods =
    [
        ("psk", AuthenticationMethod.PreSharedKey, "aes128-sha1-modp1536", "A pre-shared key (RFC 2409 §5.4)."),
        ("rsa-sig", AuthenticationMethod.RsaSignatures, "aes128-sha256-modp2048",
            "RSA signatures with raw keys (RFC 2409 §5.1): PKCS #1 over HASH itself."),
        ("dss-sig", AuthenticationMethod.DssSignatures, "3des-sha256-modp1536",
            "DSS signatures (RFC 2409 §5.1): HASH is made with HMAC-SHA-1 whatever was negotiated, SIG is r | s."),
        ("ecdsa-256", AuthenticationMethod.EcdsaP256, "aes128-sha256-ecp256",
            "ECDSA with P-256 and SHA-256 (RFC 4754 §8.1)."),
        ("ecdsa-384", AuthenticationMethod.EcdsaP384, "aes256-sha1-ecp384",
            "ECDSA with P-384 (RFC 4754 §8.2): HASH is made with HMAC-SHA-384, all else with HMAC-SHA-1."),
        ("ecdsa-521", AuthenticationMethod.EcdsaP521, "aes256-sha512-ecp521",
            "ECDSA with P-521 and SHA-512 (RFC 4754 §8.3)."),
        ("rsa-enc", AuthenticationMethod.RsaEncryption, "aes192-sha256-modp2048",
            "Public key encryption (RFC 2409 §5.2): identity and nonce each encrypted to the peer's RSA key."),
        ("rsa-rev-enc", AuthenticationMethod.RevisedRsaEncryption, "aes256-sha1-modp2048",
            "Revised public key encryption (RFC 2409 §5.3): the nonce to the peer's key, the rest with Ke_i and Ke_r, "
            + "which are expanded from 20 octets to 32."),
    ];

    public static Recipe[] All { get; } = [.. EachMode, .. Certificates, .. Clear];

    private static IEnumerable<Recipe> EachMode => Methods.SelectMany((m, i) => new[]
    {
        new Recipe($"refike-{m.Name}-main", $"{m.Words} Main Mode.", (ulong)(1000 + i),
            Given.Inputs(m.Suite, "aes128-sha1").By(m.Method), Given.Connect),
        new Recipe($"refike-{m.Name}-aggressive", $"{m.Words} Aggressive Mode, the third message encrypted.",
            (ulong)(1100 + i),
            Given.Inputs(m.Suite, "aes128-sha1").By(m.Method, ExchangeType.Aggressive).Identified("user-fqdn"),
            Given.Connect),
    });

    private static IEnumerable<Recipe> Certificates =>
    [
        new("refike-rsa-sig-main-certificates",
            "RSA signatures with X.509 certificates, asked for by CR and sent in CERT.", 1200,
            Rsa(AuthenticationMethod.RsaSignatures).Certified(), Given.Connect),
        new("refike-rsa-sig-main-chain",
            "A certificate and the one above it, sent unasked; the identities are distinguished names.", 1201,
            Rsa(AuthenticationMethod.RsaSignatures).Certified("dn", CertificateSending.Always, chain: true),
            Given.Connect),
        new("refike-rsa-sig-aggressive-certificates",
            "Certificates in Aggressive Mode, sent unasked; the identities are addresses.", 1202,
            Rsa(AuthenticationMethod.RsaSignatures, ExchangeType.Aggressive)
                .Certified("ipv4", CertificateSending.Always), Given.Connect),
        new("refike-ecdsa-256-main-certificates", "ECDSA certificates; the identities are mail addresses.", 1203,
            Rsa(AuthenticationMethod.EcdsaP256).Certified("user-fqdn"), Given.Connect),
        new("refike-dss-sig-main-certificates", "DSS certificates.", 1204,
            Rsa(AuthenticationMethod.DssSignatures).Certified(), Given.Connect),
        new("refike-rsa-enc-main-named",
            "Public key encryption to keys of certificates held: HASH(1) names the responder's (RFC 2409 §5.2).", 1205,
            Rsa(AuthenticationMethod.RsaEncryption).Certified(), Given.Connect),
        new("refike-rsa-enc-aggressive-named", "The same in Aggressive Mode.", 1206,
            Rsa(AuthenticationMethod.RsaEncryption, ExchangeType.Aggressive).Certified(), Given.Connect),
        new("refike-rsa-rev-enc-main-certificate",
            "Revised public key encryption; the initiator's certificate goes encrypted behind its identity (Cert-I_b).",
            1207, Rsa(AuthenticationMethod.RevisedRsaEncryption).Certified("fqdn", CertificateSending.Always),
            Given.Connect),
    ];

    private static IEnumerable<Recipe> Clear =>
        from m in Methods
        where m.Name is "psk" or "rsa-sig" or "rsa-enc" or "rsa-rev-enc"
        select new Recipe($"refike-{m.Name}-aggressive-clear",
            $"{m.Words} Aggressive Mode, the third message in clear: phase 2's IVs come from the first IV (App. B).",
            1300 + (ulong)m.Name.Length,
            Given.Inputs(m.Suite, "aes128-sha1-modp1536").By(m.Method, ExchangeType.Aggressive).Identified("fqdn") with { ClearThirdMessage = true },
            Given.Connect);

    private static Inputs Rsa(AuthenticationMethod method, ExchangeType mode = ExchangeType.MainMode)
        => Given.Inputs("aes128-sha1-modp2048", "aes256-sha256").By(method, mode);
}
