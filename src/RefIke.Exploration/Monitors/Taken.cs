using System.Collections.Immutable;
using RefIke.Engine;

namespace RefIke.Exploration.Monitors;

/// <summary>One step of one endpoint, as the monitors see it.</summary>
/// <param name="Altered">Whether the datagram that came was changed on its way.</param>
public sealed record Taken(
    Instant Now, EndpointState Before, Input Input, EndpointState After, ImmutableArray<Effect> Effects, bool Altered);

/// <summary>A property that does not hold, and what was seen.</summary>
public sealed record Fault(string Property, string What);
