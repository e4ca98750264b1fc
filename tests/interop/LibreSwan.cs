using System.Diagnostics;

namespace RefIke.Interop;

/// <summary>
/// libreswan's pluto in a namespace. Its package conflicts with strongSwan's, so it is unpacked beside it: into the folder that
/// <c>REFIKE_LIBRESWAN</c> names, or <c>/opt/refike-libreswan</c>, with <c>/usr/libexec/ipsec</c> a link into that.
/// </summary>
internal sealed class LibreSwan : IPeerDaemon
{
    private static readonly string Unpacked = Environment.GetEnvironmentVariable("REFIKE_LIBRESWAN") ?? "/opt/refike-libreswan";
    private static readonly string Programs = Path.Combine(Unpacked, "usr/libexec/ipsec");
    private readonly string folder;
    private readonly string ns;
    private readonly Process process;

    public LibreSwan(string folder, string ns, LiveSetup setup)
    {
        (this.folder, this.ns) = (folder, ns);
        Directory.CreateDirectory(Nss);
        Directory.CreateDirectory(Control);
        Run("certutil", "-N", "-d", $"sql:{Nss}", "--empty-password");
        if (setup.HasCertificates)
        {
            Import();
        }

        File.WriteAllText(In("ipsec.secrets"), $"{Network.AddressB} {Network.AddressA} : PSK \"{setup.PeerSecret}\"\n");
        File.WriteAllText(In("ipsec.conf"), Configuration(setup));
        process = Shell.Start("ip", ["netns", "exec", ns, Program("pluto"), "--nofork", "--config", In("ipsec.conf"), "--secretsfile",
            In("ipsec.secrets"), "--nssdir", $"sql:{Nss}", "--rundir", Control, "--no-dnssec", "--logfile", LogFile]);
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        Shell.WaitUntil(() => File.Exists(Path.Combine(Control, "pluto.ctl")), 10);
        Inside(Program("addconn"), "--ctlsocket", Path.Combine(Control, "pluto.ctl"), "--config", In("ipsec.conf"), "t");
        Whack("--listen");
    }

    /// <summary>Why it cannot be had; null where it can.</summary>
    public static string? Missing
        => !File.Exists(Program("pluto")) ? $"libreswan is not unpacked in {Unpacked}"
            : !File.Exists("/usr/libexec/ipsec/pluto") ? $"/usr/libexec/ipsec is no link to {Programs}"
            : !Shell.Has("certutil") || !Shell.Has("pk12util") ? "certutil (libnss3-tools) is not installed"
            : !Shell.Has("openssl") ? "openssl is not installed"
            : Shell.Run(Program("pluto"), "--version") is { Code: not 0, Output: var why } ? $"pluto does not start: {why.Trim()}"
            : null;

    public string Log => File.Exists(LogFile) ? File.ReadAllText(LogFile) : "";

    public string Tail => string.Join('\n', Log.Split('\n').TakeLast(40));

    private string Nss => In("nss");

    private string Control => In("ctl");

    private string LogFile => In("pluto.log");

    /// <summary>Waits until its log has a text so often.</summary>
    public bool WaitFor(string text, int seconds, int times = 1) => Shell.WaitUntil(() => Log.Split(text).Length > times, seconds);

    /// <summary>Begins phase 1 and a Quick Mode, without waiting for them.</summary>
    public void Initiate(int children) => Whack("--initiate", "--asynchronous", "--name", "t");

    /// <summary>It dies without a word.</summary>
    public void Die()
    {
        process.Kill(true);
        process.WaitForExit(5000);
    }

    public void Dispose()
    {
        if (!process.HasExited)
        {
            Whack("--shutdown");
        }

        if (!process.WaitForExit(5000))
        {
            process.Kill(true);
        }

        process.Dispose();
    }

    private static string Program(string name) => Path.Combine(Programs, name);

    private static void Run(string program, params string[] arguments)
    {
        var (code, output) = Shell.Run(program, arguments);
        if (code != 0)
        {
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)}: {output}");
        }
    }

    private string In(string name) => Path.Combine(folder, name);

    private void Inside(params string[] arguments) => Shell.Run("ip", ["netns", "exec", ns, .. arguments]);

    private void Whack(params string[] arguments) => Inside([Program("whack"), "--rundir", Control, .. arguments]);

    /// <summary>Key and certificates into pluto's own store.</summary>
    private void Import()
    {
        Run("openssl", "pkcs12", "-export", "-in", In("b.pem"), "-inkey", In("b.key"), "-certfile", In("ca.pem"), "-name", "b",
            "-out", In("b.p12"), "-passout", "pass:");
        Run("pk12util", "-i", In("b.p12"), "-d", $"sql:{Nss}", "-W", "", "-K", "");
        Run("certutil", "-A", "-d", $"sql:{Nss}", "-n", "ca", "-t", "CT,,", "-i", In("ca.pem"));
    }

    /// <summary>Suites in its own words: <c>aes128-sha1;modp2048</c>.</summary>
    private static string Configuration(LiveSetup setup)
    {
        var ike = setup.Phase1[..setup.Phase1.LastIndexOf('-')] + ";" + setup.Phase1[(setup.Phase1.LastIndexOf('-') + 1)..];
        var auth = setup.HasCertificates
            ? $" authby=rsasig\n leftcert=b\n leftid=@{TestAuthority.NameB}\n leftsendcert=always\n rightid=@{TestAuthority.NameA}\n rightca=%same\n"
            : $" authby=secret\n leftid={Network.AddressB}\n rightid={Network.AddressA}\n";
        return $"config setup\n ikev1-policy=accept\nconn t\n left={Network.AddressB}\n leftsubnet=10.77.2.1/32\n right={Network.AddressA}\n"
            + $" rightsubnet=10.77.1.1/32\n ikev2=no\n ike={ike}\n phase2alg={setup.Esp}\n pfs=no\n auto=add\n{auth}{setup.PeerKeys}\n";
    }
}
