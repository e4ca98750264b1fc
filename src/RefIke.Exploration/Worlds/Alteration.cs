using RefIke.Wire;

namespace RefIke.Exploration.Worlds;

/// <summary>
/// A datagram with one bit changed: in the first cookie, the flags, the message id, the first three blocks, or the last octet. In CBC
/// that garbles one block and changes one bit of the next: with 8-octet blocks a HASH alone can be hit.
/// </summary>
internal static class Alteration
{
    private static readonly int[] Offsets = [0, 19, 23, 28 + 4, 28 + 8, 28 + 16, int.MaxValue];

    /// <summary>How many there are of one datagram.</summary>
    public static int Places => Offsets.Length;

    /// <summary>One of them.</summary>
    public static Octets Of(Octets datagram, int place)
    {
        var octets = datagram.ToArray();
        octets[Math.Min(Offsets[place], octets.Length - 1)] ^= 1;
        return octets;
    }
}
