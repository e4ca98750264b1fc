using Org.BouncyCastle.Crypto.Engines;

namespace RefIke.Crypto.Ciphers;

/// <summary>
/// Blowfish-CBC with 16 rounds (RFC 2451): blocks of 8 octets, keys of 40 to 448 bits; 448 where phase 1 carries no Key
/// Length (RFC 2409 App. B), not the 128 that RFC 2451 §2.2 names for ESP. Weak keys exist, keys that put an entry
/// twice into one S-box, but show only in the key's S-boxes, which the library does not give out (RFC 2451 §2.3), so
/// none is looked for.
/// </summary>
internal static class Blowfish
{
    public static CipherFamily Family { get; } =
        new("Blowfish-CBC", 8, CipherFamily.Octets(40, 448), () => new BlowfishEngine())
        {
            DefaultKeyBits = 448,
            PopularKeyBits = [128, 448],
        };
}
