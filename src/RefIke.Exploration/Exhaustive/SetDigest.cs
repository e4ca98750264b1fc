using System.Buffers.Binary;
using System.Security.Cryptography;

namespace RefIke.Exploration.Exhaustive;

/// <summary>
/// SHA-256 over the digests of a set of states in their order, big-endian: it does not depend on who found which state when, and the
/// parts of a search that was split come to the same when they are joined.
/// </summary>
public static class SetDigest
{
    /// <summary>Sixty-four hexadecimal digits.</summary>
    /// <param name="sorted">The states' digests, each once, in rising order.</param>
    public static string Of(IEnumerable<UInt128> sorted)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> octets = stackalloc byte[16];
        foreach (var digest in sorted)
        {
            BinaryPrimitives.WriteUInt128BigEndian(octets, digest);
            hash.AppendData(octets);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
