using System.Collections.Immutable;
using RefIke.Cli.Configuration;
using RefIke.Engine;

namespace RefIke.Cli.Hosting;

/// <summary>
/// The configuration of a live peer and the files that it writes; each may be left out but the first.
/// </summary>
/// <param name="For">How long it runs; null for ever.</param>
internal sealed record LiveFiles(
    string Config, string? Pcap, string? KeyLog, string? EspKeyLog, string? Trace, string? Events, TimeSpan? For);

/// <summary>
/// A real peer on real UDP ports, until stopped; its files are closed and its SAs deleted before it leaves.
/// </summary>
internal static class LivePeer
{
    /// <summary>Runs it.</summary>
    /// <param name="plan">What an initiator is to do, made for the configuration; null for a responder.</param>
    public static async Task<int> RunAsync(
        LiveFiles files, Func<EndpointSetup, InitiatorPlan>? plan, CancellationToken cancelled)
    {
        var setup = ConfigurationFile.Load(files.Config, new SystemRandomness()) with
        {
            UnixSecondsAtZero = DateTimeOffset.UtcNow.ToUnixTimeSeconds(),
        };
        var planned = plan?.Invoke(setup);
        if (WeakChoices.Warning(setup) is { } warning)
        {
            await Console.Error.WriteLineAsync(warning);
        }

        using var outputs = new LiveOutputs(files);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancelled);
        var run = new Run(planned, outputs, stop);
        using var peer = new UdpHost(new Endpoint(outputs.Watched(setup)), run.Told, outputs.Packet);
        Console.WriteLine($"listening on {setup.Local} and {setup.NatLocal}");
        if (files.For is { } time)
        {
            stop.CancelAfter(time);
        }

        foreach (var order in planned?.Begin() ?? [])
        {
            peer.Order(order);
        }

        await peer.RunAsync(stop.Token);
        planned?.End();
        peer.Leave();
        return planned is null ? ExitCodes.Held : planned.Held switch
        {
            true => ExitCodes.Held,
            false => ExitCodes.Failed,
            null => ExitCodes.Undecided,
        };
    }

    /// <summary>What is done with the effects of one run.</summary>
    private sealed class Run(InitiatorPlan? planned, LiveOutputs outputs, CancellationTokenSource stop)
    {
        private bool over;

        public void Told(UdpHost host, ImmutableArray<Effect> effects)
        {
            foreach (var effect in effects)
            {
                outputs.Write(host.Now, effect);
                if (EventLine.Of(effect) is { } line)
                {
                    Console.WriteLine($"{host.Now,10} {line}");
                }

                foreach (var (after, order) in planned?.Take(host.State, effect) ?? [])
                {
                    _ = LaterAsync(host, after, order);
                }
            }

            if (!over && planned is { IsOver: true })
            {
                over = true;
                stop.CancelAfter(TimeSpan.FromMilliseconds(500));   // late copies are still answered
            }
        }

        private async Task LaterAsync(UdpHost host, TimeSpan after, Func<EndpointState, Input?> order)
        {
            await Task.Delay(after, stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!stop.IsCancellationRequested && order(host.State) is { } due)
            {
                host.Order(due);
            }
        }
    }
}
