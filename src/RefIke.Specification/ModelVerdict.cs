namespace RefIke.Specification;

/// <summary>One property of a model, checked. SPIN explores every state within the bounds.</summary>
/// <param name="Model">The model's name.</param>
/// <param name="Bounds">The network, and the bounds by their names in the model.</param>
/// <param name="Expected"><c>holds</c> or <c>violated</c>.</param>
/// <param name="Verdict">
/// <c>holds</c>, <c>violated</c>, <c>cut short</c> where memory or depth ran out, <c>no model</c> where it does not
/// compile.
/// </param>
/// <param name="States">States stored; 0 where there was no search.</param>
/// <param name="Depth">Steps of the longest path searched.</param>
/// <param name="RowsTaken">The rows taken in a search that went to its end; empty after any other.</param>
/// <param name="Detail">For people: the trail of a violation that was not expected, or what a tool said.</param>
public sealed record ModelVerdict(
    string Model, string Bounds, string Property, string Expected, string Verdict, long States, long Depth,
    TimeSpan Time, IReadOnlySet<string> RowsTaken, IReadOnlyList<string> Detail)
{
    /// <summary>Whether the verdict is the recorded one.</summary>
    public bool AsExpected => Verdict == Expected;
}
