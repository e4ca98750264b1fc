namespace RefIke.Wire;

/// <summary>Certificate encodings and types (RFC 2408 §3.9, §3.10).</summary>
public enum CertificateEncoding : byte
{
    /// <summary>NONE (RFC 2408 §3.9).</summary>
    None = 0,

    /// <summary>PKCS #7 wrapped X.509 certificate (RFC 2408 §3.9).</summary>
    Pkcs7 = 1,

    /// <summary>PGP certificate (RFC 2408 §3.9).</summary>
    Pgp = 2,

    /// <summary>DNS signed key (RFC 2408 §3.9).</summary>
    DnsSignedKey = 3,

    /// <summary>X.509 certificate for signatures (RFC 2408 §3.9).</summary>
    X509Signature = 4,

    /// <summary>X.509 certificate for key exchange (RFC 2408 §3.9).</summary>
    X509KeyExchange = 5,

    /// <summary>Kerberos tokens (RFC 2408 §3.9).</summary>
    Kerberos = 6,

    /// <summary>Certificate revocation list (RFC 2408 §3.9).</summary>
    Crl = 7,

    /// <summary>Authority revocation list (RFC 2408 §3.9).</summary>
    Arl = 8,

    /// <summary>SPKI certificate (RFC 2408 §3.9).</summary>
    Spki = 9,

    /// <summary>X.509 attribute certificate (RFC 2408 §3.9).</summary>
    X509Attribute = 10,
}
