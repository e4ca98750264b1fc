using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Text;
using RefIke.Crypto;
using RefIke.Engine;
using RefIke.Exchanges;
using RefIke.Exchanges.Negotiation;
using RefIke.Exchanges.Phase2;
using RefIke.Wire;
using Tomlyn;
using Tomlyn.Model;

namespace RefIke.Cli.Configuration;

/// <summary>
/// A configuration in TOML: where this endpoint is, whom it knows, what it protects. <c>docs/configuration.md</c> has
/// every key.
/// </summary>
internal static class ConfigurationFile
{
    /// <summary>Every table, as its header is written, with the keys that are known in it.</summary>
    public static readonly ImmutableDictionary<string, ImmutableArray<string>> Keys =
        new Dictionary<string, ImmutableArray<string>>
        {
            [""] = ["endpoint", "retransmission", "connection"],
            ["endpoint"] = ["listen", "port", "nat_port"],
            ["retransmission"] = ["tries", "first"],
            ["connection"] =
            [
                "name", "remote", "remote_port", "local_id", "remote_id", "psk", "psk_hex", "phase1", "lifetime",
                "nat_traversal", "child",
            ],
            ["connection.child"] = ["name", "local", "remote", "esp", "lifetime"],
        }.ToImmutableDictionary();

    private static readonly string Phase1Form =
        $"it is cipher-hash-group: {Words(SuiteNames.CipherNames)}; "
        + $"{Words(SuiteNames.HashNames)}; {Words(GroupList.All.Select(g => g.Name))}";

    private static readonly string EspForm =
        $"it is cipher-hash or cipher-hash-group: {Words(EspAlgorithms.CipherNames)}; "
        + $"{Words(EspAlgorithms.AuthenticationNames)}; {Words(GroupList.All.Select(g => g.Name))}";

    /// <summary>Reads a file.</summary>
    /// <exception cref="BadInputException">It cannot be used; the message says what is wrong and where.</exception>
    public static EndpointSetup Load(string path, IRandomness randomness)
    {
        try
        {
            var root = TomlSerializer.Deserialize<TomlTable>(File.ReadAllText(path))!;
            return Setup(new TomlSection(root, "", Keys[""]), randomness);
        }
        catch (Exception e) when (e is TomlException or IOException or UnauthorizedAccessException)
        {
            var missing = e is FileNotFoundException or DirectoryNotFoundException;
            throw new BadInputException($"{path}: {(missing ? "no such file" : e.Message)}");
        }
        catch (BadInputException e)
        {
            throw new BadInputException($"{path}: {e.Message}");
        }
    }

    private static EndpointSetup Setup(TomlSection root, IRandomness randomness)
    {
        var endpoint = root.Section("endpoint", Keys["endpoint"]);
        var listen = Address(endpoint, "listen");
        if (listen.Equals(IPAddress.Any) || listen.Equals(IPAddress.IPv6Any))
        {
            throw endpoint.Bad(
                "listen must be one address of this machine: identities and NAT detection name it (RFC 3947 §3.2)");
        }

        var (port, natPort) = (endpoint.Number("port", 500, 1, 65535), endpoint.Number("nat_port", 4500, 1, 65535));
        if (port == natPort)
        {
            throw endpoint.Bad("port and nat_port must differ");
        }

        var connections = root.Sections("connection", "connection", Keys["connection"])
            .Select(c => Connection(c, listen)).ToImmutableArray();
        if (connections.IsEmpty)
        {
            throw root.Bad("no [[connection]]: nobody to speak to");
        }

        Distinct(root, "connections", connections.Select(c => c.Name));
        Distinct(root, "remote addresses (the pre-shared key is found by them, RFC 2409 §5.4)",
            connections.Select(c => $"{c.Remote.Address}"));
        var setup = new EndpointSetup(
            "refike", new IPEndPoint(listen, port), new IPEndPoint(listen, natPort), connections, randomness);
        if (!root.Has("retransmission"))
        {
            return setup;
        }

        var retransmission = root.Section("retransmission", Keys["retransmission"]);
        return setup with
        {
            Timing = setup.Timing with
            {
                Retries = retransmission.Number("tries", setup.Timing.Retries, 1, 20),
                FirstGap = retransmission.Milliseconds("first", $"{setup.Timing.FirstGap}ms"),
            },
        };
    }

    private static Connection Connection(TomlSection t, IPAddress listen)
    {
        var remote = Address(t, "remote");
        if (remote.AddressFamily != listen.AddressFamily)
        {
            throw t.Bad($"remote {remote} and [endpoint] listen {listen} are of different families");
        }

        var life = t.Seconds("lifetime", "8h");
        var suites = t.Texts("phase1")
            .Select(s => SuiteNames.Phase1(s, life) ?? throw t.Bad($"phase1: {s} is no suite; {Phase1Form}"))
            .ToImmutableArray();
        var children = t.Sections("child", "connection.child", Keys["connection.child"])
            .Select(Child).ToImmutableArray();
        if (children.IsEmpty)
        {
            throw t.Bad("no [[connection.child]]: nothing to protect");
        }

        Distinct(t, "children", children.Select(c => c.Name));
        return new Connection(t.Text("name"), new IPEndPoint(remote, t.Number("remote_port", 500, 1, 65535)),
            Secret.Of(PreSharedKey(t)), Identity(t, "local_id", listen), Identity(t, "remote_id", remote),
            suites, children, t.Flag("nat_traversal", true));
    }

    private static byte[] PreSharedKey(TomlSection t)
    {
        if (t.Has("psk") == t.Has("psk_hex"))
        {
            throw t.Bad("one of psk and psk_hex must be there");
        }

        try
        {
            return t.Has("psk") ? Encoding.UTF8.GetBytes(t.Text("psk")) : Convert.FromHexString(t.Text("psk_hex"));
        }
        catch (FormatException)
        {
            throw t.Bad("psk_hex must be an even number of hexadecimal digits");
        }
    }

    private static ChildPolicy Child(TomlSection t)
    {
        var life = t.Seconds("lifetime", "1h");
        var suites = t.Texts("esp")
            .Select(s => SuiteNames.Esp(s, life) ?? throw t.Bad($"esp: {s} is no suite; {EspForm}"))
            .ToImmutableArray();
        if (suites.Select(s => s.PfsGroup).Distinct().Count() > 1)
        {
            throw t.Bad("esp: all suites must have one group, or none (RFC 2409 §5.5: one KE payload for all)");
        }

        if (t.Has("local") != t.Has("remote"))
        {
            throw t.Bad("local and remote go together (RFC 2409 §5.5: IDci and IDcr)");
        }

        return new ChildPolicy(t.Text("name"), Traffic(t, "local"), Traffic(t, "remote"), suites);
    }

    private static IdentificationPayload? Traffic(TomlSection t, string key)
    {
        if (!t.Has(key))
        {
            return null;
        }

        var parts = t.Text(key).Split('/');
        if (!IPAddress.TryParse(parts[0], out var address) || parts.Length > 2)
        {
            throw t.Bad($"{key} must be an address or a subnet such as 10.1.0.0/16, not {t.Text(key)}");
        }

        var bits = address.GetAddressBytes().Length * 8;
        var prefix = bits;
        return parts.Length == 1
            || (int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out prefix) && prefix <= bits)
            ? Selector.ToPayload(address, prefix)
            : throw t.Bad($"{key}: the prefix length of {t.Text(key)} must be from 0 to {bits}");
    }

    /// <summary>
    /// An address, a name, or a name with an @ (RFC 2407 §4.6.2); the address itself where none is given.
    /// </summary>
    private static IdentificationPayload Identity(TomlSection t, string key, IPAddress otherwise)
    {
        var text = t.Has(key) ? t.Text(key) : otherwise.ToString();
        if (IPAddress.TryParse(text, out var address))
        {
            return Selector.ToPayload(address, address.GetAddressBytes().Length * 8);
        }

        var type = text.Contains('@', StringComparison.Ordinal) ? IdentificationType.UserFqdn : IdentificationType.Fqdn;
        return new IdentificationPayload(type, 0, 0, Encoding.UTF8.GetBytes(text));
    }

    private static IPAddress Address(TomlSection t, string key)
        => IPAddress.TryParse(t.Text(key), out var address)
            ? address
            : throw t.Bad($"{key} must be an IP address, not {t.Text(key)}");

    private static void Distinct(TomlSection t, string what, IEnumerable<string> names)
    {
        if (names.GroupBy(n => n).FirstOrDefault(g => g.Count() > 1) is { } twice)
        {
            throw t.Bad($"two {what} are {twice.Key}");
        }
    }

    private static string Words(IEnumerable<string> words) => string.Join(" ", words);
}
