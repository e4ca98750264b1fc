using System.Diagnostics;
using System.Text.Json;
using RefIke.Properties.Engine;
using RefIke.Specification;
using Xunit;

namespace RefIke.Properties.Specification;

/// <summary>
/// <c>refike spec</c> for its users: exit codes 0 held, 1 failed, 2 bad usage or input, 3 undecided; JSON; what to
/// install.
/// </summary>
public sealed class SpecCommandTests
{
    [Theory]
    [InlineData("check", "--model", "nonsense")]
    [InlineData("check", "--format", "xml")]
    [InlineData("coverage", "--format", "xml")]
    public async Task BadUsageIsCodeTwo(params string[] arguments)
        => Assert.Equal(2, (await Spec(Pair.Repository, null, arguments)).Code);

    [Theory]
    [InlineData("check")]
    [InlineData("coverage")]
    public async Task OutsideARepositoryIsCodeTwoWithAReason(string verb)
    {
        var (code, _, error) = await Spec(Path.GetTempPath(), null, verb);
        Assert.Equal(2, code);
        Assert.Contains("spec/exchanges", error, StringComparison.Ordinal);
    }

    /// <summary>Without SPIN nothing is decided, and the user is told what to install.</summary>
    [Fact]
    public async Task WithoutSpinNothingIsDecided()
    {
        var (code, _, error) = await Spec(Pair.Repository, Path.GetTempPath(), "check");
        Assert.Equal(3, code);
        Assert.Contains("apt-get install spin gcc", error, StringComparison.Ordinal);
    }

    /// <summary>One model, as JSON: every verdict with states, depth and bounds.</summary>
    [Fact]
    public async Task CheckOfOneModelAsJsonIsOneDocument()
    {
        Assert.SkipUnless(SpinRunner.IsInstalled, "spin and gcc are not installed");
        var (code, text, _) = await Spec(Pair.Repository, null, "check", "--model", "quick-mode", "--format", "json");
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

    [Fact]
    public async Task CoverageAsJsonHasEveryClauseOfTheLedger()
    {
        var (code, text, _) = await Spec(Pair.Repository, null, "coverage", "--format", "json");
        using var json = JsonDocument.Parse(text);
        Assert.Equal(0, code);
        Assert.True(json.RootElement.GetProperty("held").GetBoolean());
        Assert.Equal(
            Ledger.Read(Pair.Repository).Select(c => c.Id),
            json.RootElement.GetProperty("clauses").EnumerateArray().Select(c => c.GetProperty("id").GetString()));
    }

    private static async Task<(int Code, string Out, string Error)> Spec(
        string folder, string? path, params string[] arguments)
    {
        var start = new ProcessStartInfo(
            Environment.ProcessPath is { } own && Path.GetFileNameWithoutExtension(own) == "dotnet" ? own : "dotnet",
            [Path.Combine(AppContext.BaseDirectory, "refike.dll"), "spec", .. arguments])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (path is not null)
        {
            start.Environment["PATH"] = path;
        }

        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, output, await error);
    }
}
