using System.Text;

namespace RefIke.Specification.Drawing;

/// <summary>
/// The messages of an exchange in which nothing goes wrong, as the rows themselves say it: what one role sends is the event that
/// the other awaits, and of several rows for it the first that goes on is taken.
/// </summary>
public static class Ladder
{
    private const int Width = 68;

    /// <summary>One ladder for each order by which the exchange can begin.</summary>
    public static string Of(DrawnTable table)
    {
        var (one, other) = (table.Roles[0], table.Roles[^1]);
        var text = new StringBuilder($"     {one}{new string(' ', Width - one.Length)}{other}\n");
        foreach (var begin in table.Rows.Where(r => r.Role == one && r.State == "Idle" && IsOrder(table, r)))
        {
            text.Append('\n').Append("     * ").Append(begin.Event).Append('\n');
            foreach (var ((byOne, payloads), n) in Messages(table, begin).Select((m, n) => (m, n + 1)))
            {
                var line = new string('─', Math.Max(3, Width - payloads.Length - 1));
                text.Append($"{n,3}  ").Append(byOne ? $"{payloads} {line}▶" : $"◀{line} {payloads}").Append('\n');
            }
        }

        return text.ToString();
    }

    /// <summary>Who sends, and what; first and last the one that begins.</summary>
    internal static IEnumerable<(bool ByOne, string Payloads)> Messages(DrawnTable table, Row begin)
    {
        var states = table.Roles.ToDictionary(r => r, _ => "Idle");
        states[begin.Role] = begin.Next;
        for (var (row, bound) = (begin, table.Rows.Count); row is { Sends: not "Nothing" } && bound > 0; bound--)
        {
            yield return (row.Role == table.Roles[0], row.Payloads);
            var (to, sent) = (table.Roles.First(r => r != row.Role), row.Sends);
            var due = table.Rows.Where(
                r => r.Role == to && r.State == states[to] && r.Next != r.State && r.Next != "Failed").ToArray();
            row = due.FirstOrDefault(r => r.Event == sent) ?? due.FirstOrDefault();
            if (row is not null)
            {
                states[to] = row.Next;
            }
        }
    }

    /// <summary>An owner's order, and no message of the other role.</summary>
    private static bool IsOrder(DrawnTable table, Row row)
        => row.Sends != "Nothing" && table.Rows.All(r => r.Role == row.Role || r.Sends != row.Event);
}
