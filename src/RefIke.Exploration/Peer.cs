using RefIke.Engine;
using RefIke.Exchanges.Phase1;
using RefIke.Exchanges.Phase2;
using RefIke.Exploration.Mutants;

namespace RefIke.Exploration;

/// <summary>One endpoint of an explored world, its state, and every effect it told with the time.</summary>
public sealed class Peer(string name, Endpoint endpoint, Mutant? mutant = null)
{
    /// <summary>A or B.</summary>
    public string Name { get; } = name;

    /// <summary>The real core.</summary>
    public Endpoint Endpoint { get; } = endpoint;

    /// <summary>One step of it, with the seeded fault around it where there is one.</summary>
    public Step Step { get; } = mutant?.Around(endpoint.Step) ?? endpoint.Step;

    /// <summary>Exchanges that are neither established nor failed.</summary>
    public int OpenExchanges
        => State.Isakmp.Values.Count(e => e.Phase1.Step is not (Phase1Step.Established or Phase1Step.Failed))
            + State.QuickModes.Values.Count(q => q.State.Step is not (QuickModeStep.Established or QuickModeStep.Failed));

    /// <summary>Its state now.</summary>
    public EndpointState State { get; set; } = EndpointState.Empty;

    /// <summary>All it told, in order.</summary>
    public List<(Instant At, Effect Effect)> Told { get; } = [];
}
