using System.Text.Encodings.Web;
using Fluid;
using RefIke.Specification;

namespace RefIke.Cli.Covering;

/// <summary>
/// <c>refike spec coverage --format html</c>: the ledger as one page without scripts, by the template <c>coverage.liquid</c>. Its links
/// hold where the page lies in the root of the repository.
/// </summary>
internal static class CoveragePage
{
    private static readonly IFluidTemplate Template = new FluidParser().Parse(Text());

    private static readonly TemplateOptions Members = Registered();

    /// <summary>The page.</summary>
    public static string Of(
        IReadOnlyList<ClauseLinks> links, IReadOnlyList<(string Document, string Title)> titles, IReadOnlyList<string> faults)
    {
        var context = new TemplateContext(Members);
        context.SetValue("all", CoveredPart.Of("all", "All documents", links));
        context.SetValue("documents", titles.Select(t => CoveredPart.Of(
            t.Document, t.Title, links.Where(l => l.Clause.Id.StartsWith(t.Document + "-", StringComparison.Ordinal)))).ToArray());
        context.SetValue("faults", faults);
        return Template.Render(context, HtmlEncoder.Create(System.Text.Unicode.UnicodeRanges.All));
    }

    private static TemplateOptions Registered()
    {
        var options = new TemplateOptions();
        options.MemberAccessStrategy.Register<CoveredPart>();
        options.MemberAccessStrategy.Register<CoveredClause>();
        options.MemberAccessStrategy.Register<CitingFiles>();
        options.MemberAccessStrategy.Register<CitingFile>();
        return options;
    }

    private static string Text()
    {
        using var reader = new StreamReader(typeof(CoveragePage).Assembly.GetManifestResourceStream("coverage.liquid")!);
        return reader.ReadToEnd();
    }
}
