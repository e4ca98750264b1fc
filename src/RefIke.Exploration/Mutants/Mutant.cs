using System.Collections.Immutable;
using RefIke.Exploration.Worlds;
using RefIke.Specification;

namespace RefIke.Exploration.Mutants;

/// <summary>A seeded fault in one endpoint, put in through a seam that every endpoint has; the other end stays honest unless it says so.</summary>
/// <param name="Id">Permanent, <c>M-nn</c>.</param>
/// <param name="Words">What is broken.</param>
/// <param name="Clause">The clause that it breaks.</param>
public sealed record Mutant(string Id, string Words, string Clause) : Variation
{
    /// <inheritdoc/>
    public override string Label => Id;

    /// <summary>All of them, by number.</summary>
    public static ImmutableArray<Mutant> All { get; } =
    [
        .. FormulaMutants.All.Concat(TableMutants.All).Concat(PolicyMutants.All).Concat(StepMutants.All).Concat(Phase1Mutants.All)
            .Concat(HeaderMutants.All).Concat(OfferMutants.All).Concat(QuickModeMutants.All).Concat(KeyingMutants.All).Concat(InformationalMutants.All)
            .Concat(LifeMutants.All).Concat(NatMutants.All).Concat(ProfileMutants.All)
            .OrderBy(m => NumberOf(m.Id)),
    ];

    /// <summary>The number in an id.</summary>
    internal static int NumberOf(string id) => int.Parse(id.AsSpan(2), System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>The same fault in the tables of the specification, where it can be said there: for the model checker.</summary>
    public Func<Row, Row?>? InTables { get; init; }
}
