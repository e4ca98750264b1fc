using System.Globalization;
using System.Net;
using System.Text;
using RefIke.Crypto.Certificates;
using RefIke.Exchanges.Phase2;
using RefIke.Wire;

namespace RefIke.Cli.Configuration;

/// <summary>
/// An identity as text, of any type of RFC 2407 §4.6.2: an address, a subnet, a range, a domain name, a name with an
/// @, or one with its type before a colon.
/// </summary>
internal static class IdentityText
{
    private const string Forms = "an address, a subnet such as 10.1.0.0/16, a range such as 10.1.0.1-10.1.0.9, "
        + "a domain name, a name with an @, or dn:, gn_hex:, key_id:, key_id_hex: and its value";

    /// <summary>IDii or IDir; the address where the key is not there.</summary>
    public static IdentificationPayload Phase1(TomlSection t, string key, IPAddress otherwise)
    {
        if (!t.Has(key))
        {
            return Host(otherwise);
        }

        var text = t.Text(key);
        return Addresses(t, key, text) ?? Typed(t, key, text) ?? Name(t, key, text);
    }

    /// <summary>
    /// IDci or IDcr: addresses alone, as they name traffic (RFC 2409 §5.5), and behind them in brackets the protocol and
    /// port that are meant (RFC 2407 §4.6.2).
    /// </summary>
    public static IdentificationPayload Traffic(TomlSection t, string key)
    {
        var text = t.Text(key);
        var (addresses, which) = text.Split('[', 2) is [var before, [.. var inside, ']']] ? (before, inside) : (text, null);
        var id = Addresses(t, key, addresses) ?? throw t.Bad(
            $"{key} must be an address, a subnet such as 10.1.0.0/16 or a range such as 10.1.0.1-10.1.0.9, "
            + $"with [tcp/80] behind it or not, not {text}");
        return which is null ? id : id with
        {
            ProtocolId = ProtocolOf(t, key, which.Split('/')[0]),
            Port = which.Contains('/', StringComparison.Ordinal) ? PortOf(t, key, which.Split('/', 2)[1]) : (ushort)0,
        };
    }

    private static byte ProtocolOf(TomlSection t, string key, string text) => text switch
    {
        "icmp" => 1,
        "tcp" => 6,
        "udp" => 17,
        _ when byte.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) => number,
        _ => throw t.Bad($"{key}: a protocol is icmp, tcp, udp or a number up to 255, not {text}"),
    };

    private static ushort PortOf(TomlSection t, string key, string text)
        => ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            ? port : throw t.Bad($"{key}: a port is a number up to 65535, not {text}");

    private static IdentificationPayload? Addresses(TomlSection t, string key, string text)
    {
        if (text.Split('-') is [var low, var high]
            && IPAddress.TryParse(low, out var first) && IPAddress.TryParse(high, out var last))
        {
            return Range(t, key, first, last);
        }

        var parts = text.Split('/');
        if (parts.Length > 2 || !IPAddress.TryParse(parts[0], out var address))
        {
            return null;
        }

        var bits = address.GetAddressBytes().Length * 8;
        var prefix = bits;
        return parts.Length == 1
            || (int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out prefix) && prefix <= bits)
            ? Selector.ToPayload(address, prefix)
            : throw t.Bad($"{key}: the prefix length of {text} must be from 0 to {bits}");
    }

    private static IdentificationPayload Range(TomlSection t, string key, IPAddress first, IPAddress last)
    {
        byte[] both = [.. first.GetAddressBytes(), .. last.GetAddressBytes()];
        var payload = new IdentificationPayload(
            both.Length == 8 ? IdentificationType.Ipv4Range : IdentificationType.Ipv6Range, 0, 0, both);
        return first.AddressFamily == last.AddressFamily && Selector.Of(payload) is not null
            ? payload
            : throw t.Bad($"{key}: the range {first}-{last} must go up within one family");
    }

    private static IdentificationPayload? Typed(TomlSection t, string key, string text) => text.Split(':', 2) switch
    {
        ["dn", var name] => DistinguishedName.TryParse(name.Trim(), out var dn) && !dn.IsEmpty
            ? Of(IdentificationType.DerAsn1Dn, dn.Der.ToArray())
            : throw t.Bad($"{key}: {name} is no distinguished name such as C=CH, O=RefIke, CN=a.example"),
        ["gn_hex", var hex] => Of(IdentificationType.DerAsn1Gn, Octets(t, key, hex)),
        ["key_id", { Length: > 0 } id] => Of(IdentificationType.KeyId, Encoding.UTF8.GetBytes(id)),
        ["key_id_hex", var hex] => Of(IdentificationType.KeyId, Octets(t, key, hex)),
        [_, _] => throw t.Bad($"{key} must be {Forms}, not {text}"),
        _ => null,
    };

    private static IdentificationPayload Name(TomlSection t, string key, string text)
    {
        if (!Ascii.IsValid(text) || text.Any(c => c <= ' ' || c == 0x7f))
        {
            throw t.Bad($"{key}: a name is of printing ASCII without spaces, not {text}");
        }

        var type = text.Contains('@', StringComparison.Ordinal) ? IdentificationType.UserFqdn : IdentificationType.Fqdn;
        return Of(type, Encoding.ASCII.GetBytes(text));
    }

    private static byte[] Octets(TomlSection t, string key, string hex)
    {
        try
        {
            return hex.Length > 0 ? Convert.FromHexString(hex) : throw new FormatException();
        }
        catch (FormatException)
        {
            throw t.Bad($"{key}: {hex} must be an even number of hexadecimal digits");
        }
    }

    private static IdentificationPayload Host(IPAddress address)
        => Selector.ToPayload(address, address.GetAddressBytes().Length * 8);

    private static IdentificationPayload Of(IdentificationType type, byte[] data) => new(type, 0, 0, data);
}
