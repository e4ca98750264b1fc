using System.Text.RegularExpressions;
using RefIke.Vectors.Making.Recipes;
using RefIke.Vectors.Negative;
using Xunit;

namespace RefIke.Vectors.Tests;

/// <summary>README.md is true for the whole: it explains every flag and lists every file.</summary>
public sealed class ReadmeTests
{
    private const string Begin = "<!-- made by ReadmeTests -->\n";
    private const string End = "<!-- end -->\n";

    private static readonly string Path = VectorFolder.In("README.md");

    /// <summary>
    /// The table of RefIke's own vectors is made of the recipes. Set REFIKE_ACCEPT=1 to write it instead.
    /// </summary>
    [Fact]
    public void TableIsMadeOfTheRecipes()
    {
        var text = File.ReadAllText(Path);
        var (from, to) = (text.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length, text.IndexOf(End, StringComparison.Ordinal));
        var table = "| file | |\n|---|---|\n"
            + string.Concat(RecipeBook.All.Select(r => $"| `{r.Name}` | {r.Shows.Replace("|", "\\|", StringComparison.Ordinal)} |\n"));
        if (Environment.GetEnvironmentVariable("REFIKE_ACCEPT") == "1")
        {
            text = text[..from] + table + text[to..];
            File.WriteAllText(Path, text);
            to = from + table.Length;
        }

        Assert.Equal(table, text[from..to]);
    }

    /// <summary>Every flag is explained once, and no word is explained that is none.</summary>
    [Fact]
    public void EveryFlagIsExplained()
        => Assert.Equal(Flags.Names(), Rows("| flag |").Select(r => Regex.Match(r, "`(\\w+)`").Groups[1].Value));

    /// <summary>Every file of a foreign peer and every file of known answers is listed, and none that is not there.</summary>
    [Fact]
    public void EveryFileIsListed()
    {
        var readme = File.ReadAllText(Path);
        var files = Directory.GetFiles(VectorFolder.In("Primitives"), "*.json").Select(f => System.IO.Path.GetFileName(f));
        Assert.All(files.Concat(VectorFolder.Exchanges.Select(v => v.Name)),
            name => Assert.Contains($"`{name}`", readme, StringComparison.Ordinal));
        Assert.All(Regex.Matches(readme, @"`((refike|strongswan)-[a-z0-9-]+)`").Select(m => m.Groups[1].Value),
            name => Assert.Contains(name, VectorFolder.Exchanges.Select(v => v.Name)));
    }

    /// <summary>The project's README shows what <c>refike vectors verify</c> prints: as many vectors as there are.</summary>
    [Fact]
    public void ProjectReadmeCountsThem()
    {
        var readme = File.ReadAllText(System.IO.Path.Combine(VectorFolder.Path, "..", "..", "README.md"));
        var negative = Directory.GetFiles(VectorFolder.In("Negative"), "*.json");
        var cases = negative.Sum(f => NegativeFile.Read(File.ReadAllText(f)).Groups.Sum(g => g.Cases.Length));
        var (exchanges, files) = (VectorFolder.Exchanges.Length, negative.Length);
        Assert.Contains($"exchange: {exchanges} vectors in {exchanges} files, {exchanges} files hold", readme, StringComparison.Ordinal);
        Assert.Contains($"negative: {cases} vectors in {files} files, {files} files hold", readme, StringComparison.Ordinal);
    }

    /// <summary>The rows of the table that begins with this.</summary>
    private static IEnumerable<string> Rows(string head)
        => File.ReadLines(Path).SkipWhile(l => !l.StartsWith(head, StringComparison.Ordinal)).Skip(2)
            .TakeWhile(l => l.StartsWith('|'));
}
