using System.CommandLine;
using RefIke.Cli.CommandLine;
using RefIke.Cli.Exploring;
using RefIke.Specification.Drawing;

namespace RefIke.Cli.Verbs;

/// <summary><c>refike spec show</c>: a table of the specification as people read it.</summary>
internal static class SpecShow
{
    private static readonly Argument<string?> Name = new("name")
    {
        Description = "a table, such as quick-mode; without it all are listed",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly WordOption As = new(
        "--as", "ladder, states and rows as text, or the states for Mermaid, or drawn", "text|mermaid|svg",
        ["text", "mermaid", "svg"], "text");

    public static Command Create()
    {
        var show = new Verb(
            "show", "One table of spec/exchanges: its ladder, its states, its rows.",
            "refike spec show", "refike spec show quick-mode", "refike spec show quick-mode --as svg > quick-mode.svg")
        {
            Name, As,
        };
        show.SetAction(parsed =>
        {
            Console.Out.Write(parsed.GetValue(Name) is { } name ? Shown(Table(name), parsed.GetValue(As)!) : List());
            return ExitCodes.Held;
        });
        return show;
    }

    private static DrawnTable Table(string name)
        => SpecificationTables.Drawn.FirstOrDefault(t => t.Name == name || t.Rows[0].Exchange == name)
            ?? throw new BadInputException(
                $"no table is named {name}; there are {string.Join(", ", SpecificationTables.Drawn.Select(t => t.Name))}");

    private static string List()
    {
        var width = SpecificationTables.Drawn.Max(t => t.Name.Length);
        return string.Concat(SpecificationTables.Drawn.Select(t => $"{t.Name.PadRight(width)}  {t.Rows.Count,3} rows  {t.Title}\n"));
    }

    private static string Shown(DrawnTable table, string form) => form switch
    {
        "mermaid" => string.Concat(table.Roles.Select(r => $"%% {table.Title}: {r}\n{StateDiagram.Mermaid(table, r)}")),
        "svg" => StateDiagramSvg.Of(table),
        _ => $"{table.Title}\n\n{Ladder.Of(table)}\n"
            + string.Concat(table.Roles.Select(r => $"{r}: states, and what leads from one to the next\n{StateDiagram.Text(table, r)}\n"))
            + table.ToTable(),
    };
}
