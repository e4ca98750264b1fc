namespace RefIke.Crypto.PublicKeyEncryption;

/// <summary>
/// The ephemeral keys of the revised mode, spelled as in RFC 2409 §5.3. Each is virtual, so that one can be replaced
/// where an endpoint is set up. All four must be dropped when the payloads are opened.
/// </summary>
public class RevisedKeySchedule
{
    /// <summary>As the RFC has them.</summary>
    public static RevisedKeySchedule Rfc2409 { get; } = new();

    /// <summary>Ne_i = prf(Ni_b, CKY-I).</summary>
    // clause 2409-5.3-03
    public virtual Secret Ne_i(Prf prf, Secret Ni_b, ReadOnlySpan<byte> CKY_I)
        => Secret.Of(prf.Compute(Ni_b.Reveal(), CKY_I));

    /// <summary>Ne_r = prf(Nr_b, CKY-R).</summary>
    public virtual Secret Ne_r(Prf prf, Secret Nr_b, ReadOnlySpan<byte> CKY_R)
        => Secret.Of(prf.Compute(Nr_b.Reveal(), CKY_R));

    /// <summary>
    /// Ke_i: the first octets of Ne_i, or where it is too short of K = K1 | K2 | …, K1 = prf(Ne_i, 0), Kn = prf(Ne_i,
    /// Kn-1). That is Appendix B with Ne_i for SKEYID_e, its test for weak keys included (D-113).
    /// </summary>
    // clause 2409-5.3-03
    public virtual Secret Ke_i(Prf prf, Secret Ne_i, Cipher cipher) => KeySchedule.Rfc2409.Ka(prf, Ne_i, cipher);

    /// <summary>Ke_r: as Ke_i, from Ne_r.</summary>
    public virtual Secret Ke_r(Prf prf, Secret Ne_r, Cipher cipher) => KeySchedule.Rfc2409.Ka(prf, Ne_r, cipher);
}
