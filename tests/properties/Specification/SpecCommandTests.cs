using System.Text.Json;
using RefIke.Properties.CommandLine;
using RefIke.Properties.Engine;
using RefIke.Specification;
using RefIke.Specification.Promela;
using RefIke.Specification.Symbolic;
using Xunit;

namespace RefIke.Properties.Specification;

/// <summary>
/// <c>refike spec</c> for its users: exit codes 0 held, 1 failed, 2 bad usage or input, 3 undecided; JSON; what to
/// install.
/// </summary>
public sealed class SpecCommandTests
{
    [Theory]
    [InlineData("nonsense is unknown; known are main-mode, quick-mode", "check", "--model", "nonsense")]
    [InlineData("xml is unknown; known are text, json", "check", "--format", "xml")]
    [InlineData("xml is unknown; known are text, json, html", "coverage", "--format", "xml")]
    public async Task MistakeIsCodeTwoAndNamed(string named, params string[] arguments)
    {
        var (code, _, error) = await RefikeProcess.RunAsync(Pair.Repository, ["spec", .. arguments]);
        Assert.Equal(2, code);
        Assert.Contains(named, error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("check")]
    [InlineData("coverage")]
    public async Task OutsideARepositoryIsCodeTwoWithAReason(string verb)
    {
        var (code, _, error) = await RefikeProcess.RunAsync(Path.GetTempPath(), "spec", verb);
        Assert.Equal(2, code);
        Assert.Contains("refike: no spec/exchanges", error, StringComparison.Ordinal);
    }

    /// <summary>Without SPIN nothing is decided, and the user is told what to install.</summary>
    [Fact]
    public async Task WithoutSpinNothingIsDecided()
    {
        using var refike = RefikeProcess.StartWithPath(Pair.Repository, Path.GetTempPath(), "spec", "check");
        Assert.Equal(3, await refike.EndAsync(TimeSpan.FromMinutes(1)));
        Assert.Contains("apt-get install spin gcc", refike.Error, StringComparison.Ordinal);
        Assert.Contains("apt-get install maude", refike.Error, StringComparison.Ordinal);
    }

    /// <summary>One model, as JSON: every verdict with states, depth and bounds.</summary>
    [Fact]
    public async Task CheckOfOneModelAsJsonIsOneDocument()
    {
        Assert.SkipUnless(SpinRunner.IsInstalled, "spin and gcc are not installed");
        var (code, text, _) = await RefikeProcess.RunAsync(
            Pair.Repository, "spec", "check", "--model", "quick-mode", "--no-cache", "--format", "json");
        using var json = JsonDocument.Parse(text);
        var verdicts = json.RootElement.GetProperty("verdicts").EnumerateArray().ToArray();
        Assert.Equal(0, code);
        Assert.True(json.RootElement.GetProperty("held").GetBoolean());
        Assert.All(verdicts, v => Assert.True(v.GetProperty("states").GetInt64() > 0));
        Assert.All(verdicts, v => Assert.True(v.GetProperty("depth").GetInt64() > 0));
        Assert.Contains(verdicts, v => Text(v, "property") == "S_04" && Text(v, "verdict") == "holds"
            && Text(v, "bounds") == "hostile network, RETRIES 2");

        static string? Text(JsonElement verdict, string name) => verdict.GetProperty(name).GetString();
    }

    /// <summary>A model of Maude's and of SPIN's by one name: a table with each attack drawn, and JSON with the results of both.</summary>
    [Fact]
    public async Task CheckOfASymbolicModelDrawsItsAttacks()
    {
        Assert.SkipUnless(MaudeRunner.IsInstalled, "maude is not installed");
        Assert.SkipUnless(SpinRunner.IsInstalled, "spin and gcc are not installed");
        var (code, text, _) = await RefikeProcess.RunAsync(
            Pair.Repository, "spec", "check", "--model", "new-group-mode", "--no-cache", "--ladders");
        Assert.Equal(0, code);
        Assert.Contains("Maude: 13 of 13 verdicts as recorded, 4 attacks found", text, StringComparison.Ordinal);
        Assert.Contains("    |        |◀───────|   M-ID 1, HDR*{HASH, SA group1}", text, StringComparison.Ordinal);
        (code, text, _) = await RefikeProcess.RunAsync(
            Pair.Repository, "spec", "check", "--model", "new-group-mode", "--no-cache", "--format", "json");
        using var json = JsonDocument.Parse(text);
        Assert.Equal(0, code);
        Assert.NotEmpty(json.RootElement.GetProperty("verdicts").EnumerateArray());
        Assert.All(json.RootElement.GetProperty("verdicts").EnumerateArray(), v => Assert.True(v.GetProperty("asExpected").GetBoolean()));
        Assert.All(json.RootElement.GetProperty("searches").EnumerateArray(), s => Assert.True(s.GetProperty("asExpected").GetBoolean()));
    }

    [Fact]
    public async Task CoverageAsJsonHasEveryClauseOfTheLedger()
    {
        var (code, text, _) = await RefikeProcess.RunAsync(Pair.Repository, "spec", "coverage", "--format", "json");
        using var json = JsonDocument.Parse(text);
        Assert.Equal(0, code);
        Assert.True(json.RootElement.GetProperty("held").GetBoolean());
        Assert.Equal(
            Ledger.Read(Pair.Repository).Select(c => c.Id),
            json.RootElement.GetProperty("clauses").EnumerateArray().Select(c => c.GetProperty("id").GetString()));
    }
}
