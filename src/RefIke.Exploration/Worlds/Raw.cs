using System.Buffers.Binary;
using RefIke.Wire;

namespace RefIke.Exploration.Worlds;

/// <summary>Datagrams that need not be messages, octet by octet.</summary>
internal static class Raw
{
    /// <summary>A copy with octets changed in place; the same datagram where it is too short for a header.</summary>
    public static Octets Changed(Octets datagram, Action<byte[]> change)
    {
        if (datagram.Length < Header.Size)
        {
            return datagram;
        }

        var octets = datagram.ToArray();
        change(octets);
        return octets;
    }

    /// <summary>Whether it is a message in clear; a fragment is not among them.</summary>
    public static bool IsClear(byte[] octets) => (octets[19] & 1) == 0 && octets[16] != (byte)PayloadType.Fragment;

    /// <summary>Of each payload of a clear message: where it starts and which type it has, as far as lengths lead.</summary>
    public static IEnumerable<(int At, PayloadType Type)> Payloads(byte[] octets)
    {
        var type = octets[16];
        for (var at = Header.Size; type != 0 && at + 4 <= octets.Length;)
        {
            yield return (at, (PayloadType)type);
            type = octets[at];
            var length = Length(octets, at);
            if (length < 4)
            {
                yield break;
            }

            at += length;
        }
    }

    /// <summary>Where the proposals of the first SA payload of a clear message start; with each where its transforms do.</summary>
    public static IEnumerable<(int At, int[] Transforms)> Proposals(byte[] octets)
    {
        if (!IsClear(octets) || octets[16] != (byte)PayloadType.SecurityAssociation || octets.Length < Header.Size + 4)
        {
            yield break;
        }

        var end = Math.Min(Header.Size + Length(octets, Header.Size), octets.Length);
        for (var at = Header.Size + 12; at + 8 <= end && Length(octets, at) >= 8; at += Length(octets, at))
        {
            var transforms = new List<int>();
            var last = Math.Min(at + Length(octets, at), end);
            for (var t = at + 8 + octets[at + 6]; t + 8 <= last && Length(octets, t) >= 8; t += Length(octets, t))
            {
                transforms.Add(t);
            }

            yield return (at, [.. transforms]);
        }
    }

    /// <summary>The length in a generic header.</summary>
    public static int Length(byte[] octets, int at) => BinaryPrimitives.ReadUInt16BigEndian(octets.AsSpan(at + 2));

    /// <summary>The Length of a message, as its header says.</summary>
    public static uint MessageLength(Octets datagram)
        => datagram.Length < Header.Size ? 0 : BinaryPrimitives.ReadUInt32BigEndian(datagram.Span[24..]);

    /// <summary>The same set.</summary>
    public static void SetMessageLength(byte[] octets, int length) => BinaryPrimitives.WriteUInt32BigEndian(octets.AsSpan(24), (uint)length);
}
