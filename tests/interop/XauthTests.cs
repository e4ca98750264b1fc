using System.Diagnostics;
using System.Text.RegularExpressions;
using RefIke.Wire;
using Xunit;

namespace RefIke.Interop;

/// <summary>
/// XAUTH, hybrid authentication and Mode Config with strongSwan: RefIke as the host and as the edge device. The user is alice, the
/// host's traffic the address that it gets; KEYMAT is compared with what charon logs.
/// </summary>
public sealed partial class XauthTests
{
    private const string Plugins = "random nonce pem pkcs1 pkcs8 x509 pubkey constraints aes des sha1 sha2 md5 hmac kdf gmp openssl "
        + "kernel-libipsec kernel-netlink socket-default vici xauth-generic";

    /// <summary>draft-beaulieu-ike-xauth-02 §5.1, draft-dukes-ike-mode-cfg-02 §5.1: strongSwan asks and gives the address.</summary>
    [Theory]
    [InlineData("main")]
    [InlineData("aggressive")]
    [Clause("xauth-6-01")]
    [Clause("modecfg-5.1-02")]
    [Clause("modecfg-3.1.1-01")]
    public void StrongSwanLetsTheUserInAndGivesAnAddress(string mode) => Live("initiate", mode, "psk", Psk("client", "wonderland"), (refike, swan) =>
    {
        Demand(refike, "user alice let in");
        Demand(refike, "10.77.9.1 assigned to us");
        Demand(refike, "IPsec pair up");
        Assert.Contains("10.77.9.1 === 10.77.2.1", refike(), StringComparison.Ordinal);
        Assert.Contains("XAuth authentication of 'alice' successful", swan(), StringComparison.Ordinal);
    });

    /// <summary>draft-beaulieu-ike-xauth-02 §6: strongSwan does not let a wrong password in; both ends have no ISAKMP SA.</summary>
    [Fact]
    [Clause("xauth-6-02")]
    public void StrongSwanRefusesAWrongPassword() => Live("initiate", "main", "psk", Psk("client", "looking-glass"), (refike, swan) =>
    {
        Demand(refike, "user alice not let in");
        Demand(refike, "ISAKMP SA gone");
        Assert.DoesNotContain("IPsec pair up", refike(), StringComparison.Ordinal);
        Assert.Contains("XAuth authentication of 'alice' failed", swan(), StringComparison.Ordinal);
    }, up: false);

    /// <summary>The same the other way round: RefIke asks strongSwan for its user and gives it an address.</summary>
    [Theory]
    [InlineData("main")]
    [InlineData("aggressive")]
    [Clause("xauth-6-01")]
    [Clause("modecfg-2-01")]
    public void StrongSwanIsLetInAndGetsAnAddress(string mode) => Live("respond", mode, "psk", Psk("server", "wonderland"), (refike, swan) =>
    {
        Demand(refike, "user alice let in");
        Demand(refike, "10.77.9.1 assigned to the peer");
        Demand(refike, "IPsec pair up");
        Assert.Contains("10.77.1.1 === 10.77.9.1", refike(), StringComparison.Ordinal);
        Assert.Contains("installing new virtual IP 10.77.9.1", swan(), StringComparison.Ordinal);
    });

    /// <summary>RefIke refuses strongSwan's user, whose password is another.</summary>
    [Fact]
    [Clause("xauth-6-02")]
    public void StrongSwanWithAWrongPasswordIsRefused() => Live("respond", "main", "psk", Psk("server", "looking-glass"), (refike, swan) =>
    {
        Demand(refike, "user alice not let in");
        Demand(refike, "ISAKMP SA gone");
        Assert.DoesNotContain("IPsec pair up", refike(), StringComparison.Ordinal);
        Assert.DoesNotContain("CHILD_SA c1{", swan(), StringComparison.Ordinal);
    }, up: false);

    /// <summary>draft-zegman-ike-hybrid-auth-01 §4.2: strongSwan signs, RefIke is the user and has no key.</summary>
    [Theory]
    [InlineData("main")]
    [InlineData("aggressive")]
    [Clause("hybrid-4.2-01")]
    [Clause("hybrid-4.2-03")]
    public void StrongSwanSignsAndLetsTheUserIn(string mode) => Live("initiate", mode, "hybrid", """
        auth = "rsa-sig"
        hybrid = true
        remote_id = "b.refike.example"
        trusted = ["ca.pem"]
        xauth = "client"
        xauth_user = "alice"
        xauth_password = "wonderland"
        """, (refike, swan) =>
    {
        Demand(refike, "user alice let in");
        Demand(refike, "IPsec pair up");
        Assert.Contains("XAuth authentication of 'alice' successful", swan(), StringComparison.Ordinal);
    });

    /// <summary>The same the other way round: RefIke signs, strongSwan is the user.</summary>
    [Theory]
    [InlineData("main")]
    [InlineData("aggressive")]
    [Clause("hybrid-4.2-01")]
    public void RefIkeSignsAndLetsStrongSwanIn(string mode) => Live("respond", mode, "hybrid", """
        auth = "rsa-sig"
        hybrid = true
        local_id = "b.refike.example"
        private_key = "b.key"
        certificates = ["b.pem"]
        send_certificates = "always"
        xauth = "server"
        xauth_users = ["alice:wonderland"]
        """, (refike, _) =>
    {
        Demand(refike, "user alice let in");
        Demand(refike, "IPsec pair up");
    });

    private static string Psk(string xauth, string password) => xauth == "client"
        ? $"psk = \"refike-psk\"\nxauth = \"client\"\nxauth_user = \"alice\"\nxauth_password = \"{password}\""
        : $"psk = \"refike-psk\"\nxauth = \"server\"\nxauth_users = [\"alice:{password}\"]";

    private static void Demand(Func<string> output, string text)
        => Assert.True(Shell.WaitUntil(() => output().Contains(text, StringComparison.Ordinal), 20), $"refike did not print '{text}'");

    private static void Live(
        string verb, string mode, string auth, string keys, Action<Func<string>, Func<string>> judge, bool up = true)
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "network namespaces need root");
        Assert.SkipUnless(Shell.Has("charon-systemd") && Shell.Has("swanctl") && Shell.Has("ip"),
            "strongSwan (charon-systemd, strongswan-swanctl) and iproute2 are not installed");
        var folder = Directory.CreateTempSubdirectory("refike-interop").FullName;
        using var network = new Network();
        if (auth == "hybrid")
        {
            TestAuthority.Write(folder, "rsa-sig", "ca");
        }

        var config = Path.Combine(folder, "refike.toml");
        var host = verb == "initiate";
        File.WriteAllText(config, $"""
            [endpoint]
            listen = "10.77.0.1"
            [[connection]]
            name = "t"
            remote = "10.77.0.2"
            mode = "{mode}"
            phase1 = ["aes128-sha1-modp1024"]
            mode_config = "pull"
            {(host ? "" : "pool = \"10.77.9.1-10.77.9.20\"")}
            {keys}
              [[connection.child]]
              name = "c1"
              local = "{(host ? "assigned" : "10.77.1.1/32")}"
              remote = "{(host ? "10.77.2.1/32" : "assigned")}"
              esp = ["aes128-sha1"]
            """);
        File.WriteAllText(Path.Combine(folder, "swanctl.conf"), Connections(mode, auth, host));
        var (log, socket, lines) = (Path.Combine(folder, "charon.log"), Path.Combine(folder, "s.sock"), new List<string>());
        File.WriteAllText(Path.Combine(folder, "strongswan.conf"), StrongSwan.Settings(Plugins, log, socket));
        var charon = Started(network.B, ["/usr/sbin/charon-systemd"], new() { ["STRONGSWAN_CONF"] = Path.Combine(folder, "strongswan.conf") }, []);
        Process? refike = null;
        string Swan() => File.Exists(log) ? File.ReadAllText(log) : "";
        string RefIke()
        {
            lock (lines)
            {
                return string.Join('\n', lines);
            }
        }

        try
        {
            Assert.True(Shell.WaitUntil(() => File.Exists(socket) && Control("--stats").Contains("uptime", StringComparison.Ordinal), 10));
            Control("--load-all", "--file", Path.Combine(folder, "swanctl.conf"));
            var (keylog, capture) = (Path.Combine(folder, "run.keys"), Path.Combine(folder, "run.pcap"));
            refike = Started(network.A, ["dotnet", Path.Combine(AppContext.BaseDirectory, "refike.dll"), verb, "--config", config,
                "--keylog", keylog, "--pcap", capture, "--for", "40"], [], lines);
            Demand(RefIke, "listening");
            if (!host)
            {
                Control("--initiate", "--child", "c1", "--timeout", "8");
            }

            judge(RefIke, Swan);
            if (up)
            {
                SameKeymat(File.ReadAllText(keylog), Swan);
            }

            EveryMessageVerifies(capture, host ? [keylog, log] : [log, keylog]);
        }
        catch (Exception e) when (e is Xunit.Sdk.IAssertionException)
        {
            throw new InvalidOperationException($"{e.Message}\n--- refike ---\n{RefIke()}\n--- charon ---\n"
                + string.Join('\n', Swan().Split('\n').Where(l => !l.Contains("  ", StringComparison.Ordinal)).TakeLast(50)), e);
        }
        finally
        {
            foreach (var process in new[] { refike, charon })
            {
                process?.Kill(true);
                process?.WaitForExit(5000);
                process?.Dispose();
            }

            Directory.Delete(folder, true);
        }

        string Control(params string[] arguments) => Shell.Run("swanctl", [.. arguments, "--uri", $"unix://{socket}"]).Output;
    }

    /// <summary>What crossed the wire, replayed with what both sides logged: the initiator's log comes first.</summary>
    private static void EveryMessageVerifies(string capture, string[] logs)
    {
        var (code, text) = Shell.Run("dotnet", [Path.Combine(AppContext.BaseDirectory, "refike.dll"), "replay", capture,
            .. logs.SelectMany(l => new[] { "--log", l })]);
        Assert.True(code == 0, text);
    }

    /// <summary>KEYMAT of both directions: 16 octets for AES, 20 for HMAC-SHA-1, each is what charon logs of its own derivation.</summary>
    private static void SameKeymat(string keylog, Func<string> swan)
    {
        var ours = KeymatLine().Matches(keylog).Select(m => m.Groups[1].Value).ToArray();
        Assert.Equal(2, ours.Length);
        Assert.True(Shell.WaitUntil(() => swan().Contains("CHILD_SA c1{", StringComparison.Ordinal), 5), "charon has no CHILD_SA");
        var theirs = Dump().Matches(swan()).Select(m => string.Concat(DumpLine().Matches(m.Value).Select(
            l => l.Groups[1].Value.Replace(" ", "", StringComparison.Ordinal)))).Select(h => h.ToLowerInvariant()).ToHashSet();
        foreach (var keymat in ours)
        {
            Assert.Equal(72, keymat.Length);
            Assert.Contains(keymat[..32], theirs);
            Assert.Contains(keymat[32..], theirs);
        }
    }

    private static string Connections(string mode, string auth, bool refikeIsHost)
    {
        var own = auth == "psk" ? "auth = psk" : refikeIsHost ? "auth = pubkey\n certs = b.pem\n id = b.refike.example" : "auth = xauth\n xauth_id = alice";
        var peer = auth == "psk" ? "auth = psk" : refikeIsHost ? "auth = xauth" : "auth = pubkey\n cacerts = ca.pem\n id = b.refike.example";
        var second = auth == "hybrid" ? "" : refikeIsHost ? "remote-x {\n auth = xauth\n }" : "local-x {\n auth = xauth\n xauth_id = alice\n }";
        return $$"""
            connections {
              t {
                version = 1
                local_addrs = 10.77.0.2
                remote_addrs = 10.77.0.1
                proposals = aes128-sha1-modp1024
                aggressive = {{(mode == "aggressive" ? "yes" : "no")}}
                fragmentation = no
                {{(refikeIsHost ? "pools = p" : "vips = 0.0.0.0")}}
                local {
                  {{own}}
                }
                remote {
                  {{peer}}
                }
                {{second}}
                children {
                  c1 {
                    {{(refikeIsHost ? "local_ts = 10.77.2.1/32" : "remote_ts = 10.77.1.1/32")}}
                    esp_proposals = aes128-sha1
                  }
                }
              }
            }
            pools {
              p {
                addrs = 10.77.9.0/24
              }
            }
            secrets {
              ike-1 {
                id-1 = 10.77.0.1
                id-2 = 10.77.0.2
                secret = "refike-psk"
              }
              xauth-1 {
                id = alice
                secret = "wonderland"
              }
            }
            """;
    }

    private static Process Started(string ns, string[] command, Dictionary<string, string> environment, List<string> lines)
    {
        var process = Shell.Start("ip", ["netns", "exec", ns, .. command], environment);
        void Add(object sender, DataReceivedEventArgs line)
        {
            lock (lines)
            {
                lines.Add(line.Data ?? "");
            }
        }

        process.OutputDataReceived += Add;
        process.ErrorDataReceived += Add;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    [GeneratedRegex(@"# KEYMAT (?:in|out) [0-9a-f]{8} ([0-9a-f]+)")]
    private static partial Regex KeymatLine();

    [GeneratedRegex(@"key => \d+ bytes.*\n(?:.*\[\w+\]\s+\d+: .*\n)+")]
    private static partial Regex Dump();

    [GeneratedRegex(@"\]\s+\d+: ((?:[0-9A-F]{2} ?)+)")]
    private static partial Regex DumpLine();
}
