using System.Text.Json;
using Xunit;

namespace RefIke.Properties.CommandLine;

/// <summary><c>refike explore --exhaustive</c> for its users, from any folder.</summary>
public sealed class ExhaustiveCommandTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("refike-parts").FullName;

    public void Dispose() => Directory.Delete(folder, true);

    /// <summary>States, bounds, rate and the digest are told; the parts of a split search come to the same digest.</summary>
    [Fact]
    public async Task PartsTogetherAreTheWhole()
    {
        var (code, text, _) = await RefikeProcess.RunAsync("/", "explore", "--exhaustive", "--scenario", "simultaneous-rekey", "--losses", "1", "--copies", "1", "--format", "json");
        using var json = JsonDocument.Parse(text);
        var whole = json.RootElement.GetProperty("searches")[0];
        Assert.Equal(0, code);
        Assert.True(whole.GetProperty("whole").GetBoolean());
        foreach (var part in new[] { "1/2", "2/2" })
        {
            (code, text, _) = await RefikeProcess.RunAsync(
                "/", "explore", "--exhaustive", "--scenario", "simultaneous-rekey", "--losses", "1", "--copies", "1", "--shard", part, "--out", folder);
            Assert.Equal(0, code);
            Assert.Contains("every property holds in every state within the bounds", text, StringComparison.Ordinal);
        }

        (code, text, _) = await RefikeProcess.RunAsync("/", "explore", "--merge", folder);
        Assert.Equal(0, code);
        Assert.Contains(whole.GetProperty("digest").GetString()!, text, StringComparison.Ordinal);
    }

    /// <summary>A part that found a violation says so, and their merge does, with the code 1, though what came after it is missing.</summary>
    [Fact]
    public async Task ViolationInAPartIsToldByTheMerge()
    {
        string[] search = ["explore", "--exhaustive", "--scenario", "loss", "--mutant", "M-118", "--out", folder];
        var (code, _, _) = await RefikeProcess.RunAsync("/", [.. search, "--shard", "1/2"]);
        Assert.Equal(1, code);
        await MergeTells(1);
        await RefikeProcess.RunAsync("/", [.. search, "--shard", "2/2"]);
        await MergeTells(2);

        async Task MergeTells(int parts)
        {
            (code, var text, _) = await RefikeProcess.RunAsync("/", "explore", "--merge", folder);
            Assert.Equal(1, code);
            Assert.Contains("loss: L-02 violated", text, StringComparison.Ordinal);
            (code, text, _) = await RefikeProcess.RunAsync("/", "explore", "--merge", folder, "--format", "json");
            Assert.Equal(1, code);
            using var json = JsonDocument.Parse(text);
            var found = json.RootElement.GetProperty("searches")[0].GetProperty("violated");
            Assert.Equal(parts, found.GetArrayLength());
            Assert.NotEqual(0, found[0].GetProperty("way").GetArrayLength());
        }
    }

    /// <summary>A larger budget is another, larger search.</summary>
    [Fact]
    public async Task BudgetCanBeGiven()
    {
        var (code, text, _) = await RefikeProcess.RunAsync("/", "explore", "--exhaustive", "--scenario", "honest", "--losses", "1", "--copies", "1");
        Assert.Equal(0, code);
        Assert.Contains("in order, losses 1, copies 1, replays 0", text, StringComparison.Ordinal);
    }

    /// <summary>A violation is drawn, and the code is 1; a search that was stopped has no verdict, and the code is 3.</summary>
    [Fact]
    public async Task ViolationAndStopAreTold()
    {
        var (code, text, _) = await RefikeProcess.RunAsync("/", "explore", "--exhaustive", "--scenario", "loss", "--mutant", "M-118");
        Assert.Equal(1, code);
        Assert.Contains("one of the shortest ways there", text, StringComparison.Ordinal);
        (code, text, _) = await RefikeProcess.RunAsync("/", "explore", "--exhaustive", "--scenario", "loss", "--states", "50");
        Assert.Equal(3, code);
        Assert.Contains("no verdict", text, StringComparison.Ordinal);
    }

    /// <summary>A part that is missing, damaged or of another search is named.</summary>
    [Fact]
    public async Task PartsThatDoNotFitAreRefused()
    {
        await Refused("--merge", folder, "has no part of a search");
        await Refused("--merge", Path.Combine(folder, "none"), "there is no folder");
        await RefikeProcess.RunAsync("/", "explore", "--exhaustive", "--scenario", "rekey", "--shard", "1/2", "--out", folder);
        await Refused("--merge", folder, "of rekey the parts 2 of 2 are missing");
        await RefikeProcess.RunAsync("/", "explore", "--exhaustive", "--scenario", "rekey", "--shard", "2/2", "--out", folder, "--losses", "1");
        await Refused("--merge", folder, "is of another search than");
        await RefikeProcess.RunAsync("/", "explore", "--exhaustive", "--scenario", "rekey", "--shard", "2/2", "--out", folder, "--mutant", "M-119");
        Assert.Contains("with M-119", File.ReadAllText(Path.Combine(folder, "rekey.2-of-2.part.json")), StringComparison.Ordinal);
        await Refused("--merge", folder, "is of another search than");
        await RefikeProcess.RunAsync("/", "explore", "--exhaustive", "--scenario", "rekey", "--shard", "2/2", "--out", folder);
        File.WriteAllBytes(Path.Combine(folder, "rekey.2-of-2.states"), [1, 2, 3]);
        await Refused("--merge", folder, "has 3 octets where");
        File.WriteAllText(Path.Combine(folder, "rekey.2-of-2.part.json"), "{");
        await Refused("--merge", folder, "is no part of a search");
        await Refused("--shard", "3/2", "is not i/n", "--exhaustive");

        async Task Refused(string option, string value, string why, params string[] more)
        {
            var (code, _, error) = await RefikeProcess.RunAsync("/", ["explore", option, value, .. more]);
            Assert.Equal(2, code);
            Assert.Contains(why, error, StringComparison.Ordinal);
        }
    }
}
