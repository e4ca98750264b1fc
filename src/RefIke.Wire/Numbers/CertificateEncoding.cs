namespace RefIke.Wire;

/// <summary>Certificate encodings (RFC 2408 §3.9).</summary>
public enum CertificateEncoding : byte
{
    /// <summary>RFC 2408 §3.9, value 0.</summary>
    None = 0,

    /// <summary>RFC 2408 §3.9, value 1.</summary>
    Pkcs7 = 1,

    /// <summary>RFC 2408 §3.9, value 2.</summary>
    Pgp = 2,

    /// <summary>RFC 2408 §3.9, value 3.</summary>
    DnsSignedKey = 3,

    /// <summary>RFC 2408 §3.9, value 4.</summary>
    X509Signature = 4,

    /// <summary>RFC 2408 §3.9, value 5.</summary>
    X509KeyExchange = 5,

    /// <summary>RFC 2408 §3.9, value 6.</summary>
    Kerberos = 6,

    /// <summary>RFC 2408 §3.9, value 7.</summary>
    Crl = 7,

    /// <summary>RFC 2408 §3.9, value 8.</summary>
    Arl = 8,

    /// <summary>RFC 2408 §3.9, value 9.</summary>
    Spki = 9,

    /// <summary>RFC 2408 §3.9, value 10.</summary>
    X509Attribute = 10,
}
