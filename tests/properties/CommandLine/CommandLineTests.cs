using System.Runtime.InteropServices;
using RefIke.Crypto;
using Xunit;

namespace RefIke.Properties.CommandLine;

/// <summary>
/// What every verb promises: help with examples, the exit codes (0 held, 1 failed, 2 bad usage or input, 3 undecided),
/// one line and no stack trace for a mistake, an end at a signal, colour on a terminal alone.
/// </summary>
public sealed class CommandLineTests
{
    [Theory]
    [InlineData("handshake")]
    [InlineData("respond")]
    [InlineData("initiate")]
    [InlineData("explore")]
    [InlineData("spec", "check")]
    [InlineData("spec", "coverage")]
    public async Task EveryVerbHasHelpWithAnExample(params string[] verb)
    {
        var (code, text, _) = await Refike([.. verb, "--help"]);
        Assert.Equal(0, code);
        Assert.Matches($"Example[^$]*refike {string.Join(' ', verb)}", text);
        Assert.Contains("Exit codes: 0 held, 1 a verdict failed, 2 bad usage or input, 3 could not be decided", text,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task VersionSaysWhichLibraryExponentiates()
        => Assert.Contains(DiffieHellman.Best.Name, (await Refike("--version")).Out, StringComparison.Ordinal);

    [Fact]
    public async Task WithoutAVerbThereIsHelpAndCodeTwo()
    {
        var (code, text, _) = await Refike();
        Assert.Equal(2, code);
        Assert.Contains("handshake", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("modp9 is unknown; known are modp768, modp1024", "handshake", "--group", "modp9")]
    [InlineData("--nonsense", "handshake", "--nonsense")]
    [InlineData("xml is unknown; known are text, json", "handshake", "--format", "xml")]
    [InlineData("xml is unknown; known are text, json", "explore", "--format", "xml")]
    [InlineData("-1 is no whole number", "handshake", "--seed", "-1")]
    [InlineData("cannot write /none/such.pcap", "handshake", "--pcap", "/none/such.pcap")]
    [InlineData("cannot write /none/such.keys", "handshake", "--keylog", "/none/such.keys")]
    [InlineData("none-such is unknown; known are honest, loss", "explore", "--scenario", "none-such")]
    [InlineData("M-0 is unknown; known are M-01, M-", "explore", "--mutant", "M-0")]
    [InlineData("0 is no whole number from 1", "explore", "--schedules", "0")]
    [InlineData("cannot read /none/such.json", "explore", "--replay", "/none/such.json")]
    [InlineData("/none/such.toml: no such file", "respond", "--config", "/none/such.toml")]
    [InlineData("/none/such.toml: no such file", "initiate", "--config", "/none/such.toml")]
    [InlineData("--config", "respond")]
    [InlineData("--rekey-after: soon is no whole number", "initiate", "--config", "x", "--rekey-after", "soon")]
    [InlineData("nonsense", "nonsense")]
    public async Task MistakesAreCodeTwoAndOneLineThatNamesThem(string named, params string[] arguments)
    {
        var (code, _, error) = await Refike(arguments);
        Assert.Equal(2, code);
        Assert.Contains(named, error, StringComparison.Ordinal);
        Assert.All(error.TrimEnd().Split('\n'), line => Assert.StartsWith("refike: ", line, StringComparison.Ordinal));
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(PosixSignal.SIGINT)]
    [InlineData(PosixSignal.SIGTERM)]
    public async Task SignalEndsAnExplorationUndecided(PosixSignal signal)
    {
        using var folder = new TestFolder();
        using var refike = RefikeProcess.Start(
            folder.Name, "explore", "--schedules", "100000000", "--scenario", "loss");
        await Task.Delay(3000, TestContext.Current.CancellationToken);
        refike.Signal(signal);
        Assert.Equal(3, await refike.EndAsync(TimeSpan.FromSeconds(20)));
    }

    /// <summary>An escape sequence with m at its end changes the colour (ECMA-48 SGR).</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ColourIsOnlyForATerminalWithoutNoColor(bool noColor)
    {
        Assert.SkipUnless(RefikeProcess.Has("script"), "no script(1) to make a terminal with");
        using var folder = new TestFolder();
        var start = new System.Diagnostics.ProcessStartInfo("script",
            ["-qec", $"dotnet '{RefikeProcess.Tool}' explore --schedules 2 --scenario honest", "/dev/null"])
        {
            WorkingDirectory = folder.Name,
            RedirectStandardOutput = true,
            RedirectStandardInput = true,
        };
        start.Environment["TERM"] = "xterm-256color";
        start.Environment.Remove("NO_COLOR");
        if (noColor)
        {
            start.Environment["NO_COLOR"] = "1";
        }

        using var terminal = System.Diagnostics.Process.Start(start)!;
        var text = await terminal.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        Assert.Contains("held", text, StringComparison.Ordinal);
        Assert.Equal(!noColor, System.Text.RegularExpressions.Regex.IsMatch(text, "\u001b\\[[0-9;]*m"));
    }

    [Fact]
    public async Task WhatIsRedirectedHasNoEscapes()
    {
        var (_, text, error) = await Refike("explore", "--schedules", "2", "--scenario", "honest");
        Assert.DoesNotContain('\u001b', text + error);
        Assert.Equal("", error);
    }

    private static async Task<(int Code, string Out, string Error)> Refike(params string[] arguments)
    {
        using var folder = new TestFolder();
        return await RefikeProcess.RunAsync(folder.Name, arguments);
    }
}
