using System.Text.RegularExpressions;
using System.Xml.Linq;
using RefIke.Cli.Covering;
using RefIke.Properties.CommandLine;
using RefIke.Properties.Engine;
using RefIke.Specification;
using Xunit;
using static VerifyXunit.Verifier;
using Clause = RefIke.Specification.Clause;

namespace RefIke.Properties.Specification;

/// <summary><c>refike spec coverage --format html</c>: nothing is missing, everything leads somewhere, nothing is fetched or run.</summary>
public sealed partial class CoveragePageTests
{
    /// <summary>Every clause has its line with five numbers, and its reason where it has one; every link hits a file or a place.</summary>
    [Fact]
    public async Task PageHasEveryClauseAndItsLinksHold()
    {
        var (code, text, _) = await RefikeProcess.RunAsync(Pair.Repository, "spec", "coverage", "--format", "html");
        Assert.Equal(0, code);
        var page = Read(text);
        var ids = page.Descendants().Attributes("id").Select(a => a.Value).ToHashSet();
        Assert.Equal(ids.Count, page.Descendants().Attributes("id").Count());
        var (links, _) = Coverage.Of(Pair.Repository);
        Assert.All(links, l =>
        {
            var line = page.Descendants("tr").Single(r => r.Attribute("id")?.Value == "c" + l.Clause.Id);
            Assert.Equal(
                new[] { l.Code, l.Rows, l.Models, l.Tests, l.Vectors },
                line.Elements("td").TakeLast(5).Select(d => d.Value == "·" ? 0 : int.Parse(d.Value, null)));
            Assert.Contains((l.Clause.Exception ?? l.Clause.Untested) ?? l.Clause.Words, line.Value, StringComparison.Ordinal);
            Assert.Equal(
                l.Citations.Where(c => c.Kind != CitationKind.None).Select(c => c.File).Distinct().Order(StringComparer.Ordinal),
                line.Descendants("dd").Descendants("a").Select(a => a.Attribute("href")!.Value).Order(StringComparer.Ordinal));
        });
        Assert.All(page.Descendants("a").Select(a => a.Attribute("href")!.Value), to => Assert.True(to.StartsWith('#')
            ? ids.Contains(to[1..]) : Path.Exists(Path.Combine(Pair.Repository, to)), to));
    }

    /// <summary>It stands alone: no script, no style or picture of elsewhere.</summary>
    [Fact]
    public void PageIsSelfContained()
    {
        var page = Read(Made());
        Assert.DoesNotContain(page.Descendants(), e => e.Name.LocalName is "script" or "link" or "img" or "iframe");
        Assert.DoesNotContain("url(", page.Descendants("style").Single().Value, StringComparison.Ordinal);
        Assert.Contains("prefers-color-scheme: dark", page.Descendants("style").Single().Value, StringComparison.Ordinal);
    }

    /// <summary>Words are words, whatever signs they have.</summary>
    [Fact]
    public void WordsAreNotMarkup()
        => Assert.Contains("A <b> & c.", Read(Made()).Value, StringComparison.Ordinal);

    /// <summary>A small ledger, as it comes out.</summary>
    [Fact]
    public async Task PageOfASmallLedger() => await Verify(Style().Replace(Made(), "<style></style>"));

    private static string Made() => CoveragePage.Of(
        [
            new(new Clause("first-1-01", "MUST", "A <b> & c.", "both", "wire", null, null), [
                new("first-1-01", "src/A.cs"), new("first-1-01", "src/A.cs"), new("first-1-01", "src/Mutants/M.cs"),
                new("first-1-01", "spec/exchanges/a.rows"), new("first-1-01", "spec/models/a.pml"), new("first-1-01", "tests/T.cs"),
                new("first-1-01", "tests/vectors/Exchanges"),
            ]),
            new(new Clause("made-1-01", "MAY", "Not done.", "initiator", "inside", "because", null), []),
            new(new Clause("made-1-02", "rule", "Lost.", "responder", "answer", null, null), []),
        ],
        [("first", "First"), ("made", "Made")], ["made-1-02: nothing obeys it, and no reason is given"]);

    /// <summary>The page is XML too, its first line and the names of signs aside.</summary>
    private static XElement Read(string page)
        => XElement.Parse(Void().Replace(page.Replace("<!DOCTYPE html>", "", StringComparison.Ordinal)
            .Replace("&nbsp;", "\u00a0", StringComparison.Ordinal), "$0</meta>"));

    [GeneratedRegex("<meta [^>]*>")]
    private static partial Regex Void();

    [GeneratedRegex("<style>.*</style>", RegexOptions.Singleline)]
    private static partial Regex Style();
}
