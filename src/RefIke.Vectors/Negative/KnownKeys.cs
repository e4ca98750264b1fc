using System.Collections.Concurrent;
using System.Text;
using RefIke.Crypto.Certificates;
using RefIke.Crypto.Keys;
using RefIke.Engine;
using RefIke.Exchanges.Phase1;
using RefIke.Wire;

namespace RefIke.Vectors.Negative;

/// <summary>The keys and certificates of the negative vectors, the same in every run.</summary>
internal static class KnownKeys
{
    private const AuthenticationMethod Rsa = AuthenticationMethod.RsaSignatures;

    private static readonly ConcurrentDictionary<(string, AuthenticationMethod), PrivateKey> Keys = new();
    private static readonly Lazy<Certificate> Ca = new(() => Authority("CN=CA", "CA"));
    private static readonly Lazy<Certificate> OtherCa = new(() => Authority("CN=another CA", "another CA"));
    private static readonly ConcurrentDictionary<string, (Certificate Own, Certificate[] Issuers)> Presented = new();

    /// <summary>The key of somebody for a method.</summary>
    public static PrivateKey Of(string owner, AuthenticationMethod method)
        => Keys.GetOrAdd((owner, method),
            _ => MethodKeys.Make(method, Encoding.ASCII.GetBytes($"{owner} {method}")));

    /// <summary>Each side knows the other's raw key.</summary>
    public static EndpointSetup Raw(EndpointSetup setup, AuthenticationMethod method) => setup.With(c => c with
    {
        Suites = [.. c.Suites.Select(s => s with { Method = method })],
        PreSharedKey = null,
        PublicKeys = new PublicKeyTerms
        {
            RawKey = Of(setup.Name, method),
            PeerKey = Of(setup.Name == "A" ? "B" : "A", method).PublicKey,
        },
    });

    /// <summary>Of the raw keys one side's is missing, as in hybrid authentication.</summary>
    public static EndpointSetup Without(EndpointSetup setup, bool own)
        => WithKeys(setup, k => own ? k with { RawKey = null } : k with { PeerKey = null });

    /// <summary>The side has another key than its peer knows.</summary>
    public static EndpointSetup Other(EndpointSetup setup)
        => WithKeys(setup, k => k with { RawKey = Of("C", setup.Connections[0].Method) });

    /// <summary>RSA signatures, each side with a certificate of the CA that both trust.</summary>
    public static EndpointSetup Certified(EndpointSetup setup) => WithKeys(Raw(setup, Rsa), k => k with
    {
        RawKey = null,
        PeerKey = null,
        Credentials = [Held(setup.Name, Issued(setup.Name, setup.Name), [])],
        Trust = TrustStore.Of(Ca.Value),
        Sending = CertificateSending.Always,
    });

    /// <summary>The CA has revoked side A's certificate, and this side knows.</summary>
    public static EndpointSetup Revoking(EndpointSetup setup)
    {
        var list = CertificateMaker.Revoke(
            Ca.Value, Of("CA", Rsa), [Issued("A", "A")], Configurations.Begins - 100, Configurations.Begins + 100_000,
            []);
        return RevocationList.TryRead(list, out var read, out var fault)
            ? WithKeys(setup, k => k with { Trust = k.Trust with { RevocationLists = [read] } })
            : throw new InvalidOperationException(fault.Reason);
    }

    /// <summary>The side presents another certificate, by a word for what is wrong with it.</summary>
    public static EndpointSetup Presenting(EndpointSetup setup, string what)
    {
        var (own, issuers) = Presented.GetOrAdd($"{setup.Name} {what}", _ => Make(setup.Name, what));
        return WithKeys(setup, k => k with { Credentials = [Held(setup.Name, own, issuers)] });
    }

    private static (Certificate Own, Certificate[] Issuers) Make(string side, string what)
    {
        var name = $"CN={side}";
        switch (what)
        {
            case "of-another-ca":
                return (Issued(side, side, OtherCa.Value, "another CA"), []);
            case "expired":
                return (Issued(side, side, change: r => r with { NotAfter = Configurations.Begins - 1 }), []);
            case "not-yet-valid":
                return (Issued(side, side, change: r => r with
                {
                    NotBefore = Configurations.Begins + 100_000,
                    NotAfter = Configurations.Begins + 200_000
                }), []);
            case "of-another-address":
                return (Issued(side, side, change: r =>
                    r with { AlternativeNames = [AlternativeName.Ip([192, 0, 2, 1])] }), []);
            case "of-a-dns-name":
                return (Issued(side, side, change: r =>
                    r with { AlternativeNames = [AlternativeName.Dns("a.example")] }), []);
            case "of-no-name":
                return (Issued(side, side, change: r => r with { AlternativeNames = [] }), []);
            case "self-signed":
                return (CertificateMaker.SelfSigned(Recipe(name), Of(side, Rsa)), []);
            case "of-a-peer":
                var peer = Issued("C", "C");
                return (Issued(side, side, peer, "C"), [peer]);
            case "for-encipherment-alone":
                return (Issued(side, side, change: r => r with { KeyUsages = KeyUsages.KeyEncipherment }), []);
            case "for-crl-signing-alone":
                return (Issued(side, side, change: r => r with { KeyUsages = KeyUsages.CrlSign }), []);
            case "for-web-servers-alone":
                return (Issued(side, side, change: r => r with { ExtendedKeyUsage = ["1.3.6.1.5.5.7.3.1"] }), []);
            case "with-an-unknown-critical-extension":
                return (Issued(side, side, change: r =>
                    r with { OtherExtensions = [("1.3.6.1.4.1.99999.1", true, [5, 0])] }), []);
            case "of-version-1":
                return (Issued(side, side, change: r => r with { Version = 1, AlternativeNames = [] }), []);
            case "below-an-expired-ca":
                return BelowMiddle(side, r => r with { NotAfter = Configurations.Begins - 1 });
            case "below-a-ca-that-may-not-sign":
                return BelowMiddle(side, r => r with { KeyUsages = KeyUsages.DigitalSignature });
            case "below-no-ca":
                return BelowMiddle(side, r => r with { IsCa = false });
            case "below-too-long-a-path":
                var top = Issued("top CA", "top CA", change: r =>
                    r with { IsCa = true, PathLength = 0, AlternativeNames = [] });
                var middle = CertificateMaker.Issue(Recipe("CN=middle CA") with { IsCa = true },
                    Of("middle CA", Rsa).PublicKey, top, Of("top CA", Rsa));
                return (Issued(side, side, middle, "middle CA"), [middle, top]);
            case "with-another-signature":
                return (Issued(side, side, Ca.Value, "another CA"), []);
            default:
                throw new ArgumentException($"no certificate {what}", nameof(what));
        }
    }

    private static (Certificate, Certificate[]) BelowMiddle(string side, Func<CertificateRecipe,
        CertificateRecipe> change)
    {
        var recipe = change(Recipe("CN=middle CA") with { IsCa = true });
        var middle = CertificateMaker.Issue(recipe, Of("middle CA", Rsa).PublicKey, Ca.Value, Of("CA", Rsa));
        return (Issued(side, side, middle, "middle CA"), [middle]);
    }

    private static CertificateRecipe Recipe(string subject) => new()
    {
        Subject = subject,
        NotBefore = Configurations.Begins - 1000,
        NotAfter = Configurations.Begins + 50_000,
    };

    private static Certificate Authority(string subject, string key)
        => CertificateMaker.SelfSigned(Recipe(subject) with { IsCa = true }, Of(key, Rsa));

    private static Certificate Issued(
        string name, string key, Certificate? issuer = null, string issuerKey = "CA", Func<CertificateRecipe,
        CertificateRecipe>? change = null)
    {
        var recipe = Recipe($"CN={name}") with
        {
            AlternativeNames = [AlternativeName.Ip([10, 77, 0,
            (byte)(name[0] - 'A' + 1)])]
        };
        return CertificateMaker.Issue(
            change?.Invoke(recipe) ?? recipe, Of(key, Rsa).PublicKey, issuer ?? Ca.Value, Of(issuerKey, Rsa));
    }

    private static Credential Held(string name, Certificate certificate, Certificate[] others)
        => Credential.TryCreate(Of(name, Rsa), certificate, others, out var credential, out var fault)
            ? credential : throw new InvalidOperationException(fault.Reason);

    private static EndpointSetup WithKeys(EndpointSetup setup, Func<PublicKeyTerms, PublicKeyTerms> change)
        => setup.With(c => c with { PublicKeys = change(c.PublicKeys!) });
}
