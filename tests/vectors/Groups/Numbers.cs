using System.Numerics;

namespace RefIke.Vectors.Tests.Groups;

/// <summary>Numbers as octets and back, big-endian.</summary>
internal static class Numbers
{
    public static BigInteger Number(ReadOnlySpan<byte> octets) => new(octets, isUnsigned: true, isBigEndian: true);

    public static BigInteger Number(string hex)
        => Number(Convert.FromHexString(hex.ReplaceLineEndings("").Replace(" ", "", StringComparison.Ordinal)));

    /// <summary>As long as wanted, with zeros in front (RFC 2409 §5).</summary>
    public static byte[] Octets(this BigInteger number, int length)
    {
        var octets = number.ToByteArray(isUnsigned: true, isBigEndian: true);
        return [.. new byte[length - octets.Length], .. octets];
    }

    /// <summary>
    /// BouncyCastle's test with a chance of error below 4^-5; the numbers here are published, not chosen against it.
    /// </summary>
    public static bool IsProbablyPrime(this BigInteger number)
        => new Org.BouncyCastle.Math.BigInteger(1, number.ToByteArray(isUnsigned: true, isBigEndian: true))
            .IsProbablePrime(10);
}
