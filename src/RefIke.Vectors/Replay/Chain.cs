using System.Buffers.Binary;
using System.Collections.Immutable;

namespace RefIke.Vectors.Replay;

/// <summary>A chain of payloads, read by nothing but the generic header of RFC 2408 §3.2.</summary>
internal static class Chain
{
    /// <summary>The payloads' types and bodies in order; they end where Next Payload is zero.</summary>
    public static ImmutableArray<(byte Type, byte[] Body)> Read(byte first, ReadOnlySpan<byte> octets)
    {
        var payloads = ImmutableArray.CreateBuilder<(byte, byte[])>();
        for (var type = first; type != 0;)
        {
            int length = BinaryPrimitives.ReadUInt16BigEndian(octets[2..]);
            payloads.Add((type, octets[4..length].ToArray()));
            type = octets[0];
            octets = octets[length..];
        }

        return payloads.ToImmutable();
    }

    /// <summary>The names that the vector files use.</summary>
    public static string Names(IEnumerable<byte> types) => string.Join(' ', types.Select(t => t switch
    {
        1 => "SA",
        4 => "KE",
        5 => "ID",
        6 => "CERT",
        7 => "CR",
        8 => "HASH",
        9 => "SIG",
        10 => "NONCE",
        11 => "N",
        12 => "D",
        13 => "VID",
        14 => "ATTR",
        20 => "NAT-D",
        21 => "NAT-OA",
        132 => "FRAG",
        _ => throw new InvalidDataException($"payload {t} has no name in this format"),
    }));
}
