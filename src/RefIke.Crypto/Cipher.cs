using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Engines;
using Org.BouncyCastle.Crypto.Modes;
using Org.BouncyCastle.Crypto.Parameters;

namespace RefIke.Crypto;

/// <summary>A block cipher in CBC mode, as phase 1 negotiates it (RFC 2409 App. A, RFC 2405, RFC 2451, RFC 3602).</summary>
public sealed class Cipher
{
    private readonly Func<IBlockCipher> engine;

    private Cipher(string name, int blockLength, int keyLength, Func<IBlockCipher> engine)
        => (Name, BlockLength, KeyLength, this.engine) = (name, blockLength, keyLength, engine);

    /// <summary>DES: broken, here because RFC 2409 has it.</summary>
    public static Cipher Des { get; } = new("DES-CBC", 8, 8, () => new DesEngine());

    /// <summary>Triple DES with three keys.</summary>
    public static Cipher TripleDes { get; } = new("3DES-CBC", 8, 24, () => new DesEdeEngine());

    /// <summary>AES with 128-bit keys.</summary>
    public static Cipher Aes128 { get; } = new("AES-CBC-128", 16, 16, AesUtilities.CreateEngine);

    /// <summary>AES with 192-bit keys.</summary>
    public static Cipher Aes192 { get; } = new("AES-CBC-192", 16, 24, AesUtilities.CreateEngine);

    /// <summary>AES with 256-bit keys.</summary>
    public static Cipher Aes256 { get; } = new("AES-CBC-256", 16, 32, AesUtilities.CreateEngine);

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>Octets of a block, and of the IV.</summary>
    public int BlockLength { get; }

    /// <summary>Octets of the key.</summary>
    public int KeyLength { get; }

    /// <summary>Encrypts whole blocks.</summary>
    public byte[] Encrypt(Secret key, ReadOnlySpan<byte> iv, ReadOnlySpan<byte> plaintext) => Run(true, key, iv, plaintext);

    /// <summary>Decrypts whole blocks.</summary>
    public byte[] Decrypt(Secret key, ReadOnlySpan<byte> iv, ReadOnlySpan<byte> ciphertext) => Run(false, key, iv, ciphertext);

    /// <inheritdoc/>
    public override string ToString() => Name;

    private byte[] Run(bool encrypt, Secret key, ReadOnlySpan<byte> iv, ReadOnlySpan<byte> input)
    {
        if (input.Length % BlockLength != 0)
        {
            throw new ArgumentException($"not whole blocks of {BlockLength} octets", nameof(input));
        }

        var cbc = new CbcBlockCipher(engine());
        cbc.Init(encrypt, new ParametersWithIV(new KeyParameter(key.Reveal().ToArray()), iv.ToArray()));
        var (from, to) = (input.ToArray(), new byte[input.Length]);
        for (var at = 0; at < from.Length; at += BlockLength)
        {
            cbc.ProcessBlock(from, at, to, at);
        }

        return to;
    }
}
