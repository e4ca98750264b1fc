using System.Collections.Frozen;

namespace RefIke.Crypto;

/// <summary>
/// DES keys that must not be used (RFC 2409 App. A, §4): the list as printed there, and the true weak keys that its
/// second and third entries seem to be meant for (D-25). And 3DES keys that are no more than DES (RFC 2451 §2.3).
/// </summary>
public static class WeakKeys
{
    private static readonly FrozenSet<ulong> Weak = new ulong[]
    {
        0x0101010101010101, 0x1F1F1F1FE0E0E0E0, 0xE0E0E0E01F1F1F1F, 0xFEFEFEFEFEFEFEFE,
        0x1F1F1F1F0E0E0E0E, 0xE0E0E0E0F1F1F1F1,
        0x01FE01FE01FE01FE, 0x1FE01FE00EF10EF1, 0x01E001E001F101F1, 0x1FFE1FFE0EFE0EFE, 0x011F011F010E010E, 0xE0FEE0FEF1FEF1FE,
        0xFE01FE01FE01FE01, 0xE01FE01FF10EF10E, 0xE001E001F101F101, 0xFE1FFE1FFE0EFE0E, 0x1F011F010E010E01, 0xFEE0FEE0FEF1FEF1,
    }.Select(WithoutParity).ToFrozenSet();

    /// <summary>Whether eight octets are a weak or semi-weak DES key; parity bits do not count.</summary>
    // clause 2409-4-10
    public static bool IsWeak(ReadOnlySpan<byte> desKey)
        => Weak.Contains(WithoutParity(System.Buffers.Binary.BinaryPrimitives.ReadUInt64BigEndian(desKey)));

    /// <summary>
    /// Whether 24 octets as a 3DES key have K1 = K2 or K2 = K3, parity apart: the cipher is then DES with the key that
    /// is left, and RFC 2451 §2.3 wants it rejected (D-219). K1 = K3 is no such key.
    /// </summary>
    public static bool IsSingleDes(ReadOnlySpan<byte> tripleDesKey)
    {
        Span<ulong> k = stackalloc ulong[3];
        for (var i = 0; i < 3; i++)
        {
            k[i] = WithoutParity(System.Buffers.Binary.BinaryPrimitives.ReadUInt64BigEndian(tripleDesKey[(8 * i)..]));
        }

        return k[0] == k[1] || k[1] == k[2];
    }

    private static ulong WithoutParity(ulong key) => key & 0xFEFEFEFEFEFEFEFE;
}
