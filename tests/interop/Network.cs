namespace RefIke.Interop;

/// <summary>Two hosts, 10.77.0.1 and 10.77.0.2, each in a network namespace of its own, with two addresses behind each.</summary>
internal sealed class Network : IDisposable
{
    public const string AddressA = "10.77.0.1";

    public const string AddressB = "10.77.0.2";

    private readonly string id = $"ri{Environment.ProcessId % 100000}";

    public Network()
    {
        foreach (var ns in new[] { A, B })
        {
            Ip("netns", "add", ns);
        }

        Ip("link", "add", "va", "netns", A, "type", "veth", "peer", "name", "vb", "netns", B);
        foreach (var (ns, dev, n) in new[] { (A, "va", 1), (B, "vb", 2) })
        {
            Ip("-n", ns, "addr", "add", $"10.77.0.{n}/24", "dev", dev);
            Ip("-n", ns, "link", "set", dev, "up");
            Ip("-n", ns, "link", "set", "lo", "up");
            Ip("-n", ns, "addr", "add", $"10.77.{n}.1/32", "dev", "lo");
            Ip("-n", ns, "addr", "add", $"10.77.{n}.2/32", "dev", "lo");
        }
    }

    /// <summary>RefIke's namespace.</summary>
    public string A => id + "a";

    /// <summary>The other daemon's.</summary>
    public string B => id + "b";

    public void Dispose()
    {
        Shell.Run("ip", "netns", "del", A);
        Shell.Run("ip", "netns", "del", B);
    }

    private static void Ip(params string[] arguments)
    {
        var (code, output) = Shell.Run("ip", arguments);
        if (code != 0)
        {
            throw new InvalidOperationException($"ip {string.Join(' ', arguments)}: {output}");
        }
    }
}
