using System.Buffers.Binary;
using Org.BouncyCastle.Math;

namespace RefIke.Crypto.Keys;

/// <summary>
/// Octets drawn from a seed, the same ones each time: HMAC-SHA-256(seed, label | 0), HMAC-SHA-256(seed, label | 1), …
/// with a counter of four octets. Where the seed is random so are they.
/// </summary>
internal sealed class OctetStream(ReadOnlySpan<byte> seed, ReadOnlySpan<byte> label)
{
    private readonly byte[] seed = seed.ToArray();
    private readonly byte[] label = label.ToArray();
    private byte[] block = [];
    private int used;
    private uint counter;

    /// <summary>The next octet.</summary>
    public byte Next()
    {
        if (used == block.Length)
        {
            var count = new byte[4];
            BinaryPrimitives.WriteUInt32BigEndian(count, counter++);
            (block, used) = (Prf.HmacSha256.Compute(seed, [.. label, .. count]), 0);
        }

        return block[used++];
    }

    /// <summary>The next octets.</summary>
    public byte[] Take(int length)
    {
        var octets = new byte[length];
        for (var at = 0; at < length; at++)
        {
            octets[at] = Next();
        }

        return octets;
    }

    /// <summary>A number of exactly so many bits, the two highest set.</summary>
    public BigInteger Number(int bits)
    {
        var octets = Take((bits + 7) / 8);
        return new BigInteger(1, octets).Mod(BigInteger.One.ShiftLeft(bits)).SetBit(bits - 1).SetBit(bits - 2);
    }

    /// <summary>A number from 1 to n-1, evenly spread but for one part in 2^64.</summary>
    public BigInteger Below(BigInteger n)
        => new BigInteger(1, Take(((n.BitLength + 7) / 8) + 8)).Mod(n.Subtract(BigInteger.One)).Add(BigInteger.One);
}
