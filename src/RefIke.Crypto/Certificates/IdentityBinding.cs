using System.Text;

namespace RefIke.Crypto.Certificates;

/// <summary>
/// Whether a certificate names the identity of an ID payload (RFC 4945 §3.1). Exactly, one type to one field, no
/// wildcard, nothing looked for elsewhere (D-85, A-46, M-92). The types are the values of RFC 2407 §4.6.2.1.
/// </summary>
public static class IdentityBinding
{
    private const byte Ipv4Address = 1;
    private const byte Fqdn = 2;
    private const byte UserFqdn = 3;
    private const byte Ipv6Address = 5;
    private const byte DerAsn1Dn = 9;

    /// <summary>Null where the certificate names the identity, else why not.</summary>
    /// <param name="certificate">The peer's.</param>
    /// <param name="idType">The ID type.</param>
    /// <param name="idData">The Identification Data, behind protocol and port.</param>
    // clause 4945-3.1.9-01
    public static CryptoFault? Check(Certificate certificate, byte idType, ReadOnlySpan<byte> idData)
    {
        if (idType is not (Ipv4Address or Ipv6Address or Fqdn or UserFqdn or DerAsn1Dn))
        {
            return new CryptoFault.IdentityTypeRefused(idType);
        }

        foreach (var (type, data) in Identities(certificate))
        {
            var isSame = type is Fqdn or UserFqdn
                ? Ascii.EqualsIgnoreCase(data.Span, idData)
                : data.Span.SequenceEqual(idData);
            if (type == idType && isSame)
            {
                return null;
            }
        }

        return idType switch
        {
            Ipv4Address or Ipv6Address => new CryptoFault.IdentityNotCertified("4945-3.1.1-01", "no such iPAddress"),
            Fqdn => new CryptoFault.IdentityNotCertified("4945-3.1.2-01", "no such dNSName"),
            UserFqdn => new CryptoFault.IdentityNotCertified("4945-3.1.3-01", "no such rfc822Name"),
            _ => new CryptoFault.IdentityNotCertified("4945-3.1.5-01", "another subject"),
        };
    }

    /// <summary>
    /// What a certificate may be put into an ID payload for (RFC 4945 §3.1.8): its alternative names in their order,
    /// then its subject unless that is empty. A dNSName with a wildcard is no identity (RFC 4945 §5.1.3.6.1), nor is an
    /// address of another length than 4 or 16.
    /// </summary>
    // clause 4945-3.1.1-02, clause 4945-3.1.5-02, clause 4945-3.1.8-01, clause 4945-5.1.3.6.1-01
    public static IReadOnlyList<(byte IdType, ReadOnlyMemory<byte> IdData)> Identities(Certificate certificate)
    {
        var identities = new List<(byte, ReadOnlyMemory<byte>)>();
        foreach (var name in certificate.AlternativeNames)
        {
            byte? type = name.Kind switch
            {
                AlternativeNameKind.IpAddress when name.Octets.Length == 4 => Ipv4Address,
                AlternativeNameKind.IpAddress when name.Octets.Length == 16 => Ipv6Address,
                AlternativeNameKind.DnsName when !name.Octets.IsEmpty && !name.Octets.Span.Contains((byte)'*') => Fqdn,
                AlternativeNameKind.Rfc822Name when !name.Octets.IsEmpty => UserFqdn,
                _ => null,
            };
            if (type is { } found)
            {
                identities.Add((found, name.Octets));
            }
        }

        if (!certificate.Subject.IsEmpty)
        {
            identities.Add((DerAsn1Dn, certificate.Subject.Der));
        }

        return identities;
    }
}
