using System.Text;

namespace RefIke.Specification.Drawing;

/// <summary>A role's states and the ways between them, as text and as Mermaid.</summary>
public static class StateDiagram
{
    /// <summary>A tree: under each state what takes it where.</summary>
    public static string Text(DrawnTable table, string role)
    {
        var text = new StringBuilder();
        foreach (var state in table.States(role))
        {
            var rows = table.Of(role).Where(r => r.State == state).ToArray();
            text.Append("  ").Append(state).Append(rows.Length == 0 ? " ■\n" : "\n");
            foreach (var (row, n) in rows.Select((r, n) => (r, n)))
            {
                text.Append(n == rows.Length - 1 ? "   └─ " : "   ├─ ").Append(Label(row))
                    .Append(row.Next == state ? "  ↺ refused\n" : $"  ─▶ {row.Next}\n");
            }
        }

        return text.ToString();
    }

    /// <summary>The same for Mermaid's <c>stateDiagram-v2</c>.</summary>
    public static string Mermaid(DrawnTable table, string role)
    {
        var text = new StringBuilder("stateDiagram-v2\n    [*] --> Idle\n");
        foreach (var row in table.Of(role))
        {
            text.Append($"    {row.State} --> {row.Next}: {Label(row).Replace(':', ' ')}\n");
        }

        foreach (var end in table.States(role).Where(s => table.Of(role).All(r => r.State != s)))
        {
            text.Append($"    {end} --> [*]\n");
        }

        return text.ToString();
    }

    internal static string Label(Row row)
        => DrawnTable.Cause(row) + (DrawnTable.Said(row) is { Length: > 0 } said ? $" / {said}" : "");
}
