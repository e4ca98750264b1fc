namespace RefIke.Specification.Promela;

/// <summary>One property of a model, checked. SPIN explores every state within the bounds.</summary>
/// <param name="Run">Model and defines.</param>
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
/// <param name="Detail">For people: the way to a violation, drawn, or what a tool said.</param>
public sealed record ModelVerdict(
    string Run, string Model, string Bounds, string Property, string Expected, string Verdict, long States, long Depth,
    TimeSpan Time, IReadOnlySet<string> RowsTaken, IReadOnlyList<string> Detail)
{
    /// <summary>The states of the record; null where none are recorded, as with larger bounds or a changed table.</summary>
    public long? ExpectedStates { get; init; }

    /// <summary>Whether it was found before, by the same tool of the same sources.</summary>
    public bool Cached { get; init; }

    /// <summary>Whether verdict and states are the recorded ones.</summary>
    public bool AsExpected => Verdict == Expected && (ExpectedStates is null || ExpectedStates == States);
}
