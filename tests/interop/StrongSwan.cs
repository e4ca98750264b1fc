using System.Diagnostics;
using System.Text.RegularExpressions;

namespace RefIke.Interop;

/// <summary>strongSwan's charon in a namespace, with a log that shows every key.</summary>
internal sealed partial class StrongSwan : IPeerDaemon
{
    /// <summary>Its log's name in the folder.</summary>
    public const string LogName = "charon.log";

    private const string Plugins = "random nonce pem pkcs1 pkcs8 x509 pubkey constraints aes des sha1 sha2 md5 hmac xcbc kdf gmp openssl "
        + "kernel-libipsec kernel-netlink socket-default vici";

    private readonly string folder;
    private readonly Process process;

    public StrongSwan(string folder, string ns, LiveSetup setup)
    {
        this.folder = folder;
        File.WriteAllText(Path.Combine(folder, "swanctl.conf"), Connections(setup));
        var settings = Path.Combine(folder, "strongswan.conf");
        File.WriteAllText(settings, Settings(Plugins, LogFile, Socket, $"""
              {setup.PeerSettings}
              retransmit_tries = 2
              retransmit_timeout = 1.0
            """));
        process = Shell.Start("ip", ["netns", "exec", ns, "/usr/sbin/charon-systemd"], new() { ["STRONGSWAN_CONF"] = settings });
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        Shell.WaitUntil(() => File.Exists(Socket) && Control("--stats").Contains("uptime", StringComparison.Ordinal), 10);
        Control("--load-all", "--file", Path.Combine(folder, "swanctl.conf"));
    }

    /// <summary>strongswan.conf: every secret into a log of its own, ESP in user space.</summary>
    public static string Settings(string plugins, string log, string socket, string further = "") => $$"""
        charon-systemd {
          load = {{plugins}}
          i_dont_care_about_security_and_use_aggressive_mode_psk = yes
          {{further}}
          filelog {
            log {
              path = {{log}}
              default = 1
              ike = 4
              chd = 4
              flush_line = yes
            }
          }
          plugins {
            vici {
              socket = unix://{{socket}}
            }
            kernel-libipsec {
              allow_peer_ts = yes
            }
          }
        }
        """;

    public string Log => File.Exists(LogFile) ? File.ReadAllText(LogFile) : "";

    /// <summary>The end of its log without the dumps.</summary>
    public string Tail => string.Join('\n', Log.Split('\n').Where(l => !l.Contains("  ", StringComparison.Ordinal)).TakeLast(40));

    /// <summary>Waits until its log has a text so often.</summary>
    public bool WaitFor(string text, int seconds, int times = 1) => Shell.WaitUntil(() => Log.Split(text).Length > times, seconds);

    private string Socket => Path.Combine(folder, "s.sock");

    private string LogFile => Path.Combine(folder, LogName);

    public void Initiate(int children)
    {
        for (var n = 1; n <= children; n++)
        {
            Control("--initiate", "--child", $"c{n}", "--timeout", "8");
        }
    }

    /// <summary>It dies without a word.</summary>
    public void Die()
    {
        process.Kill();
        process.WaitForExit(5000);
    }

    public string Control(params string[] arguments) => Shell.Run("swanctl", [.. arguments, "--uri", $"unix://{Socket}"]).Output;

    /// <summary>Every pair of IPsec SAs that charon installed, with the keys that it logged, in the order of the log.</summary>
    public IReadOnlyList<LoggedPair> Pairs()
    {
        var pairs = new List<LoggedPair>();
        var keys = new Dictionary<string, string>();
        string? inbound = null, outbound = null;
        var lines = Log.Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            if (KeyHead().Match(lines[i]) is { Success: true } head)
            {
                keys[head.Groups[1].Value] = Dump(lines, i + 1);
            }
            else if (SpiLine().Match(lines[i]) is { Success: true } spi)
            {
                (inbound, outbound) = spi.Groups[2].Value == Network.AddressB
                    ? (spi.Groups[1].Value, outbound) : (inbound, spi.Groups[1].Value);
            }

            if (inbound is not null && outbound is not null)
            {
                pairs.Add(new LoggedPair(inbound, outbound, keys["encryption initiator"] + keys["integrity initiator"],
                    keys["encryption responder"] + keys["integrity responder"]));
                (inbound, outbound) = (null, null);
            }
        }

        return pairs;
    }

    private static string Connections(LiveSetup setup)
    {
        var esp = setup.PeerEsp ?? setup.Esp;
        var children = string.Concat(Enumerable.Range(1, setup.Children).Select(n => $$"""
                  c{{n}} {
                    local_ts = 10.77.2.{{n}}/32
                    remote_ts = 10.77.1.{{n}}/32
                    esp_proposals = {{esp}}
                  }

            """));
        var (own, refike) = setup.HasCertificates
            ? ($"auth = pubkey\n certs = b.pem\n{(setup.IsNamedBySubject ? "" : $" id = {TestAuthority.NameB}\n")}",
                $"auth = pubkey\n cacerts = ca.pem\n id = \"{setup.RefikeId.Replace("dn:", "", StringComparison.Ordinal)}\"")
            : ($"auth = psk\n id = {Network.AddressB}", $"auth = psk\n id = {Network.AddressA}");
        return $$"""
            connections {
              t {
                version = 1
                local_addrs = {{Network.AddressB}}
                remote_addrs = {{Network.AddressA}}
                proposals = {{setup.PeerPhase1 ?? setup.Phase1}}
                aggressive = {{(setup.IsAggressive ? "yes" : "no")}}
                {{(setup.PeerKeys.Contains("fragmentation", StringComparison.Ordinal) ? "" : "fragmentation = no")}}
                {{setup.PeerKeys}}
                local {
                  {{own}}
                }
                remote {
                  {{refike}}
                }
                children {
            {{children}}
                }
              }
            }
            secrets {
              ike-1 {
                id-1 = {{Network.AddressA}}
                id-2 = {{Network.AddressB}}
                secret = "{{setup.PeerSecret}}"
              }
            }
            """;
    }

    private static string Dump(string[] lines, int from)
        => string.Concat(lines.Skip(from).Select(l => DumpLine().Match(l)).TakeWhile(m => m.Success)
            .Select(m => m.Groups[1].Value.Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant()));

    public void Dispose()
    {
        if (!process.HasExited)
        {
            Shell.Run("kill", $"{process.Id}");
        }

        if (!process.WaitForExit(5000))
        {
            process.Kill(true);
        }

        process.Dispose();
    }

    [GeneratedRegex(@"((?:encryption|integrity) (?:initiator|responder)) key => \d+ bytes")]
    private static partial Regex KeyHead();

    [GeneratedRegex(@"SPI 0x([0-9a-f]{8}), src [0-9.]+ dst ([0-9.]+)")]
    private static partial Regex SpiLine();

    [GeneratedRegex(@"\] +\d+: ((?:[0-9A-F]{2} )+)")]
    private static partial Regex DumpLine();
}

/// <summary>A pair as the other daemon logged it.</summary>
/// <param name="InboundSpi">Of what it receives.</param>
/// <param name="InitiatorKey">The cipher's and the authentication key of what the initiator of that Quick Mode sends.</param>
internal sealed record LoggedPair(string InboundSpi, string OutboundSpi, string InitiatorKey, string ResponderKey);
