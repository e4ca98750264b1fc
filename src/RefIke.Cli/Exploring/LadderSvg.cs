using System.Text.Encodings.Web;
using Fluid;
using RefIke.Exploration.Scenarios;
using RefIke.Exploration.Worlds;

namespace RefIke.Cli.Exploring;

/// <summary>A ladder as a picture, by the template <c>ladder.liquid</c>: one lifeline for each endpoint, an arrow for each datagram.</summary>
internal static class LadderSvg
{
    private const int RowHeight = 26;
    private const int Top = 84;
    private static readonly IFluidTemplate Template = new FluidParser().Parse(Text());
    private static readonly TemplateOptions Members = Registered();

    /// <summary>One line of it, placed.</summary>
    /// <param name="Kind">message, lost, harm or event: how it is painted.</param>
    internal sealed record Row(int Y, string Time, string Text, string Note, string Kind, int From, int To, int Middle, int TextX, string Anchor);

    /// <summary>An endpoint's line.</summary>
    internal sealed record Lifeline(string Name, int X);

    /// <summary>The picture.</summary>
    /// <param name="title">What it shows.</param>
    /// <param name="what">The property that is violated, in words.</param>
    public static string Of(string title, string what, IReadOnlyList<LadderLine> lines)
    {
        var parties = lines.Any(l => l.Peer == Side.C) ? 3 : 2;
        var context = new TemplateContext(Members);
        context.SetValue("title", title);
        context.SetValue("what", what);
        context.SetValue("width", X((Side)(parties - 1)) + 290);
        context.SetValue("height", Top + (RowHeight * lines.Count) + 30);
        context.SetValue("top", Top);
        context.SetValue("bottom", Top + (RowHeight * lines.Count) + 10);
        context.SetValue("lifelines", Enumerable.Range(0, parties).Select(n => new Lifeline($"{(Side)n}", X((Side)n))).ToArray());
        context.SetValue("rows", lines.Select((l, n) => Placed(l, Top + (RowHeight * (n + 1)))).ToArray());
        return Template.Render(context, HtmlEncoder.Create(System.Text.Unicode.UnicodeRanges.All));
    }

    private static Row Placed(LadderLine line, int y)
    {
        var from = X(line.Peer);
        if (!line.IsMessage)
        {
            var isLeft = line.Peer == Side.A;
            return new(y, $"{line.At}", line.Text, line.Note, "event", from, from, from, isLeft ? from + 10 : from - 10, isLeft ? "start" : "end");
        }

        var to = X(line.Peer == Side.B ? Side.A : Side.B);
        var kind = line.Note switch { "" => "message", "lost" or "reaches nobody" or "held back" => "lost", _ => "harm" };
        return new(y, $"{line.At}", line.Text, line.Note, kind, from, kind == "lost" ? (from + to) / 2 : to, (from + to) / 2, (from + to) / 2, "middle");
    }

    private static int X(Side side) => 150 + (520 * (int)side);

    private static TemplateOptions Registered()
    {
        var options = new TemplateOptions();
        options.MemberAccessStrategy.Register<Row>();
        options.MemberAccessStrategy.Register<Lifeline>();
        return options;
    }

    private static string Text()
    {
        using var reader = new StreamReader(typeof(LadderSvg).Assembly.GetManifestResourceStream("ladder.liquid")!);
        return reader.ReadToEnd();
    }
}
