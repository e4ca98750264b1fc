using System.Reflection;
using System.Text.RegularExpressions;
using RefIke.Properties.Engine;
using Xunit;

namespace RefIke.Properties.Bugs;

/// <summary>The page docs/known-bugs.md is true: it has every id of its three classes, and what it names is there.</summary>
public sealed partial class KnownBugsTests
{
    /// <summary>Malformed input, cryptography, negotiation.</summary>
    private static readonly int[] Numbers =
    [
        1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 14, 17, 18, 20, 30, 31, 32, 33, 34, 36, 43, 45, 46, 48, 49, 50, 51, 55, 57, 58,
        59, 64, 65, 66, 67, 70, 71, 72, 73, 78, 80, 81, 84, 86, 87, 88, 89, 90, 91, 92, 93, 100, 101, 102, 104, 105,
        106, 107, 108, 110, 111, 112, 113, 114, 115, 119, 120, 121, 122, 123, 124, 125, 126, 127, 128, 129, 130, 131,
    ];

    private static readonly ILookup<string, string> Tests = typeof(KnownBugsTests).Assembly.GetTypes()
        .SelectMany(t => t.GetMethods(BindingFlags.Public | BindingFlags.Instance)
            .Where(m => m.GetCustomAttributes().Any(a => a is FactAttribute)).Select(m => (t.Name, Test: m.Name)))
        .ToLookup(x => x.Name, x => x.Test);

    /// <summary>Each id once, in the order of the numbers.</summary>
    [Fact]
    public void EveryKnownBugIsThereOnce() => Assert.Equal(Numbers, Rows().Select(r => r.Number));

    /// <summary>Each names tests that are there, or says why it cannot occur.</summary>
    [Fact]
    public void EveryKnownBugHasATestOrAReason()
    {
        foreach (var (number, shown) in Rows())
        {
            var names = Name().Matches(shown).ToArray();
            Assert.True(names.Length > 0 || Reason().IsMatch(shown), $"B-{number}: neither a test nor a reason");
            Assert.All(names, n => Assert.True(
                Tests[n.Groups[1].Value].Contains(n.Groups[2].Value), $"B-{number}: no test {n.Value}"));
        }
    }

    private static List<(int Number, string Shown)> Rows()
        => [.. File.ReadLines(Path.Combine(Pair.Repository, "docs", "known-bugs.md")).Select(l => Row().Match(l)).Where(m => m.Success)
            .Select(m => (int.Parse(m.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture), m.Groups[2].Value))];

    [GeneratedRegex(@"^\| B-(\d+) \| [^|]+ \| ([^|]+) \|$")]
    private static partial Regex Row();

    [GeneratedRegex(@"`(\w+)\.(\w+)`")]
    private static partial Regex Name();

    [GeneratedRegex("^cannot occur: .{20}")]
    private static partial Regex Reason();
}
