using System.Buffers.Binary;
using System.Security.Cryptography;

namespace RefIke.Vectors.Tests.Formulas;

/// <summary>
/// The formulas of RFC 2409 §5 and Appendix B once more, over System.Security.Cryptography (Tiger: BouncyCastle): a
/// second path to every value, on which nothing of RefIke is called.
/// </summary>
internal sealed class Transcription(string hash)
{
    private readonly HashAlgorithmName name = new(hash switch
    {
        "MD5" or "md5" => "MD5",
        "SHA-1" or "sha1" => "SHA1",
        "SHA-256" or "sha256" => "SHA256",
        "SHA-384" or "sha384" => "SHA384",
        "SHA-512" or "sha512" => "SHA512",
        "Tiger" or "tiger" => "Tiger",
        _ => throw new ArgumentOutOfRangeException(nameof(hash), hash, "not a hash of this format"),
    });

    public byte[] Hash(params byte[][] parts)
        => name.Name == "Tiger" ? Tiger(Join(parts)) : CryptographicOperations.HashData(name, Join(parts));

    public byte[] Prf(byte[] key, params byte[][] parts)
        => name.Name == "Tiger" ? TigerHmac(key, Join(parts)) : CryptographicOperations.HmacData(name, key, Join(parts));

    // SKEYID, RFC 2409 §5.

    public byte[] SKEYID_PreSharedKey(byte[] psk, byte[] Ni_b, byte[] Nr_b) => Prf(psk, Ni_b, Nr_b);

    public byte[] SKEYID_Signatures(byte[] g_xy, byte[] Ni_b, byte[] Nr_b) => Prf(Join(Ni_b, Nr_b), g_xy);

    public byte[] SKEYID_PublicKeyEncryption(byte[] Ni_b, byte[] Nr_b, byte[] CKY_I, byte[] CKY_R)
        => Prf(Hash(Ni_b, Nr_b), CKY_I, CKY_R);

    public byte[] SKEYID_d(byte[] SKEYID, byte[] g_xy, byte[] CKY_I, byte[] CKY_R)
        => Prf(SKEYID, g_xy, CKY_I, CKY_R, [0]);

    public byte[] SKEYID_a(byte[] SKEYID, byte[] SKEYID_d, byte[] g_xy, byte[] CKY_I, byte[] CKY_R)
        => Prf(SKEYID, SKEYID_d, g_xy, CKY_I, CKY_R, [1]);

    public byte[] SKEYID_e(byte[] SKEYID, byte[] SKEYID_a, byte[] g_xy, byte[] CKY_I, byte[] CKY_R)
        => Prf(SKEYID, SKEYID_a, g_xy, CKY_I, CKY_R, [2]);

    // HASH payloads, RFC 2409 §5, §5.5, §5.7.

    public byte[] HASH_I(byte[] SKEYID, byte[] g_xi, byte[] g_xr, byte[] CKY_I, byte[] CKY_R, byte[] SAi_b,
        byte[] IDii_b)
        => Prf(SKEYID, g_xi, g_xr, CKY_I, CKY_R, SAi_b, IDii_b);

    public byte[] HASH_R(byte[] SKEYID, byte[] g_xr, byte[] g_xi, byte[] CKY_R, byte[] CKY_I, byte[] SAi_b,
        byte[] IDir_b)
        => Prf(SKEYID, g_xr, g_xi, CKY_R, CKY_I, SAi_b, IDir_b);

    public byte[] HASH_1(byte[] SKEYID_a, uint M_ID, byte[] rest) => Prf(SKEYID_a, Four(M_ID), rest);

    public byte[] HASH_2(byte[] SKEYID_a, uint M_ID, byte[] Ni_b, byte[] rest) => Prf(SKEYID_a, Four(M_ID), Ni_b, rest);

    public byte[] HASH_3(byte[] SKEYID_a, uint M_ID, byte[] Ni_b, byte[] Nr_b)
        => Prf(SKEYID_a, [0], Four(M_ID), Ni_b, Nr_b);

    // Keying material, RFC 2409 §5.5.

    public byte[] KEYMAT(byte[] SKEYID_d, byte[]? g_qm_xy, byte protocol, byte[] SPI, byte[] Ni_b, byte[] Nr_b,
        int length)
    {
        var seed = Join(g_qm_xy ?? [], [protocol], SPI, Ni_b, Nr_b);
        var K = Prf(SKEYID_d, seed);
        var keymat = K;
        while (keymat.Length < length)
        {
            K = Prf(SKEYID_d, K, seed);
            keymat = Join(keymat, K);
        }

        return keymat[..length];
    }

    // Appendix B.

    /// <summary>Ka for a cipher of this key length; for DES, eight octets, use <see cref="DesKa"/>.</summary>
    public byte[] Ka(byte[] SKEYID_e, int keyLength)
        => SKEYID_e.Length >= keyLength ? SKEYID_e[..keyLength] : Longer(SKEYID_e, keyLength);

    /// <summary>The first eight octets of SKEYID_e that are no weak key by this predicate.</summary>
    public byte[] DesKa(byte[] SKEYID_e, Func<byte[], bool> isWeak)
        => Windows(SKEYID_e).Concat(Windows(Longer(SKEYID_e, 64))).First(k => !isWeak(k));

    public byte[] Phase1Iv(byte[] g_xi, byte[] g_xr, int block) => Hash(g_xi, g_xr)[..block];

    public byte[] Phase2Iv(byte[] lastPhase1Block, uint M_ID, int block) => Hash(lastPhase1Block, Four(M_ID))[..block];

    public static byte[] Encrypt(byte[] key, int block, byte[] iv, byte[] clear)
    {
        using var cipher = Algorithm(key, block);
        return cipher.EncryptCbc(clear, iv, PaddingMode.None);
    }

    public static byte[] Decrypt(byte[] key, int block, byte[] iv, byte[] ciphertext)
    {
        using var cipher = Algorithm(key, block);
        return cipher.DecryptCbc(ciphertext, iv, PaddingMode.None);
    }

    public static byte[] Join(params byte[][] parts) => [.. parts.SelectMany(p => p)];

    /// <summary>.NET has no Tiger: the digest is BouncyCastle's, HMAC is written out (RFC 2104 §2).</summary>
    private static byte[] Tiger(byte[] octets)
    {
        var digest = new Org.BouncyCastle.Crypto.Digests.TigerDigest();
        digest.BlockUpdate(octets, 0, octets.Length);
        var result = new byte[digest.GetDigestSize()];
        digest.DoFinal(result, 0);
        return result;
    }

    private static byte[] TigerHmac(byte[] key, byte[] octets)
    {
        var short64 = key.Length > 64 ? Tiger(key) : key;
        byte[] block = [.. short64, .. new byte[64 - short64.Length]];
        byte[] Pad(byte with) => [.. block.Select(b => (byte)(b ^ with))];
        return Tiger([.. Pad(0x5c), .. Tiger([.. Pad(0x36), .. octets])]);
    }

    private static SymmetricAlgorithm Algorithm(byte[] key, int block)
    {
        SymmetricAlgorithm cipher = block == 16 ? Aes.Create() : key.Length == 8 ? DES.Create() : TripleDES.Create();
        cipher.Key = key;
        return cipher;
    }

    private byte[] Longer(byte[] SKEYID_e, int length)
    {
        var K = Prf(SKEYID_e, [0]);
        var Ka = K;
        while (Ka.Length < length)
        {
            K = Prf(SKEYID_e, K);
            Ka = Join(Ka, K);
        }

        return Ka[..length];
    }

    private static IEnumerable<byte[]> Windows(byte[] octets) => octets.Chunk(8).Where(c => c.Length == 8);

    private static byte[] Four(uint number)
    {
        var octets = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(octets, number);
        return octets;
    }
}
