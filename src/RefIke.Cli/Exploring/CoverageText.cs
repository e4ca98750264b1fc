using System.Globalization;
using System.Text;
using RefIke.Exploration.Sampling;

namespace RefIke.Cli.Exploring;

/// <summary>What of the tables was reached, for people and as a part of a document.</summary>
internal static class CoverageText
{
    /// <summary>Two lines, and by name what was not reached.</summary>
    /// <param name="named">Whether the names are wanted.</param>
    public static string Of(RowCoverage coverage, bool named)
    {
        var (rows, pairs) = (coverage.MissedRows, coverage.MissedPairs);
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"\n{coverage.Rows - rows.Count} of {coverage.Rows} rows of the tables were taken, ");
        text.Append(CultureInfo.InvariantCulture, $"and {coverage.Pairs - pairs.Count} of {coverage.Pairs} pairs\nof state and event met");
        text.Append(named || rows.Count == 0 ? ".\n" : "; --coverage names the others.\n");
        if (!named)
        {
            return text.ToString();
        }

        foreach (var row in rows)
        {
            text.Append(CultureInfo.InvariantCulture, $"  not taken  {row}\n");
        }

        foreach (var pair in pairs)
        {
            text.Append(CultureInfo.InvariantCulture, $"  not met    {pair}\n");
        }

        foreach (var (exchange, count) in coverage.Unspoken)
        {
            text.Append(CultureInfo.InvariantCulture, $"  not spoken {exchange}, {count} rows: in no scenario\n");
        }

        return text.ToString();
    }

    /// <summary>For a document.</summary>
    public static object Json(RowCoverage coverage) => new
    {
        coverage.Rows,
        RowsTaken = coverage.Rows - coverage.MissedRows.Count,
        coverage.Pairs,
        PairsMet = coverage.Pairs - coverage.MissedPairs.Count,
        coverage.MissedRows,
        coverage.MissedPairs,
        NotSpoken = coverage.Unspoken.Select(u => new { u.Exchange, u.Rows }),
    };
}
