using Org.BouncyCastle.Crypto.Modes;
using Org.BouncyCastle.Crypto.Parameters;

namespace RefIke.Crypto;

/// <summary>
/// A block cipher in CBC mode with keys of one length, as phase 1 negotiates it (RFC 2409 App. A, RFC 2405, RFC 2451,
/// RFC 3602, RFC 4312).
/// </summary>
public sealed class Cipher
{
    internal Cipher(CipherFamily family, int keyBits) => (Family, KeyLength) = (family, keyBits / 8);

    /// <summary>DES: broken, here because RFC 2409 has it.</summary>
    public static Cipher Des => CipherFamily.Des.With(64)!;

    /// <summary>Triple DES with three keys.</summary>
    public static Cipher TripleDes => CipherFamily.TripleDes.With(192)!;

    /// <summary>AES with 128-bit keys.</summary>
    public static Cipher Aes128 => CipherFamily.Aes.With(128)!;

    /// <summary>AES with 192-bit keys.</summary>
    public static Cipher Aes192 => CipherFamily.Aes.With(192)!;

    /// <summary>AES with 256-bit keys.</summary>
    public static Cipher Aes256 => CipherFamily.Aes.With(256)!;

    /// <summary>The algorithm.</summary>
    public CipherFamily Family { get; }

    /// <summary>Its name, with the key's bits where those are negotiated.</summary>
    public string Name => Family.IsVariable ? $"{Family.Name}-{8 * KeyLength}" : Family.Name;

    /// <summary>Octets of a block, and of the IV.</summary>
    public int BlockLength => Family.BlockLength;

    /// <summary>Octets of the key.</summary>
    public int KeyLength { get; }

    /// <summary>Encrypts whole blocks.</summary>
    public byte[] Encrypt(Secret key, ReadOnlySpan<byte> iv, ReadOnlySpan<byte> plaintext) => Run(true, key, iv, plaintext);

    /// <summary>Decrypts whole blocks.</summary>
    public byte[] Decrypt(Secret key, ReadOnlySpan<byte> iv, ReadOnlySpan<byte> ciphertext) => Run(false, key, iv, ciphertext);

    /// <summary>
    /// Whether a key is one that must or should not be used: DES by RFC 2409 App. A, 3DES and IDEA by RFC 2451 §2.3;
    /// false for ciphers in which no weak keys are known, and for Blowfish, whose weak keys show in its S-boxes alone.
    /// </summary>
    public bool IsWeakKey(Secret key) => Family.Weak(key.Reveal().ToArray());

    /// <inheritdoc/>
    public override string ToString() => Name;

    private byte[] Run(bool encrypt, Secret key, ReadOnlySpan<byte> iv, ReadOnlySpan<byte> input)
    {
        if (input.Length % BlockLength != 0)
        {
            throw new ArgumentException($"not whole blocks of {BlockLength} octets", nameof(input));
        }

        if (key.Length != KeyLength)
        {
            throw new ArgumentException($"not a key of {KeyLength} octets", nameof(key));
        }

        var cbc = new CbcBlockCipher(Family.Engine());
        cbc.Init(encrypt, new ParametersWithIV(Family.Key(key.Reveal().ToArray()), iv.ToArray()));
        var (from, to) = (input.ToArray(), new byte[input.Length]);
        for (var at = 0; at < from.Length; at += BlockLength)
        {
            cbc.ProcessBlock(from, at, to, at);
        }

        return to;
    }
}
