using RefIke.Exploration.Mutants;
using RefIke.Exploration.Worlds;

namespace RefIke.Exploration.Policies;

/// <summary>All that an endpoint can be made to do otherwise, by its label.</summary>
public static class Variations
{
    /// <summary>A seeded fault, or a policy at both ends; null where the label is null or unknown.</summary>
    public static Variation? Named(string? label)
        => Mutant.All.FirstOrDefault(m => m.Id == label) ?? (Variation?)(LifePolicy.All.FirstOrDefault(p => p.Name == label) is { } policy ? policy with { AtBothEnds = true } : null);
}
