using RefIke.Exploration.Monitors;

namespace RefIke.Exploration.Worlds;

/// <summary>A violation: which property, how one comes there, and what it looks like.</summary>
/// <param name="Way">The number of each turn among those that were possible: with them the run is made again.</param>
/// <param name="Ladder">The run, drawn.</param>
public sealed record Violation(string Property, string What, IReadOnlyList<int> Way, string Ladder)
{
    /// <summary>Of the property that fails, on a way.</summary>
    internal static Violation Of(Fault fault, IReadOnlyList<int> way, string ladder) => new(fault.Property, $"{fault.Property}: {fault.What}", way, ladder);
}
