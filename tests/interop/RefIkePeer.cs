using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using Xunit;

namespace RefIke.Interop;

/// <summary>The command line tool in a namespace, with a configuration, a capture and a key log.</summary>
internal sealed partial class RefIkePeer : IDisposable
{
    private readonly string folder;
    private readonly Process process;
    private readonly StringBuilder output = new();

    public RefIkePeer(string folder, string ns, LiveSetup setup, string verb)
    {
        this.folder = folder;
        var config = Path.Combine(folder, "refike.toml");
        File.WriteAllText(config, Configuration(setup));
        var tool = Path.Combine(AppContext.BaseDirectory, "refike.dll");
        process = Shell.Start("ip", ["netns", "exec", ns, "dotnet", tool, verb, "--config", config, "--keylog", KeyLog,
            "--pcap", Capture, "--for", "40", .. setup.Options]);
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
    public string Capture => Path.Combine(folder, "run.pcap");

    private string KeyLog => Path.Combine(folder, "run.keys");

    /// <summary>Waits until the tool has printed a text so often; a failure names it.</summary>
    public void Demand(string text, int seconds = 15, int times = 1)
        => Assert.True(Shell.WaitUntil(() => Output.Split(text).Length > times, seconds), $"refike did not print '{text}' {times} times");

    /// <summary>Every KEYMAT it logged, by direction and SPI: <c>in 1b69973e</c>.</summary>
    public IReadOnlyDictionary<string, string> Keymats()
        => KeymatLine().Matches(File.ReadAllText(KeyLog)).ToDictionary(m => m.Groups[1].Value, m => m.Groups[2].Value);

    public void Dispose()
    {
        process.Kill(true);
        process.WaitForExit(5000);
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
            remote = "{Network.AddressB}"
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
