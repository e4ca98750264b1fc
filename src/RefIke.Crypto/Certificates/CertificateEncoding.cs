namespace RefIke.Crypto.Certificates;

/// <summary>The certificate encodings of RFC 2408 §3.9 that are read here (RFC 4945 §3.3.1, D-58).</summary>
internal static class CertificateEncoding
{
    public const byte Pkcs7 = 1;
    public const byte X509Signature = 4;
    public const byte X509KeyExchange = 5;
    public const byte Crl = 7;
    public const byte Arl = 8;
    public const byte X509Attribute = 10;

    /// <summary>The highest value that RFC 2408 §3.9 assigns.</summary>
    public const byte Highest = 10;
}
