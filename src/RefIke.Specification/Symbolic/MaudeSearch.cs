namespace RefIke.Specification.Symbolic;

/// <summary>One search of a variant under <c>spec/symbolic</c>: a start, and the state that should not be.</summary>
/// <param name="Model">The variant's file, without <c>.maude</c>.</param>
/// <param name="Module">The module that it searches; empty where that is the last one of the file.</param>
/// <param name="Start">Who is there, and what the attacker has beside his own: <c>duo(signed, nothing)</c>.</param>
/// <param name="Goal">What is looked for: <c>broken(weakly, R, C:Conf)</c>.</param>
/// <param name="Note">The comment above it: property, attack, what happens.</param>
/// <param name="Bounds">What the theory says of the start.</param>
public sealed record MaudeSearch(string Model, string Module, string Start, string Goal, string Note, string Bounds)
{
    /// <summary>Whether a solution is wanted: that the honest run is there.</summary>
    public bool IsWitness => Goal.StartsWith("witness", StringComparison.Ordinal);

    /// <summary>What is looked for, without the state: <c>broken(weakly, R)</c>.</summary>
    public string Asked => Goal.Replace(", C:Conf", "", StringComparison.Ordinal).Replace("(C:Conf)", "", StringComparison.Ordinal);

    /// <summary>By what a recorded verdict is found again.</summary>
    public string Key => $"{(Module.Length == 0 ? "" : Module + ": ")}{Start} -> {Asked}";

    /// <summary>The word for what came out.</summary>
    /// <param name="solution">Whether the state was reached.</param>
    public string Verdict(bool solution) => (IsWitness, solution) switch
    {
        (true, true) => "reached",
        (true, false) => "unreached",
        (false, true) => "violated",
        (false, false) => "holds",
    };
}

/// <summary>What a search found, beside what it found when it was recorded.</summary>
/// <param name="Expected">The recorded verdict; empty where none is.</param>
/// <param name="ExpectedStates">The recorded number of states.</param>
/// <param name="Verdict">
/// <c>holds</c> or <c>violated</c>, of a witness <c>reached</c> or <c>unreached</c>, <c>no model</c> where Maude
/// complains.
/// </param>
/// <param name="States">States visited: all within the bounds, or those up to the first solution.</param>
/// <param name="Detail">For people: the ladder of a violation, or what Maude said.</param>
public sealed record SearchVerdict(
    MaudeSearch Search, string Expected, long ExpectedStates, string Verdict, long States, TimeSpan Time, IReadOnlyList<string> Detail)
{
    /// <summary>Whether it was found before, by the same tool of the same sources.</summary>
    public bool Cached { get; init; }

    /// <summary>Whether verdict and states are the recorded ones.</summary>
    public bool AsExpected => Verdict == Expected && States == ExpectedStates;
}
