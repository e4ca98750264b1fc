using System.Text.RegularExpressions;
using RefIke.Properties.Engine;
using RefIke.Specification.Symbolic;
using Xunit;

namespace RefIke.Properties.Specification;

/// <summary>
/// The models of <c>spec/symbolic</c>: what they search is recorded, named and justified, and found again. All verdicts:
/// refike spec check.
/// </summary>
public sealed partial class SymbolicTests
{
    /// <summary>Variants with no more recorded states than this take less than a second, and are run here.</summary>
    private const long Few = 10_000;

    private const string Absent = "maude is not installed";

    private static readonly IReadOnlyList<MaudeVariant> Variants = MaudeVariant.ReadAll(Pair.Repository);

    private static readonly MaudeSearch[] Searches = [.. Variants.SelectMany(v => v.Searches)];

    /// <summary>The goals of the table in properties.md, by property.</summary>
    private static readonly Dictionary<string, string[]> Properties =
        File.ReadLines(Path.Combine(Pair.Repository, "spec", "properties.md"))
            .Select(l => PropertyLine().Match(l)).Where(m => m.Success)
            .ToDictionary(m => m.Groups[1].Value, m => Code().Matches(m.Groups[2].Value).Select(c => c.Groups[1].Value).ToArray());

    /// <summary>
    /// Each variant has a witness; each search says what it is: a witness, or a property that its goal asks, of which
    /// attack, as written or mended.
    /// </summary>
    [Fact]
    public void EverySearchSaysWhatItAsks()
    {
        Assert.All(Variants, v => Assert.Contains(v.Searches, s => s.IsWitness));
        Assert.All(Searches.Where(s => !s.IsWitness), s =>
        {
            var note = Note().Match(s.Note);
            Assert.True(note.Success, $"{s.Model}: {s.Note}");
            Assert.Contains(Properties[note.Groups[1].Value], goal => s.Goal.Contains(goal, StringComparison.Ordinal));
            Assert.NotEmpty(s.Bounds);
        });
        Assert.Equal(
            Properties.Keys.Order(StringComparer.Ordinal),
            Searches.Select(s => Note().Match(s.Note).Groups[1].Value).Where(id => id.Length > 0).Distinct().Order(StringComparer.Ordinal));
    }

    /// <summary>
    /// Nothing holds for want of a run: of each protocol, as written or mended, of which something holds, the honest run is
    /// there too. strictNext sends what nobody may take.
    /// </summary>
    [Fact]
    public void NothingHoldsForWantOfARun()
    {
        var recorded = MaudeRecord.Read(Pair.Repository);
        var holding = Searches.Where(s => recorded[(s.Model, s.Key)].Verdict == "holds").Select(Spoken).Distinct();
        Assert.Equal(
            [("informational", "", "strictNext")],
            holding.Except(Searches.Where(s => s.IsWitness).Select(Spoken)));

        // The start's first argument is the protocol.
        static (string Model, string Module, string Protocol) Spoken(MaudeSearch s)
            => (s.Model, s.Module, Protocol().Match(s.Start).Groups[1].Value);
    }

    /// <summary>The searches are those that are recorded, each with its own name.</summary>
    [Fact]
    public void EverySearchIsRecorded()
        => Assert.Equal(
            Searches.Select(s => (s.Model, s.Key)).Order(),
            MaudeRecord.Read(Pair.Repository).Keys.Order());

    /// <summary>A fix is clean, and the attacks that it mends are found without it.</summary>
    [Fact]
    public void EveryFixIsClean()
    {
        var recorded = MaudeRecord.Read(Pair.Repository);
        Assert.All(Searches, s =>
        {
            var verdict = recorded[(s.Model, s.Key)].Verdict;
            Assert.True(!s.IsWitness || verdict == "reached", s.Key);
            Assert.True(verdict != "violated" || !s.Note.Contains("mended", StringComparison.Ordinal), s.Key);
        });
        var found = Attacks(s => recorded[(s.Model, s.Key)].Verdict == "violated");
        // A-09 is the fix of A-07 and A-08.
        Assert.Equal(["A-09"], Attacks(s => s.Note.Contains("mended", StringComparison.Ordinal)).Except(found));
    }

    /// <summary>Every attack that is ours to find is asked for; these are found, those are refuted.</summary>
    [Fact]
    public void EveryAttackIsFoundOrRefuted()
    {
        var recorded = MaudeRecord.Read(Pair.Repository);
        string[] found =
        [
            "A-01", "A-03", "A-04", "A-05", "A-06", "A-07", "A-08", "A-10", "A-11", "A-12", "A-13", "A-14", "A-15", "A-16", "A-17",
            "A-18", "A-19", "A-21", "A-23", "A-26", "A-30", "A-31", "A-32", "A-35", "A-36", "A-41", "A-60", "A-67", "A-68",
        ];
        string[] refuted = ["A-02", "A-09", "A-94"];
        Assert.Equal(found, Attacks(s => recorded[(s.Model, s.Key)].Verdict == "violated"));
        Assert.Equal(refuted, Attacks(_ => true).Except(found));
    }

    /// <summary>
    /// The small variants are as recorded, states too. REFIKE_ACCEPT=1 runs all of them and writes what they found.
    /// </summary>
    [Fact]
    public void EverySearchIsAsRecorded()
    {
        Assert.SkipUnless(MaudeRunner.IsInstalled, Absent);
        var stop = TestContext.Current.CancellationToken;
        if (Environment.GetEnvironmentVariable("REFIKE_ACCEPT") == "1")
        {
            File.WriteAllText(
                MaudeRecord.FilePath(Pair.Repository), MaudeRecord.Write(MaudeRunner.Run(Pair.Repository, stop).ToArray()));
        }

        var recorded = MaudeRecord.Read(Pair.Repository);
        var small = Variants.Where(v => v.Searches.Sum(s => recorded[(s.Model, s.Key)].States) < Few).Select(v => v.Name).ToHashSet();
        Assert.True(small.Count >= 5);
        Assert.All(
            MaudeRunner.Run(Pair.Repository, stop, only: s => small.Contains(s.Model)),
            v => Assert.True(
                v.AsExpected, $"{v.Search.Model} {v.Search.Key}: {v.Verdict} in {v.States} states {string.Join(' ', v.Detail)}"));
    }

    /// <summary>
    /// The attacks, drawn: spec/symbolic/attacks.md. REFIKE_ACCEPT=1 writes it.
    /// </summary>
    [Fact]
    public void AttacksAreDrawn()
    {
        Assert.SkipUnless(MaudeRunner.IsInstalled, Absent);
        string[] attacks = ["A-03", "A-04", "A-07", "A-08", "A-11", "A-13", "A-15", "A-18", "A-26", "A-31", "A-35"];
        var recorded = MaudeRecord.Read(Pair.Repository);
        var first = attacks.Select(a => Searches.First(s
            => Note().Match(s.Note).Groups[2].Value.Contains(a, StringComparison.Ordinal) && recorded[(s.Model, s.Key)].Verdict == "violated")).ToHashSet();
        var drawn = MaudeRunner.Run(Pair.Repository, TestContext.Current.CancellationToken, only: first.Contains, ladders: true);
        var page = """
            # Attacks, as Maude finds them

            The shortest way to each, drawn by `refike spec check --ladders`. Every message goes through E's hands; E's own is what
            no session has sent. `HDR*{…}` is encrypted under a SKEYID_e. In the last lines stands who
            believes what. The fix of each is in the file that is named, and clean.

            """ + string.Concat(drawn.OrderBy(v => v.Search.Note, StringComparer.Ordinal).Select(v
                => $"\n## {v.Search.Model}: {v.Search.Asked}\n\n```\n{string.Concat(v.Detail.Select(l => $"{l}\n"))}```\n"));
        var file = Path.Combine(MaudeVariant.Folder(Pair.Repository), "attacks.md");
        if (Environment.GetEnvironmentVariable("REFIKE_ACCEPT") == "1")
        {
            File.WriteAllText(file, page);
        }

        Assert.Equal(File.ReadAllText(file), page);
    }

    /// <summary>A model that Maude complains of is no model, and its words are told.</summary>
    [Fact]
    public void ComplaintOfMaudeIsNoVerdict()
    {
        Assert.SkipUnless(MaudeRunner.IsInstalled, Absent);
        var verdicts = MaudeRunner.Run(
            Pair.Repository, TestContext.Current.CancellationToken, "new-group-mode",
            change: (file, text) => file == "theory.maude"
                ? text.Replace("op h : Term", "op h : Trem", StringComparison.Ordinal) : text).ToArray();
        Assert.All(verdicts, v => Assert.Equal("no model", v.Verdict));
        Assert.Contains(verdicts[0].Detail, line => line.Contains("Trem", StringComparison.Ordinal));
    }

    /// <summary>A recorded verdict that is no longer true is told, and a search that is not recorded.</summary>
    [Fact]
    public void RecordIsReadAsItWasWritten()
    {
        var search = Searches[0];
        SearchVerdict verdict = new(search, "", 0, "holds", 17, TimeSpan.Zero, []);
        Assert.False(verdict.AsExpected);
        Assert.Equal(("holds", 17), Assert.Single(MaudeRecord.Parse(MaudeRecord.Write([verdict]))).Value);
        Assert.True((verdict with { Expected = "holds", ExpectedStates = 17 }).AsExpected);
        Assert.False((verdict with { Expected = "holds", ExpectedStates = 18 }).AsExpected);
    }

    private static string[] Attacks(Func<MaudeSearch, bool> of)
        => [.. Searches.Where(of).SelectMany(s => Attack().Matches(s.Note.Split('.')[0]).Select(m => m.Value))
            .Distinct().Order(StringComparer.Ordinal)];

    [GeneratedRegex(@"^\| (Y-\d\d) \| .+ \| (.+) \|$")]
    private static partial Regex PropertyLine();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Code();

    [GeneratedRegex(@"^(Y-\d\d)((?:, A-\d\d)*)(?: mended(?: as A-\d\d says)?[.:]|\.)")]
    private static partial Regex Note();

    [GeneratedRegex(@"^\w+\((\w+)")]
    private static partial Regex Protocol();

    [GeneratedRegex(@"A-\d\d")]
    private static partial Regex Attack();
}
