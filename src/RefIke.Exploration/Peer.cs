using System.Collections.Immutable;
using System.Net;
using RefIke.Crypto;
using RefIke.Engine;
using RefIke.Exchanges.Negotiation;
using RefIke.Exchanges.Phase2;
using RefIke.Exploration.Monitors;
using RefIke.Exploration.Mutants;
using RefIke.Exploration.Scenarios;

namespace RefIke.Exploration;

/// <summary>One endpoint of an explored world, its state, and every effect it told with the time.</summary>
public sealed class Peer(string name, Endpoint endpoint, Mutant? mutant = null)
{
    private static readonly IDiffieHellman Memo = new MemoisedDiffieHellman(DiffieHellman.Best);

    /// <summary>A or B.</summary>
    public string Name { get; } = name;

    /// <summary>The real core.</summary>
    public Endpoint Endpoint { get; } = endpoint;

    /// <summary>One step of it, with the seeded fault around it where there is one.</summary>
    public Step Step { get; } = mutant?.Around(endpoint.Step) ?? endpoint.Step;

    /// <summary>Exchanges that are neither established nor failed.</summary>
    public int OpenExchanges => AtTheEnd.Open(State);

    /// <summary>Its state now.</summary>
    public EndpointState State { get; set; } = EndpointState.Empty;

    /// <summary>What properties remember of its past.</summary>
    public Ghost Past { get; set; } = Ghost.Empty;

    /// <summary>All it told, in order.</summary>
    public List<(Instant At, Effect Effect)> Told { get; } = [];

    /// <summary>The two of a scenario; a <paramref name="mutant"/>'s fault is put into A, or into both.</summary>
    public static (Peer A, Peer B) Pair(Scenario scenario, Mutant? mutant)
    {
        var timing = new Timing { Retries = World.Retries };
        var a = Setup("A", 1, 2, scenario) with { Timing = timing };
        var b = Setup("B", 2, 1, scenario) with { Timing = timing };
        return (new Peer("A", new Endpoint(mutant?.Change(a) ?? a), mutant),
            new Peer("B", new Endpoint(mutant is { AtBothEnds: true } ? mutant.Change(b) : b)));
    }

    private static EndpointSetup Setup(string name, byte own, byte peer, Scenario scenario)
    {
        IPEndPoint At(byte n, int port) => new(new IPAddress([10, 0, 0, n]), port);
        ImmutableArray<ChildPolicy> children =
        [
            new ChildPolicy("c", Selector.ToPayload(new IPAddress([10, own, 0, 0]), 16), Selector.ToPayload(new IPAddress([10, peer, 0, 0]), 16),
                [SuiteNames.Esp("aes128-sha1-modp768", scenario.Life)!]),
        ];
        var connection = new Connection("t", At(peer, 500), Secret.Of("exploration"u8), Selector.ToPayload(At(own, 0).Address, 32),
            Selector.ToPayload(At(peer, 0).Address, 32), [SuiteNames.Phase1("3des-sha1-modp768", scenario.IsakmpLife)!], children);
        return new EndpointSetup(name, At(own, 500), At(own, 4500), [connection], new NamedRandomness(2409, name)) { DiffieHellman = Memo };
    }
}
