using System.Net;
using System.Text;
using RefIke.Crypto.Certificates;
using RefIke.Exchanges.Phase2;
using RefIke.Wire;

namespace RefIke.Cli.Matrix;

/// <summary>An identity of each type of RFC 2407 §4.6.2 for either endpoint.</summary>
internal static class MatrixIdentities
{
    public static IEnumerable<string> Names =>
    [
        "ipv4", "fqdn", "user-fqdn", "ipv4-subnet", "ipv6", "ipv6-subnet", "ipv4-range", "ipv6-range", "dn", "gn",
        "key-id",
    ];

    /// <summary>Whether a certificate can prove an identity of this type (RFC 4945 §3.1).</summary>
    public static bool IsCertifiable(string name) => name is "ipv4" or "ipv6" or "fqdn" or "user-fqdn" or "dn";

    /// <summary>The address of an endpoint, from documentation's ranges (RFC 5737, RFC 3849).</summary>
    /// <param name="n">1 for the initiator, 2 for the responder.</param>
    public static IPAddress Address(string name, int n)
        => IPAddress.Parse(name.StartsWith("ipv6", StringComparison.Ordinal) ? $"2001:db8::{n}" : $"192.0.2.{n}");

    /// <summary>The endpoint's ID payload.</summary>
    public static IdentificationPayload Of(string name, int n) => name switch
    {
        "ipv4" => Selector.ToPayload(Address(name, n), 32),
        "ipv6" => Selector.ToPayload(Address(name, n), 128),
        "ipv4-subnet" => Selector.ToPayload(IPAddress.Parse($"198.51.100.{64 * n}"), 26),
        "ipv6-subnet" => Selector.ToPayload(IPAddress.Parse($"2001:db8:{n}::"), 48),
        "ipv4-range" => Range(IdentificationType.Ipv4Range, $"203.0.113.{10 * n}", $"203.0.113.{(10 * n) + 5}"),
        "ipv6-range" => Range(IdentificationType.Ipv6Range, $"2001:db8:{n}::1", $"2001:db8:{n}::9"),
        "fqdn" => new(IdentificationType.Fqdn, 0, 0, Text(DnsName(n))),
        "user-fqdn" => new(IdentificationType.UserFqdn, 0, 0, Text(MailName(n))),
        "dn" => new(IdentificationType.DerAsn1Dn, 0, 0, Distinguished(n).Der.ToArray()),
        // A GeneralName: dNSName, context tag 2 (RFC 5280 §4.2.1.6).
        "gn" => new(IdentificationType.DerAsn1Gn, 0, 0, (byte[])[0x82, (byte)DnsName(n).Length, .. Text(DnsName(n))]),
        "key-id" => new(IdentificationType.KeyId, 0, 0, Text($"key {n}")),
        _ => throw new ArgumentException(name, nameof(name)),
    };

    /// <summary>The name that a certificate has to carry for it; none where the subject is the identity.</summary>
    public static AlternativeName[] Certified(string name, int n) => name switch
    {
        "ipv4" or "ipv6" => [AlternativeName.Ip(Address(name, n).GetAddressBytes())],
        "fqdn" => [AlternativeName.Dns(DnsName(n))],
        "user-fqdn" => [AlternativeName.Rfc822(MailName(n))],
        _ => [],
    };

    public static string Subject(int n) => $"C=CH, O=RefIke, CN={DnsName(n)}";

    private static DistinguishedName Distinguished(int n)
        => DistinguishedName.TryParse(Subject(n), out var name) ? name : throw new ArgumentException(Subject(n), nameof(n));

    private static IdentificationPayload Range(IdentificationType type, string first, string last)
        => new(type, 0, 0, (byte[])[.. IPAddress.Parse(first).GetAddressBytes(), .. IPAddress.Parse(last).GetAddressBytes()]);

    private static string DnsName(int n) => $"{"ab"[n - 1]}.example";

    private static string MailName(int n) => $"{"ab"[n - 1]}@example.org";

    private static byte[] Text(string text) => Encoding.ASCII.GetBytes(text);
}
