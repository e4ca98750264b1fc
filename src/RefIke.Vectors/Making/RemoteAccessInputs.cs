using System.Collections.Immutable;
using System.Net;
using RefIke.Crypto;
using RefIke.Exchanges;
using RefIke.Exchanges.Profiles.ModeConfig;
using RefIke.Exchanges.Profiles.Xauth;
using RefIke.Wire;

namespace RefIke.Vectors.Making;

/// <summary>What a side does about XAUTH and Mode Config as a vector's inputs have it.</summary>
internal static class RemoteAccessInputs
{
    public static XauthPolicy Policy(XauthInputs x, Role role)
    {
        var password = Secret.Of(x.Password.Span);
        return role == x.Host
            ? new XauthPolicy.IpsecHost(x.User, password, x.Hybrid)
            : new XauthPolicy.EdgeDevice(
                new UserTable(ImmutableDictionary<Octets, Secret>.Empty.Add(x.User, password)), x.Type, x.Hybrid);
    }

    public static ModeConfigPolicy Policy(ModeConfigInputs c, Role role) => role == c.Host
        ? new ModeConfigPolicy.IpsecHost(c.Pushed)
        : new ModeConfigPolicy.EdgeDevice(new AddressRange(IPAddress.Parse(c.Address), 1, new((IPAddress?)null)
        {
            Netmask = IPAddress.Parse(c.Netmask),
            Dns = [.. c.Dns.Select(d => IPAddress.Parse(d))],
            ExpirySeconds = c.ExpirySeconds,
        }), c.Pushed);
}
