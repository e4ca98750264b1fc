using System.Collections.Immutable;

namespace RefIke.Exploration.Killing;

/// <summary>Who looks for a seeded fault: the columns of the kill matrix, in their order.</summary>
public enum Judge
{
    /// <summary>The tables of the specification against the machines as the fault configures them.</summary>
    Rows,

    /// <summary>The models in Promela, made of tables that have the fault.</summary>
    Spin,

    /// <summary>The symbolic models, with the fault written into them.</summary>
    Maude,

    /// <summary>The exhaustive search of the real core.</summary>
    Exhaustive,

    /// <summary>Coyote's schedules of the real core.</summary>
    Coyote,

    /// <summary>The property tests.</summary>
    Properties,

    /// <summary>The test vectors.</summary>
    Vectors,
}

/// <summary>One seeded fault in the kill matrix.</summary>
/// <param name="Id">The fault's, <c>M-nn</c>.</param>
/// <param name="Words">What is broken.</param>
/// <param name="Cells">By <see cref="Judge"/>: what found it first, or <see cref="None"/>.</param>
public sealed record MatrixRow(string Id, string Words, ImmutableArray<string> Cells)
{
    /// <summary>A cell of a judge that found nothing, or was not asked.</summary>
    public const string None = "–";

    /// <summary>What a judge found first.</summary>
    public string this[Judge judge] => Cells[(int)judge];

    /// <summary>Whether exploration of the real core alone found it.</summary>
    public bool IsFoundByExploring => this[Judge.Exhaustive] != None || this[Judge.Coyote] != None;

    /// <summary>Of a fault that nobody has looked for yet.</summary>
    public static MatrixRow Unknown(string id, string words)
        => new(id, words, [.. Enum.GetValues<Judge>().Select(_ => None)]);

    /// <summary>The same with another cell.</summary>
    public MatrixRow With(Judge judge, string? finding) => this with { Cells = Cells.SetItem((int)judge, finding ?? None) };

    /// <summary>As a line of Markdown.</summary>
    public override string ToString() => $"| {Id} | {Words} | {string.Join(" | ", Cells)} |";

    /// <summary>Of a line of Markdown.</summary>
    internal static MatrixRow Of(string line)
    {
        var cells = line.Split('|').Select(c => c.Trim()).ToArray();
        return new(cells[1], cells[2], [.. cells[3..^1]]);
    }
}
