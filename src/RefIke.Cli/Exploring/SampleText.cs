using System.Globalization;
using System.Text;
using RefIke.Cli.CommandLine;
using RefIke.Exploration.Sampling;
using RefIke.Exploration.Scenarios;

namespace RefIke.Cli.Exploring;

/// <summary>What the parts of a sampling came to together, for people and as one document.</summary>
internal static class SampleText
{
    /// <summary>For people.</summary>
    public static string Of(SampleFiles.Merged merged)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{merged.Parts} parts{(merged.Whole ? "" : ", not all of them run to their end")}: {merged.Settings}\n");
        foreach (var s in merged.Scenarios)
        {
            text.Append(CultureInfo.InvariantCulture, $"  {s.Name,-32} {s.Schedules,10:#,0} schedules, {(s.IsEstimate ? "≈" : "")}{s.Different:#,0} different: ");
            text.Append(CultureInfo.InvariantCulture, $"{s.Violated ?? "held"}\n");
        }

        return text.Append(CoverageText.Of(Covered(merged), true)).ToString();
    }

    /// <summary>As one document.</summary>
    public static string Json(SampleFiles.Merged merged) => JsonText.Document(new
    {
        Document = "refike explore merge",
        Version = 1,
        merged.Settings,
        merged.Parts,
        merged.Whole,
        Held = merged.Scenarios.All(s => s.Violated is null),
        Scenarios = merged.Scenarios.Select(s => new { s.Name, s.Schedules, s.Different, DifferentIsEstimate = s.IsEstimate, s.Decisions, s.Violated }),
        Coverage = CoverageText.Json(Covered(merged)),
    }) + "\n";

    private static RowCoverage Covered(SampleFiles.Merged merged) => new(
        SpecificationTables.Rows, [.. Scenario.All.Where(s => merged.Scenarios.Any(m => m.Name == s.Name))], merged.Scenarios.SelectMany(s => s.Rows));
}
