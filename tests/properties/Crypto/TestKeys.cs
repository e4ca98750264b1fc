using System.Security.Cryptography;
using RefIke.Crypto.Keys;

namespace RefIke.Properties.Crypto;

/// <summary>
/// Keys for all tests of keys, signatures and certificates: made once a run, the same ones in every run.
/// </summary>
internal static class TestKeys
{
    private static readonly Lazy<RsaPrivateKey> LazyRsa = new(() => KeyMaker.Rsa("peer"u8));
    private static readonly Lazy<RsaPrivateKey> LazyRsa1024 = new(() => KeyMaker.Rsa("small peer"u8, 1024));
    private static readonly Lazy<RsaPrivateKey> LazyRsaCa = new(() => KeyMaker.Rsa("certification authority"u8));
    private static readonly Lazy<DsaPrivateKey> LazyDsa = new(() => KeyMaker.Dsa("peer"u8));
    private static readonly Lazy<DsaPrivateKey> LazyDsaCa = new(() => KeyMaker.Dsa("certification authority"u8));

    public static RsaPrivateKey Rsa => LazyRsa.Value;

    public static RsaPrivateKey Rsa1024 => LazyRsa1024.Value;

    public static RsaPrivateKey RsaCa => LazyRsaCa.Value;

    public static DsaPrivateKey Dsa => LazyDsa.Value;

    public static DsaPrivateKey DsaCa => LazyDsaCa.Value;

    public static EcPrivateKey P256 { get; } = KeyMaker.Ec("peer"u8, EcCurve.P256);

    public static EcPrivateKey P256Ca { get; } = KeyMaker.Ec("certification authority"u8, EcCurve.P256);

    public static EcPrivateKey P384 { get; } = KeyMaker.Ec("peer"u8, EcCurve.P384);

    public static EcPrivateKey P521 { get; } = KeyMaker.Ec("peer"u8, EcCurve.P521);

    /// <summary>The key of one kind, by the name that a theory gives it.</summary>
    public static PrivateKey Of(string kind) => kind switch
    {
        "RSA" => Rsa,
        "DSA" => Dsa,
        "P-256" => P256,
        "P-384" => P384,
        "P-521" => P521,
        _ => throw new ArgumentException($"no test key {kind}", nameof(kind)),
    };

    /// <summary>The numbers of an RSA key, by the platform's own reading.</summary>
    public static RSAParameters RsaNumbers(RsaPrivateKey key)
    {
        using var rsa = RSA.Create();
        rsa.ImportPkcs8PrivateKey(key.Reveal().Reveal(), out _);
        return rsa.ExportParameters(true);
    }

    /// <summary>q of a DSA key, by the platform's own reading.</summary>
    public static byte[] DsaOrder(DsaPrivateKey key)
    {
        using var dsa = DSA.Create();
        dsa.ImportPkcs8PrivateKey(key.Reveal().Reveal(), out _);
        return dsa.ExportParameters(false).Q!;
    }
}
