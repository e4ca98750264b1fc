using System.Collections.Immutable;
using System.Net;
using System.Text;
using RefIke.Crypto;
using RefIke.Engine;
using RefIke.Exchanges;
using RefIke.Exchanges.Phase2;
using RefIke.Exchanges.Profiles.ModeConfig;
using RefIke.Exchanges.Profiles.Xauth;
using RefIke.Wire;

namespace RefIke.Cli.Configuration;

/// <summary>The keys of <c>[[connection]]</c> for XAUTH, hybrid authentication and Mode Config.</summary>
internal static class RemoteAccessTable
{
    public static readonly ImmutableArray<string> Keys =
        ["xauth", "xauth_user", "xauth_password", "xauth_users", "hybrid", "mode_config", "pool", "pool_dns"];

    /// <summary>Whether this end proves itself in phase 1, and whether the peer does: with hybrid authentication the server alone.</summary>
    public static (bool Own, bool Peer) Proves(TomlSection t)
        => !t.Flag("hybrid", false) ? (true, true) : t.Word("xauth", "off", ["client", "server", "off"]) switch
        {
            "client" => (false, true),
            "server" => (true, false),
            _ => throw t.Bad("hybrid needs xauth = \"client\" or \"server\""),
        };

    public static XauthPolicy? Xauth(TomlSection t, AuthenticationMethod method)
    {
        var hybrid = t.Flag("hybrid", false);
        XauthPolicy? policy = t.Word("xauth", "off", ["client", "server", "off"]) switch
        {
            "client" => new XauthPolicy.IpsecHost(
                Encoding.UTF8.GetBytes(t.Text("xauth_user")), Secret.Of(Encoding.UTF8.GetBytes(t.Text("xauth_password"))), hybrid),
            "server" => new XauthPolicy.EdgeDevice(Users(t), Hybrid: hybrid),
            _ => null,
        };
        return policy is null || XauthMethods.Of(method, policy, Role.Initiator) is not null ? policy
            : throw t.Bad($"{(hybrid ? "hybrid" : "xauth")} does not go with auth = \"{AuthenticationNames.Of(method)}\"");
    }

    public static ModeConfigPolicy? ModeConfig(TomlSection t)
    {
        var style = t.Word("mode_config", "off", ["pull", "push", "off"]);
        return style == "off" ? null
            : t.Has("pool") ? new ModeConfigPolicy.EdgeDevice(Pool(t), style == "push")
            : new ModeConfigPolicy.IpsecHost(style == "push");
    }

    /// <summary>Each <c>name:password</c>.</summary>
    private static UserTable Users(TomlSection t)
    {
        var users = ImmutableDictionary.CreateBuilder<Octets, Secret>();
        foreach (var line in t.Texts("xauth_users"))
        {
            if (line.Split(':', 2) is not [{ Length: > 0 } name, var password])
            {
                throw t.Bad("xauth_users must be texts \"name:password\"");
            }

            users[Encoding.UTF8.GetBytes(name)] = Secret.Of(Encoding.UTF8.GetBytes(password));
        }

        return new UserTable(users.ToImmutable());
    }

    private static AddressRange Pool(TomlSection t)
    {
        var range = Selector.Of(IdentityText.Traffic(t, "pool"))!;
        if (range.Last - range.First >= 65536)
        {
            throw t.Bad("pool may have 65536 addresses at most");
        }

        var servers = t.Has("pool_dns")
            ? t.Texts("pool_dns").Select(s => IPAddress.TryParse(s, out var a) ? a : throw t.Bad($"pool_dns: {s} is no IP address"))
            : [];
        return new AddressRange(
            range.FirstAddress, (int)(range.Last - range.First) + 1, new AssignedConfiguration((IPAddress?)null) { Dns = [.. servers] });
    }
}
