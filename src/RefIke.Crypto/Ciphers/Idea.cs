using System.Buffers.Binary;
using Org.BouncyCastle.Crypto.Engines;

namespace RefIke.Crypto.Ciphers;

/// <summary>
/// IDEA-CBC (RFC 2451): blocks of 8 octets, keys of 128 bits and no Key Length. Its weak keys (RFC 2451 §2.3 points at
/// Daemen, Govaerts and Vandewalle, Crypto '93) make multiplications of all rounds ones by 1 or -1, so that a
/// difference or a parity of the plaintext comes out of all eight rounds with certainty. Three such classes are looked
/// for, the largest of either kind and the one that the textbooks print; a random key is in none of them but with a
/// chance below 2^-92. Larger classes that cost an attacker more (2^51 keys in the same paper and others since) are not
/// looked for.
/// </summary>
internal static class Idea
{
    /// <summary>
    /// For each class the key bits that are all zero, bit 0 of the key on the left. They follow from IDEA's key
    /// schedule: each subkey that the difference or parity meets in a multiplication has its 15 upper bits zero.
    /// </summary>
    private static readonly UInt128[] ZeroBits =
    [
        // Difference 8000 in the second and fourth word; 35 bits are free.
        new(0xFFFFFFC0007FFFFF, 0xFF07FFFFFFF0001F),

        // Difference 8000 in the second and third word; 32 bits are free.
        new(0xFFFFFFFF807FFFFF, 0xFFFFFFF000000FFF),

        // The parity of the lowest bits of the first and third word; 23 bits are free.
        new(0xFFFFFFC7FFFFFFFF, 0xFF1FFFFFFFFE0000),
    ];

    public static CipherFamily Family { get; } = new("IDEA-CBC", 8, [128], () => new IdeaEngine()) { Weak = IsWeak };

    private static bool IsWeak(byte[] key)
    {
        var bits = BinaryPrimitives.ReadUInt128BigEndian(key);
        return ZeroBits.Any(zero => (bits & zero) == UInt128.Zero);
    }
}
