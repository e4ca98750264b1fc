using System.Net;
using PacketDotNet;

namespace RefIke.Cli.Hosting;

/// <summary>
/// Datagrams as a capture: a classic pcap of raw IP packets that PacketDotNet builds. The file's 24 and 16 octet
/// headers are written here, as the kept library for them needs a native one that a fresh machine has not.
/// </summary>
internal sealed class PcapFile : IDisposable
{
    private const int RawIp = 101;
    private readonly BinaryWriter file;
    private readonly Func<DateTimeOffset> now;

    /// <param name="now">When a datagram is written: the time of day where nothing else is given.</param>
    /// <exception cref="BadInputException">The file cannot be written.</exception>
    public PcapFile(string path, Func<DateTimeOffset>? now = null)
    {
        this.now = now ?? (() => DateTimeOffset.UtcNow);
        file = new BinaryWriter(OutputFile.Create(path));
        file.Write(0xA1B2C3D4u);
        file.Write((ushort)2);
        file.Write((ushort)4);
        file.Write(0u);
        file.Write(0u);
        file.Write(65535u);
        file.Write((uint)RawIp);
        file.Flush();
    }

    public void Write(IPEndPoint from, IPEndPoint to, byte[] octets)
    {
        var udp = new UdpPacket((ushort)from.Port, (ushort)to.Port) { PayloadData = octets };
        IPPacket ip = from.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6
            ? new IPv6Packet(from.Address, to.Address)
            : new IPv4Packet(from.Address, to.Address) { TimeToLive = 64 };
        ip.PayloadPacket = udp;
        ip.UpdateCalculatedValues();
        udp.UpdateCalculatedValues();
        udp.UpdateUdpChecksum();
        (ip as IPv4Packet)?.UpdateIPChecksum();
        var bytes = ip.Bytes;
        lock (file)
        {
            var at = now();
            file.Write((uint)at.ToUnixTimeSeconds());
            file.Write((uint)(at.Ticks % TimeSpan.TicksPerSecond / 10));
            file.Write((uint)bytes.Length);
            file.Write((uint)bytes.Length);
            file.Write(bytes);
            file.Flush();
        }
    }

    public void Dispose() => file.Dispose();
}
