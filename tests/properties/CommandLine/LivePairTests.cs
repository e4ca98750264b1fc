using System.Diagnostics;
using System.Net;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Text.Json;
using PacketDotNet;
using RefIke.Properties.Crypto;
using RefIke.Properties.Engine;
using RefIke.Specification;
using RefIke.Wire;
using Xunit;

namespace RefIke.Properties.CommandLine;

/// <summary>Two processes, <c>refike respond</c> and <c>refike initiate</c>, over real UDP ports on loopback.</summary>
public sealed class LivePairTests : IDisposable
{
    private static int count;

    private readonly TestFolder folder = new();

    // A network of 127.0.0.0/8 for each test of each test process, so that none meets another.
    private readonly string network = $"127.{(Environment.ProcessId % 200) + 20}.{Interlocked.Increment(ref count)}";

    /// <summary>
    /// Two children come up, are rekeyed, the new pairs are deleted; both ends hold the same KEYMAT for each SPI; each
    /// file that was asked for says what happened.
    /// </summary>
    [Fact]
    public async Task BothComeUpRekeyAndDelete()
    {
        Write(1, 2, "initiator", "two processes", "one", "two");
        Write(2, 1, "responder", "two processes", "one", "two");
        using var responder = await Respond(
            "--pcap", "responder.pcap", "--keylog", "responder.keys", "--trace", "responder.trace");
        using var initiator = RefikeProcess.Start(folder.Name, "initiate", $"{network}.2", "--config", "initiator.toml",
            "--rekey-after", "1", "--delete-after", "4", "--once", "--for", "60",
            "--pcap", "initiator.pcap", "--keylog", "initiator.keys", "--trace", "initiator.trace");
        var code = await initiator.EndAsync(TimeSpan.FromSeconds(90));
        Assert.True(code == 0, initiator.Out + initiator.Error);
        await responder.PrintsAsync("ISAKMP SA gone");
        responder.Signal(PosixSignal.SIGINT);
        Assert.Equal(0, await responder.EndAsync(TimeSpan.FromSeconds(20)));

        // 2 children, each with a first pair and the one that replaces it; all 4 are deleted, 2 by the plan, 2 on
        // leaving.
        Assert.Equal(4, Lines(initiator.Out, "IPsec pair up"));
        Assert.Equal(2, Lines(initiator.Out, "replaces"));
        Assert.Equal(4, Lines(initiator.Out, "IPsec pair gone"));
        Assert.Equal(4, Lines(responder.Out, "IPsec pair up"));
        Assert.Equal(4, Lines(responder.Out, "the peer deleted it") - Lines(responder.Out, "ISAKMP SA gone"));
        KeysAgree(4);
        foreach (var name in new[] { "initiator", "responder" })
        {
            TablesAccept(name);
            NoKeyIsIn($"{name}.trace");
            Assert.All(Trace($"{name}.trace"), DocumentationTests.AllDescribed);
        }

        CaptureHasWhatWasSent("initiator", $"{network}.1");
        CaptureHasWhatWasSent("responder", $"{network}.2");
    }

    /// <summary>
    /// RFC 2409 §5.5, §5.6: a private group is agreed on, then two SA payloads of one Quick Mode, for one port, have PFS
    /// in it.
    /// </summary>
    [Fact]
    public async Task PrivateGroupAndTwoSaPayloadsComeUp()
    {
        const string child = "private_pfs_group = 33000\n  sa_payloads = 2\n  replay_detection = true";
        var group = GroupConfigurationTests.Table(Offers.Of(2));
        foreach (var (name, own, peer) in new[] { ("initiator", 1, 2), ("responder", 2, 1) })
        {
            Write(own, peer, name, "secret", "one");
            var text = File.ReadAllText(folder.File($"{name}.toml")).Replace(".0/24\"", ".0/24[tcp/80]\"", StringComparison.Ordinal);
            folder.Write($"{name}.toml", text.Replace("\"aes128-sha256\"", "\"aes128-sha256-modp1024\"", StringComparison.Ordinal)
                + $"\n  {child}\n{(name == "initiator" ? group : "")}");
        }

        var takes = File.ReadAllText(folder.File("responder.toml"));
        folder.Write("responder.toml", takes.Replace("psk =", "new_groups = true\npsk =", StringComparison.Ordinal));
        using var responder = await Respond("--keylog", "responder.keys", "--trace", "responder.trace");
        var (code, text1, error) = await RefikeProcess.RunAsync(folder.Name, "initiate", "--config", "initiator.toml", "--once",
            "--for", "60", "--keylog", "initiator.keys", "--trace", "initiator.trace");
        Assert.True(code == 0, text1 + error + responder.Out);
        await responder.PrintsAsync("ISAKMP SA gone");
        responder.Signal(PosixSignal.SIGINT);
        Assert.Equal(0, await responder.EndAsync(TimeSpan.FromSeconds(20)));
        Assert.Equal(1, Lines(text1, "group 33000 of 1024 bits"));
        Assert.Equal(2, Lines(text1, "[6/80] === "));
        Assert.Equal(2, Lines(text1, "peer says         ReplayStatus"));
        KeysAgree(2);
        foreach (var name in new[] { "initiator", "responder" })
        {
            TablesAccept(name);
            Assert.All(Trace($"{name}.trace"), DocumentationTests.AllDescribed);
        }
    }

    /// <summary>
    /// Wireshark opens Main Mode, both Quick Modes, the rekeys and the Deletes of such a run with its key log.
    /// </summary>
    [Fact]
    public async Task TsharkDecryptsALiveCapture()
    {
        Write(1, 2, "initiator", "secret", "one", "two");
        Write(2, 1, "responder", "secret", "one", "two");
        using var responder = await Respond("--pcap", "run.pcap", "--keylog", "run.keys");
        var (code, text, _) = await RefikeProcess.RunAsync(
            folder.Name, "initiate", "--config", "initiator.toml", "--rekey-after", "1", "--once", "--for", "60");
        Assert.True(code == 0, text);
        await responder.PrintsAsync("ISAKMP SA gone");
        responder.Signal(PosixSignal.SIGTERM);
        Assert.Equal(0, await responder.EndAsync(TimeSpan.FromSeconds(20)));
        var lines = await Tshark.ReadAsync(folder.File("run.pcap"), folder.File("run.keys"));
        Assert.All(lines, line => Assert.Matches(@"^[0-9]+\t[0-9,]+\t1\t1$", line));
        Assert.True(lines.Count(l => l == "32\t8\t1\t1") >= 4);     // HASH(3), and what was sent again
        Assert.Contains("5\t8,12\t1\t1", lines);
    }

    /// <summary>
    /// RFC 2408 §3.15: who leaves says so. Either end is stopped by a signal, deletes its SAs, closes its files and
    /// ends at once; the other hears of it and stays.
    /// </summary>
    [Theory]
    [InlineData("initiator", PosixSignal.SIGTERM)]
    [InlineData("initiator", PosixSignal.SIGINT)]
    [InlineData("responder", PosixSignal.SIGTERM)]
    [InlineData("responder", PosixSignal.SIGINT)]
    public async Task WhoIsStoppedDeletesItsSas(string who, PosixSignal signal)
    {
        Write(1, 2, "initiator", "secret", "one");
        Write(2, 1, "responder", "secret", "one");
        using var responder = await Respond("--trace", "responder.trace");
        using var initiator = RefikeProcess.Start(
            folder.Name, "initiate", "responder", "--config", "initiator.toml", "--trace", "initiator.trace");
        await initiator.PrintsAsync("IPsec pair up");
        await responder.PrintsAsync("IPsec pair up");
        var (leaves, stays) = who == "initiator" ? (initiator, responder) : (responder, initiator);
        leaves.Signal(signal);
        Assert.Equal(0, await leaves.EndAsync(TimeSpan.FromSeconds(10)));
        await stays.PrintsAsync("the peer deleted it", 2);
        Assert.Equal("isakmp sa gone", What($"{who}.trace").Last(what => what is not ("sent" or "row")));
        stays.Signal(PosixSignal.SIGTERM);
        Assert.Equal(0, await stays.EndAsync(TimeSpan.FromSeconds(10)));
    }

    /// <summary>Code 1: it was tried and failed. The trace has the rejection with its clause.</summary>
    [Fact]
    public async Task OtherSecretsAreCodeOne()
    {
        Write(1, 2, "initiator", "one secret", "one");
        Write(2, 1, "responder", "another secret", "one");
        using var responder = await Respond("--trace", "responder.trace");
        var (code, text, _) = await RefikeProcess.RunAsync(
            folder.Name, "initiate", "--config", "initiator.toml", "--for", "60");
        Assert.Equal(1, code);
        Assert.Contains("Main Mode failed", text, StringComparison.Ordinal);
        responder.Signal(PosixSignal.SIGTERM);
        Assert.Equal(0, await responder.EndAsync(TimeSpan.FromSeconds(10)));
        var rejected = Trace("responder.trace").First(t => t.GetProperty("what").GetString() == "rejected");
        Assert.Matches("^24[0-9]{2}-", rejected.GetProperty("clause").GetString()!);
        Assert.NotEqual("", rejected.GetProperty("reason").GetString());
        TablesAccept("responder");
        Assert.All(Trace("responder.trace"), DocumentationTests.AllDescribed);
    }

    /// <summary>Code 3: stopped before anything was decided.</summary>
    [Fact]
    public async Task NobodyThereUntilTheTimeIsOverIsUndecided()
    {
        Write(1, 2, "initiator", "secret", "one", tries: 10);
        var (code, _, error) = await RefikeProcess.RunAsync(
            folder.Name, "initiate", "--config", "initiator.toml", "--for", "1");
        Assert.Equal((3, ""), (code, error));
    }

    [Fact]
    public async Task TakenPortAndForeignAddressAndUnknownPeerAreOneLine()
    {
        Write(1, 2, "initiator", "secret", "one");
        Write(2, 1, "responder", "secret", "one");
        using var responder = await Respond();
        await Fails($"cannot listen on {network}.2:15500: the port is taken", "respond", "--config", "responder.toml");
        await Fails("no connection is named 192.0.2.9", "initiate", "192.0.2.9", "--config", "initiator.toml");
        await Fails("has no child two; there are one", "initiate", "--child", "two", "--config", "initiator.toml");
        var foreign = File.ReadAllText(folder.File("initiator.toml"))
            .Replace($"{network}.1", "192.0.2.1", StringComparison.Ordinal);
        await Fails("cannot listen on 192.0.2.1:15500: no address of this machine", "respond", "--config",
            folder.Write("foreign.toml", foreign));
    }

    /// <summary>Port 500 without privilege: root gives its own away with setpriv(1).</summary>
    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task PortThatNeedsPrivilegeIsOneLine()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess && RefikeProcess.Has("setpriv"), "needs root, and setpriv");
        var ports = File.ReadAllText("/proc/sys/net/ipv4/ip_unprivileged_port_start").Trim();
        Assert.SkipUnless(ports == "1024", $"here ports from {ports} on need no privilege");
        Write(1, 2, "initiator", "secret", "one");
        var text = File.ReadAllText(folder.File("initiator.toml"));
        var config = folder.Write("low.toml", text.Replace("port = 15500", "port = 500", StringComparison.Ordinal));
        File.SetUnixFileMode(folder.Name, (UnixFileMode)0b111_101_101);
        using var setpriv = Process.Start(new ProcessStartInfo("setpriv",
            ["--reuid", "65534", "--clear-groups", "dotnet", RefikeProcess.Tool, "respond", "--config", config])
        { RedirectStandardError = true, RedirectStandardOutput = true })!;
        var error = await setpriv.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await setpriv.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(2, setpriv.ExitCode);
        Assert.StartsWith($"refike: cannot listen on {network}.1:500: no permission", error, StringComparison.Ordinal);
        Assert.Single(error.TrimEnd().Split('\n'));
    }

    /// <summary>
    /// RFC 8247 §2: they are not to be used. A peer that only knows them is still spoken to, and the user warned.
    /// </summary>
    [Fact]
    public async Task WeakSuitesOfAConfigurationAreWarnedOf()
    {
        Write(1, 2, "initiator", "secret", "one", phase1: "3des-md5-modp1024");
        var (_, _, error) = await RefikeProcess.RunAsync(
            folder.Name, "respond", "--config", "initiator.toml", "--for", "1");
        Assert.Contains("weak: 3des", error, StringComparison.Ordinal);
        Assert.Single(error.TrimEnd().Split('\n'));
    }

    public void Dispose() => folder.Dispose();

    private async Task<RefikeProcess> Respond(params string[] more)
    {
        var responder = RefikeProcess.Start(
            folder.Name, ["respond", "--config", "responder.toml", "--for", "150", .. more]);
        await responder.PrintsAsync("listening on");
        return responder;
    }

    private async Task Fails(string named, params string[] arguments)
    {
        var (code, _, error) = await RefikeProcess.RunAsync(folder.Name, [.. arguments, "--for", "5"]);
        Assert.Equal(2, code);
        Assert.Contains(named, error, StringComparison.Ordinal);
    }

    private void Write(int own, int peer, string name, string secret, string child, string? second = null,
        int tries = 3, string phase1 = "aes128-sha256-ecp256")
    {
        var children = Child(child, 1, own, peer, "aes128-sha256")
            + (second is null ? "" : Child(second, 2, own, peer, "aes256-sha256-ecp256"));
        folder.Write($"{name}.toml", $"""
            [endpoint]
            listen = "{network}.{own}"
            port = 15500
            nat_port = 14500
            [retransmission]
            tries = {tries}
            first = "400ms"
            [[connection]]
            name = "{(name == "initiator" ? "responder" : "initiator")}"
            remote = "{network}.{peer}"
            remote_port = 15500
            psk = "{secret}"
            phase1 = ["{phase1}"]
            {children}
            """);
    }

    private static string Child(string name, int n, int own, int peer, string esp) => $"""

          [[connection.child]]
          name = "{name}"
          local = "10.{n}.{own}.0/24"
          remote = "10.{n}.{peer}.0/24"
          esp = ["{esp}"]
        """;

    private static int Lines(string text, string with)
        => text.Split('\n').Count(l => l.Contains(with, StringComparison.Ordinal));

    /// <summary>What one end keys an SPI's inbound SA with is what the other keys its outbound SA with.</summary>
    private void KeysAgree(int pairs)
    {
        var (a, b) = (KeyLog.Read(folder.File("initiator.keys")), KeyLog.Read(folder.File("responder.keys")));
        Assert.Equal(a.Table, b.Table);
        Assert.Equal(2 * pairs, a.Keymat.Count);
        Assert.Equal(2 * pairs, b.Keymat.Count);
        Assert.All(a.Keymat, k => Assert.Equal(k.Value, b.Keymat[Other(k.Key)]));

        static string Other(string way)
            => way.StartsWith("in", StringComparison.Ordinal) ? $"out{way[2..]}" : $"in{way[3..]}";
    }

    private IEnumerable<JsonElement> Trace(string name)
        => File.ReadLines(folder.File(name)).Select(l => JsonDocument.Parse(l).RootElement);

    private IEnumerable<string> What(string name) => Trace(name).Select(t => t.GetProperty("what").GetString()!);

    /// <summary>The rows of a trace file are rows of spec/exchanges, in an order that they allow.</summary>
    private void TablesAccept(string name)
    {
        var rows = Trace($"{name}.trace").Where(t => t.GetProperty("what").GetString() == "row").Select(t =>
        {
            string Of(string key) => t.GetProperty(key).GetString()!;
            var exchange = Of("exchange");
            return new TraceStep(exchange.EndsWith("/00000000", StringComparison.Ordinal) ? exchange[..16] : exchange,
                Of("table"), Of("role"), Of("state"), Of("event"), Of("guard"), Of("next"), Of("sends"));
        }).ToArray();
        Assert.NotEmpty(rows);
        Assert.Null(new TraceAcceptance(RowFile.ReadAll(Pair.Repository)).FirstFault(rows));
    }

    private void NoKeyIsIn(string file)
    {
        var text = File.ReadAllText(folder.File(file));
        var keys = KeyLog.Read(folder.File("initiator.keys")).All;
        Assert.All(keys, key => Assert.DoesNotContain(key, text, StringComparison.Ordinal));
    }

    /// <summary>A classic pcap whose packets from this address are, one by one, what the trace says was sent.</summary>
    private void CaptureHasWhatWasSent(string name, string address)
    {
        using var file = new BinaryReader(File.OpenRead(folder.File($"{name}.pcap")));
        Assert.Equal(0xA1B2C3D4u, file.ReadUInt32());
        file.BaseStream.Position = 24;
        var lengths = new List<int>();
        while (file.BaseStream.Position < file.BaseStream.Length)
        {
            file.BaseStream.Position += 8;
            var length = file.ReadInt32();
            Assert.Equal(length, file.ReadInt32());
            var ip = Packet.ParsePacket(LinkLayers.RawLegacy, file.ReadBytes(length)).Extract<IPPacket>();
            var datagram = ip.Extract<UdpPacket>().PayloadData;
            Assert.True(Header.TryRead(datagram, out _, out _));
            if (ip.SourceAddress.Equals(IPAddress.Parse(address)))
            {
                lengths.Add(datagram.Length);
            }
        }

        Assert.Equal(Trace($"{name}.trace")
            .Where(t => t.GetProperty("what").GetString()!.StartsWith("sent", StringComparison.Ordinal))
            .Select(t => t.GetProperty("octets").GetInt32()), lengths);
    }
}
