using System.Xml.Linq;

namespace RefIke.Specification.Drawing;

/// <summary>
/// The state diagram as SVG. States stand one under the other, each with what may happen in it; at the right a lane for each
/// state leads back to it, so that no two ways cross a text.
/// </summary>
public static class StateDiagramSvg
{
    private const int Line = 20;
    private const int Box = 28;
    private const int Left = 16;
    private const int Lane = 14;
    private const double Letter = 7.9;

    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    /// <summary>Every role of a table, one under the other.</summary>
    public static string Of(DrawnTable table)
    {
        var (y, width) = (40, 0);
        var content = new List<XElement> { Words(Left, 24, table.Title, "title") };
        foreach (var role in table.Roles)
        {
            content.Add(Words(Left, y + 16, role, "role"));
            (var drawn, var wide, y) = Role(table, role, y + 32);
            content.AddRange(drawn);
            width = Math.Max(width, wide);
        }

        width = Math.Max(width, (int)(table.Title.Length * Letter * 1.2) + (2 * Left));
        var root = new XElement(Svg + "svg", new XAttribute("viewBox", $"0 0 {width} {y}"), new XAttribute("width", width),
            new XAttribute("height", y), new XElement(Svg + "title", table.Title), new XElement(Svg + "style", Style), Arrow(),
            new XElement(Svg + "rect", new XAttribute("width", "100%"), new XAttribute("height", "100%"), new XAttribute("fill", "white")),
            content);
        return root + "\n";
    }

    private const string Style = "text{font:13px ui-monospace,Menlo,Consolas,monospace;fill:#1b1f24}"
        + ".title{font-size:15px;font-weight:bold}.role{font-weight:bold;fill:#57606a}.state{font-weight:bold}"
        + ".box{fill:#eef4ff;stroke:#3b6fb6}.end{fill:#eef7ee;stroke:#3a7d44;stroke-width:2}.failed{fill:#fdeeee;stroke:#b23a3a;stroke-width:2}"
        + ".way{fill:none;stroke:#57606a}.refused{fill:#8a919a}";

    private static (List<XElement> Drawn, int Width, int Y) Role(DrawnTable table, string role, int y)
    {
        var drawn = new List<XElement>();
        var states = table.States(role);
        var rows = table.Of(role);
        var lanes = Left + 30 + (int)(rows.Max(r => StateDiagram.Label(r).Length) * Letter) + 20;
        var places = new Dictionary<string, int>();
        var leaving = new List<(string To, int Y, int From)>();
        foreach (var state in states)
        {
            places[state] = y + (Box / 2);
            drawn.AddRange(State(table, role, state, y));
            y += Box + 6;
            foreach (var row in rows.Where(r => r.State == state))
            {
                var label = StateDiagram.Label(row) + (row.Next == state ? "  ↺ refused" : "");
                drawn.Add(Words(Left + 24, y + 13, label, row.Next == state ? "refused" : "what"));
                if (row.Next != state)
                {
                    leaving.Add((row.Next, y + 9, Left + 30 + (int)(label.Length * Letter)));
                }

                y += Line;
            }

            y += 12;
        }

        foreach (var way in leaving.GroupBy(w => w.To))
        {
            var x = lanes + (Lane * IndexOf(states, way.Key));
            var into = places[way.Key];
            drawn.AddRange(way.Select(w => Way($"M{w.From} {w.Y}H{x}V{into}", false)));
            drawn.Add(Way($"M{x} {into}H{Left + Wide(way.Key) + 2}", true));
        }

        return (drawn, lanes + (Lane * states.Count) + Left, y + 8);
    }

    private static IEnumerable<XElement> State(DrawnTable table, string role, string state, int y)
    {
        var isEnd = table.Of(role).All(r => r.State != state);
        yield return new XElement(Svg + "rect", new XAttribute("x", Left), new XAttribute("y", y), new XAttribute("rx", 6),
            new XAttribute("width", Wide(state)), new XAttribute("height", Box),
            new XAttribute("class", !isEnd ? "box" : state == "Failed" ? "failed" : "end"));
        yield return Words(Left + 10, y + 19, state, "state");
    }

    private static int Wide(string state) => (int)(state.Length * Letter * 1.1) + 20;

    private static int IndexOf(IReadOnlyList<string> states, string state) => states.ToList().IndexOf(state);

    private static XElement Words(int x, int y, string words, string kind)
        => new(Svg + "text", new XAttribute("x", x), new XAttribute("y", y), new XAttribute("class", kind), words);

    private static XElement Way(string path, bool hasHead)
        => new(Svg + "path", new XAttribute("d", path), new XAttribute("class", "way"),
            hasHead ? new XAttribute("marker-end", "url(#head)") : null);

    private static XElement Arrow()
        => new(Svg + "defs", new XElement(Svg + "marker", new XAttribute("id", "head"), new XAttribute("markerWidth", 8),
            new XAttribute("markerHeight", 8), new XAttribute("refX", 7), new XAttribute("refY", 4),
            new XAttribute("orient", "auto"), new XElement(Svg + "path", new XAttribute("d", "M0 0L8 4L0 8z"),
                new XAttribute("fill", "#57606a"))));
}
