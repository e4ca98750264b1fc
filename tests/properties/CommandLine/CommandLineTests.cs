using System.Diagnostics;
using System.Text.Json;
using RefIke.Properties.Engine;
using Xunit;
using static VerifyXunit.Verifier;

namespace RefIke.Properties.CommandLine;

/// <summary>What a user of <c>refike</c> sees: the ladder, exit codes (0 held, 1 failed, 2 bad usage or input), JSON, replays, files.</summary>
public sealed class CommandLineTests
{
    [Fact]
    public async Task HandshakeDrawsTheLadderWithEveryPayloadAndKey()
    {
        var (code, text, _) = await Refike("handshake", "--cipher", "aes128", "--hash", "sha1", "--pfs", "--show-keys");
        Assert.Equal(0, code);
        await Verify(text);
    }

    [Fact]
    public async Task HandshakeWithTheSameSeedHasTheSameOctets()
    {
        var runs = new List<string>();
        foreach (var seed in new[] { "7", "7", "8" })
        {
            runs.Add((await Refike("handshake", "--seed", seed, "--group", "ecp256", "--show-keys")).Out);
        }

        Assert.Equal(runs[0], runs[1]);
        Assert.NotEqual(runs[0], runs[2]);
    }

    /// <summary>Tiger is a hash of phase 1 that ESP does not have; EC2N groups and old ciphers are taken by name.</summary>
    [Fact]
    public async Task HandshakeTakesWhatRfc2409Has()
    {
        var (code, text, _) = await Refike("handshake", "--cipher", "idea", "--hash", "tiger", "--group", "ec2n185");
        Assert.Equal(0, code);
        Assert.Contains("Both ends hold the same KEYMAT.", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task KeysAreNotPrintedUnlessAskedFor()
    {
        var (_, text, _) = await Refike("handshake", "--group", "ecp256");
        Assert.DoesNotContain("SKEYID", text, StringComparison.Ordinal);
        Assert.DoesNotContain("KEYMAT  ", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task HandshakeAsJsonIsOneDocument()
    {
        var (code, text, _) = await Refike("handshake", "--group", "ecp256", "--format", "json");
        using var json = JsonDocument.Parse(text);
        Assert.Equal(0, code);
        Assert.True(json.RootElement.GetProperty("held").GetBoolean());
        Assert.Equal(9, json.RootElement.GetProperty("messages").GetArrayLength());
    }

    [Theory]
    [InlineData("handshake", "--group", "modp9")]
    [InlineData("handshake", "--nonsense")]
    [InlineData("handshake", "--format", "xml")]
    [InlineData("explore", "--scenario", "none-such")]
    [InlineData("explore", "--mutant", "M-0")]
    [InlineData("explore", "--replay", "/none/such.json")]
    [InlineData("respond", "--config", "/none/such.toml")]
    [InlineData("nonsense")]
    public async Task BadUsageIsCodeTwoWithAReasonAndNoStackTrace(params string[] arguments)
    {
        var (code, text, error) = await Refike(arguments);
        Assert.Equal(2, code);
        Assert.NotEqual("", error.Trim() + text.Trim());
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SeededFaultIsDrawnAndItsReplayFindsItAgain()
    {
        var folder = Directory.CreateTempSubdirectory("refike-test").FullName;
        var (code, text, _) = await RefikeIn(folder, "explore", "--mutant", "M-70", "--schedules", "20");
        Assert.Equal(1, code);
        Assert.Contains("L-02", text, StringComparison.Ordinal);
        Assert.Contains("HDR MainMode", text, StringComparison.Ordinal);
        var (again, drawn, _) = await RefikeIn(folder, "explore", "--replay", "honest.replay.json");
        Assert.Equal(1, again);
        Assert.Contains("L-02", drawn, StringComparison.Ordinal);
        Directory.Delete(folder, true);
    }

    [Fact]
    public async Task EveryVerbHasHelpWithAnExample()
    {
        foreach (var verb in new[] { "handshake", "respond", "initiate", "explore", "spec check", "spec coverage" })
        {
            var (code, text, _) = await Refike([.. verb.Split(' '), "--help"]);
            Assert.Equal(0, code);
            Assert.Contains($"Example: refike {verb}", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task VersionSaysWhichLibraryExponentiates()
        => Assert.Contains(RefIke.Crypto.DiffieHellman.Best.Name, (await Refike("--version")).Out, StringComparison.Ordinal);

    private static Task<(int Code, string Out, string Error)> Refike(params string[] arguments) => RefikeIn(Pair.Repository, arguments);

    private static async Task<(int Code, string Out, string Error)> RefikeIn(string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "refike.dll"), .. arguments])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, output, await error);
    }
}
