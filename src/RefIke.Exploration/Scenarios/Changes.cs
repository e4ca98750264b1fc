using RefIke.Engine;
using RefIke.Exchanges;
using RefIke.Wire;

namespace RefIke.Exploration.Scenarios;

/// <summary>What scenarios have otherwise than <see cref="Cast"/>.</summary>
internal static class Changes
{
    private static readonly string[] More = ["d", "e"];

    /// <summary>Aggressive Mode in place of Main Mode.</summary>
    public static Func<Side, EndpointSetup, EndpointSetup> Aggressive { get; } = Each((_, c) => c with { Mode = ExchangeType.Aggressive });

    /// <summary>INITIAL-CONTACT is said where it is due (RFC 2407 §4.6.3.3).</summary>
    public static Func<Side, EndpointSetup, EndpointSetup> Contact { get; } = Each((_, c) => c with { InitialContact = true });

    /// <summary>Children d and e beside c, at those who are named.</summary>
    public static Func<Side, EndpointSetup, EndpointSetup> MoreChildren(params Side[] at) => Each((side, c) => !at.Contains(side) ? c : c with
    {
        Children = [.. c.Children, .. More.Select((name, n) => c.Children[0] with { Name = name, Own = Net(c, n), Peer = Net(c, n, true) })],
    });

    /// <summary>Every connection of everybody.</summary>
    public static Func<Side, EndpointSetup, EndpointSetup> Each(Func<Side, Connection, Connection> change)
        => (side, setup) => setup with { Connections = [.. setup.Connections.Select(c => change(side, c))] };

    /// <summary>One after the other.</summary>
    public static Func<Side, EndpointSetup, EndpointSetup> And(
        this Func<Side, EndpointSetup, EndpointSetup> first, Func<Side, EndpointSetup, EndpointSetup> then)
        => (side, setup) => then(side, first(side, setup));

    /// <summary>Each connection changed.</summary>
    public static EndpointSetup WithConnections(this EndpointSetup setup, Func<Connection, Connection> change)
        => setup with { Connections = [.. setup.Connections.Select(change)] };

    /// <summary>Each child of each connection changed.</summary>
    public static EndpointSetup WithChildren(this EndpointSetup setup, Func<ChildPolicy, ChildPolicy> change)
        => setup.WithConnections(c => c with { Children = [.. c.Children.Select(change)] });

    /// <summary>Ports 1000 and 1001 of the nets of c: other traffic than that of c.</summary>
    private static IdentificationPayload Net(Connection c, int n, bool peer = false)
        => (peer ? c.Children[0].Peer! : c.Children[0].Own!) with { ProtocolId = 17, Port = (ushort)(1000 + n) };
}

/// <summary>Random octets of which the message ids are the same at everybody, but for the count .</summary>
internal sealed class SameMessageIds(IRandomness others) : IRandomness
{
    /// <inheritdoc/>
    public byte[] Bytes(string purpose, ExchangeName exchange, int length)
        => purpose == "M-ID" ? [0x24, 0x09, 0x05, (byte)exchange.M_ID] : others.Bytes(purpose, exchange, length);
}
