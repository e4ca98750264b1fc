using Org.BouncyCastle.Crypto;

namespace RefIke.Crypto.Ciphers;

/// <summary>
/// AES-CBC (RFC 3602): blocks of 16 octets, keys of 128, 192 or 256 bits. The Key Length attribute must be there in
/// both phases (RFC 3602 §5.3), so there is no default. No weak keys are known (RFC 3602 §2.3).
/// </summary>
internal static class Aes
{
    public static CipherFamily Family { get; } = new("AES-CBC", 16, [128, 192, 256], AesUtilities.CreateEngine);
}
