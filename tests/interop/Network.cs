namespace RefIke.Interop;

/// <summary>
/// Two hosts, 10.77.0.1 and 10.77.0.2, each in a network namespace of its own, with two addresses behind each; on one
/// wire, or the second behind a NAT, which is a third host.
/// </summary>
internal sealed class Network : IDisposable
{
    public const string AddressA = "10.77.0.1";

    public const string AddressB = "10.77.0.2";

    /// <summary>The NAT's, as the first host sees it.</summary>
    public const string AddressOfNat = "10.77.0.254";

    private readonly string id = $"ri{Environment.ProcessId % 100000}";
    private readonly bool hasNat;

    public Network(bool hasNat = false)
    {
        this.hasNat = hasNat;
        foreach (var ns in hasNat ? new[] { A, B, Nat } : [A, B])
        {
            Ip("netns", "add", ns);
            Ip("-n", ns, "link", "set", "lo", "up");
        }

        foreach (var (ns, n) in new[] { (A, 1), (B, 2) })
        {
            Ip("-n", ns, "addr", "add", $"10.77.{n}.1/32", "dev", "lo");
            Ip("-n", ns, "addr", "add", $"10.77.{n}.2/32", "dev", "lo");
        }

        if (hasNat)
        {
            PutNat();
        }
        else
        {
            Wire(A, "va", $"{AddressA}/24", B, "vb", $"{AddressB}/24");
        }
    }

    /// <summary>RefIke's namespace.</summary>
    public string A => id + "a";

    /// <summary>The other daemon's.</summary>
    public string B => id + "b";

    private string Nat => id + "n";

    /// <summary>Whether this machine can be a NAT; else why not.</summary>
    public static string? NatMissing
        => Shell.Has("nft") ? null : "nft (nftables) is not installed";

    /// <summary>The NAT forgets what it mapped, as one does that starts again, and takes other ports from now on.</summary>
    /// <param name="firstPort">The first of the thousand ports that it takes.</param>
    public void Rebind(int firstPort)
    {
        Ip("-n", Nat, "link", "set", "na", "down");     // masquerading forgets what it mapped to a link that goes down
        Masquerade(firstPort);
        Ip("-n", Nat, "link", "set", "na", "up");
    }

    public void Dispose()
    {
        foreach (var ns in hasNat ? new[] { A, B, Nat } : [A, B])
        {
            Shell.Run("ip", "netns", "del", ns);
        }
    }

    private void PutNat()
    {
        Wire(A, "va", $"{AddressA}/24", Nat, "na", $"{AddressOfNat}/24");
        Wire(B, "vb", $"{AddressB}/32", Nat, "nb", "10.77.5.254/32");
        Ip("-n", B, "route", "add", "default", "dev", "vb");
        Ip("-n", Nat, "route", "add", $"{AddressB}/32", "dev", "nb");
        Run("ip", "netns", "exec", Nat, "sysctl", "-q", "-w", "net.ipv4.ip_forward=1", "net.ipv4.conf.nb.proxy_arp=1");
        Masquerade(10000);
    }

    private void Masquerade(int firstPort)
    {
        Run("ip", "netns", "exec", Nat, "nft", "flush", "ruleset");
        Run("ip", "netns", "exec", Nat, "nft", "add table ip nat; add chain ip nat out { type nat hook postrouting priority 100 ; }; "
            + $"add rule ip nat out oifname na meta l4proto udp masquerade to :{firstPort}-{firstPort + 999}");
    }

    private static void Wire(string one, string oneDevice, string oneAddress, string other, string otherDevice, string otherAddress)
    {
        Ip("link", "add", oneDevice, "netns", one, "type", "veth", "peer", "name", otherDevice, "netns", other);
        Ip("-n", one, "addr", "add", oneAddress, "dev", oneDevice);
        Ip("-n", other, "addr", "add", otherAddress, "dev", otherDevice);
        Ip("-n", one, "link", "set", oneDevice, "up");
        Ip("-n", other, "link", "set", otherDevice, "up");
    }

    private static void Ip(params string[] arguments) => Run("ip", arguments);

    private static void Run(string program, params string[] arguments)
    {
        var (code, output) = Shell.Run(program, arguments);
        if (code != 0)
        {
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)}: {output}");
        }
    }
}
