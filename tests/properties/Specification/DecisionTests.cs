using System.Reflection;
using System.Text.RegularExpressions;
using RefIke.Properties.Engine;
using RefIke.Specification;
using Xunit;

namespace RefIke.Properties.Specification;

/// <summary>spec/decisions is true: every id cited has its entry, and what an entry names is there.</summary>
public sealed partial class DecisionTests
{
    private static readonly Lazy<IReadOnlyList<Decision>> Entries = new(() => Decisions.Read(Pair.Repository));

    private static readonly Lazy<IReadOnlyList<DecisionCitation>> Citations =
        new(() => Decisions.Citations(Pair.Repository));

    /// <summary>The tests of this project as they were compiled, those of the others as they are written.</summary>
    private static readonly Lazy<HashSet<string>> Tests = new(() =>
    [
        .. typeof(DecisionTests).Assembly.GetTypes().SelectMany(
            t => t.GetMethods(BindingFlags.Public | BindingFlags.Instance)
                .Where(m => m.GetCustomAttributes().Any(a => a is FactAttribute)).Select(m => $"{t.Name}.{m.Name}")),
        .. new[] { "vectors", "interop" }.Select(f => Path.Combine(Pair.Repository, "tests", f))
            .SelectMany(f => Directory.GetFiles(f, "*Tests.cs", SearchOption.AllDirectories))
            .SelectMany(f => Method().Matches(File.ReadAllText(f))
                .Select(m => $"{Path.GetFileNameWithoutExtension(f)}.{m.Groups[1].Value}")),
    ]);

    /// <summary>
    /// Every id that stands in src/, tests/, spec/ and docs/ has one entry; every file that an entry names cites the
    /// id, every test that it names is there, and where it names none it says why.
    /// </summary>
    [Fact]
    public void EveryDecisionIsTrueOfCodeAndTests()
        => Assert.Empty(Decisions.Faults(Entries.Value, Citations.Value, Tests.Value));

    /// <summary>Most are held by a test: a page of excuses would be none of decisions.</summary>
    [Fact]
    public void MostDecisionsArePinnedByATest()
        => Assert.True(Entries.Value.Count(e => e.Tests.Count > 0) * 4 >= Entries.Value.Count * 3,
            $"{Entries.Value.Count(e => e.Tests.Count > 0)} of {Entries.Value.Count}");

    /// <summary>
    /// A seeded fault of the page, the code or the tests is told: an entry taken out, one there twice, a test renamed.
    /// </summary>
    [Fact]
    public void EntryThatIsMissingOrFalseIsTold()
    {
        var whole = Made("D-01", "`src/A.cs`", "`ATests.Holds`")
            + Made("D-02", "nothing: it concerns verdicts alone.", "nothing: no test can show what nobody sends.");
        DecisionCitation[] cited = [new("D-01", "src/A.cs"), new("D-01", "tests/T.cs")];
        HashSet<string> tests = ["ATests.Holds"];
        Assert.Empty(Told(whole, cited, tests));
        Assert.Equal(
            ["D-01: no entry, cited in src/A.cs", "D-01: no entry, cited in tests/T.cs"],
            Told(whole[whole.IndexOf("### D-02", StringComparison.Ordinal)..], cited, tests));
        Assert.Equal(
            ["D-01: entries in made.md and made.md"],
            Told(whole + Made("D-01", "`src/A.cs`", "`ATests.Holds`"), cited, tests));
        Assert.Equal(["D-01: no test ATests.Holds"], Told(whole, cited, ["ATests.Held"]));
        Assert.Equal(["D-01: src/A.cs does not cite it"], Told(whole, cited[1..], tests));
        Assert.Equal(
            ["D-02: src/B.cs cites it, and the entry says that nothing does"],
            Told(whole, [.. cited, new("D-02", "src/B.cs")], tests));
        Assert.Equal(
            ["D-03: Code names nothing and does not say why", "D-03: Pinned by names nothing and does not say why"],
            Told(Made("D-03", "nothing: no.", "later"), [], tests));
    }

    /// <summary>The same with the page as it is: without any one of its entries, or its tests, something is told.</summary>
    [Fact]
    public void EveryCitedEntryAndEveryTestIsNeeded()
    {
        var cited = Citations.Value.Select(c => c.Id).ToHashSet();
        Assert.All(Entries.Value.Where(e => cited.Contains(e.Id)), e => Assert.NotEmpty(
            Decisions.Faults([.. Entries.Value.Where(other => other != e)], Citations.Value, Tests.Value)));
        Assert.All(Entries.Value.SelectMany(e => e.Tests).Distinct(), test => Assert.NotEmpty(
            Decisions.Faults(Entries.Value, Citations.Value, Tests.Value.Where(t => t != test).ToHashSet())));
    }

    /// <summary>An entry with a label too few, in another order, or without words is no entry.</summary>
    [Fact]
    public void EntryOfAnotherShapeIsRefused()
    {
        var good = Made("D-01", "`src/A.cs`", "`ATests.Holds`");
        Assert.Equal("first second", Assert.Single(Decisions.Parse(good, "made.md")).Lines["Asks"]);
        Assert.All(
            [
                good.Replace("- **Others:** words\n", "", StringComparison.Ordinal),
                good.Replace("**Others:** words", "**Others:**", StringComparison.Ordinal),
                good.Replace("**Code:**", "**Where:**", StringComparison.Ordinal),
                good.Replace("D-01 ", "D-1 ", StringComparison.Ordinal),
                string.Concat(good.Split("- **").Select((p, i) => i == 0 ? p : "- **" + p).Reverse()),
            ],
            bad => Assert.Throws<FormatException>(() => Decisions.Parse("### " + bad[4..], "made.md")));
    }

    private static IReadOnlyList<string> Told(string page, DecisionCitation[] cited, HashSet<string> tests)
        => Decisions.Faults(Decisions.Parse(page, "made.md"), cited, tests);

    private static string Made(string id, string code, string tests)
        => $"### {id} Title\n\n- **Asks:** first\n  second\n" + string.Concat(Decision.Labels.Skip(1).Select(
            l => $"- **{l}:** {(l == Decision.CodeLabel ? code : l == Decision.TestsLabel ? tests : "words")}\n"));

    [GeneratedRegex(@"\[(?:Fact|Theory|Property)[^\n]*\n(?:\s*\[[^\n]*\n)*\s*public (?:async )?(?:void|Task|bool|Property) (\w+)\(")]
    private static partial Regex Method();
}
