using System.Buffers.Binary;
using System.Security.Cryptography;
using RefIke.Wire;

namespace RefIke.Exploration.Monitors;

/// <summary>
/// The formulas of RFC 2409 §5, §5.5 and Appendix B, written down a second time over System.Security.Cryptography: nothing of
/// RefIke.Crypto computes here.
/// </summary>
/// <param name="hash">The negotiated hash; prf is its HMAC (RFC 2409 §4).</param>
internal sealed class PlainFormulas(HashAlgorithmName hash)
{
    /// <summary>With the hash of this name; null where .NET has it not, as Tiger.</summary>
    public static PlainFormulas? With(string hash) => hash switch
    {
        "MD5" => new(HashAlgorithmName.MD5),
        "SHA-1" => new(HashAlgorithmName.SHA1),
        "SHA-256" => new(HashAlgorithmName.SHA256),
        "SHA-384" => new(HashAlgorithmName.SHA384),
        "SHA-512" => new(HashAlgorithmName.SHA512),
        _ => null,
    };

    /// <summary>§5: SKEYID, by method; null where a method has no formula, or the pre-shared key is missing.</summary>
    public byte[]? SKEYID(AuthenticationMethod method, byte[]? psk, byte[] g_xy, byte[] Ni_b, byte[] Nr_b, byte[] CKY_I, byte[] CKY_R)
    {
        switch (method)
        {
            case AuthenticationMethod.PreSharedKey:
            case AuthenticationMethod.XauthInitPreShared or AuthenticationMethod.XauthRespPreShared:
                return psk is null ? null : Prf(psk, Ni_b, Nr_b);

            case AuthenticationMethod.DssSignatures or AuthenticationMethod.RsaSignatures:
            case AuthenticationMethod.EcdsaP256 or AuthenticationMethod.EcdsaP384 or AuthenticationMethod.EcdsaP521:
            case AuthenticationMethod.HybridInitRsa or AuthenticationMethod.HybridRespRsa:
            case AuthenticationMethod.HybridInitDss or AuthenticationMethod.HybridRespDss:
            case AuthenticationMethod.XauthInitDss or AuthenticationMethod.XauthRespDss:
            case AuthenticationMethod.XauthInitRsa or AuthenticationMethod.XauthRespRsa:
                return Prf([.. Ni_b, .. Nr_b], g_xy);

            case AuthenticationMethod.RsaEncryption or AuthenticationMethod.RevisedRsaEncryption:
            case AuthenticationMethod.XauthInitRsaEncryption or AuthenticationMethod.XauthRespRsaEncryption:
            case AuthenticationMethod.XauthInitRevisedRsaEncryption or AuthenticationMethod.XauthRespRevisedRsaEncryption:
                return Prf(Hash(Ni_b, Nr_b), CKY_I, CKY_R);

            default:
                return null;
        }
    }

    /// <summary>§5.</summary>
    public byte[] SKEYID_d(byte[] SKEYID, byte[] g_xy, byte[] CKY_I, byte[] CKY_R) => Prf(SKEYID, g_xy, CKY_I, CKY_R, [0]);

    /// <summary>§5.</summary>
    public byte[] SKEYID_a(byte[] SKEYID, byte[] SKEYID_d, byte[] g_xy, byte[] CKY_I, byte[] CKY_R)
        => Prf(SKEYID, SKEYID_d, g_xy, CKY_I, CKY_R, [1]);

    /// <summary>§5.</summary>
    public byte[] SKEYID_e(byte[] SKEYID, byte[] SKEYID_a, byte[] g_xy, byte[] CKY_I, byte[] CKY_R)
        => Prf(SKEYID, SKEYID_a, g_xy, CKY_I, CKY_R, [2]);

    /// <summary>§5, of the initiator; the responder's is the same with each pair of values the other way round.</summary>
    public byte[] HASH_I(byte[] SKEYID, byte[] g_xi, byte[] g_xr, byte[] CKY_I, byte[] CKY_R, byte[] SAi_b, byte[] IDii_b)
        => Prf(SKEYID, g_xi, g_xr, CKY_I, CKY_R, SAi_b, IDii_b);

    /// <summary>§5.</summary>
    public byte[] HASH_R(byte[] SKEYID, byte[] g_xr, byte[] g_xi, byte[] CKY_R, byte[] CKY_I, byte[] SAi_b, byte[] IDir_b)
        => Prf(SKEYID, g_xr, g_xi, CKY_R, CKY_I, SAi_b, IDir_b);

    /// <summary>§5.5.</summary>
    public byte[] HASH_1(byte[] SKEYID_a, uint M_ID, byte[] rest) => Prf(SKEYID_a, FourOctets(M_ID), rest);

    /// <summary>§5.5.</summary>
    public byte[] HASH_2(byte[] SKEYID_a, uint M_ID, byte[] Ni_b, byte[] rest) => Prf(SKEYID_a, FourOctets(M_ID), Ni_b, rest);

    /// <summary>§5.5.</summary>
    public byte[] HASH_3(byte[] SKEYID_a, uint M_ID, byte[] Ni_b, byte[] Nr_b) => Prf(SKEYID_a, [0], FourOctets(M_ID), Ni_b, Nr_b);

    /// <summary>§5.5: K1 | K2 | …, each K of the one before it and the same seed.</summary>
    /// <param name="g_qm_xy">Empty without PFS.</param>
    public byte[] KEYMAT(byte[] SKEYID_d, byte[] g_qm_xy, byte protocol, uint SPI, byte[] Ni_b, byte[] Nr_b, int length)
        => Chain(length, K => Prf(SKEYID_d, K, g_qm_xy, [protocol], FourOctets(SPI), Ni_b, Nr_b), []);

    /// <summary>App. B: SKEYID_e itself where it is long enough, else K1 | K2 | … with K1 = prf(SKEYID_e, 0).</summary>
    /// <param name="isDes">App. B: of DES the first eight octets that are no weak and no semi-weak key.</param>
    public byte[] Ka(byte[] SKEYID_e, int length, bool isDes)
        => isDes ? SKEYID_e.Chunk(8).First(K => K.Length == 8 && !DES.IsWeakKey(K) && !DES.IsSemiWeakKey(K))
            : SKEYID_e.Length >= length ? SKEYID_e[..length] : Chain(length, K => Prf(SKEYID_e, K), [0]);

    /// <summary>App. B.</summary>
    public byte[] Phase1Iv(byte[] g_xi, byte[] g_xr, int block) => Hash(g_xi, g_xr)[..block];

    /// <summary>App. B.</summary>
    public byte[] Phase2Iv(byte[] lastPhase1Block, uint M_ID, int block) => Hash(lastPhase1Block, FourOctets(M_ID))[..block];

    private byte[] Hash(params byte[][] parts) => CryptographicOperations.HashData(hash, parts.SelectMany(p => p).ToArray());

    private byte[] Prf(byte[] key, params byte[][] parts) => CryptographicOperations.HmacData(hash, key, parts.SelectMany(p => p).ToArray());

    private static byte[] Chain(int length, Func<byte[], byte[]> next, byte[] before)
    {
        byte[] all = [];
        for (var K = next(before); all.Length < length; K = next(K))
        {
            all = [.. all, .. K];
        }

        return all[..length];
    }

    private static byte[] FourOctets(uint number)
    {
        var octets = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(octets, number);
        return octets;
    }
}
