using System.Collections.Immutable;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;
using RefIke.Engine;
using RefIke.Wire;

namespace RefIke.Cli.Hosting;

/// <summary>
/// An endpoint on two UDP sockets, the IKE port and the NAT traversal port: a loop around one state variable. Time is
/// the process's own monotone clock. On the NAT port IKE stands behind four zero octets (RFC 3948 §2.2).
/// </summary>
internal sealed class UdpHost : IDisposable
{
    private readonly Endpoint endpoint;
    private readonly Action<UdpHost, ImmutableArray<Effect>> told;
    private readonly Action<IPEndPoint, IPEndPoint, byte[]>? wire;
    private readonly Socket ike;
    private readonly Socket nat;

    private readonly Channel<Input> inputs = Channel.CreateUnbounded<Input>();

    private readonly long start = Stopwatch.GetTimestamp();

    /// <summary>An endpoint on its ports.</summary>
    /// <param name="told">
    /// Hears of every step's effects before anything is sent, so that two hosts' tellings stand in causal order.
    /// </param>
    /// <param name="wire">Sees every datagram, from and to whom.</param>
    /// <exception cref="BadInputException">A port cannot be had.</exception>
    public UdpHost(
        Endpoint endpoint, Action<UdpHost, ImmutableArray<Effect>> told,
        Action<IPEndPoint, IPEndPoint, byte[]>? wire = null)
    {
        (this.endpoint, this.told, this.wire) = (endpoint, told, wire);
        ike = Bind(endpoint.Setup.Local);
        try
        {
            nat = Bind(endpoint.Setup.NatLocal);
        }
        catch
        {
            ike.Dispose();
            throw;
        }
    }

    public EndpointState State { get; private set; } = EndpointState.Empty;

    public Instant Now => new((long)Stopwatch.GetElapsedTime(start).TotalMilliseconds);

    public void Order(Input order) => Post(order);

    /// <summary>Steps through whatever comes, until stopped.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        var receivers = Task.WhenAll(
            ReceiveAsync(ike, endpoint.Setup.Local, false, stop),
            ReceiveAsync(nat, endpoint.Setup.NatLocal, true, stop));
        HostTurns turns = default;
        while (!stop.IsCancellationRequested && !receivers.IsFaulted)
        {
            var due = State.DueTimer(Now);
            (var turn, turns) = turns.Next(inputs.Reader.TryPeek(out _), due is not null);
            switch (turn)
            {
                case HostTurn.Take when inputs.Reader.TryRead(out var input):
                    Step(input);
                    break;
                case HostTurn.Fire:
                    Step(new Input.TimerFired(due!.Value));
                    break;
                default:
                    await WaitAsync(stop);
                    break;
            }
        }

        await receivers;
    }

    /// <summary>
    /// Once it runs no more: tells every peer that the SAs are gone (RFC 2408 §3.15), the pairs while their ISAKMP SA
    /// still stands, then that. A Delete is never answered, so nothing is awaited.
    /// </summary>
    public void Leave()
    {
        foreach (var spi in State.Pairs.Keys)
        {
            Step(new Input.DeletePair(spi));
        }

        foreach (var entry in State.Isakmp.Values.Where(e => e.Established is not null))
        {
            Step(new Input.DeleteIsakmp(entry.Own));
        }
    }

    public void Dispose()
    {
        ike.Dispose();
        nat.Dispose();
    }

    private void Post(Input input)
    {
        if (HostTurns.Admits(inputs.Reader.Count, input is Input.DatagramArrived))
        {
            inputs.Writer.TryWrite(input);
        }
    }

    private static Socket Bind(IPEndPoint local)
    {
        var socket = new Socket(local.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        try
        {
            socket.Bind(local);
            return socket;
        }
        catch (SocketException e)
        {
            socket.Dispose();
            throw new BadInputException($"cannot listen on {local}: " + e.SocketErrorCode switch
            {
                SocketError.AddressAlreadyInUse => "the port is taken",
                SocketError.AccessDenied => "no permission; ports below 1024 need root, or choose others in [endpoint]",
                SocketError.AddressNotAvailable => "no address of this machine",
                _ => e.Message,
            });
        }
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

    /// <summary>
    /// On the NAT port what has no marker is ESP or a keepalive, and neither is IKE's (RFC 3948 §2.2, §2.3; D-179).
    /// </summary>
    [Clause("3948-2.2-01")]
    [Clause("3948-2.3-01")]
    [Clause("3948-4-02")]
    private async Task ReceiveAsync(Socket socket, IPEndPoint local, bool marked, CancellationToken stop)
    {
        var buffer = new byte[65536];
        var isV6 = local.AddressFamily == AddressFamily.InterNetworkV6;
        var any = new IPEndPoint(isV6 ? IPAddress.IPv6Any : IPAddress.Any, 0);
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
                    Post(new Input.DatagramArrived(local, remote, octets));
                }
                else if (octets.Length > 4 && octets.AsSpan(0, 4).IndexOfAnyExcept((byte)0) < 0)
                {
                    Post(new Input.DatagramArrived(local, remote, octets[4..]));
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

    [Clause("3948-2.2-01")]
    private void Step(Input input)
    {
        var (state, effects) = endpoint.Step(State, Now, input);
        State = state;
        told(this, effects);
        foreach (var effect in effects)
        {
            if (effect is Effect.Send send)
            {
                var fromNat = send.Local.Equals(endpoint.Setup.NatLocal);
                Send(send.Local, send.Remote, fromNat ? [0, 0, 0, 0, .. send.Datagram.Span] : send.Datagram.ToArray());
            }
            else if (effect is Effect.Keepalive alive)
            {
                Send(alive.Local, alive.Remote, [0xff]);
            }
        }
    }

    private void Send(IPEndPoint local, IPEndPoint remote, byte[] octets)
    {
        wire?.Invoke(local, remote, octets);     // before its answer can come
        try
        {
            (local.Equals(endpoint.Setup.NatLocal) ? nat : ike).SendTo(octets, remote);
        }
        catch (SocketException)
        {
            // unreachable now; retransmission tries again
        }
    }
}
