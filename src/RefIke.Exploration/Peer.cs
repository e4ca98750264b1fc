using RefIke.Engine;

namespace RefIke.Exploration;

/// <summary>One endpoint of an explored world, its state, and every effect it told with the time.</summary>
public sealed class Peer(string name, Endpoint endpoint)
{
    /// <summary>A or B.</summary>
    public string Name { get; } = name;

    /// <summary>The real core.</summary>
    public Endpoint Endpoint { get; } = endpoint;

    /// <summary>Its state now.</summary>
    public EndpointState State { get; set; } = EndpointState.Empty;

    /// <summary>All it told, in order.</summary>
    public List<(Instant At, Effect Effect)> Told { get; } = [];
}
