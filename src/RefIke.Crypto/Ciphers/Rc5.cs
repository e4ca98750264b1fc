using Org.BouncyCastle.Crypto.Engines;
using Org.BouncyCastle.Crypto.Parameters;

namespace RefIke.Crypto.Ciphers;

/// <summary>
/// RC5-R16-B64-CBC (RFC 2040, RFC 2451): 16 rounds and blocks of 64 bits, both fixed (RFC 2409 App. B); keys of 40 to
/// 2040 bits, 128 where phase 1 carries no Key Length. No weak keys are known with 16 rounds (RFC 2451 §2.3).
/// </summary>
// clause 2409-B-11
internal static class Rc5
{
    private const int Rounds = 16;

    public static CipherFamily Family { get; } =
        new("RC5-R16-B64-CBC", 8, CipherFamily.Octets(40, 2040), () => new RC532Engine())
        {
            DefaultKeyBits = 128,
            PopularKeyBits = [40, 128, 160],
            Key = key => new RC5Parameters(key, Rounds),
        };
}
