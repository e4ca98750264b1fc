using System.Collections.Immutable;
using System.Net;
using RefIke.Crypto;
using RefIke.Engine;
using RefIke.Exchanges.Negotiation;
using RefIke.Exchanges.Phase2;

namespace RefIke.Exploration.Scenarios;

/// <summary>
/// Who plays: A and B know each other as connection <c>t</c>; a third, C, knows B alone, as <c>u</c>. Main Mode with a pre-shared key, one
/// child <c>c</c>, small groups: what a scenario wants otherwise it changes.
/// </summary>
public static class Cast
{
    /// <summary>How often an honest endpoint sends one message again.</summary>
    public const int Retries = 4;

    /// <summary>Everybody's NAT traversal port (RFC 3947 §4).</summary>
    public const int NatPort = 4500;

    /// <summary>How many questions an endpoint asks before it takes its peer for dead.</summary>
    public const int Questions = 3;

    /// <summary>The address that a NAT in front of A shows.</summary>
    public static IPAddress Public { get; } = new([192, 0, 2, 1]);

    private static readonly IDiffieHellman Memo = new MemoisedDiffieHellman(DiffieHellman.Best);

    /// <summary>By which name an endpoint knows whom it first speaks to.</summary>
    public static string ConnectionOf(Side side) => side == Side.C ? "u" : "t";

    /// <summary>Everybody, each in the given life: after a crash an endpoint has other random octets.</summary>
    public static ImmutableArray<EndpointSetup> Of(Scenario scenario, int life = 0)
        => [.. Enumerable.Range(0, scenario.Parties).Select(n => Setup((Side)n, scenario, life))];

    private static EndpointSetup Setup(Side side, Scenario scenario, int life)
    {
        var own = At(side);
        ImmutableArray<Connection> connections = side switch
        {
            Side.A => [Knows("t", Side.A, Side.B, own.Address, At(Side.B), scenario)],
            Side.B =>
            [
                Knows("t", Side.B, Side.A, own.Address, scenario.Natted ? new IPEndPoint(Public, 500) : At(Side.A), scenario),
                .. scenario.Parties > 2 ? [Knows("u", Side.B, Side.C, own.Address, At(Side.C), scenario)] : ImmutableArray<Connection>.Empty,
            ],
            _ => [Knows("u", Side.C, Side.B, own.Address, At(Side.B), scenario)],
        };
        var random = new NamedRandomness(2409 + (ulong)life, $"{side}");
        var setup = new EndpointSetup($"{side}", own, new IPEndPoint(own.Address, NatPort), connections, random)
        {
            DiffieHellman = Memo,
            Timing = new Timing { Retries = Retries },
        };
        return scenario.Change(side, setup);
    }

    private static IPEndPoint At(Side side) => new(new IPAddress([10, 0, 0, (byte)(side + 1)]), 500);

    private static Connection Knows(string name, Side own, Side peer, IPAddress address, IPEndPoint remote, Scenario scenario)
    {
        ImmutableArray<ChildPolicy> children = [new ChildPolicy("c", Net(own), Net(peer), [SuiteNames.Esp("aes128-sha1-modp768", scenario.Life)!])];
        return new Connection(name, remote, Secret.Of(name == "t" ? "exploration"u8 : "third party"u8),
            Selector.ToPayload(address, 32), Selector.ToPayload(scenario.Natted && peer == Side.A ? At(peer).Address : remote.Address, 32),
            [SuiteNames.Phase1("3des-sha1-modp768", scenario.IsakmpLife)!], children, scenario.Natted);
    }

    private static Wire.IdentificationPayload Net(Side side) => Selector.ToPayload(new IPAddress([10, (byte)(side + 1), 0, 0]), 16);
}
