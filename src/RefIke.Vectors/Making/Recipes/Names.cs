using System.Net;
using System.Text;
using RefIke.Crypto.Certificates;
using RefIke.Exchanges.Phase2;
using RefIke.Wire;

namespace RefIke.Vectors.Making.Recipes;

/// <summary>Identities of every type of RFC 2407 §4.6.2 for either side, and what a certificate says of them.</summary>
internal static class Names
{
    public static IdentificationPayload Identity(string type, int n) => type switch
    {
        "ipv4" => Selector.ToPayload(IPAddress.Parse($"192.0.2.{n}"), 32),
        "ipv6" => Selector.ToPayload(IPAddress.Parse($"2001:db8::{n}"), 128),
        "ipv4-subnet" => Selector.ToPayload(IPAddress.Parse($"198.51.100.{64 * n}"), 26),
        "ipv6-subnet" => Selector.ToPayload(IPAddress.Parse($"2001:db8:{n}::"), 48),
        "ipv4-range" => Range(IdentificationType.Ipv4Range, $"203.0.113.{10 * n}", $"203.0.113.{(10 * n) + 5}"),
        "ipv6-range" => Range(IdentificationType.Ipv6Range, $"2001:db8:{n}::1", $"2001:db8:{n}::9"),
        "fqdn" => new(IdentificationType.Fqdn, 0, 0, Text(Dns(n))),
        "user-fqdn" => new(IdentificationType.UserFqdn, 0, 0, Text(Mail(n))),
        "dn" => new(IdentificationType.DerAsn1Dn, 0, 0, Distinguished(n)),
        // A GeneralName: dNSName, context tag 2 (RFC 5280 §4.2.1.6).
        "gn" => new(IdentificationType.DerAsn1Gn, 0, 0, (byte[])[0x82, (byte)Dns(n).Length, .. Text(Dns(n))]),
        "key-id" => new(IdentificationType.KeyId, 0, 0, Text($"key {n}")),
        _ => throw new ArgumentException(type, nameof(type)),
    };

    /// <summary>The name that a certificate has to carry for it; none where the subject is the identity.</summary>
    public static AlternativeName[] Certified(string type, int n) => type switch
    {
        "ipv4" => [AlternativeName.Ip(IPAddress.Parse($"192.0.2.{n}").GetAddressBytes())],
        "fqdn" => [AlternativeName.Dns(Dns(n))],
        "user-fqdn" => [AlternativeName.Rfc822(Mail(n))],
        _ => [],
    };

    public static string Subject(int n) => $"C=CH, O=RefIke, CN={Dns(n)}";

    /// <summary>A range as client identity, with a protocol and a port.</summary>
    public static IdentificationPayload Range(
        IdentificationType type, string first, string last, byte protocol = 0, ushort port = 0)
        => new(type, protocol, port,
            (byte[])[.. IPAddress.Parse(first).GetAddressBytes(), .. IPAddress.Parse(last).GetAddressBytes()]);

    private static Octets Distinguished(int n) => DistinguishedName.TryParse(Subject(n), out var name)
        ? name.Der.ToArray()
        : throw new ArgumentException(Subject(n), nameof(n));

    private static string Dns(int n) => $"{"ab"[n - 1]}.example.org";

    private static string Mail(int n) => $"{"ab"[n - 1]}@example.org";

    private static byte[] Text(string text) => Encoding.ASCII.GetBytes(text);
}
