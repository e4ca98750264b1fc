using System.Runtime.InteropServices;
using System.Text.Json;
using RefIke.Exploration.Mutants;
using RefIke.Exploration.Scenarios;
using Xunit;

namespace RefIke.Properties.CommandLine;

/// <summary><c>refike explore</c>: tables, JSON, replay files, lists.</summary>
public sealed class ExploreTests
{
    [Fact]
    public async Task SeededFaultIsDrawnAndItsReplayFindsItAgainFromAnywhere()
    {
        using var folder = new TestFolder();
        var (code, text, _) = await RefikeProcess.RunAsync(
            folder.Name, "explore", "--mutant", "M-70", "--schedules", "20", "--out", "found/here");
        Assert.Equal(1, code);
        Assert.Contains("L-02 violated", text, StringComparison.Ordinal);
        Assert.Contains("HDR MainMode", text, StringComparison.Ordinal);
        var replay = folder.File("found/here/honest.replay.json");
        Assert.Contains($"again: refike explore --replay {replay}", text, StringComparison.Ordinal);
        var (again, drawn, _) = await RefikeProcess.RunAsync("/", "explore", "--replay", replay);
        Assert.Equal(1, again);
        Assert.Contains("L-02", drawn, StringComparison.Ordinal);
        Assert.Contains(Ladder(drawn), text, StringComparison.Ordinal);

        string Ladder(string of) => of[of.IndexOf("    time", StringComparison.Ordinal)..].TrimEnd();
    }

    [Theory]
    [InlineData("{}", "no replay file")]
    [InlineData("""{"scenario":"honest"}""", "no replay file")]
    [InlineData("""{"scenario":"none","way":[]}""", "scenario none is unknown")]
    [InlineData("""{"scenario":"honest","mutant":"M-0","way":[]}""", "seeded fault M-0 is unknown")]
    public async Task ReplayFileThatCannotBePlayedIsCodeTwo(string content, string named)
    {
        using var folder = new TestFolder();
        var file = folder.Write("r.json", content);
        var (code, _, error) = await RefikeProcess.RunAsync(folder.Name, "explore", "--replay", file);
        Assert.Equal(2, code);
        Assert.Contains(named, error, StringComparison.Ordinal);
    }

    /// <summary>A run without a fault holds when it is played, and says what the file claims.</summary>
    [Fact]
    public async Task ReplayOfAnHonestRunHolds()
    {
        using var folder = new TestFolder();
        var file = folder.Write("r.json", """{"scenario":"honest","violation":"L-02: nothing","way":[0]}""");
        var (code, text, _) = await RefikeProcess.RunAsync(folder.Name, "explore", "--replay", file);
        Assert.Equal(0, code);
        Assert.Contains("every property holds", text, StringComparison.Ordinal);
    }

    /// <summary>Scenarios run side by side, and each comes to what it comes to alone.</summary>
    [Fact]
    public async Task ResultsDoNotDependOnWhatRunsBeside()
    {
        var all = await Json("explore", "--schedules", "15");
        var names = all.GetProperty("scenarios").EnumerateArray().Select(s => s.GetProperty("name").GetString()!);
        Assert.Equal(Scenario.All.Select(s => s.Name), names);
        foreach (var name in new[] { "loss", "simultaneous-rekey" })
        {
            var alone = (await Json("explore", "--schedules", "15", "--scenario", name)).GetProperty("scenarios")[0];
            var beside = all.GetProperty("scenarios").EnumerateArray()
                .Single(s => s.GetProperty("name").GetString() == name);
            foreach (var figure in new[] { "schedules", "different", "decisions" })
            {
                Assert.Equal(alone.GetProperty(figure).GetInt64(), beside.GetProperty(figure).GetInt64());
            }
        }
    }

    /// <summary>
    /// The first scenario of the list in which a property fails is told, whichever engine found its own first.
    /// </summary>
    [Fact]
    public async Task ViolationAsJsonIsOneDocumentWithTheLadder()
    {
        var json = await Json("explore", "--schedules", "30", "--mutant", "M-70");
        Assert.False(json.GetProperty("held").GetBoolean());
        var scenario = Assert.Single(json.GetProperty("scenarios").EnumerateArray());
        Assert.Equal("honest", scenario.GetProperty("name").GetString());
        Assert.Equal("L-02", scenario.GetProperty("violated").GetProperty("property").GetString());
        Assert.NotEmpty(scenario.GetProperty("violated").GetProperty("ladder").EnumerateArray());
        Assert.EndsWith("honest.replay.json", json.GetProperty("replay").GetString(), StringComparison.Ordinal);
    }

    /// <summary>
    /// What is redirected is as wide as it must be: no cell is cut, no line is longer than a page of 80 columns.
    /// </summary>
    [Fact]
    public async Task TablesFitIntoEightyColumns()
    {
        using var folder = new TestFolder();
        var (code, text, _) = await RefikeProcess.RunAsync(folder.Name, "explore", "--schedules", "2");
        Assert.Equal(0, code);
        Assert.All(text.Split('\n'), line => Assert.True(line.TrimEnd().Length <= 80, line));
        var lines = text.Split('\n');
        Assert.All(Scenario.All,
            s => Assert.Equal(2, lines.Count(l => l.StartsWith($" {s.Name} ", StringComparison.Ordinal))));
        Assert.DoesNotContain('…', text);
    }

    [Fact]
    public async Task ListSaysWhatEachScenarioAndFaultIs()
    {
        using var folder = new TestFolder();
        var (code, text, _) = await RefikeProcess.RunAsync(folder.Name, "explore", "--list");
        Assert.Equal(0, code);
        var words = string.Join(' ', text.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries));
        Assert.All(Scenario.All, s => Assert.Contains(s.Words, words, StringComparison.Ordinal));
        Assert.All(Mutant.All, m => Assert.Contains($"{m.Id} {m.Words} ({m.Clause})", words, StringComparison.Ordinal));
        var list = await Json("explore", "--list");
        Assert.Equal(Mutant.All.Length, list.GetProperty("mutants").GetArrayLength());
    }

    /// <summary>Shares of a number of schedules are alike, and all of them are drawn, by each strategy.</summary>
    [Fact]
    public async Task SchedulesInAllAreSharedOut()
    {
        var total = (2 * Scenario.All.Length) + 1;
        var json = await Json("explore", "--schedules-total", $"{total}", "--strategy", "all", "--shape", "actors");
        Assert.True(json.GetProperty("held").GetBoolean());
        Assert.Equal(total, json.GetProperty("schedules").GetInt64());
        Assert.All(json.GetProperty("scenarios").EnumerateArray(), s => Assert.InRange(s.GetProperty("schedules").GetInt32(), 2, 3));
        Assert.Equal(7, json.GetProperty("strategies").GetArrayLength());
        Assert.Equal("actors", json.GetProperty("shape").GetString());
    }

    /// <summary>What Coyote recorded of a run among actors makes the same run again.</summary>
    [Fact]
    public async Task ViolationAmongActorsIsDrawnAndFoundAgain()
    {
        using var folder = new TestFolder();
        var (code, text, _) = await RefikeProcess.RunAsync(
            folder.Name, "explore", "--shape", "actors", "--mutant", "M-70", "--scenario", "honest", "--schedules", "5");
        Assert.Equal(1, code);
        var trace = folder.File("honest.trace.json");
        Assert.Contains($"again: refike explore --replay {trace}", text, StringComparison.Ordinal);
        var (again, drawn, _) = await RefikeProcess.RunAsync("/", "explore", "--replay", trace);
        Assert.Equal(1, again);
        Assert.Contains("honest with M-70: L-02", drawn, StringComparison.Ordinal);
        folder.Write("bad.trace.json", "{}");
        var (bad, _, error) = await RefikeProcess.RunAsync(folder.Name, "explore", "--replay", "bad.trace.json");
        Assert.Equal(2, bad);
        Assert.Contains("no recorded run", error, StringComparison.Ordinal);
    }

    /// <summary>What the tables have and no schedule took is named.</summary>
    [Fact]
    public async Task CoverageNamesRowsThatNoScheduleTook()
    {
        using var folder = new TestFolder();
        string[] run = ["explore", "--scenario", "honest", "--schedules", "3"];
        var (_, text, _) = await RefikeProcess.RunAsync(folder.Name, [.. run, "--coverage"]);
        Assert.Contains("not taken  QuickMode Responder AwaitHash3 Hash3 HashDiffers AwaitHash3 Nothing", text, StringComparison.Ordinal);
        Assert.Contains("not met    QuickMode Initiator AwaitHash2 Refused", text, StringComparison.Ordinal);
        Assert.Contains("not spoken NewGroupMode", text, StringComparison.Ordinal);
        var coverage = (await Json(run)).GetProperty("coverage");
        Assert.Equal(coverage.GetProperty("rows").GetInt32() - coverage.GetProperty("rowsTaken").GetInt32(), coverage.GetProperty("missedRows").GetArrayLength());
        Assert.Contains($"{coverage.GetProperty("rowsTaken")} of {coverage.GetProperty("rows")} rows", text, StringComparison.Ordinal);
    }

    /// <summary>After the first signal it reports what was done, as text and as JSON, and the code says that there is no verdict.</summary>
    [Theory]
    [InlineData("seam")]
    [InlineData("actors")]
    public async Task InterruptedExplorationReportsWhatWasDone(string shape)
    {
        foreach (var format in (string[])["text", "json"])
        {
            using var folder = new TestFolder();
            using var refike = RefikeProcess.Start(
                folder.Name, "explore", "--scenario", "loss", "--schedules", "1000000", "--shape", shape, "--format", format);
            await Task.Delay(4000, TestContext.Current.CancellationToken);
            refike.Signal(PosixSignal.SIGINT);
            Assert.Equal(3, await refike.EndAsync(TimeSpan.FromSeconds(60)));
            if (format == "text")
            {
                Assert.Contains(" of 1000000 schedules were run", refike.Out, StringComparison.Ordinal);
                continue;
            }

            var json = JsonDocument.Parse(refike.Out).RootElement;
            Assert.True(json.GetProperty("stopped").GetBoolean());
            Assert.InRange(json.GetProperty("schedules").GetInt64(), 0, 999_999);
        }
    }

    /// <summary>Parts are joined where all are there and of one kind.</summary>
    [Fact]
    public async Task PartsAreJoinedAndMissingOnesNamed()
    {
        using var folder = new TestFolder();
        string[] run = ["explore", "--scenario", "delete", "--out", "parts", "--schedules"];
        foreach (var part in (string[])["1/3", "3/3"])
        {
            Assert.Equal(0, (await RefikeProcess.RunAsync(folder.Name, [.. run, "40", "--shard", part])).Code);
        }

        await Refused("of 3 are missing");
        Assert.Equal(0, (await RefikeProcess.RunAsync(folder.Name, [.. run, "40", "--shard", "2/3"])).Code);
        var merged = await RefikeProcess.RunAsync(folder.Name, "explore", "--merge", "parts", "--format", "json");
        Assert.Equal(0, merged.Code);
        var json = JsonDocument.Parse(merged.Out).RootElement;
        Assert.Equal(120, json.GetProperty("scenarios")[0].GetProperty("schedules").GetInt32());
        Assert.True(json.GetProperty("held").GetBoolean());

        Assert.Equal(0, (await RefikeProcess.RunAsync(folder.Name, [.. run, "41", "--shard", "2/3"])).Code);
        await Refused("of another sampling");
        folder.Write("parts/2-of-3.sample.json", await File.ReadAllTextAsync(folder.File("parts/1-of-3.sample.json"), TestContext.Current.CancellationToken)
            is var first ? first.Replace("\"version\":\"", "\"version\":\"0", StringComparison.Ordinal) : "");
        await Refused("of another sampling");
        folder.Write("parts/2-of-3.sample.json", "{");
        await Refused("no part of a sampling");

        async Task Refused(string why)
        {
            var (code, _, error) = await RefikeProcess.RunAsync(folder.Name, "explore", "--merge", "parts");
            Assert.Equal(2, code);
            Assert.Contains(why, error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task SchedulesOfActorsAreNotSplit()
    {
        using var folder = new TestFolder();
        var (code, _, error) = await RefikeProcess.RunAsync(folder.Name, "explore", "--shape", "actors", "--shard", "1/2");
        Assert.Equal(2, code);
        Assert.Contains("cannot be split", error, StringComparison.Ordinal);
    }

    private static async Task<JsonElement> Json(params string[] arguments)
    {
        using var folder = new TestFolder();
        var (_, text, _) = await RefikeProcess.RunAsync(folder.Name, [.. arguments, "--format", "json"]);
        return JsonDocument.Parse(text).RootElement;
    }
}
