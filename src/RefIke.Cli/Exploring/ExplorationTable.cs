using System.Globalization;
using RefIke.Exploration.Sampling;
using RefIke.Exploration.Worlds;
using Spectre.Console;

namespace RefIke.Cli.Exploring;

/// <summary>
/// What an exploration came to, in two tables that fit into 80 columns: what each scenario cost, and scenario ×
/// property. Colour only where the terminal has it and NO_COLOR is not set.
/// </summary>
internal static class ExplorationTable
{
    public static void Write(IReadOnlyList<Result> results)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings());
        // Cells are never cut; a narrower terminal wraps the line.
        console.Profile.Width = Math.Max(console.Profile.Width, 120);
        console.Write(Costs(results));
        console.Write(Properties(results));
        Console.WriteLine("✓ held in every schedule   ✗ violated   · not judged in this scenario");
        Console.WriteLine("Coyote samples schedules, which is no proof. different: schedules met for the");
        Console.WriteLine("first time.");
    }

    private static Table Costs(IReadOnlyList<Result> results)
    {
        var table = Plain();
        table.AddColumn(Column("scenario", 1));
        foreach (var name in new[] { "schedules", "different", "decisions" })
        {
            table.AddColumn(Column(name, 1).RightAligned());
        }

        table.AddColumn(Column("verdict", 0));
        foreach (var r in results)
        {
            table.AddRow(r.Scenario, N(r.Schedules), (r.IsEstimate ? "≈" : "") + N(r.Different), N(r.Decisions),
                r.Found is null ? "[green]held[/]" : $"[red]{r.Found.Property} violated[/]");
        }

        return table;
    }

    /// <summary>The id of a property stands upright above its column: S over 0 over 2.</summary>
    private static Table Properties(IReadOnlyList<Result> results)
    {
        var properties = results.SelectMany(r => r.Properties).Distinct().Order(StringComparer.Ordinal).ToArray();
        var table = Plain();
        table.AddColumn(Column("scenario", 1));
        foreach (var property in properties)
        {
            table.AddColumn(Column(string.Join('\n', property.Where(c => c != '-')), 0));
        }

        foreach (var r in results)
        {
            table.AddRow([r.Scenario, .. properties.Select(p => Cell(r, p))]);
        }

        return table;
    }

    private static string Cell(Result result, string property)
        => property == result.Found?.Property ? "[red]✗[/]" : result.Properties.Contains(property) ? "✓" : "·";

    private static Table Plain() => new Table().Border(TableBorder.Simple);

    private static TableColumn Column(string header, int right)
        => new TableColumn(header).Padding(0, 0, right, 0).NoWrap();

    private static string N(long n) => n.ToString(CultureInfo.InvariantCulture);
}
