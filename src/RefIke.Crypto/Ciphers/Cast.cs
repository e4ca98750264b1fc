using Org.BouncyCastle.Crypto.Engines;

namespace RefIke.Crypto.Ciphers;

/// <summary>
/// CAST-128-CBC (RFC 2144, RFC 2451): blocks of 8 octets, keys of 40 to 128 bits, 128 where phase 1 carries no Key
/// Length (RFC 2409 App. B). Up to 80 bits it has 12 rounds, above them 16 (RFC 2451 §2.5); a short key is filled with
/// zeros on its right (§2.2). No weak keys are known (§2.3).
/// </summary>
internal static class Cast
{
    public static CipherFamily Family { get; } =
        new("CAST-CBC", 8, CipherFamily.Octets(40, 128), () => new Cast5Engine())
        {
            DefaultKeyBits = 128,
            PopularKeyBits = [40, 64, 80, 128],
        };
}
