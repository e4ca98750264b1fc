using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using System.Text;
using RefIke.Crypto;
using RefIke.Engine;
using RefIke.Exchanges.Negotiation;
using RefIke.Exchanges.NewGroupMode;
using RefIke.Wire;

namespace RefIke.Cli.Configuration;

/// <summary><c>[[connection]]</c>: a peer and how to speak to it.</summary>
internal static class ConnectionTable
{
    public static readonly ImmutableArray<string> Keys =
    [
        "name", "remote", "remote_port", "mode", "auth", "local_id", "remote_id", "psk", "psk_hex", "phase1",
        "lifetime", "initial_contact", "child", "group", "new_groups", "private_group", "clear_third_message", "describe_group", .. ProfileKeys.Keys,
    ];

    private static readonly string Phase1Form =
        $"it is cipher-hash-group: {string.Join(' ', SuiteNames.CipherNames)}; "
        + $"{string.Join(' ', SuiteNames.HashNames)}; {string.Join(' ', GroupList.All.Select(g => g.Name))}";

    public static Connection Read(TomlSection t, IPAddress listen, PemFiles files)
    {
        var remote = Remote(t, listen);
        var isAny = remote.Equals(IPAddress.Any) || remote.Equals(IPAddress.IPv6Any);
        var mode = t.Word("mode", "main", ["main", "aggressive"]) == "main"
            ? ExchangeType.MainMode : ExchangeType.Aggressive;
        var method = AuthenticationNames.Read(t);
        if (isAny && mode == ExchangeType.MainMode && method == AuthenticationMethod.PreSharedKey)
        {
            throw t.Bad("remote must be an address: in main mode a pre-shared key is found by it (RFC 2409 §5.4)");
        }

        if (isAny && !t.Has("remote_id"))
        {
            throw t.Bad("remote_id is missing: a peer at any address is told by it");
        }

        var life = t.Seconds("lifetime", "8h");
        var suites = t.Texts("phase1").SelectMany(SuitePresets.Expand)
            .Select(s => SuiteNames.Phase1(s, life, method) ?? throw t.Bad($"phase1: {s} is no suite; {Phase1Form}"))
            .Select(s => s with { DescribesGroup = t.Flag("describe_group", false) }).ToImmutableArray();
        if (mode == ExchangeType.Aggressive && suites.Select(s => s.Group).Distinct().Count() > 1)
        {
            throw t.Bad(
                "phase1: all suites must have one group in aggressive mode (RFC 2409 §5: KE comes with the offer)");
        }

        var children = t.Sections("child", "connection.child", ConfigurationFile.Keys["connection.child"])
            .Select(ChildTable.Read).ToImmutableArray();
        if (children.IsEmpty)
        {
            throw t.Bad("no [[connection.child]]: nothing to protect");
        }

        t.Distinct("children", children.Select(c => c.Name));
        var groups = t.Sections("group", "connection.group", ConfigurationFile.Keys["connection.group"])
            .Select(GroupTable.Read).ToImmutableArray();
        t.Distinct("groups", groups.Select(g => $"{g.Number}"));
        var connection = new Connection(t.Text("name"), new IPEndPoint(remote, t.Number("remote_port", 500, 1, 65535)),
            PreSharedKey(t, method), IdentityText.Phase1(t, "local_id", listen),
            IdentityText.Phase1(t, "remote_id", remote),
            suites, children)
        {
            Mode = mode,
            InitialContact = t.Flag("initial_contact", true),
            ClearThirdMessage = ClearThirdMessage(t, mode),
            NewGroups = t.Flag("new_groups", false) ? new NewGroupTerms() : null,
            OwnGroups = groups,
            PrivateGroup = t.Has("private_group") ? t.PrivateGroup("private_group") : null,
            PublicKeys = PublicKeysTable.Read(t, method, files),
            Xauth = RemoteAccessTable.Xauth(t, method),
            ModeConfig = RemoteAccessTable.ModeConfig(t),
        };
        return ProfileKeys.Read(t, connection);
    }

    private static bool ClearThirdMessage(TomlSection t, ExchangeType mode)
        => t.Flag("clear_third_message", false) is var clear && clear && mode == ExchangeType.MainMode
            ? throw t.Bad("clear_third_message is for aggressive mode; message 5 of main mode is always encrypted")
            : clear;

    private static IPAddress Remote(TomlSection t, IPAddress listen)
    {
        if (t.Text("remote") == "any")
        {
            return listen.AddressFamily == AddressFamily.InterNetworkV6 ? IPAddress.IPv6Any : IPAddress.Any;
        }

        var remote = t.Address("remote", "an IP address or \"any\"");
        return remote.AddressFamily == listen.AddressFamily
            ? remote
            : throw t.Bad($"remote {remote} and [endpoint] listen {listen} are of different families");
    }

    private static Secret? PreSharedKey(TomlSection t, AuthenticationMethod method)
    {
        if (method != AuthenticationMethod.PreSharedKey)
        {
            return t.Has("psk") || t.Has("psk_hex")
                ? throw t.Bad($"psk is of no use with auth = \"{AuthenticationNames.Of(method)}\"")
                : null;
        }

        if (t.Has("psk") == t.Has("psk_hex"))
        {
            throw t.Bad("one of psk and psk_hex must be there");
        }

        try
        {
            return Secret.Of(
                t.Has("psk") ? Encoding.UTF8.GetBytes(t.Text("psk")) : Convert.FromHexString(t.Text("psk_hex")));
        }
        catch (FormatException)
        {
            throw t.Bad("psk_hex must be an even number of hexadecimal digits");
        }
    }
}
