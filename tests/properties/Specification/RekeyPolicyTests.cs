using System.Text.RegularExpressions;
using RefIke.Properties.Engine;
using RefIke.Specification;
using RefIke.Specification.Promela;
using Xunit;

namespace RefIke.Properties.Specification;

/// <summary>
/// The tables of <c>docs/rekey-policies.md</c> say of each policy what <c>checks.toml</c> demands of SPIN, and no more.
/// </summary>
public sealed partial class RekeyPolicyTests
{
    private const string Own = "INITIATOR_DELETES_OLD_LATER";

    private static readonly string[] Lines = File.ReadAllLines(Path.Combine(Pair.Repository, "docs", "rekey-policies.md"));

    private static readonly string Policies
        = File.ReadAllText(Path.Combine(Pair.Repository, "spec", "models", "rekey-policy.pml"));

    /// <summary>What is asked of the model with each policy at both ends, in the words of the table.</summary>
    [Fact]
    public void TableOfBothEndsIsWhatIsAskedOfSpin()
    {
        var table = Table("policy");
        Assert.Equal(Named, table.Keys.Order(StringComparer.Ordinal));
        var asked = Asked("POLICY");
        asked[Own] = Runs("").Single();
        Assert.Equal(asked.Keys.Order(StringComparer.Ordinal), table.Keys.Order(StringComparer.Ordinal));
        Assert.All(table, row => Assert.All(row.Value, cell
            => Assert.Equal((row.Key, cell.Key, asked[row.Key].GetValueOrDefault(cell.Key)), (row.Key, cell.Key, cell.Value))));
        Assert.All(asked.Where(a => a.Key != Own), a => Assert.Equal(table[a.Key].Keys.Order(), a.Value.Keys.Order()));
    }

    /// <summary>The same for a policy that meets RefIke's.</summary>
    [Fact]
    public void TableOfOneEndIsWhatIsAskedOfSpin()
    {
        var (table, asked) = (Table("policy of the other"), Asked("PEER"));
        Assert.Equal(asked.Keys.Order(StringComparer.Ordinal), table.Keys.Order(StringComparer.Ordinal));
        Assert.All(table, row => Assert.Equal(asked[row.Key].OrderBy(a => a.Key), row.Value.OrderBy(a => a.Key)));
    }

    /// <summary>Every policy of the model, and its number is its own.</summary>
    private static IEnumerable<string> Named
    {
        get
        {
            var defined = Defined().Matches(Policies).Select(m => m.Groups).ToArray();
            Assert.Equal(defined.Length, defined.Select(g => g[2].Value).Distinct().Count());
            return defined.Select(g => g[1].Value).Order(StringComparer.Ordinal);
        }
    }

    /// <summary>The runs of the model with these defines alone, each as the verdict of each property.</summary>
    private static IEnumerable<Dictionary<string, string>> Runs(string defines)
        => ModelRun.ReadAll(Pair.Repository).Where(r => r.Model == "phase2-life" && r.Defines == defines)
            .Select(r => r.Questions.Where(q => !ModelQuestion.IsWitness(q.Property))
                .ToDictionary(q => q.Property.Replace('_', '-'), q => q.Expected));

    private static Dictionary<string, Dictionary<string, string>> Asked(string end)
        => Named.Where(n => Runs($"-D{end}={n}").Any()).ToDictionary(n => n, n => Runs($"-D{end}={n}").Single());

    /// <summary>The rows of the table whose first heading this is: under each property its verdict.</summary>
    private static Dictionary<string, Dictionary<string, string>> Table(string heading)
    {
        var at = Array.FindIndex(Lines, l => l.StartsWith($"| {heading} |", StringComparison.Ordinal));
        var names = Cells(Lines[at]);
        return Lines.Skip(at + 2).TakeWhile(l => l.StartsWith('|')).Select(Cells).ToDictionary(
            row => row[0],
            row => names.Zip(row).Where(c => Property().IsMatch(c.First)).ToDictionary(c => c.First, c => c.Second));
    }

    private static string[] Cells(string line) => [.. line.Split('|')[1..^1].Select(c => c.Trim())];

    [GeneratedRegex(@"^#define ([A-Z][A-Z0-9_]+) (\d+)\b", RegexOptions.Multiline)]
    private static partial Regex Defined();

    [GeneratedRegex(@"^[SL]-\d\d$")]
    private static partial Regex Property();
}
