using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using Xunit;

namespace RefIke.Interop;

/// <summary>The command line tool in a namespace, with a configuration, a capture and a key log.</summary>
internal sealed partial class RefIkePeer : IDisposable
{
    public const string Secret = "refike-psk";

    private readonly string folder;
    private readonly Process process;
    private readonly StringBuilder output = new();

    public RefIkePeer(string folder, string ns, string phase1, string esp, string verb, params string[] more)
    {
        this.folder = folder;
        var config = Path.Combine(folder, "refike.toml");
        File.WriteAllText(config, $"""
            [endpoint]
            listen = "10.77.0.1"
            [retransmission]
            tries = 3
            [[connection]]
            name = "t"
            remote = "10.77.0.2"
            psk = "{Secret}"
            phase1 = ["{phase1}"]
              [[connection.child]]
              name = "c1"
              local = "10.77.1.1/32"
              remote = "10.77.2.1/32"
              esp = ["{esp}"]
            """);
        var tool = Path.Combine(AppContext.BaseDirectory, "refike.dll");
        process = Shell.Start("ip", ["netns", "exec", ns, "dotnet", tool, verb, "--config", config, "--keylog", KeyLog,
            "--pcap", Path.Combine(folder, "run.pcap"), "--for", "40", .. more]);
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
