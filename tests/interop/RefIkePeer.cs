using System.Diagnostics;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Xunit;

namespace RefIke.Interop;

/// <summary>The command line tool in a namespace, with a configuration, a capture and a key log.</summary>
internal sealed partial class RefIkePeer : IDisposable
{
    private static readonly string Tool = Path.Combine(AppContext.BaseDirectory, "refike.dll");
    private readonly string folder;
    private readonly Process process;
    private readonly StringBuilder output = new();

    public RefIkePeer(string folder, string ns, LiveSetup setup, string verb)
    {
        this.folder = folder;
        var config = In("refike.toml");
        File.WriteAllText(config, Configuration(setup));
        process = Shell.Start("ip", ["netns", "exec", ns, "dotnet", Tool, verb, "--config", config, "--keylog", KeyLog,
            "--pcap", Capture, "--trace", In("run.trace"), "--for", "40", .. setup.Options]);
        process.OutputDataReceived += Add;
        process.ErrorDataReceived += Add;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        Demand("listening");
    }

    public string Output
    {
        get
        {
            lock (output)
            {
                return output.ToString();
            }
        }
    }

    /// <summary>Every datagram that it sent and received.</summary>
    public string Capture => In("run.pcap");

    /// <summary>Where its files are.</summary>
    public string Folder => folder;

    /// <summary>What happened, a JSON object a line.</summary>
    public string Trace => File.ReadAllText(In("run.trace"));

    private string KeyLog => In("run.keys");

    private string In(string name) => Path.Combine(folder, name);

    /// <summary>Waits until the tool has printed a text so often; a failure names it.</summary>
    public void Demand(string text, int seconds = 15, int times = 1)
        => Assert.True(Shell.WaitUntil(() => Output.Split(text).Length > times, seconds), $"refike did not print '{text}' {times} times");

    /// <summary>Every KEYMAT it logged, by direction and SPI: <c>in 1b69973e</c>.</summary>
    public IReadOnlyDictionary<string, string> Keymats()
        => KeymatLine().Matches(File.ReadAllText(KeyLog)).ToDictionary(m => m.Groups[1].Value, m => m.Groups[2].Value);

    /// <summary>What <c>refike replay</c> says of its capture, as JSON.</summary>
    /// <param name="role">RefIke's.</param>
    /// <param name="peerLog">What the peer logged, where it logs keys.</param>
    public (int Code, string Json) Replayed(string role, string? peerLog = null)
    {
        string[] logs = peerLog is null ? [KeyLog] : role == "initiator" ? [KeyLog, peerLog] : [peerLog, KeyLog];
        return Shell.Run(
            "dotnet", [Tool, "replay", Capture, .. logs.SelectMany(l => new[] { "--log", l }), "--format", "json"]);
    }

    /// <summary>
    /// Null where every message verifies and RefIke's machines take it as either side; else what <c>refike replay</c>
    /// says of the rest.
    /// </summary>
    /// <param name="mayStayOpen">The peer may have ended an exchange in the middle: what lacks its end is no failure.</param>
    public string? Replay(string role, string? peerLog = null, bool mayStayOpen = false)
    {
        var (code, json) = Replayed(role, peerLog);
        if (code == 0 || (code == 3 && mayStayOpen))
        {
            return null;
        }

        var lines = json.Split('\n').Select(l => l.Trim()).Where(l => !l.Contains(": null", StringComparison.Ordinal)
            && (l.StartsWith("\"fault\"", StringComparison.Ordinal) || l.StartsWith("\"lacking\"", StringComparison.Ordinal)
                || l.StartsWith("\"unverified\"", StringComparison.Ordinal)));
        return $"replay, code {code}: {string.Join(' ', lines)}";
    }

    /// <summary>The messages of its capture with what they carry, as <c>refike replay</c> reads them.</summary>
    public IReadOnlyList<JsonElement> Messages()
    {
        var (code, json) = Replayed("initiator");
        return code == 2 ? [] : [.. JsonDocument.Parse(json).RootElement.GetProperty("captures")[0]
            .GetProperty("messages").EnumerateArray()];
    }

    /// <summary>How often a notify of this name came from an address.</summary>
    public int Notifies(string from, string name)
        => Messages().Count(m => From(m).StartsWith($"{from}:", StringComparison.Ordinal)
            && m.GetProperty("notifies").EnumerateArray().Any(n => n.GetString() == name));

    /// <summary>A captured message's source, address and port.</summary>
    public static string From(JsonElement message) => message.GetProperty("from").GetString()!;

    /// <summary>It dies without a word.</summary>
    public void Die()
    {
        process.Kill(true);
        process.WaitForExit(5000);
    }

    public void Dispose()
    {
        Die();
        process.Dispose();
    }

    private static string Configuration(LiveSetup setup)
    {
        var text = new StringBuilder($"""
            [endpoint]
            listen = "{Network.AddressA}"
            [retransmission]
            tries = {setup.Tries}
            [[connection]]
            name = "t"
            remote = "{setup.PeerAddress}"
            mode = "{(setup.IsAggressive ? "aggressive" : "main")}"
            auth = "{setup.Auth}"
            local_id = "{setup.RefikeId}"
            remote_id = "{setup.PeerId}"
            phase1 = ["{setup.Phase1}"]
            {setup.RefikeKeys}

            """);
        text.AppendLine(setup.HasCertificates
            ? "private_key = \"a.key\"\ncertificates = [\"a.pem\"]\ntrusted = [\"ca.pem\"]"
            : $"psk = \"{LiveSetup.Psk}\"");
        for (var n = 1; n <= setup.Children; n++)
        {
            text.AppendLine($"[[connection.child]]\nname = \"c{n}\"\nlocal = \"10.77.1.{n}/32\"\nremote = \"10.77.2.{n}/32\"");
            text.AppendLine($"esp = [\"{setup.Esp}\"]");
        }

        return text.ToString();
    }

    private void Add(object sender, DataReceivedEventArgs line)
    {
        lock (output)
        {
            output.AppendLine(line.Data);
        }
    }

    [GeneratedRegex(@"# KEYMAT ((?:in|out) [0-9a-f]{8}) ([0-9a-f]+)")]
    private static partial Regex KeymatLine();
}
