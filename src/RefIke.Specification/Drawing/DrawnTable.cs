using System.Text;

namespace RefIke.Specification.Drawing;

/// <summary>One table of <c>spec/exchanges</c>, to be shown to people.</summary>
/// <param name="Name">Its file's name without the ending.</param>
/// <param name="Title">What it is, with the section that it comes from: the first words of the file.</param>
/// <param name="Drops">What its states do not await.</param>
public sealed record DrawnTable(string Name, string Title, IReadOnlyList<Row> Rows, IReadOnlyList<Drop> Drops)
{
    private static readonly string[] Heads = ["state", "event", "when", "next", "sends", "clause"];

    /// <summary>The roles, the one that begins first.</summary>
    public IReadOnlyList<string> Roles => [.. Rows.Select(r => r.Role).Distinct()];

    /// <summary>Reads one.</summary>
    /// <param name="text">What the file holds.</param>
    /// <exception cref="FormatException">It is no file of rows.</exception>
    public static DrawnTable Read(string name, string text)
    {
        var first = text.Split('\n')[0].TrimStart('/', ' ').TrimEnd();
        var title = first.Split(". One line")[0].TrimEnd('.');
        return new DrawnTable(name, title.Replace("section ", "§", StringComparison.Ordinal),
            RowFile.Parse(text, $"{name}.rows"), RowFile.ParseDrops(text, $"{name}.rows"));
    }

    /// <summary>The rows of a role in the order in which its states are reached.</summary>
    public IReadOnlyList<Row> Of(string role) => [.. States(role).SelectMany(s => Rows.Where(r => r.Role == role && r.State == s))];

    /// <summary>A role's states in the order in which they are reached from Idle, ends last.</summary>
    public IReadOnlyList<string> States(string role)
    {
        var reached = new List<string> { "Idle" };
        for (var i = 0; i < reached.Count; i++)
        {
            reached.AddRange(Rows.Where(r => r.Role == role && r.State == reached[i]).Select(r => r.Next)
                .Distinct().Where(n => !reached.Contains(n)));
        }

        return [.. reached.OrderBy(s => Rows.All(r => r.Role != role || r.State != s))];
    }

    /// <summary>Every row as a line of a table with columns, a role after the other.</summary>
    public string ToTable()
    {
        var text = new StringBuilder();
        foreach (var role in Roles)
        {
            string[][] lines = [Heads, .. Of(role).Select(Cells)];
            var widths = Heads.Select((_, n) => lines.Max(l => l[n].Length)).ToArray();
            text.Append(role).Append('\n');
            foreach (var (line, n) in lines.Select((l, n) => (l, n)))
            {
                text.Append("  ").Append(string.Join("  ", line.Select((cell, k) => cell.PadRight(widths[k]))).TrimEnd()).Append('\n');
                if (n == 0)
                {
                    text.Append("  ").AppendJoin("  ", widths.Select(w => new string('─', w))).Append('\n');
                }
            }

            AppendDrops(text, role);
            text.Append('\n');
        }

        return text.ToString();
    }

    /// <summary>What a row sends in the RFC's notation; nothing where it sends nothing.</summary>
    internal static string Said(Row row) => row.Payloads.Length > 0 ? row.Payloads : "";

    /// <summary>Event and guard: <c>Hash3 [HashMatches]</c>.</summary>
    internal static string Cause(Row row) => row.Guard == "Always" ? row.Event : $"{row.Event} [{row.Guard}]";

    private void AppendDrops(StringBuilder text, string role)
    {
        Drop[] drops = [.. States(role).SelectMany(s => Drops.Where(d => d.Role == role && d.State == s))];
        text.Append(drops.Length > 0 ? "\n  dropped\n" : "");
        var width = drops.Select(d => d.State.Length).DefaultIfEmpty().Max();
        foreach (var drop in drops)
        {
            text.Append($"  {drop.State.PadRight(width)}  {string.Join(' ', drop.Events)}\n");
        }
    }

    private static string[] Cells(Row row) =>
    [
        row.State, row.Event, row.Guard == "Always" ? "" : row.Guard, row.Next == row.State ? "(refused)" : row.Next, Said(row),
        Coverage.Id(row.Clause),
    ];
}
