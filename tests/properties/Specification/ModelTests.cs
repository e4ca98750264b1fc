using RefIke.Properties.Engine;
using RefIke.Specification;
using RefIke.Specification.Promela;
using Xunit;
using static VerifyXunit.Verifier;

namespace RefIke.Properties.Specification;

/// <summary>
/// The models include the tables, take every row, and say what they do when a table is wrong. The verdicts
/// themselves: refike spec check.
/// </summary>
public sealed class ModelTests
{
    /// <summary>
    /// Each table is included by some model, or the list says why not; and each model includes the shared network.
    /// </summary>
    [Fact]
    public void EveryTableIsInAModelOrSaysWhyNot()
    {
        var runs = ModelRun.ReadAll(Pair.Repository);
        var spec = Path.Combine(Pair.Repository, "spec");
        var unmodelled = UnmodelledTable.ReadAll(Pair.Repository);
        var included = runs.SelectMany(r => SpinRunner.Includes(Pair.Repository, r)).Distinct();
        Assert.Equal(
            Directory.GetFiles(Path.Combine(spec, "exchanges")).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal),
            included.Concat(unmodelled.Select(t => t.File)).Order(StringComparer.Ordinal));
        Assert.All(unmodelled, t => Assert.Matches("^[a-z].{20,}[a-z]$", t.Reason));
        Assert.All(runs, r => Assert.Contains(
            "#include \"network.pml\"", File.ReadLines(Path.Combine(spec, "models", $"{r.Model}.pml"))));
    }

    /// <summary>
    /// A responder that takes HASH(3) unseen: SPIN finds it, the shortest way there is told row by row, and the bounds
    /// stand beside it. As written the same model has every verdict as recorded and takes every row of Quick Mode.
    /// </summary>
    [Fact]
    public void FaultInATableIsFoundAndTold()
    {
        Assert.SkipUnless(SpinRunner.IsInstalled, "spin and gcc are not installed");
        var stop = TestContext.Current.CancellationToken;
        var asWritten = SpinRunner.Run(Pair.Repository, new() { Model = "quick-mode" }, stop).ToArray();
        Assert.All(asWritten, v => Assert.True(v.AsExpected, $"{v.Property} {v.Verdict}"));
        var taken = asWritten.SelectMany(v => v.RowsTaken).ToHashSet();
        var rows = RowFile.ReadAll(Pair.Repository).Where(r => r.Exchange == "QuickMode");
        Assert.All(rows, r => Assert.Contains(r.Transition, taken));

        var found = SpinRunner.Run(Pair.Repository, new() { Model = "quick-mode", Change = Wrong, Explains = true }, stop).First(v => !v.AsExpected);
        Assert.Equal(("quick-mode", "S_04", "violated"), (found.Model, found.Property, found.Verdict));
        Assert.Equal("hostile network, RETRIES 2", found.Bounds);
        Assert.Contains(found.Detail, l => l.EndsWith("QuickMode Responder: AwaitHash3, Hash3 -> Established", StringComparison.Ordinal));
        Assert.InRange(found.Detail.Count, 4, 14);
    }

    /// <summary>Larger bounds stand in place of those of the day, of each name once; a run without them is the same by night.</summary>
    [Fact]
    public void BoundsOfTheNightReplaceThoseOfTheDay()
    {
        var day = ModelRun.ReadAll(Pair.Repository);
        var night = ModelRun.ReadAll(Pair.Repository, night: true);
        Assert.Equal(day.Count, night.Count);
        Assert.Equal(day.Select(r => r.Model), night.Select(r => r.Model));
        Assert.Contains(day.Zip(night), p => p.First.Defines != p.Second.Defines);
        Assert.All(night, r => Assert.Equal(r.Defines.Split(' ').Length, r.Defines.Split(' ').Select(d => d.Split('=')[0]).Distinct().Count()));
    }

    /// <summary>States are recorded for each question of the day, and one state more or less is not as recorded.</summary>
    [Fact]
    public void StatesAreRecorded()
    {
        var recorded = SpinRecord.Read(Pair.Repository);
        Assert.All(
            ModelRun.ReadAll(Pair.Repository).SelectMany(r => r.Questions.Select(q => (r.Name, q.Property))),
            key => Assert.True(recorded.ContainsKey(key), $"{key}"));
        var verdict = new ModelVerdict("r", "m", "", "S_01", "holds", "holds", 7, 1, default, new HashSet<string>(), []) { ExpectedStates = 7 };
        Assert.True(verdict.AsExpected);
        Assert.False((verdict with { States = 8 }).AsExpected);
        Assert.False((verdict with { Verdict = "cut short" }).AsExpected);
        Assert.Equal(
            [(("a -DX=1", "S_01"), 3L), (("b", "L_01"), 4L)],
            SpinRecord.Parse(SpinRecord.Write([("b", "L_01", 4), ("a -DX=1", "S_01", 3)])).Select(r => (r.Key, r.Value)));
    }

    /// <summary>The way to a state is drawn row by row, a lane for each end.</summary>
    [Fact]
    public async Task WayToAStateIsDrawn()
    {
        Assert.SkipUnless(SpinRunner.IsInstalled, "spin and gcc are not installed");
        var all = SpinRunner.Run(Pair.Repository, new() { Model = "quick-mode", Ladders = true }, TestContext.Current.CancellationToken);
        await Verify(string.Join('\n', all.First(v => v.Property == "S_15_witness").Detail));
    }

    /// <summary>
    /// A list of tables without a model may not lie: one that does not exist, or that a model takes after all, is told.
    /// </summary>
    [Fact]
    public void ListOfUnmodelledTablesIsJudged()
    {
        var tables = RowFile.ReadTables(Pair.Repository);
        var listed = UnmodelledTable.Parse("""
            [[unmodelled]]
            table = "quick-mode.rows"
            reason = "for a test"

            [[unmodelled]]
            table = "no-such.rows"
            reason = "for a test"
            """);
        var row = tables["quick-mode.rows"][0].Transition;

        var (rows, faults) = UnmodelledTable.Judge(listed, tables, new HashSet<string>());
        Assert.Equal(tables["quick-mode.rows"], rows.OrderBy(r => r.Line));
        Assert.Equal(["no-such.rows is listed as unmodelled, and there is no such table"], faults);

        Assert.Contains(
            $"quick-mode.rows is listed as unmodelled, but a model takes {row}",
            UnmodelledTable.Judge(listed, tables, new HashSet<string> { row }).Faults);
        Assert.Empty(UnmodelledTable.Parse("title = 'none'"));
    }

    /// <summary>A model of phase 1 runs once with each method's table: a fault in one table concerns the runs with it alone.</summary>
    [Fact]
    public void EachMethodHasRunsOfItsOwn()
    {
        Assert.SkipUnless(SpinRunner.IsInstalled, "spin and gcc are not installed");
        var runs = ModelRun.ReadAll(Pair.Repository).Where(r => r.Model == "main-mode" && r.Defines.StartsWith("-DMETHOD", StringComparison.Ordinal));
        string[] methods = ["HYBRID_I", "HYBRID_R", "PKE", "PSK", "RPKE", "SIG"];
        Assert.Equal(methods, runs.Select(r => r.Defines.Split(' ')[0]["-DMETHOD=".Length..]).Distinct().Order(StringComparer.Ordinal));
        var stop = TestContext.Current.CancellationToken;
        var begun = new System.Collections.Concurrent.ConcurrentBag<string>();
        using var first = SpinRunner.Run(
            Pair.Repository,
            new() { Change = r => r is { Exchange: "MainModeRpke", Event: "HalfOpenExpired" } ? null : r, Begun = r => begun.Add(r.Defines) },
            stop).GetEnumerator();
        Assert.True(first.MoveNext());
        Assert.All(begun, defines => Assert.Contains("-DMETHOD=RPKE", defines, StringComparison.Ordinal));
    }

    private static Row? Wrong(Row row) => row switch
    {
        { Exchange: "QuickMode", Event: "Hash3", Guard: "HashMatches" } => row with { Guard = "Always" },
        { Exchange: "QuickMode", Event: "Hash3", Guard: "HashDiffers" } => null,
        _ => row,
    };
}
