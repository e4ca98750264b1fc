using System.Collections.Immutable;
using RefIke.Engine;

namespace RefIke.Exploration.Worlds;

/// <summary>One step of an endpoint: <see cref="Endpoint.Step"/>, or that with something around it.</summary>
public delegate (EndpointState State, ImmutableArray<Effect> Effects) Step(EndpointState state, Instant now, Input input);

/// <summary>
/// What an endpoint does otherwise than RefIke: put in through a seam that every endpoint has. It is in A, and B stays as it is, unless it is said to
/// be at both ends.
/// </summary>
public abstract record Variation
{
    /// <summary>By which it is known.</summary>
    public abstract string Label { get; }

    /// <summary>What it changes in the endpoint's setup: a formula, a guard, a send, a next state, a limit, a time, the randomness.</summary>
    public Func<EndpointSetup, EndpointSetup> Change { get; init; } = setup => setup;

    /// <summary>What it changes on the way in or out of a step: the state, the effects.</summary>
    public Func<Step, Step> Around { get; init; } = step => step;

    /// <summary>Whether everybody is changed: where an honest peer would make up for it.</summary>
    public bool AtBothEnds { get; init; }
}
