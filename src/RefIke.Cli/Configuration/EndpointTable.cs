using System.Collections.Immutable;
using System.Net;
using RefIke.Engine;
using RefIke.Exchanges;

namespace RefIke.Cli.Configuration;

/// <summary><c>[endpoint]</c> and <c>[retransmission]</c>, and the connections below them.</summary>
internal static class EndpointTable
{
    public static readonly ImmutableArray<string> EndpointKeys = ["listen", "port", "nat_port"];

    public static readonly ImmutableArray<string> RetransmissionKeys = ["tries", "first"];

    public static EndpointSetup Read(TomlSection root, PemFiles files, IRandomness randomness)
    {
        var endpoint = root.Section("endpoint", EndpointKeys);
        var listen = endpoint.Address("listen");
        if (listen.Equals(IPAddress.Any) || listen.Equals(IPAddress.IPv6Any))
        {
            throw endpoint.Bad(
                "listen must be one address of this machine: identities and NAT detection name it (RFC 3947 §3.2)");
        }

        // clause 2408-2.5.1-01
        var (port, natPort) = (endpoint.Number("port", 500, 1, 65535), endpoint.Number("nat_port", 4500, 1, 65535));
        if (port == natPort)
        {
            throw endpoint.Bad("port and nat_port must differ");
        }

        var connections = root.Sections("connection", "connection", ConfigurationFile.Keys["connection"])
            .Select(c => ConnectionTable.Read(c, listen, files)).ToImmutableArray();
        if (connections.IsEmpty)
        {
            throw root.Bad("no [[connection]]: nobody to speak to");
        }

        root.Distinct("connections", connections.Select(c => c.Name));
        FirstMessages.Differ(root, connections);
        var setup = new EndpointSetup(
            "refike", new IPEndPoint(listen, port), new IPEndPoint(listen, natPort), connections, randomness);
        return root.Has("retransmission")
            ? setup with { Timing = Retransmission(root.Section("retransmission", RetransmissionKeys), setup.Timing) }
            : setup;
    }

    private static Timing Retransmission(TomlSection t, Timing otherwise) => otherwise with
    {
        Retries = t.Number("tries", otherwise.Retries, 1, 20),
        FirstGap = t.Milliseconds("first", $"{otherwise.FirstGap}ms"),
    };
}
