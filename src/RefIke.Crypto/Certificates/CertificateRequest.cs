using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace RefIke.Crypto.Certificates;

/// <summary>A CERTREQ payload (RFC 2408 §3.10, RFC 4945 §3.2): whose certificates the sender trusts.</summary>
public sealed class CertificateRequest
{
    private CertificateRequest(DistinguishedName? authority) => Authority = authority;

    /// <summary>The trust anchor asked for; null for any (RFC 4945 §3.2.7.2, D-59).</summary>
    public DistinguishedName? Authority { get; }

    /// <summary>
    /// The Certificate Authority fields of the requests to send, one a payload, Certificate Type 4: the subject of each
    /// trust anchor, so that a binary comparison succeeds, none twice (RFC 4945 §3.2.7.1, §3.2.9.1). Anchors with an
    /// empty subject cannot be asked for.
    /// </summary>
    // clause 4945-3.2.7.1-01, clause 4945-3.2.9.1-01
    public static ImmutableArray<ReadOnlyMemory<byte>> Authorities(TrustStore trust)
        => [.. trust.Anchors.Select(anchor => anchor.Subject).Where(name => !name.IsEmpty)
            .DistinctBy(name => Convert.ToHexString(name.Der.Span)).Select(name => name.Der)];

    /// <summary>
    /// Reads a request. Type 1 means the same as 4 (RFC 4945 §3.2.4), 5 is answered with the same certificate. Requests
    /// for CRLs may be ignored (§3.2.3) and are, like all other types; the exchange goes on (RFC 2408 §5.10).
    /// </summary>
    /// <param name="type">Certificate Type.</param>
    /// <param name="authority">Certificate Authority.</param>
    /// <param name="request">The request.</param>
    /// <param name="fault">Why it is discarded.</param>
    // clause 4945-3.2.3-01, clause 4945-3.2.4-01, clause 4945-3.2.8.1-01
    public static bool TryRead(byte type, ReadOnlyMemory<byte> authority,
    [NotNullWhen(true)] out CertificateRequest? request, [NotNullWhen(false)] out CryptoFault? fault)
    {
        (request, fault) = (null, null);
        DistinguishedName? name = null;
        if (type is 0 or > CertificateEncoding.Highest)
        {
            fault = new CryptoFault.RequestEncodingInvalid(type);
        }
        else if (type is not (
            CertificateEncoding.Pkcs7 or CertificateEncoding.X509Signature or CertificateEncoding.X509KeyExchange))
        {
            fault = new CryptoFault.RequestTypeUnsupported(type);
        }
        else if (!authority.IsEmpty && !DistinguishedName.TryRead(authority, out name))
        {
            fault = new CryptoFault.AuthorityUnreadable();
        }
        else
        {
            request = new CertificateRequest(name);
        }

        return request is not null;
    }
}
