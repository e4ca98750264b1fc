using System.Numerics;

namespace RefIke.Properties.Crypto;

/// <summary>Octets written as tests like to write them.</summary>
internal static class Octets
{
    /// <summary>Hexadecimal, white space ignored.</summary>
    public static byte[] Hex(string text)
        => Convert.FromHexString(string.Concat(text.Where(c => !char.IsWhiteSpace(c))));

    /// <summary>An unsigned big-endian number.</summary>
    public static BigInteger Number(ReadOnlySpan<byte> octets) => new(octets, isUnsigned: true, isBigEndian: true);

    /// <summary>A number as so many octets, zeros in front.</summary>
    public static byte[] Of(BigInteger number, int length)
    {
        var octets = number.ToByteArray(isUnsigned: true, isBigEndian: true);
        return [.. new byte[length - octets.Length], .. octets];
    }

    /// <summary>Octets that differ from test to test but not from run to run.</summary>
    public static byte[] Some(int length, int seed = 0)
        => [.. Enumerable.Range(0, length).Select(at => unchecked((byte)((at * 73) + (seed * 31) + 11)))];

    /// <summary>The same octets, one of them changed by an exclusive or.</summary>
    public static byte[] Changed(byte[] octets, int at, byte by)
    {
        var changed = octets.ToArray();
        changed[at] ^= by;
        return changed;
    }
}
