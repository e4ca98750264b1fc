using System.Diagnostics;
using System.Text.RegularExpressions;

namespace RefIke.Interop;

/// <summary>strongSwan's charon in a namespace, with a log that shows every key.</summary>
internal sealed partial class StrongSwan : IDisposable
{
    private const string Plugins = "random nonce aes des sha1 sha2 md5 hmac kdf gmp openssl kernel-libipsec kernel-netlink socket-default vici";
    private readonly string folder;
    private readonly Process process;

    public StrongSwan(string folder, string ns, string phase1, string esp, string secret)
    {
        this.folder = folder;
        File.WriteAllText(Path.Combine(folder, "swanctl.conf"), $$"""
            connections {
              t {
                version = 1
                local_addrs = 10.77.0.2
                remote_addrs = 10.77.0.1
                proposals = {{phase1}}
                fragmentation = no
                local {
                  auth = psk
                  id = 10.77.0.2
                }
                remote {
                  auth = psk
                  id = 10.77.0.1
                }
                children {
                  c1 {
                    local_ts = 10.77.2.1/32
                    remote_ts = 10.77.1.1/32
                    esp_proposals = {{esp}}
                  }
                }
              }
            }
            secrets {
              ike-1 {
                id-1 = 10.77.0.1
                id-2 = 10.77.0.2
                secret = "{{secret}}"
              }
            }
            """);
        var settings = Path.Combine(folder, "strongswan.conf");
        File.WriteAllText(settings, $$"""
            charon-systemd {
              load = {{Plugins}}
              retransmit_tries = 2
              retransmit_timeout = 1.0
              filelog {
                log {
                  path = {{LogFile}}
                  default = 1
                  ike = 4
                  chd = 4
                  flush_line = yes
                }
              }
              plugins {
                vici {
                  socket = unix://{{Socket}}
                }
                kernel-libipsec {
                  allow_peer_ts = yes
                }
              }
            }
            """);
        process = Shell.Start("ip", ["netns", "exec", ns, "/usr/sbin/charon-systemd"], new() { ["STRONGSWAN_CONF"] = settings });
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        for (var n = 0; n < 80 && !File.Exists(Socket); n++)
        {
            Thread.Sleep(100);
        }

        Thread.Sleep(300);
        Control("--load-all", "--file", Path.Combine(folder, "swanctl.conf"));
    }

    public string Log => File.Exists(LogFile) ? File.ReadAllText(LogFile) : "";

    private string Socket => Path.Combine(folder, "s.sock");

    private string LogFile => Path.Combine(folder, "charon.log");

    public string Control(params string[] arguments) => Shell.Run("swanctl", [.. arguments, "--uri", $"unix://{Socket}"]).Output;

    /// <summary>The ESP keys that charon derived: every hex dump after a line that names one, in the order of the log.</summary>
    public IReadOnlySet<string> EspKeys()
    {
        var keys = new HashSet<string>();
        var lines = Log.Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            var head = KeyHead().Match(lines[i]);
            if (!head.Success)
            {
                continue;
            }

            var hex = "";
            for (var j = i + 1; j < lines.Length && DumpLine().Match(lines[j]) is { Success: true } dump; j++)
            {
                hex += dump.Groups[1].Value.Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant();
            }

            keys.Add(hex);
        }

        return keys;
    }

    public void Dispose()
    {
        Shell.Run("kill", $"{process.Id}");
        if (!process.WaitForExit(5000))
        {
            process.Kill(true);
        }

        process.Dispose();
    }

    [GeneratedRegex(@"(?:encryption|integrity) (?:initiator|responder) key => \d+ bytes")]
    private static partial Regex KeyHead();

    [GeneratedRegex(@"\] +\d+: ((?:[0-9A-F]{2} )+)")]
    private static partial Regex DumpLine();
}
