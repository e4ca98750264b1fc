using System.Text.RegularExpressions;

namespace RefIke.Specification;

/// <summary>
/// One entry of <c>spec/decisions</c>: a question that the RFCs leave open or answer twice, and what RefIke makes of
/// it.
/// </summary>
/// <param name="Id"><c>D-nn</c>. Permanent.</param>
/// <param name="File">The file's name.</param>
/// <param name="Lines">What each label says, on one line.</param>
public sealed partial record Decision(string Id, string Title, string File, IReadOnlyDictionary<string, string> Lines)
{
    /// <summary>The label of the files that cite the id.</summary>
    public const string CodeLabel = "Code";

    /// <summary>The label of the tests that hold RefIke to it.</summary>
    public const string TestsLabel = "Pinned by";

    /// <summary>How a line begins that names nothing and says why.</summary>
    public const string Nothing = "nothing: ";

    /// <summary>The labels of an entry, in order.</summary>
    public static IReadOnlyList<string> Labels { get; } =
    [
        "Asks", "Readings", "Others", "RefIke sends", "RefIke accepts", "A tester accepts", CodeLabel, TestsLabel,
    ];

    /// <summary>Files of <c>src/</c> that cite it; none where the line says why.</summary>
    public IReadOnlyList<string> Code => Names(CodeLabel);

    /// <summary>Tests as <c>Class.Method</c>; none where the line says why.</summary>
    public IReadOnlyList<string> Tests => Names(TestsLabel);

    /// <summary>Whether a line names nothing and says why.</summary>
    public bool SaysWhyNot(string label)
        => Lines[label].StartsWith(Nothing, StringComparison.Ordinal) && Lines[label].Length > Nothing.Length + 20;

    private IReadOnlyList<string> Names(string label) => Lines[label].StartsWith(Nothing, StringComparison.Ordinal)
        ? [] : [.. Name().Matches(Lines[label]).Select(m => m.Groups[1].Value)];

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Name();
}

/// <summary>An id in a source.</summary>
/// <param name="File">Its path from the repository on.</param>
public sealed record DecisionCitation(string Id, string File);
