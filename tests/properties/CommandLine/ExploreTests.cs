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

    private static async Task<JsonElement> Json(params string[] arguments)
    {
        using var folder = new TestFolder();
        var (_, text, _) = await RefikeProcess.RunAsync(folder.Name, [.. arguments, "--format", "json"]);
        return JsonDocument.Parse(text).RootElement;
    }
}
