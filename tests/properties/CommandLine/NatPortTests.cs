using System.Net;
using System.Net.Sockets;
using RefIke.Cli.Hosting;
using RefIke.Engine;
using RefIke.Properties.Engine;
using RefIke.Wire;
using Xunit;

namespace RefIke.Properties.CommandLine;

/// <summary>The NAT traversal port of the UDP host (RFC 3948).</summary>
public sealed class NatPortTests
{
    /// <summary>
    /// RFC 3948 §2.2, §2.3: behind four zero octets stands IKE; a keepalive and ESP are none of its, and prove nothing;
    /// what is sent from there has the marker, a keepalive has not.
    /// </summary>
    [Fact]
    [Clause("3948-2.2-01")]
    [Clause("3948-2.3-01")]
    [Clause("3948-4-02")]
    public async Task OnlyWhatStandsBehindTheMarkerIsIke()
    {
        var address = IPAddress.Parse($"127.{(Environment.ProcessId % 200) + 20}.250.1");
        var setup = Pair.Setup("A", 1, 2, "aes128-sha1-modp1024", "aes128-sha1", "secret", 1, true, 3600) with
        {
            Local = new IPEndPoint(address, 15500),
            NatLocal = new IPEndPoint(address, 14500),
        };
        var told = new List<Effect>();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        stop.CancelAfter(TimeSpan.FromSeconds(60));
        using var heard = new SemaphoreSlim(0);
        using var host = new UdpHost(new Endpoint(setup), (_, effects) =>
        {
            lock (told)
            {
                told.AddRange(effects);
            }

            heard.Release();
        });
        var run = host.RunAsync(stop.Token);
        using var peer = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        peer.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var esp = new byte[40];
        esp[3] = 1;
        peer.SendTo([0xff], setup.NatLocal);
        peer.SendTo(esp, setup.NatLocal);
        peer.SendTo([0, 0, 0, 0, .. new byte[28]], setup.NatLocal);
        for (var n = 0; n <= 8; n++)        // B-125: too short to have a marker, or anything behind it
        {
            peer.SendTo(new byte[n], setup.NatLocal);
        }

        for (var n = 0; n < 5; n++)
        {
            await heard.WaitAsync(stop.Token);
        }

        Assert.Equal(5, told.Count);
        Assert.All(told, e => Assert.IsType<Effect.Rejected>(e));
        await stop.CancelAsync();
        await run;
    }
}
