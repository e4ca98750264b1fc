using System.Diagnostics;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using RefIke.Cli.CommandLine;
using RefIke.Cli.Hosting;
using RefIke.Engine;
using RefIke.Properties.Engine;
using Xunit;

namespace RefIke.Properties.CommandLine;

/// <summary><c>--events</c>: what an IPsec stack is told (docs/events.md).</summary>
public sealed partial class EventsTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(Pair.Repository, "docs", "events.md"))
        .ReplaceLineEndings("\n");

    /// <summary>The initiator's out is the responder's in, with the same SPI, addresses, algorithms and key.</summary>
    [Fact]
    public void OneSidesOutIsTheOthersIn()
    {
        var pair = new Pair(natTraversal: true, esp: "aes256-sha256");
        pair.Connect(pair.A);
        pair.Settle();
        foreach (var (one, other) in new[] { (pair.A, pair.B), (pair.B, pair.A) })
        {
            var sent = Sas(one).Single(s => Text(s, "direction") == "out");
            var received = Sas(other).Single(s => Text(s, "direction") == "in");
            Assert.Equal(
                sent.GetRawText().Replace("\"out\"", "\"in\"", StringComparison.Ordinal), received.GetRawText());
            Assert.Equal(64, Text(sent.GetProperty("encryption"), "key").Length);
            Assert.Equal(64, Text(sent.GetProperty("integrity"), "key").Length);
        }

        var line = Lines(pair.A).Single(l => Text(l, "event") == "pairEstablished");
        Assert.Equal("10.77.1.0/24", Text(line.GetProperty("local"), "subnet"));
        Assert.Equal("10.77.2.255", Text(line.GetProperty("remote"), "last"));
    }

    /// <summary>
    /// A rekey names what it replaces, a deletion why; behind a NAT the ports of UDP encapsulation are there.
    /// </summary>
    [Fact]
    public void RekeyDeletionAndNatAreTold()
    {
        Func<EndpointSetup, EndpointSetup> forced = s => s with
        {
            Connections = [s.Connections[0] with { Nat = new NatTraversalPolicy { Force = true } }],
        };
        var pair = new Pair(natTraversal: true, changeA: forced);
        pair.Connect(pair.A);
        pair.Settle();
        var old = pair.A.Pairs.Single().Spi;
        pair.Do(pair.A, new Input.Rekey(old));
        pair.Settle();
        pair.Do(pair.A, new Input.DeletePair(old));
        var lines = Lines(pair.A);
        Assert.Equal(["isakmpEstablished", "pairEstablished", "pairRekeyed", "pairDeleted"],
            lines.Select(l => Text(l, "event")));
        Assert.True(lines[0].GetProperty("nat").GetProperty("localBehindNat").GetBoolean());
        Assert.Equal($"{old:x8}", Text(lines[2], "replaces"));
        Assert.Equal("owner's order", Text(lines[3], "reason"));
        Assert.All(Sas(pair.A), s => Assert.Equal(4500, s.GetProperty("udp").GetProperty("sourcePort").GetInt32()));
    }

    /// <summary>Every name that is written is in docs/events.md.</summary>
    [Fact]
    public void EveryNameIsDescribed()
    {
        var pair = new Pair(natTraversal: true);
        pair.Connect(pair.A);
        pair.Settle();
        var there = new IPEndPoint(IPAddress.Loopback, 4500);
        var up = pair.A.Told.OfType<Effect.IsakmpEstablished>().Single();
        Effect[] more =
        [
            new Effect.PairDeleted(pair.A.Pairs.Single(), "why"), new Effect.PeerDied(default, "t", there),
            new Effect.PeerMoved(default, "t", there, there, [pair.A.Pairs.Single()]),
            new Effect.IsakmpDeleted(default, default, default, "why"),
            up with { Phase1 = up.Phase1 with { Nat = up.Phase1.Nat! with { LocalBehindNat = true } } },
        ];
        var described = Code().Matches(Page).SelectMany(m => Word().Matches(m.Groups[1].Value)).Select(m => m.Value)
            .ToHashSet();
        var lines = Lines(pair.A).Concat(more.Select(Line)).ToArray();
        Assert.True(lines.Length >= 7);
        Assert.Empty(lines.SelectMany(Names).Except(described));
        Assert.Empty(lines.Select(l => Text(l, "event")).Except(described));
    }

    /// <summary>The commands on the page are those that a run gives, with the keys and SPIs of its key log.</summary>
    [Fact]
    public async Task CommandsForLinuxAreThoseOnThePage()
    {
        Assert.SkipUnless(RefikeProcess.Has("jq"), "jq is not installed");
        using var folder = new TestFolder();
        var (code, _, _) = await RefikeProcess.RunAsync(folder.Name, "handshake", "--events", "run.events", "--keylog",
            "run.keys");
        Assert.Equal(0, code);
        using var jq = Process.Start(new ProcessStartInfo("jq",
            ["-r", "-f", Path.Combine(Pair.Repository, "docs", "xfrm.jq"), folder.File("run.events")])
        { RedirectStandardOutput = true })!;
        var commands = await jq.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        Assert.Contains($"```\n{commands}```\n", Page, StringComparison.Ordinal);
        foreach (var (name, keymat) in KeyLog.Read(folder.File("run.keys")).Keymat)
        {
            var command = commands.Split('\n').Single(c => c.Contains("state add", StringComparison.Ordinal)
                && c.Contains($"spi 0x{name.Split(' ')[1]} ", StringComparison.Ordinal));
            Assert.Contains($"'cbc(aes)' 0x{keymat[..64]} ", command, StringComparison.Ordinal);
            Assert.Contains($"'hmac(sha256)' 0x{keymat[64..]} 128", command, StringComparison.Ordinal);
        }
    }

    private static JsonElement[] Lines(Side side)
        => [.. side.Told.Where(e => EventJson.Of(0, e) is not null).Select(Line)];

    private static JsonElement Line(Effect effect)
        => JsonDocument.Parse(JsonText.Line(EventJson.Of(0, effect)!)).RootElement;

    private static IEnumerable<JsonElement> Sas(Side side)
        => Lines(side).Where(l => Text(l, "event") == "pairEstablished")
            .SelectMany(l => l.GetProperty("sas").EnumerateArray());

    private static string Text(JsonElement json, string name) => json.GetProperty(name).GetString()!;

    private static IEnumerable<string> Names(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => json.EnumerateObject().SelectMany(p => Names(p.Value).Prepend(p.Name)),
        JsonValueKind.Array => json.EnumerateArray().SelectMany(Names),
        _ => [],
    };

    [GeneratedRegex("`([^`\n]+)`")]
    private static partial Regex Code();

    [GeneratedRegex("[A-Za-z0-9]+")]
    private static partial Regex Word();
}
