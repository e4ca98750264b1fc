using System.Buffers.Binary;
using System.Net;
using PacketDotNet;
using RefIke.Wire;

namespace RefIke.Oracle.Captures;

/// <summary>A datagram of IKE as it was captured, without the non-ESP marker of port 4500 (RFC 3948 §2.2).</summary>
/// <param name="Frame">The number of its packet in the capture, from 1, as Wireshark counts.</param>
internal sealed record CapturedDatagram(int Frame, IPEndPoint From, IPEndPoint To, Octets Octets)
{
    /// <summary>When, in seconds since 1970.</summary>
    public long UnixSeconds { get; init; }
}

/// <summary>
/// IKE out of a classic pcap of either byte order; what is no UDP, ESP in UDP and keepalives (RFC 3948 §2.1, §2.3)
/// are left out.
/// </summary>
internal static class PcapReader
{
    private const int FileHeader = 24;
    private const int PacketHeader = 16;

    /// <exception cref="InvalidDataException">It is no classic pcap, or ends in the middle of a packet.</exception>
    public static IReadOnlyList<CapturedDatagram> Read(byte[] file)
    {
        var isLong = file.Length >= FileHeader;
        var isLittle = isLong && IsMagic(BinaryPrimitives.ReadUInt32LittleEndian(file));
        if (!isLittle && !(isLong && IsMagic(BinaryPrimitives.ReadUInt32BigEndian(file))))
        {
            throw new InvalidDataException("no classic pcap; pcapng is converted with editcap -F pcap");
        }

        var link = (LinkLayers)U32(20);
        var found = new List<CapturedDatagram>();
        for (var (at, frame) = (FileHeader, 1); at < file.Length; frame++)
        {
            if (file.Length - at < PacketHeader || U32(at + 8) > file.Length - at - PacketHeader)
            {
                throw new InvalidDataException($"packet {frame} is cut off");
            }

            var length = (int)U32(at + 8);
            var packet = Packet.ParsePacket(link, file[(at + PacketHeader)..(at + PacketHeader + length)]);
            if (Ike(packet, frame) is { } datagram)
            {
                found.Add(datagram with { UnixSeconds = U32(at) });
            }

            at += PacketHeader + length;
        }

        return found;

        uint U32(int offset) => isLittle
            ? BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(offset))
            : BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(offset));
    }

    /// <summary>Of a capture with microseconds, or with nanoseconds.</summary>
    private static bool IsMagic(uint first) => first is 0xA1B2C3D4 or 0xA1B23C4D;

    private static CapturedDatagram? Ike(Packet packet, int frame)
    {
        if (packet.Extract<UdpPacket>() is not { PayloadData: { Length: > 4 } data } udp
            || packet.Extract<IPPacket>() is not { } ip)
        {
            return null;
        }

        var from = new IPEndPoint(ip.SourceAddress, udp.SourcePort);
        var to = new IPEndPoint(ip.DestinationAddress, udp.DestinationPort);
        var isMarked = data.AsSpan(0, 4).IndexOfAnyExcept((byte)0) < 0;
        if (!isMarked && (from.Port == 4500 || to.Port == 4500))
        {
            return null;
        }

        var octets = isMarked ? data[4..] : data;
        return octets.Length >= Header.Size ? new(frame, from, to, octets) : null;
    }
}
