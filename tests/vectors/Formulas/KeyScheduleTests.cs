using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using RefIke.Crypto;
using Xunit;

namespace RefIke.Vectors.Tests.Formulas;

/// <summary>
/// Every formula of RFC 2409 §5 and Appendix B against its transcription over another library, on octets at random.
/// </summary>
public sealed class KeyScheduleTests
{
    private static readonly KeySchedule F = KeySchedule.Rfc2409;

    /// <summary>
    /// The octets that one run of the formulas needs. Lengths are those of the wire, and beyond (nonces: RFC 2409 §5).
    /// </summary>
    internal sealed record Inputs(
        HashFunction Hash, byte[] psk, byte[] g_xi, byte[] g_xr, byte[] g_xy, byte[] CKY_I, byte[] CKY_R, byte[] Ni_b,
        byte[] Nr_b, byte[] SAi_b, byte[] ID_b, byte[] rest, byte[] SPI, uint M_ID)
    {
        public Prf Prf => Prf.Of(Hash);

        public Transcription T => new(Hash.Name);

        public override string ToString()
            => $"{Hash}, psk {psk.Length}, g^xy {g_xy.Length}, Ni {Ni_b.Length}, Nr {Nr_b.Length}, SA {SAi_b.Length}, "
                + $"rest {rest.Length}, M-ID {M_ID:x8}";
    }

    private static readonly Arbitrary<Inputs> Any = Arb.From(
        from hash in Gen.Elements(Algorithms.Hashes)
        from psk in Some.Octets(0, 200)
        from length in Gen.Elements(24, 66, 96, 128, 256)
        from g_xi in Some.Octets(length)
        from g_xr in Some.Octets(length)
        from g_xy in Gen.OneOf(Some.Octets(length), Some.Octets(length - 2).Select(o => (byte[])[0, 0, .. o]))
        from CKY_I in Some.Octets(8)
        from CKY_R in Some.Octets(8)
        from Ni_b in Some.Octets(8, 256)
        from Nr_b in Some.Octets(8, 256)
        from SAi_b in Some.Octets(8, 300)
        from ID_b in Some.Octets(4, 40)
        from rest in Some.Octets(0, 300)
        from SPI in Some.Octets(4)
        from M_ID in Some.Octets(4)
        select new Inputs(hash, psk, g_xi, g_xr, g_xy, CKY_I, CKY_R, Ni_b, Nr_b, SAi_b, ID_b, rest, SPI,
            BitConverter.ToUInt32(M_ID)));

    /// <summary>§5: SKEYID for each authentication method, SKEYID_d, SKEYID_a, SKEYID_e.</summary>
    [Property]
    public Property SkeyidsAreTheTranscription() => Prop.ForAll(Any, v =>
    {
        var (p, t, psk, g_xy) = (v.Prf, v.T, Secret.Of(v.psk), Secret.Of(v.g_xy));
        Same(t.SKEYID_PreSharedKey(v.psk, v.Ni_b, v.Nr_b), F.SKEYID_PreSharedKey(p, psk, v.Ni_b, v.Nr_b));
        Same(t.SKEYID_Signatures(v.g_xy, v.Ni_b, v.Nr_b), F.SKEYID_Signatures(p, g_xy, v.Ni_b, v.Nr_b));
        Same(t.SKEYID_PublicKeyEncryption(v.Ni_b, v.Nr_b, v.CKY_I, v.CKY_R),
            F.SKEYID_PublicKeyEncryption(p, v.Hash, v.Ni_b, v.Nr_b, v.CKY_I, v.CKY_R));
        var SKEYID = t.SKEYID_PreSharedKey(v.psk, v.Ni_b, v.Nr_b);
        var d = t.SKEYID_d(SKEYID, v.g_xy, v.CKY_I, v.CKY_R);
        var a = t.SKEYID_a(SKEYID, d, v.g_xy, v.CKY_I, v.CKY_R);
        Same(d, F.SKEYID_d(p, Secret.Of(SKEYID), g_xy, v.CKY_I, v.CKY_R));
        Same(a, F.SKEYID_a(p, Secret.Of(SKEYID), Secret.Of(d), g_xy, v.CKY_I, v.CKY_R));
        Same(t.SKEYID_e(SKEYID, a, v.g_xy, v.CKY_I, v.CKY_R),
            F.SKEYID_e(p, Secret.Of(SKEYID), Secret.Of(a), g_xy, v.CKY_I, v.CKY_R));
    });

    /// <summary>§5, §5.5, §5.7: HASH_I, HASH_R, HASH(1), HASH(2), HASH(3).</summary>
    [Property]
    public Property HashesAreTheTranscription() => Prop.ForAll(Any, v =>
    {
        var (p, t, key) = (v.Prf, v.T, Secret.Of(v.psk));
        Assert.Equal(t.HASH_I(v.psk, v.g_xi, v.g_xr, v.CKY_I, v.CKY_R, v.SAi_b, v.ID_b),
            F.HASH_I(p, key, v.g_xi, v.g_xr, v.CKY_I, v.CKY_R, v.SAi_b, v.ID_b));
        Assert.Equal(t.HASH_R(v.psk, v.g_xr, v.g_xi, v.CKY_R, v.CKY_I, v.SAi_b, v.ID_b),
            F.HASH_R(p, key, v.g_xr, v.g_xi, v.CKY_R, v.CKY_I, v.SAi_b, v.ID_b));
        Assert.Equal(t.HASH_1(v.psk, v.M_ID, v.rest), F.HASH_1(p, key, v.M_ID, v.rest));
        Assert.Equal(t.HASH_2(v.psk, v.M_ID, v.Ni_b, v.rest), F.HASH_2(p, key, v.M_ID, v.Ni_b, v.rest));
        Assert.Equal(t.HASH_3(v.psk, v.M_ID, v.Ni_b, v.Nr_b), F.HASH_3(p, key, v.M_ID, v.Ni_b, v.Nr_b));
    });

    /// <summary>§5.5: KEYMAT with and without PFS, from one octet to many times K1, for any protocol.</summary>
    [Property]
    public Property KeymatIsTheTranscription(bool pfs, byte protocol, byte length) => Prop.ForAll(Any, v =>
    {
        var g_qm_xy = pfs ? v.g_xy : null;
        Same(v.T.KEYMAT(v.psk, g_qm_xy, protocol, v.SPI, v.Ni_b, v.Nr_b, length + 1),
            F.KEYMAT(v.Prf, Secret.Of(v.psk), pfs ? Secret.Of(v.g_xy) : null, protocol, v.SPI, v.Ni_b, v.Nr_b,
                length + 1));
    });

    /// <summary>App. B: IVs of phase 1 and of phase 2 exchanges, for blocks of 8 and 16 octets.</summary>
    [Property]
    public Property IvsAreTheTranscription() => Prop.ForAll(Any, v =>
    {
        foreach (var block in new[] { 8, 16 })
        {
            Assert.Equal(v.T.Phase1Iv(v.g_xi, v.g_xr, block), F.Phase1Iv(v.Hash, v.g_xi, v.g_xr, block));
            Assert.Equal(v.T.Phase2Iv(v.rest, v.M_ID, block), F.Phase2Iv(v.Hash, v.rest, v.M_ID, block));
        }
    });

    /// <summary>
    /// App. B: Ka is SKEYID_e cut or expanded, for every cipher but DES and every hash; 3DES with MD5 or SHA-1 and
    /// AES-256 with SHA-1 are the pairs that need more than SKEYID_e has.
    /// </summary>
    [Property]
    public Property KaIsTheTranscription() => Prop.ForAll(Any, v =>
    {
        var SKEYID_e = v.T.Hash(v.rest);
        foreach (var cipher in Algorithms.Ciphers.Where(c => c != Cipher.Des))
        {
            Same(v.T.Ka(SKEYID_e, cipher.KeyLength), F.Ka(v.Prf, Secret.Of(SKEYID_e), cipher));
        }
    });

    /// <summary>
    /// App. B spelled out for the pairs that expand: K1 = prf(SKEYID_e, 0) with one octet 0, and SKEYID_e itself is no
    /// part of Ka.
    /// </summary>
    [Theory]
    [InlineData("MD5", "3DES-CBC", 2)]
    [InlineData("SHA-1", "3DES-CBC", 2)]
    [InlineData("MD5", "AES-CBC-192", 2)]
    [InlineData("SHA-1", "AES-CBC-192", 2)]
    [InlineData("MD5", "AES-CBC-256", 2)]
    [InlineData("SHA-1", "AES-CBC-256", 2)]
    public void ShortSkeyidIsExpanded(string hash, string cipher, int parts)
    {
        var prf = Prf.Of(Algorithms.Hash(hash));
        byte[] SKEYID_e = [.. Enumerable.Range(1, prf.Length).Select(n => (byte)n)];
        var K1 = prf.Compute(SKEYID_e, [0]);
        var K2 = prf.Compute(SKEYID_e, K1);
        var length = Algorithms.Cipher(cipher).KeyLength;
        Assert.Equal(parts, (length + prf.Length - 1) / prf.Length);
        Same([.. K1, .. K2[..(length - K1.Length)]], F.Ka(prf, Secret.Of(SKEYID_e), Algorithms.Cipher(cipher)));
    }

    private static void Same(byte[] expected, Secret computed)
        => Assert.Equal(Convert.ToHexStringLower(expected), Convert.ToHexStringLower(computed.Reveal()));
}
