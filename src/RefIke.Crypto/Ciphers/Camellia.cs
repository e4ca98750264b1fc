using Org.BouncyCastle.Crypto.Engines;

namespace RefIke.Crypto.Ciphers;

/// <summary>
/// Camellia-CBC (RFC 3713, RFC 4312): blocks of 16 octets, keys of 128, 192 or 256 bits. Like AES it must carry its Key
/// Length in both phases. No weak keys are known.
/// </summary>
internal static class Camellia
{
    public static CipherFamily Family { get; } = new("Camellia-CBC", 16, [128, 192, 256], () => new CamelliaEngine());
}
