using Org.BouncyCastle.Crypto.Engines;

namespace RefIke.Crypto.Ciphers;

/// <summary>
/// DES-CBC (RFC 2405) and 3DES-CBC (RFC 2451): blocks of 8 octets, keys of 8 and of 24 octets with parity bits that
/// nobody looks at. Which keys are weak: <see cref="WeakKeys"/>.
/// </summary>
internal static class Des
{
    public static CipherFamily Single { get; } = new("DES-CBC", 8, [64], () => new DesEngine())
    {
        Weak = key => WeakKeys.IsWeak(key),
    };

    public static CipherFamily Triple { get; } = new("3DES-CBC", 8, [192], () => new DesEdeEngine())
    {
        Weak = key => WeakKeys.IsSingleDes(key),
    };
}
