using System.Buffers.Binary;

namespace RefIke.Crypto;

/// <summary>
/// The formulas of RFC 2409 §5 and RFC 2409 App. B, spelled as RFC 2409 §3.2 spells them. Suffix _b: a payload's body
/// without its generic header.
/// Each is virtual, so that one can be replaced where an endpoint is set up.
/// </summary>
public class KeySchedule
{
    /// <summary>As the RFC has them.</summary>
    public static KeySchedule Rfc2409 { get; } = new();

    /// <summary>§5, pre-shared keys: SKEYID = prf(pre-shared-key, Ni_b | Nr_b).</summary>
    // clause 2409-5-15
    public virtual Secret SKEYID_PreSharedKey(Prf prf, Secret psk, ReadOnlySpan<byte> Ni_b, ReadOnlySpan<byte> Nr_b)
        => Secret.Of(prf.Compute(psk.Reveal(), [.. Ni_b, .. Nr_b]));

    /// <summary>§5, signatures: SKEYID = prf(Ni_b | Nr_b, g^xy).</summary>
    public virtual Secret SKEYID_Signatures(Prf prf, Secret g_xy, ReadOnlySpan<byte> Ni_b, ReadOnlySpan<byte> Nr_b)
        => Secret.Of(prf.Compute([.. Ni_b, .. Nr_b], g_xy.Reveal()));

    /// <summary>§5, public key encryption: SKEYID = prf(hash(Ni_b | Nr_b), CKY-I | CKY-R).</summary>
    public virtual Secret SKEYID_PublicKeyEncryption(Prf prf, HashFunction hash, ReadOnlySpan<byte> Ni_b, ReadOnlySpan<byte> Nr_b,
        ReadOnlySpan<byte> CKY_I, ReadOnlySpan<byte> CKY_R)
        => Secret.Of(prf.Compute(hash.Compute([.. Ni_b, .. Nr_b]), [.. CKY_I, .. CKY_R]));

    /// <summary>§5: SKEYID_d = prf(SKEYID, g^xy | CKY-I | CKY-R | 0).</summary>
    // clause 2409-5-16
    public virtual Secret SKEYID_d(Prf prf, Secret SKEYID, Secret g_xy, ReadOnlySpan<byte> CKY_I, ReadOnlySpan<byte> CKY_R)
        => Secret.Of(prf.Compute(SKEYID.Reveal(), [.. g_xy.Reveal(), .. CKY_I, .. CKY_R, 0]));

    /// <summary>§5: SKEYID_a = prf(SKEYID, SKEYID_d | g^xy | CKY-I | CKY-R | 1).</summary>
    public virtual Secret SKEYID_a(
        Prf prf, Secret SKEYID, Secret SKEYID_d, Secret g_xy, ReadOnlySpan<byte> CKY_I, ReadOnlySpan<byte> CKY_R)
        => Secret.Of(prf.Compute(SKEYID.Reveal(), [.. SKEYID_d.Reveal(), .. g_xy.Reveal(), .. CKY_I, .. CKY_R, 1]));

    /// <summary>§5: SKEYID_e = prf(SKEYID, SKEYID_a | g^xy | CKY-I | CKY-R | 2).</summary>
    public virtual Secret SKEYID_e(
        Prf prf, Secret SKEYID, Secret SKEYID_a, Secret g_xy, ReadOnlySpan<byte> CKY_I, ReadOnlySpan<byte> CKY_R)
        => Secret.Of(prf.Compute(SKEYID.Reveal(), [.. SKEYID_a.Reveal(), .. g_xy.Reveal(), .. CKY_I, .. CKY_R, 2]));

    /// <summary>§5: HASH_I = prf(SKEYID, g^xi | g^xr | CKY-I | CKY-R | SAi_b | IDii_b).</summary>
    // clause 2409-5-17
    public virtual byte[] HASH_I(Prf prf, Secret SKEYID, ReadOnlySpan<byte> g_xi, ReadOnlySpan<byte> g_xr,
        ReadOnlySpan<byte> CKY_I, ReadOnlySpan<byte> CKY_R, ReadOnlySpan<byte> SAi_b, ReadOnlySpan<byte> IDii_b)
        => prf.Compute(SKEYID.Reveal(), [.. g_xi, .. g_xr, .. CKY_I, .. CKY_R, .. SAi_b, .. IDii_b]);

    /// <summary>§5: HASH_R = prf(SKEYID, g^xr | g^xi | CKY-R | CKY-I | SAi_b | IDir_b).</summary>
    // clause 2409-5-18
    public virtual byte[] HASH_R(Prf prf, Secret SKEYID, ReadOnlySpan<byte> g_xr, ReadOnlySpan<byte> g_xi,
        ReadOnlySpan<byte> CKY_R, ReadOnlySpan<byte> CKY_I, ReadOnlySpan<byte> SAi_b, ReadOnlySpan<byte> IDir_b)
        => prf.Compute(SKEYID.Reveal(), [.. g_xr, .. g_xi, .. CKY_R, .. CKY_I, .. SAi_b, .. IDir_b]);

    /// <summary>§5.5, §5.7: HASH(1) = prf(SKEYID_a, M-ID | all that follows the HASH payload).</summary>
    // clause 2409-5.5-11
    public virtual byte[] HASH_1(Prf prf, Secret SKEYID_a, uint M_ID, ReadOnlySpan<byte> rest)
        => prf.Compute(SKEYID_a.Reveal(), [.. Octets(M_ID), .. rest]);

    /// <summary>§5.5: HASH(2) = prf(SKEYID_a, M-ID | Ni_b | all that follows the HASH payload).</summary>
    // clause 2409-5.5-12
    public virtual byte[] HASH_2(Prf prf, Secret SKEYID_a, uint M_ID, ReadOnlySpan<byte> Ni_b, ReadOnlySpan<byte> rest)
        => prf.Compute(SKEYID_a.Reveal(), [.. Octets(M_ID), .. Ni_b, .. rest]);

    /// <summary>§5.5: HASH(3) = prf(SKEYID_a, 0 | M-ID | Ni_b | Nr_b).</summary>
    // clause 2409-5.5-13
    public virtual byte[] HASH_3(Prf prf, Secret SKEYID_a, uint M_ID, ReadOnlySpan<byte> Ni_b, ReadOnlySpan<byte> Nr_b)
        => prf.Compute(SKEYID_a.Reveal(), [0, .. Octets(M_ID), .. Ni_b, .. Nr_b]);

    /// <summary>
    /// §5.5: KEYMAT = K1 | K2 | …, K1 = prf(SKEYID_d, [g(qm)^xy |] protocol | SPI | Ni_b | Nr_b), Kn with Kn-1 in front.
    /// </summary>
    /// <param name="g_qm_xy">The Quick Mode's own shared secret, or null without PFS.</param>
    /// <param name="length">Octets wanted.</param>
    // clause 2409-5.5-15, clause 2409-5.5-16
    public virtual Secret KEYMAT(Prf prf, Secret SKEYID_d, Secret? g_qm_xy, byte protocol, ReadOnlySpan<byte> SPI,
        ReadOnlySpan<byte> Ni_b, ReadOnlySpan<byte> Nr_b, int length)
    {
        byte[] seed = [.. g_qm_xy is null ? [] : g_qm_xy.Reveal(), protocol, .. SPI, .. Ni_b, .. Nr_b];
        var keymat = new List<byte>();
        byte[] K = [];
        while (keymat.Count < length)
        {
            K = prf.Compute(SKEYID_d.Reveal(), [.. K, .. seed]);
            keymat.AddRange(K);
        }

        return Secret.Of(keymat.ToArray().AsSpan(0, length));
    }

    /// <summary>Appendix B: the key of the cipher that protects the ISAKMP SA, from SKEYID_e.</summary>
    // clause 2409-B-02, clause 2409-B-10
    public virtual Secret Ka(Prf prf, Secret SKEYID_e, Cipher cipher) => CipherKeys.Ka(prf, SKEYID_e, cipher);

    /// <summary>Appendix B: phase 1's first IV, hash(g^xi | g^xr) cut to the block.</summary>
    // clause 2409-B-03
    public virtual byte[] Phase1Iv(HashFunction hash, ReadOnlySpan<byte> g_xi, ReadOnlySpan<byte> g_xr, int blockLength)
        => Iv.Phase1(hash, g_xi, g_xr, blockLength);

    /// <summary>Appendix B: a phase 2 exchange's first IV, hash(last phase 1 CBC block | M-ID) cut to the block.</summary>
    // clause 2409-B-07
    public virtual byte[] Phase2Iv(HashFunction hash, ReadOnlySpan<byte> lastPhase1Block, uint M_ID, int blockLength)
        => Iv.Phase2(hash, lastPhase1Block, M_ID, blockLength);

    private static byte[] Octets(uint M_ID)
    {
        var octets = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(octets, M_ID);
        return octets;
    }
}
