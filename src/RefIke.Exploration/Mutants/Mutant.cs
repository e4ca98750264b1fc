using System.Collections.Immutable;
using RefIke.Engine;
using RefIke.Specification;

namespace RefIke.Exploration.Mutants;

/// <summary>One step of an endpoint: <see cref="Endpoint.Step"/>, or that with a fault around it.</summary>
public delegate (EndpointState State, ImmutableArray<Effect> Effects) Step(EndpointState state, Instant now, Input input);

/// <summary>A seeded fault in one endpoint, put in through a seam that every endpoint has; the other end stays honest unless it says so.</summary>
/// <param name="Id">Permanent, <c>M-nn</c>.</param>
/// <param name="Words">What is broken.</param>
/// <param name="Clause">The clause that it breaks.</param>
public sealed record Mutant(string Id, string Words, string Clause)
{
    /// <summary>All of them, by number.</summary>
    public static ImmutableArray<Mutant> All { get; } =
    [
        .. FormulaMutants.All.Concat(TableMutants.All).Concat(PolicyMutants.All).Concat(StepMutants.All).Concat(Phase1Mutants.All)
            .Concat(HeaderMutants.All).Concat(OfferMutants.All).Concat(QuickModeMutants.All).Concat(KeyingMutants.All).Concat(InformationalMutants.All)
            .Concat(LifeMutants.All).Concat(NatMutants.All).Concat(ProfileMutants.All)
            .OrderBy(m => int.Parse(m.Id.AsSpan(2), System.Globalization.CultureInfo.InvariantCulture)),
    ];

    /// <summary>What it changes in the endpoint's setup: a formula, a guard, a send, a next state, a limit, a time, the randomness.</summary>
    public Func<EndpointSetup, EndpointSetup> Change { get; init; } = setup => setup;

    /// <summary>What it changes on the way in or out of a step: the state, the effects.</summary>
    public Func<Step, Step> Around { get; init; } = step => step;

    /// <summary>Whether both ends have the changed setup: where an honest peer would make up for the fault.</summary>
    public bool AtBothEnds { get; init; }

    /// <summary>The same fault in the tables of the specification, where it can be said there: for the model checker.</summary>
    public Func<Row, Row?>? InTables { get; init; }
}
