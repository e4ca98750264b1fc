using System.Net;
using RefIke.Engine;

namespace RefIke.Cli.Hosting;

/// <summary>The files that a live peer was asked to write; each is there only where it was asked for.</summary>
internal sealed class LiveOutputs(LiveFiles files) : IDisposable
{
    private readonly PcapFile? pcap = files.Pcap is { } p ? new PcapFile(p) : null;
    private readonly KeyLogFile? keys = files.KeyLog is { } k ? new KeyLogFile(k) : null;
    private readonly EspKeyLogFile? espKeys = files.EspKeyLog is { } e ? new EspKeyLogFile(e) : null;
    private readonly TraceFile? trace = files.Trace is { } t ? new TraceFile(t) : null;
    private readonly EventsFile? events = files.Events is { } v ? new EventsFile(v) : null;

    /// <summary>What takes every packet; null where no capture was asked for.</summary>
    public Action<IPEndPoint, IPEndPoint, byte[]>? Packet => pcap is null ? null : pcap.Write;

    /// <summary>The setup with what the key log must be told from inside.</summary>
    public EndpointSetup Watched(EndpointSetup setup)
        => keys is null ? setup : setup with { DiffieHellman = keys.Logging(setup.DiffieHellman) };

    public void Write(Instant now, Effect effect)
    {
        keys?.Write(effect);
        espKeys?.Write(effect);
        trace?.Write(now, effect);
        events?.Write(now, effect);
    }

    public void Dispose()
    {
        events?.Dispose();
        trace?.Dispose();
        espKeys?.Dispose();
        keys?.Dispose();
        pcap?.Dispose();
    }
}
