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

/// <summary>A configuration in TOML: where this endpoint is, whom it knows, what it protects.</summary>
internal static class ConfigurationFile
{
    /// <summary>Reads a file.</summary>
    /// <exception cref="FormatException">It cannot be used; the message says what is wrong and where.</exception>
    public static EndpointSetup Load(string path, IRandomness randomness)
    {
        if (!File.Exists(path))
        {
            throw new FormatException($"{path}: no such file");
        }

        TomlTable root;
        try
        {
            root = TomlSerializer.Deserialize<TomlTable>(File.ReadAllText(path))!;
        }
        catch (TomlException e)
        {
            throw new FormatException($"{path}: {e.Message}");
        }

        var endpoint = Table(root, "endpoint");
        Known(root, "the file", "endpoint", "connection", "retransmission");
        Known(endpoint, "[endpoint]", "listen", "port", "nat_port");
        var listen = Ip(Text(endpoint, "listen"));
        var local = new IPEndPoint(listen, (int)Number(endpoint, "port", 500));
        var connections = Tables(root, "connection").Select(c => Connection(c, listen)).ToImmutableArray();
        var setup = new EndpointSetup("refike", local, new IPEndPoint(listen, (int)Number(endpoint, "nat_port", 4500)), connections, randomness);
        if (root.TryGetValue("retransmission", out var r) && r is TomlTable retransmission)
        {
            Known(retransmission, "[retransmission]", "tries", "first");
            setup = setup with
            {
                Timing = setup.Timing with
                {
                    Retries = (int)Number(retransmission, "tries", 5),
                    FirstGap = (long)Seconds(retransmission, "first", 1) * 1000,
                },
            };
        }

        return setup;
    }

    private static Connection Connection(TomlTable t, IPAddress listen)
    {
        var name = Text(t, "name");
        Known(t, $"connection {name}", "name", "remote", "remote_port", "local_id", "remote_id", "psk", "psk_hex", "phase1", "lifetime",
            "nat_traversal", "child");
        var remote = Ip(Text(t, "remote"));
        var secret = t.ContainsKey("psk_hex") ? Convert.FromHexString(Text(t, "psk_hex")) : Encoding.UTF8.GetBytes(Text(t, "psk"));
        var life = Seconds(t, "lifetime", 28800);
        var suites = List(t, "phase1").Select(s => SuiteNames.Phase1(s, life)
            ?? throw new FormatException($"connection {name}: unknown phase 1 suite {s}")).ToImmutableArray();
        var children = Tables(t, "child").Select(c => Child(c, name)).ToImmutableArray();
        return new Connection(name, new IPEndPoint(remote, (int)Number(t, "remote_port", 500)), Secret.Of(secret),
            Identity(t, "local_id", listen), Identity(t, "remote_id", remote), suites, children,
            !t.TryGetValue("nat_traversal", out var nat) || nat is true);
    }

    private static ChildPolicy Child(TomlTable t, string connection)
    {
        var name = Text(t, "name");
        Known(t, $"child {name}", "name", "local", "remote", "esp", "lifetime");
        var life = Seconds(t, "lifetime", 3600);
        var suites = List(t, "esp").Select(s => SuiteNames.Esp(s, life)
            ?? throw new FormatException($"connection {connection}, child {name}: unknown ESP suite {s}")).ToImmutableArray();
        return suites.Select(s => s.PfsGroup).Distinct().Count() > 1
            ? throw new FormatException($"child {name}: all suites must have one PFS group, or none (RFC 2409 §5.5)")
            : new ChildPolicy(name, Traffic(t, "local"), Traffic(t, "remote"), suites);
    }

    private static IdentificationPayload? Traffic(TomlTable t, string key)
    {
        if (!t.ContainsKey(key))
        {
            return null;
        }

        var parts = Text(t, key).Split('/');
        var address = Ip(parts[0]);
        return Selector.ToPayload(address, parts.Length > 1 ? int.Parse(parts[1], CultureInfo.InvariantCulture) : address.GetAddressBytes().Length * 8);
    }

    private static IdentificationPayload Identity(TomlTable t, string key, IPAddress otherwise)
    {
        var text = t.ContainsKey(key) ? Text(t, key) : otherwise.ToString();
        return IPAddress.TryParse(text, out var address)
            ? Selector.ToPayload(address, address.GetAddressBytes().Length * 8)
            : new IdentificationPayload(text.Contains('@', StringComparison.Ordinal) ? IdentificationType.UserFqdn : IdentificationType.Fqdn,
                0, 0, Encoding.UTF8.GetBytes(text));
    }

    private static void Known(TomlTable t, string where, params string[] keys)
    {
        if (t.Keys.FirstOrDefault(k => !keys.Contains(k)) is { } unknown)
        {
            throw new FormatException($"{where}: unknown key {unknown}; known are {string.Join(", ", keys)}");
        }
    }

    private static TomlTable Table(TomlTable t, string key)
        => t.TryGetValue(key, out var v) && v is TomlTable table ? table : throw new FormatException($"[{key}] is missing");

    private static IEnumerable<TomlTable> Tables(TomlTable t, string key)
        => t.TryGetValue(key, out var v) ? v switch { TomlTableArray a => a, TomlArray a => a.OfType<TomlTable>(), _ => [] } : [];

    private static string Text(TomlTable t, string key)
        => t.TryGetValue(key, out var v) && v is string s ? s : throw new FormatException($"{key} is missing or no string");

    private static IEnumerable<string> List(TomlTable t, string key)
        => t.TryGetValue(key, out var v) && v is TomlArray a ? a.OfType<string>() : throw new FormatException($"{key} is missing or no list");

    private static long Number(TomlTable t, string key, long otherwise) => t.TryGetValue(key, out var v) && v is long n ? n : otherwise;

    /// <summary>A number of seconds, or a text such as 90s, 20m, 8h.</summary>
    private static ulong Seconds(TomlTable t, string key, ulong otherwise)
    {
        if (!t.TryGetValue(key, out var v))
        {
            return otherwise;
        }

        var text = v is long n ? $"{n}s" : v as string ?? "";
        ulong unit = text.LastOrDefault() switch { 's' => 1, 'm' => 60, 'h' => 3600, _ => 0 };
        return unit > 0 && ulong.TryParse(text[..^1], CultureInfo.InvariantCulture, out var count) && count > 0
            ? count * unit
            : throw new FormatException($"{key}: {text} is no time such as 90s, 20m, 8h");
    }

    private static IPAddress Ip(string text)
        => IPAddress.TryParse(text, out var address) ? address : throw new FormatException($"{text} is no address");
}
