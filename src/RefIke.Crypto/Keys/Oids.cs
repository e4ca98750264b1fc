namespace RefIke.Crypto.Keys;

/// <summary>
/// Object identifiers of keys, curves, hashes and signatures (RFC 3279, RFC 4055, RFC 5480, RFC 5758, RFC 8017 App. C).
/// </summary>
internal static class Oids
{
    public const string Rsa = "1.2.840.113549.1.1.1";
    public const string Dsa = "1.2.840.10040.4.1";
    public const string EllipticCurve = "1.2.840.10045.2.1";

    public const string P256 = "1.2.840.10045.3.1.7";
    public const string P384 = "1.3.132.0.34";
    public const string P521 = "1.3.132.0.35";

    public const string Md5 = "1.2.840.113549.2.5";
    public const string Sha1 = "1.3.14.3.2.26";
    public const string Sha256 = "2.16.840.1.101.3.4.2.1";
    public const string Sha384 = "2.16.840.1.101.3.4.2.2";
    public const string Sha512 = "2.16.840.1.101.3.4.2.3";

    public const string Md5WithRsa = "1.2.840.113549.1.1.4";
    public const string Sha1WithRsa = "1.2.840.113549.1.1.5";
    public const string Sha256WithRsa = "1.2.840.113549.1.1.11";
    public const string Sha384WithRsa = "1.2.840.113549.1.1.12";
    public const string Sha512WithRsa = "1.2.840.113549.1.1.13";
    public const string Sha1WithDsa = "1.2.840.10040.4.3";
    public const string Sha1WithEcdsa = "1.2.840.10045.4.1";
    public const string Sha256WithEcdsa = "1.2.840.10045.4.3.2";
    public const string Sha384WithEcdsa = "1.2.840.10045.4.3.3";
    public const string Sha512WithEcdsa = "1.2.840.10045.4.3.4";
}
