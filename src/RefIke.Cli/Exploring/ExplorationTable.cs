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
        string[] everywhere = [.. Everywhere(results)];
        console.Write(Properties(results, everywhere));
        Console.WriteLine($"In each scenario besides, where no verdict says otherwise:\n{string.Join('\n', everywhere.Chunk(13).Select(c => string.Join(' ', c)))}");
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
    private static Table Properties(IReadOnlyList<Result> results, string[] everywhere)
    {
        var properties = results.SelectMany(r => r.Properties).Except(everywhere).Order(StringComparer.Ordinal).ToArray();
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

    /// <summary>What is judged in all of them, and needs no column.</summary>
    private static IEnumerable<string> Everywhere(IReadOnlyList<Result> results)
        => Explorer.Safety.Where(p => results.All(r => r.Properties.Contains(p) && r.Found?.Property != p));

    private static string Cell(Result result, string property)
        => property == result.Found?.Property ? "[red]✗[/]" : result.Properties.Contains(property) ? "✓" : "·";

    private static Table Plain() => new Table().Border(TableBorder.Simple);

    private static TableColumn Column(string header, int right)
        => new TableColumn(header).Padding(0, 0, right, 0).NoWrap();

    private static string N(long n) => n.ToString(CultureInfo.InvariantCulture);
}
