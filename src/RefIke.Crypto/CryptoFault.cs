namespace RefIke.Crypto;

/// <summary>
/// Why a key, a signature, an encrypted payload or a certificate was refused. A peer's octets never raise an exception:
/// they end in one of these, or they are good.
/// </summary>
/// <param name="Clause">
/// The clause broken, as in the ledger (<c>2409-5.1-03</c>), or the RFC's section where it has no row.
/// </param>
/// <param name="Notify">
/// The notify of RFC 2408 §3.14.1 that names the fault; whether it is sent is the engine's policy.
/// </param>
/// <param name="Reason">One sentence for people. It holds no secret.</param>
public abstract record CryptoFault(string Clause, FaultNotify Notify, string Reason)
{
    /// <summary>The kind's name, for logs and counters.</summary>
    public string Kind => GetType().Name;

    /// <summary>
    /// The octets or the text are no key in any form that is read here (RFC 4945 §6.3, RFC 5280 §4.1.2.7).
    /// </summary>
    public sealed record KeyUnreadable(string Detail)
        : CryptoFault("4945-6.3-01", FaultNotify.InvalidKeyInformation, $"no readable key: {Detail}");

    /// <summary>
    /// A key of an algorithm, curve or size that no authentication method here uses (RFC 2409 App. A, RFC 4754 §4).
    /// </summary>
    public sealed record KeyUnsupported(string Detail)
        : CryptoFault("2409-A", FaultNotify.InvalidKeyInformation, $"unsupported key: {Detail}");

    /// <summary>
    /// The numbers of a key cannot be a key's: even modulus, exponent 0, point off the curve (B-05, B-06, B-59).
    /// </summary>
    public sealed record KeyInvalid(string Detail)
        : CryptoFault("2409-5.1", FaultNotify.InvalidKeyInformation, $"not a valid key: {Detail}");

    /// <summary>
    /// The key is of another algorithm or curve than the negotiated method signs with (RFC 2409 §5.1, RFC 4754 §4).
    /// </summary>
    public sealed record WrongKey(string Method, string Key)
        : CryptoFault("2409-5.1", FaultNotify.InvalidSignature,
            $"{Method} cannot be verified with a key of type {Key}");

    /// <summary>The signature is not as long as this method and key make it (RFC 2409 §5.1, RFC 4754 §7).</summary>
    public sealed record SignatureLength(string Clause, int Found, int Due)
        : CryptoFault(Clause, FaultNotify.InvalidSignature, $"a signature of {Found} octets where {Due} are due");

    /// <summary>
    /// A number of the signature is 0 or not below the modulus or the order (FIPS 186-2 §6, RFC 4754 §8; B-07, B-08).
    /// </summary>
    public sealed record SignatureRange(string Clause, string Number)
        : CryptoFault(Clause, FaultNotify.InvalidSignature, $"{Number} is out of range");

    /// <summary>An RSA signature with the hash's OID, which RFC 2409 §5.1 rules out (D-99, M-90).</summary>
    public sealed record SignatureWithDigestInfo()
        : CryptoFault("2409-5.1-03", FaultNotify.InvalidSignature,
            "the RSA signature is over a DigestInfo, not over the raw HASH");

    /// <summary>
    /// What the RSA signature opens to is not exactly 00 01 FF … FF 00 and HASH (RFC 8017 §8.2, block type 1; M-91).
    /// </summary>
    public sealed record SignaturePadding()
        : CryptoFault("2409-5.1-03", FaultNotify.InvalidSignature,
            "the RSA signature does not open to a whole type 1 block");

    /// <summary>A well-formed signature, but not this key's over this HASH (RFC 2408 §5.12).</summary>
    public sealed record SignatureMismatch(string Clause)
        : CryptoFault(Clause, FaultNotify.AuthenticationFailed, "the signature does not verify");

    /// <summary>
    /// A body that no single block of the peer's modulus can hold: refused before anything is sent (D-112).
    /// </summary>
    public sealed record BodyTooLong(int Length, int Longest)
        : CryptoFault("2409-5.2-02", FaultNotify.InvalidIdInformation,
            $"a body of {Length} octets, the peer's key encrypts {Longest}");

    /// <summary>HASH(1) names none of our certificates (RFC 2409 §5.2).</summary>
    public sealed record UnknownCertificateHash()
        : CryptoFault("2409-5.2-03", FaultNotify.InvalidHashInformation, "HASH(1) names none of our certificates");

    /// <summary>A payload encrypted with Ke that is not whole cipher blocks (RFC 2409 §5.3).</summary>
    public sealed record NotWholeBlocks(int Length, int Block)
        : CryptoFault("2409-5.3-05", FaultNotify.PayloadMalformed, $"{Length} octets are not whole blocks of {Block}");

    /// <summary>
    /// The last octet of a payload encrypted with Ke counts more padding than a block has room for (RFC 2409 §5.3,
    /// D-113).
    /// </summary>
    public sealed record PayloadPadding(int Count)
        : CryptoFault("2409-5.3-06", FaultNotify.PayloadMalformed, $"{Count} octets of padding");

    /// <summary>A certificate encoding that is not read here (RFC 2408 §5.9 step 1, D-58).</summary>
    public sealed record EncodingUnsupported(byte Encoding)
        : CryptoFault("2408-5.9-01", FaultNotify.InvalidCertEncoding,
            $"certificate encoding {Encoding} is not read here");

    /// <summary>The certificate data are not what their encoding says (RFC 2408 §5.9 step 2).</summary>
    public sealed record CertificateUnreadable(string Detail)
        : CryptoFault("2408-5.9-02", FaultNotify.InvalidCertificate, $"no readable certificate: {Detail}");

    /// <summary>More octets, certificates or names than are looked at here (RFC 2408 §1.7.1).</summary>
    public sealed record CertificateTooLarge(string What, int Found, int Limit)
        : CryptoFault("2408-1.7.1-01", FaultNotify.InvalidCertificate, $"{Found} {What}, more than {Limit}");

    /// <summary>A certificate of version 1 or 2 below the trust anchor (RFC 4945 §5.1.1).</summary>
    public sealed record CertificateVersion(int Version)
        : CryptoFault("4945-5.1.1-01", FaultNotify.InvalidCertificate, $"an X.509 version {Version} certificate");

    /// <summary>No chain leads from the certificate to a trust anchor (RFC 4945 §3.2.7, RFC 5280 §6.1).</summary>
    public sealed record NoTrustAnchor(string Issuer)
        : CryptoFault("4945-3.2.7.2-01", FaultNotify.InvalidCertAuthority,
            $"no trust anchor is reached from issuer {Issuer}");

    /// <summary>The chain is longer than policy or a pathLenConstraint allows (RFC 5280 §4.2.1.9).</summary>
    public sealed record PathTooLong(string Subject, int Limit)
        : CryptoFault("5280-4.2.1.9", FaultNotify.InvalidCertificate,
            $"{Subject} allows {Limit} CA certificates below it");

    /// <summary>The issuer's key did not sign this certificate (RFC 5280 §6.1.3; B-88).</summary>
    public sealed record CertificateSignature(string Subject)
        : CryptoFault("5280-6.1.3", FaultNotify.InvalidCertificate,
            $"the issuer's signature on {Subject} does not verify");

    /// <summary>
    /// A certificate signature of an algorithm that is not verified here, or that policy refuses (RFC 4945 §5.3).
    /// </summary>
    public sealed record SignatureAlgorithm(string Subject, string Algorithm)
        : CryptoFault("4945-5.3-01", FaultNotify.InvalidCertificate, $"{Subject} is signed with {Algorithm}");

    /// <summary>Not valid yet at the given instant (RFC 5280 §6.1.3).</summary>
    public sealed record NotYetValid(string Subject, long NotBefore)
        : CryptoFault("5280-6.1.3", FaultNotify.InvalidCertificate, $"{Subject} is not valid before {NotBefore}");

    /// <summary>No longer valid at the given instant (RFC 5280 §6.1.3; B-91).</summary>
    public sealed record Expired(string Subject, long NotAfter)
        : CryptoFault("5280-6.1.3", FaultNotify.InvalidCertificate, $"{Subject} was valid until {NotAfter}");

    /// <summary>
    /// An issuer that is no CA: no BasicConstraints with cA, or a KeyUsage without keyCertSign (RFC 4945 §5.1.3.9).
    /// </summary>
    public sealed record NotCa(string Subject)
        : CryptoFault("4945-5.1.3.9-01", FaultNotify.InvalidCertificate, $"{Subject} may not issue certificates");

    /// <summary>
    /// The peer's certificate has a KeyUsage that does not allow what its key is used for (RFC 4945 §5.1.3.2, A-32).
    /// </summary>
    public sealed record KeyUsageForbids(string Subject, string Purpose)
        : CryptoFault("4945-5.1.3.2-01", FaultNotify.InvalidCertificate,
            $"the KeyUsage of {Subject} does not allow {Purpose}");

    /// <summary>
    /// The peer's certificate has an ExtendedKeyUsage without ipsecIKE and anyExtendedKeyUsage (RFC 4945 §5.1.3.12).
    /// </summary>
    public sealed record ExtendedKeyUsageForbids(string Subject)
        : CryptoFault("4945-5.1.3.12-01", FaultNotify.InvalidCertificate,
            $"the ExtendedKeyUsage of {Subject} does not allow IKE");

    /// <summary>A critical extension that is not processed here (RFC 4945 §5.1.3).</summary>
    public sealed record CriticalExtension(string Subject, string Oid)
        : CryptoFault("4945-5.1.3-01", FaultNotify.InvalidCertificate, $"{Subject} has critical extension {Oid}");

    /// <summary>A name outside what a CA of the chain may certify (RFC 5280 §4.2.1.10).</summary>
    public sealed record NameConstraint(string Subject, string Detail)
        : CryptoFault("5280-4.2.1.10", FaultNotify.InvalidCertificate, $"{Subject} breaks a name constraint: {Detail}");

    /// <summary>Listed in a CRL of its issuer (RFC 4945 §5.2).</summary>
    public sealed record Revoked(string Subject)
        : CryptoFault("4945-5.2-01", FaultNotify.InvalidCertificate, $"{Subject} is revoked");

    /// <summary>
    /// Policy demands revocation information, and no current CRL of the issuer covers the certificate (RFC 4945 §5.2).
    /// </summary>
    public sealed record RevocationUnknown(string Subject)
        : CryptoFault("4945-5.2-02", FaultNotify.InvalidCertificate, $"no current CRL covers {Subject}");

    /// <summary>
    /// An octet string that is no CRL, or one that must not be used: a delta CRL, an indirect one (RFC 4945 §5.2.2).
    /// </summary>
    public sealed record CrlUnusable(string Detail)
        : CryptoFault("4945-5.2.2-01", FaultNotify.InvalidCertificate, $"CRL refused: {Detail}");

    /// <summary>No certificate was sent and none is held (RFC 2409 §5.1: CERT is optional; M-89).</summary>
    public sealed record NoCertificate()
        : CryptoFault("2409-5.1-06", FaultNotify.CertificateUnavailable,
            "no certificate of the peer was sent and none is held");

    /// <summary>
    /// The ID payload is not what the certificate names, by the clause for its type (RFC 4945 §3.1; D-85, M-92, A-46).
    /// </summary>
    public sealed record IdentityNotCertified(string Clause, string Detail)
        : CryptoFault(Clause, FaultNotify.InvalidIdInformation,
            $"the certificate does not name the identity: {Detail}");

    /// <summary>An ID type that no certificate can prove: subnet, range, GN, KEY_ID (RFC 4945 §3.1).</summary>
    public sealed record IdentityTypeRefused(byte Type)
        : CryptoFault("4945-3.1-02", FaultNotify.InvalidIdInformation,
            $"identity type {Type} is not bound to certificates");

    /// <summary>A certificate request for an encoding that does not exist (RFC 2408 §5.10 step 1).</summary>
    public sealed record RequestEncodingInvalid(byte Encoding)
        : CryptoFault("2408-5.10-01", FaultNotify.InvalidCertEncoding,
            $"a request for certificate encoding {Encoding}");

    /// <summary>
    /// A certificate request for an encoding that exists and is not sent here (RFC 2408 §5.10 step 1, D-58).
    /// </summary>
    public sealed record RequestTypeUnsupported(byte Encoding)
        : CryptoFault("2408-5.10-01", FaultNotify.CertTypeUnsupported,
            $"certificates of encoding {Encoding} are not sent");

    /// <summary>The Certificate Authority field is no distinguished name (RFC 2408 §5.10 step 2).</summary>
    public sealed record AuthorityUnreadable()
        : CryptoFault("2408-5.10-01", FaultNotify.InvalidCertAuthority,
            "the Certificate Authority field is no distinguished name");

    /// <summary>
    /// None of our certificates comes from an authority that the peer asked for (RFC 2408 §5.10 step 3).
    /// </summary>
    public sealed record CertificateUnavailable(string Authority)
        : CryptoFault("2408-5.10-01", FaultNotify.CertificateUnavailable, $"no certificate from {Authority}");

    /// <summary>A private key that does not belong to the certificate it is configured with.</summary>
    public sealed record KeyDoesNotMatch(string Subject)
        : CryptoFault("4945-3.1-03", FaultNotify.InvalidKeyInformation, $"the private key is not the one of {Subject}");
}

/// <summary>
/// The notifies of RFC 2408 §3.14.1 that name faults of keys, signatures and certificates; the values are the
/// registry's.
/// </summary>
public enum FaultNotify : ushort
{
    /// <summary>PAYLOAD-MALFORMED.</summary>
    PayloadMalformed = 16,

    /// <summary>INVALID-KEY-INFORMATION.</summary>
    InvalidKeyInformation = 17,

    /// <summary>INVALID-ID-INFORMATION.</summary>
    InvalidIdInformation = 18,

    /// <summary>INVALID-CERT-ENCODING.</summary>
    InvalidCertEncoding = 19,

    /// <summary>INVALID-CERTIFICATE.</summary>
    InvalidCertificate = 20,

    /// <summary>CERT-TYPE-UNSUPPORTED.</summary>
    CertTypeUnsupported = 21,

    /// <summary>INVALID-CERT-AUTHORITY.</summary>
    InvalidCertAuthority = 22,

    /// <summary>INVALID-HASH-INFORMATION.</summary>
    InvalidHashInformation = 23,

    /// <summary>AUTHENTICATION-FAILED.</summary>
    AuthenticationFailed = 24,

    /// <summary>INVALID-SIGNATURE.</summary>
    InvalidSignature = 25,

    /// <summary>CERTIFICATE-UNAVAILABLE.</summary>
    CertificateUnavailable = 28,
}
