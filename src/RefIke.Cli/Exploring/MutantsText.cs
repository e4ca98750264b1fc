using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using RefIke.Cli.CommandLine;
using RefIke.Exploration.Killing;

namespace RefIke.Cli.Exploring;

/// <summary>The kill matrix, line by line as it is made, and its sums.</summary>
internal static class MutantsText
{
    private static readonly CompositeFormat Columns = CompositeFormat.Parse("{0,-6} {1,-72} {2}{3}");

    /// <summary>A fault, and who found it.</summary>
    public static string Line(MatrixRow row, ImmutableHashSet<Judge> asked, bool asKept)
    {
        var found = asked.Order().Where(j => row[j] != MatrixRow.None).Select(j => $"{Name(j)}: {row[j]}").DefaultIfEmpty("nobody that was asked");
        return string.Format(CultureInfo.InvariantCulture, Columns, row.Id, row.Words, string.Join(", ", found), Other(asKept));
    }

    /// <summary>A scenario, and the fault that it finds.</summary>
    public static string Line(string scenario, string? finding, bool asKept) => $"{scenario,-40} {finding ?? "NOTHING"}{Other(asKept)}";

    /// <summary>How many of them each judge finds, and how many exploration alone.</summary>
    public static string Sum(IReadOnlyList<MatrixRow> rows, TimeSpan time)
    {
        if (rows.Count == 0)
        {
            return "";
        }

        var text = new StringBuilder().Append('\n');
        foreach (var judge in Enum.GetValues<Judge>())
        {
            text.Append(CultureInfo.InvariantCulture, $"{Name(judge),-16} {rows.Count(r => r[judge] != MatrixRow.None)} of {rows.Count}\n");
        }

        var (explored, anybody) = (rows.Count(r => r.IsFoundByExploring), rows.Count(r => r.Cells.Any(c => c != MatrixRow.None)));
        return text.Append(CultureInfo.InvariantCulture,
            $"exploration alone finds {explored} ({100.0 * explored / rows.Count:F0} %), all together {anybody} ({100.0 * anybody / rows.Count:F0} %). {time.TotalSeconds:F0} s.\n").ToString();
    }

    /// <summary>One document.</summary>
    public static string Json(IReadOnlyList<MatrixRow> rows, IReadOnlyList<(string Name, string? Finding)> scenarios, bool held, TimeSpan time)
        => JsonText.Document(new
        {
            document = "refike explore mutants",
            version = 1,
            held,
            seconds = time.TotalSeconds,
            faults = rows.Select(r => new
            {
                r.Id,
                r.Words,
                found = Enum.GetValues<Judge>().Where(j => r[j] != MatrixRow.None).ToDictionary(Name, j => r[j]),
            }),
            scenarios = scenarios.Select(s => new { name = s.Name, finds = s.Finding }),
        }) + "\n";

    private static string Name(Judge judge) => judge switch
    {
        Judge.Rows => "rows",
        Judge.Spin => "SPIN",
        Judge.Maude => "Maude",
        Judge.Exhaustive => "exhaustive",
        Judge.Coyote => "Coyote",
        Judge.Properties => "property tests",
        _ => "vectors",
    };

    private static string Other(bool asKept) => asKept ? "" : "  <- NOT AS RECORDED";
}
