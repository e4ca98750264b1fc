using System.Collections.Immutable;
using RefIke.Engine;

namespace RefIke.Exploration.Mutants;

/// <summary>A seeded fault: A's setup is changed through a seam that every setup has; B stays honest.</summary>
/// <param name="Id">Permanent, <c>M-nn</c>.</param>
/// <param name="Words">What is broken.</param>
/// <param name="Clause">The clause that it breaks.</param>
public sealed record Mutant(string Id, string Words, string Clause, Func<EndpointSetup, EndpointSetup> Change)
{
    /// <summary>All of them, by id.</summary>
    public static ImmutableArray<Mutant> All { get; } =
        [.. FormulaMutants.All.Concat(GuardMutants.All).Concat(PolicyMutants.All).OrderBy(m => m.Id, StringComparer.Ordinal)];
}
