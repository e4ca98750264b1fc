using System.Collections.Immutable;
using RefIke.Engine;
using RefIke.Wire;

namespace RefIke.Cli.Configuration;

/// <summary>
/// A responder chooses the connection by what the first message shows: the peer's address, the mode, the
/// authentication method, and in Aggressive Mode the identity (RFC 2409 §5.4). Two connections that are alike in all
/// of that are refused, as the second would never be used.
/// </summary>
internal static class FirstMessages
{
    public static void Differ(TomlSection root, ImmutableArray<Connection> connections)
    {
        foreach (var (n, second) in connections.Index())
        {
            if (connections[..n].FirstOrDefault(first => IsLike(first, second)) is { } first)
            {
                throw root.Bad(
                    $"connections {first.Name} and {second.Name} cannot be told apart by a first message: it shows "
                    + "remote, mode and auth, and remote_id in aggressive mode alone (RFC 2409 §5.4)");
            }
        }
    }

    private static bool IsLike(Connection a, Connection b)
        => a.Remote.Address.Equals(b.Remote.Address) && a.Mode == b.Mode && a.Method == b.Method
            && (a.Mode != ExchangeType.Aggressive || a.PeerIdentity == b.PeerIdentity);
}
