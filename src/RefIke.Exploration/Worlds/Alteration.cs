using RefIke.Wire;

namespace RefIke.Exploration.Worlds;

/// <summary>
/// A datagram with one bit changed: in the first cookie, the flags (Encryption, and Commit), the message id, the first three blocks, or the last octet. In CBC
/// that garbles one block and changes one bit of the next: with 8-octet blocks a HASH alone can be hit.
/// </summary>
internal static class Alteration
{
    private const int Flags = 19;

    private static readonly (int Offset, byte Bit)[] All =
        [(0, 1), (Flags, 1), (23, 1), (28 + 4, 1), (28 + 8, 1), (28 + 16, 1), (int.MaxValue, 1), (Flags, 2)];

    /// <summary>How many there are of one datagram.</summary>
    public static int Places => All.Length;

    /// <summary>Whether it changes what a HASH could cover: not the Commit bit, nor any flag of a fragment, so nobody can tell.</summary>
    public static bool IsOfContent(Octets datagram, int place)
        => !(All[place] is (Flags, 2) || (All[place].Offset == Flags && datagram.Span[16] == (byte)PayloadType.Fragment));

    /// <summary>One of them.</summary>
    public static Octets Of(Octets datagram, int place)
    {
        var octets = datagram.ToArray();
        octets[Math.Min(All[place].Offset, octets.Length - 1)] ^= All[place].Bit;
        return octets;
    }
}
