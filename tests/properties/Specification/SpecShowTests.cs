using System.Xml.Linq;
using RefIke.Properties.CommandLine;
using RefIke.Properties.Engine;
using RefIke.Specification.Drawing;
using Xunit;
using static VerifyXunit.Verifier;

namespace RefIke.Properties.Specification;

/// <summary><c>refike spec show</c>: the tables as people read them.</summary>
public sealed class SpecShowTests
{
    private static readonly DrawnTable[] All =
    [
        .. Directory.GetFiles(Path.Combine(Pair.Repository, "spec", "exchanges"), "*.rows").Order(StringComparer.Ordinal)
            .Select(f => DrawnTable.Read(Path.GetFileNameWithoutExtension(f), File.ReadAllText(f))),
    ];

    public static TheoryData<string> Names => [.. All.Select(t => t.Name)];

    /// <summary>No row is lost on the way: each is in the table, in the tree, in Mermaid and in the drawing, as often as it stands there.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void EveryRowIsShownInEveryForm(string name)
    {
        var table = All.Single(t => t.Name == name);
        Assert.Equal(table.Rows.Count, table.Roles.Sum(r => table.Of(r).Count));
        var lines = table.ToTable().Split('\n');
        Assert.All(table.Rows, r => Assert.Contains(
            lines, l => new[] { r.State, r.Event, r.Payloads, RefIke.Specification.Coverage.Id(r.Clause) }.All(l.Contains)));
        Assert.Equal(table.Rows.Count, table.Roles.Sum(r => Count(StateDiagram.Text(table, r), "─ ")));
        Assert.Equal(
            table.Rows.Count(r => r.State == r.Next), table.Roles.Sum(r => Count(StateDiagram.Text(table, r), "↺ refused")));
        Assert.All(table.Roles, role => Assert.Equal(table.Of(role).Select(r => $"    {r.State} --> {r.Next}: {r.Event}"),
            StateDiagram.Mermaid(table, role).Split('\n').Where(l => l.Contains(": ", StringComparison.Ordinal))
                .Select(l => l.Split(" [")[0].Split(" /")[0])));
    }

    /// <summary>
    /// The drawing is well-formed; every state and every row has its words, no two texts stand on the same line of a role,
    /// and each row that goes on has a way.
    /// </summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void DrawingIsWellFormedAndNothingOverlaps(string name)
    {
        var table = All.Single(t => t.Name == name);
        var drawing = XDocument.Parse(StateDiagramSvg.Of(table)).Root!;
        var texts = drawing.Elements().Where(e => e.Name.LocalName == "text").ToArray();
        Assert.Equal(texts.Length, texts.Select(t => t.Attribute("y")!.Value).Distinct().Count());
        var states = table.Roles.Sum(r => table.States(r).Count);
        Assert.Equal(states + table.Rows.Count + table.Roles.Count + 1, texts.Length);
        var ways = drawing.Elements().Count(e => e.Name.LocalName == "path");
        var lanes = table.Roles.Sum(r => table.Of(r).Where(w => w.State != w.Next).Select(w => w.Next).Distinct().Count());
        Assert.Equal(table.Rows.Count(r => r.State != r.Next) + lanes, ways);
        var (width, height) = (Number(drawing, "width"), Number(drawing, "height"));
        Assert.All(texts, t => Assert.InRange(Number(t, "y"), 0, height));
        Assert.All(texts, t => Assert.InRange(Number(t, "x") + (8 * t.Value.Length), 0, width));
    }

    /// <summary>The ladders, made of the rows alone: each exchange has the messages of its section of the RFC.</summary>
    [Fact]
    public async Task LaddersAreThoseOfTheRfcs()
        => await Verify(string.Join('\n', All.Select(t => $"{t.Title}\n{Ladder.Of(t)}")));

    [Theory]
    [InlineData("text")]
    [InlineData("mermaid")]
    [InlineData("svg")]
    public async Task QuickModeIsShown(string form)
    {
        var (code, text, error) = await RefikeProcess.RunAsync("/", "spec", "show", "quick-mode", "--as", form);
        Assert.Equal((0, ""), (code, error));
        await Verify(text).UseParameters(form);
    }

    [Fact]
    public async Task AllAreListedAndAnUnknownOneIsRefused()
    {
        var (code, text, _) = await RefikeProcess.RunAsync("/", "spec", "show");
        Assert.Equal(0, code);
        Assert.Equal(All.Select(t => t.Name), text.TrimEnd().Split('\n').Select(l => l.Split(' ')[0]));
        (code, _, var error) = await RefikeProcess.RunAsync("/", "spec", "show", "slow-mode");
        Assert.Equal(2, code);
        Assert.Contains("no table is named slow-mode; there are aggressive-mode-hybrid-init", error, StringComparison.Ordinal);
    }

    private static int Count(string text, string what) => text.Split(what).Length - 1;

    private static int Number(XElement element, string name) => int.Parse(element.Attribute(name)!.Value, null);
}
