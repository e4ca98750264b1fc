using System.Collections.Immutable;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;
using RefIke.Engine;
using RefIke.Wire;

namespace RefIke.Cli.Hosting;

/// <summary>
/// An endpoint on two UDP sockets, the IKE port and the NAT traversal port: a loop around one state variable. Time is the
/// process's own monotone clock. On the NAT port IKE stands behind four zero octets (RFC 3948 §2.2).
/// </summary>
internal sealed class UdpHost(Endpoint endpoint, Action<UdpHost, ImmutableArray<Effect>> told, Action<IPEndPoint, IPEndPoint, byte[]>? wire = null)
    : IDisposable
{
    private readonly Socket ike = Bind(endpoint.Setup.Local);
    private readonly Socket nat = Bind(endpoint.Setup.NatLocal);
    private readonly Channel<Input> inputs = Channel.CreateBounded<Input>(
        new BoundedChannelOptions(4096) { FullMode = BoundedChannelFullMode.DropWrite });    // a flood costs datagrams, not memory
    private readonly long start = Stopwatch.GetTimestamp();

    public EndpointState State { get; private set; } = EndpointState.Empty;

    public Instant Now => new((long)Stopwatch.GetElapsedTime(start).TotalMilliseconds);

    public void Order(Input order) => inputs.Writer.TryWrite(order);

    public async Task RunAsync(CancellationToken stop)
    {
        var receivers = Task.WhenAll(ReceiveAsync(ike, endpoint.Setup.Local, false, stop), ReceiveAsync(nat, endpoint.Setup.NatLocal, true, stop));
        while (!stop.IsCancellationRequested)
        {
            if (inputs.Reader.TryRead(out var input))
            {
                Step(input);
            }
            else if (State.NextTimer is { } timer && timer.Due <= Now)
            {
                Step(new Input.TimerFired(timer.Timer));
            }
            else
            {
                await WaitAsync(stop);
            }
        }

        await receivers;
    }

    public void Dispose()
    {
        ike.Dispose();
        nat.Dispose();
    }

    private static Socket Bind(IPEndPoint local)
    {
        var socket = new Socket(local.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(local);
        return socket;
    }

    /// <summary>Until an input comes or the next timer is due.</summary>
    private async Task WaitAsync(CancellationToken stop)
    {
        var wait = State.NextTimer is { } t ? Math.Clamp(t.Due.Milliseconds - Now.Milliseconds, 1, 60_000) : 60_000;
        using var due = CancellationTokenSource.CreateLinkedTokenSource(stop);
        due.CancelAfter(TimeSpan.FromMilliseconds(wait));
        try
        {
            await inputs.Reader.WaitToReadAsync(due.Token);
        }
        catch (OperationCanceledException)
        {
            // a timer is due, or the end
        }
    }

    private async Task ReceiveAsync(Socket socket, IPEndPoint local, bool marked, CancellationToken stop)
    {
        var buffer = new byte[65536];
        var any = new IPEndPoint(local.AddressFamily == AddressFamily.InterNetworkV6 ? IPAddress.IPv6Any : IPAddress.Any, 0);
        while (!stop.IsCancellationRequested)
        {
            try
            {
                var got = await socket.ReceiveFromAsync(buffer, any, stop);
                var remote = (IPEndPoint)got.RemoteEndPoint;
                var octets = buffer[..got.ReceivedBytes];
                wire?.Invoke(remote, local, octets);
                if (!marked)
                {
                    inputs.Writer.TryWrite(new Input.DatagramArrived(local, remote, octets));
                }
                else if (octets.Length > 4 && octets.AsSpan(0, 4).IndexOfAnyExcept((byte)0) < 0)
                {
                    inputs.Writer.TryWrite(new Input.DatagramArrived(local, remote, octets[4..]));
                }
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (SocketException)
            {
                // the peer's host answered that nobody listens; retransmission goes on
            }
        }
    }

    private void Step(Input input)
    {
        var (state, effects) = endpoint.Step(State, Now, input);
        State = state;
        told(this, effects);    // before anything is sent, so that two hosts' tellings stand in causal order
        foreach (var send in effects.OfType<Effect.Send>())
        {
            var fromNat = send.Local.Equals(endpoint.Setup.NatLocal);
            byte[] octets = fromNat ? [0, 0, 0, 0, .. send.Datagram.Span] : send.Datagram.ToArray();
            try
            {
                (fromNat ? nat : ike).SendTo(octets, send.Remote);
                wire?.Invoke(send.Local, send.Remote, octets);
            }
            catch (SocketException)
            {
                // unreachable now; retransmission tries again
            }
        }
    }
}
