using System.Collections.Immutable;
using RefIke.Exploration.Worlds;

namespace RefIke.Exploration.Policies;

/// <summary>
/// How an endpoint lets SAs follow one another, where RFC 2409 leaves it open: who deletes what and when, what is sent on meanwhile, what the end of one
/// SA means for another. RefIke's own is what <c>spec/decisions/life-cycle.md</c> says; the others are what real daemons do, or could be thought to.
/// </summary>
/// <param name="Name">As in the models where they know it.</param>
/// <param name="Words">What it does otherwise than RefIke.</param>
/// <param name="Who">Who does so; empty where nobody is known to.</param>
public sealed record LifePolicy(string Name, string Words, string Who) : Variation
{
    /// <inheritdoc/>
    public override string Label => Name;

    /// <summary>RefIke's own first.</summary>
    public static ImmutableArray<LifePolicy> All { get; } =
    [
        new("REFIKE", "as RefIke does", "RefIke"),
        .. OldPairs.All, .. NewPairs.All, .. Ends.All,
    ];
}
