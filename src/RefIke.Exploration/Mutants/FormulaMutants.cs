using RefIke.Crypto;
using static RefIke.Exploration.Mutants.Seam;

namespace RefIke.Exploration.Mutants;

/// <summary>A formula of RFC 2409 §5 or App. B, substituted at one end.</summary>
internal static class FormulaMutants
{
    public static IEnumerable<Mutant> All =>
    [
        Formula("M-61", "SKEYID with Nr before Ni", "2409-5-15", new NoncesSwapped()),
        Formula("M-62", "SKEYID_a computed without SKEYID_d in front", "2409-5-16", new NoSkeyidD()),
        Formula("M-63", "the constants 0, 1, 2 as four octets", "2409-5-16", new LongConstants()),
        Formula("M-64", "g^xy with its leading zeros removed", "2409-5-16", new NoLeadingZeros()),
        Formula("M-66", "Ka's expansion starts at K1 = SKEYID_e instead of prf(SKEYID_e, 0)", "2409-B-02", new ExpansionFromSkeyidE()),
        Formula("M-67", "Ka expanded though SKEYID_e is long enough", "2409-B-02", new ExpansionAlways()),
        Formula("M-69", "SAi_b left out of HASH_I and HASH_R", "2409-5-17", new NoSa()),
        Formula("M-70", "phase 1 IV with g^xr before g^xi", "2409-B-03", new IvSwapped()),
        Formula("M-71", "IV cut from the end of the hash", "2409-B-03", new IvFromEnd()),
        Formula("M-74", "KEYMAT without g(qm)^xy though KE was exchanged", "2409-5.5-15", new NoPfs()),
        Formula("M-75", "K2 computed without K1 in front", "2409-5.5-16", new NoFeedback()),
        Formula("M-77", "protocol octet in KEYMAT is ISAKMP's", "2409-5.5-15", new OtherProtocol()),
        Formula("M-83", "HASH_I computed with the generic header of the identity", "2409-5-17", new IdWithHeader()),
        Formula("M-104", "HASH(2) without Ni_b", "2409-5.5-12", new NoNonceInHash2()),
        Formula("M-105", "HASH(3) without the leading zero octet", "2409-5.5-13", new NoZeroInHash3()),
        Formula("M-111", "the HASH of New Group Mode over the SA without its generic header", "2409-5.6-02", new SaWithoutHeader()),
        Formula("M-901", "phase 2 IV without the message id", "2409-B-07", new IvWithoutId()),
        Formula("M-902", "KEYMAT without the SPI of its destination", "2409-5.5-15", new KeymatWithoutSpi()),
    ];

    private sealed class NoncesSwapped : KeySchedule
    {
        public override Secret SKEYID_PreSharedKey(Prf prf, Secret psk, ReadOnlySpan<byte> Ni_b, ReadOnlySpan<byte> Nr_b)
            => base.SKEYID_PreSharedKey(prf, psk, Nr_b, Ni_b);
    }

    private sealed class NoSkeyidD : KeySchedule
    {
        public override Secret SKEYID_a(
            Prf prf, Secret SKEYID, Secret SKEYID_d, Secret g_xy, ReadOnlySpan<byte> CKY_I, ReadOnlySpan<byte> CKY_R)
            => base.SKEYID_a(prf, SKEYID, Secret.Of([]), g_xy, CKY_I, CKY_R);
    }

    private sealed class LongConstants : KeySchedule
    {
        public override Secret SKEYID_d(Prf prf, Secret SKEYID, Secret g_xy, ReadOnlySpan<byte> CKY_I, ReadOnlySpan<byte> CKY_R)
            => base.SKEYID_d(prf, SKEYID, g_xy, CKY_I, [.. CKY_R, 0, 0, 0]);
    }

    private sealed class NoLeadingZeros : KeySchedule
    {
        public override Secret SKEYID_d(Prf prf, Secret SKEYID, Secret g_xy, ReadOnlySpan<byte> CKY_I, ReadOnlySpan<byte> CKY_R)
            => base.SKEYID_d(prf, SKEYID, Secret.Of(g_xy.Reveal().TrimStart((byte)0)), CKY_I, CKY_R);
    }

    private sealed class ExpansionFromSkeyidE : KeySchedule
    {
        public override Secret Ka(Prf prf, Secret SKEYID_e, Cipher cipher)
            => SKEYID_e.Length >= cipher.KeyLength
                ? base.Ka(prf, SKEYID_e, cipher)
                : Secret.Of([.. SKEYID_e.Reveal(), .. prf.Compute(SKEYID_e.Reveal(), SKEYID_e.Reveal())]).Take(cipher.KeyLength);
    }

    private sealed class ExpansionAlways : KeySchedule
    {
        public override Secret Ka(Prf prf, Secret SKEYID_e, Cipher cipher)
            => SKEYID_e.Length < cipher.KeyLength
                ? base.Ka(prf, SKEYID_e, cipher)
                : Secret.Of(prf.Compute(SKEYID_e.Reveal(), [0])).Take(cipher.KeyLength);
    }

    private sealed class NoPfs : KeySchedule
    {
        public override Secret KEYMAT(Prf prf, Secret SKEYID_d, Secret? g_qm_xy, byte protocol, ReadOnlySpan<byte> SPI,
            ReadOnlySpan<byte> Ni_b, ReadOnlySpan<byte> Nr_b, int length)
            => base.KEYMAT(prf, SKEYID_d, null, protocol, SPI, Ni_b, Nr_b, length);
    }

    private sealed class IdWithHeader : KeySchedule
    {
        public override byte[] HASH_I(Prf prf, Secret SKEYID, ReadOnlySpan<byte> g_xi, ReadOnlySpan<byte> g_xr,
            ReadOnlySpan<byte> CKY_I, ReadOnlySpan<byte> CKY_R, ReadOnlySpan<byte> SAi_b, ReadOnlySpan<byte> IDii_b)
            => base.HASH_I(prf, SKEYID, g_xi, g_xr, CKY_I, CKY_R, SAi_b, [8, 0, 0, (byte)(IDii_b.Length + 4), .. IDii_b]);
    }

    private sealed class NoSa : KeySchedule
    {
        public override byte[] HASH_I(Prf prf, Secret SKEYID, ReadOnlySpan<byte> g_xi, ReadOnlySpan<byte> g_xr,
            ReadOnlySpan<byte> CKY_I, ReadOnlySpan<byte> CKY_R, ReadOnlySpan<byte> SAi_b, ReadOnlySpan<byte> IDii_b)
            => base.HASH_I(prf, SKEYID, g_xi, g_xr, CKY_I, CKY_R, [], IDii_b);
    }

    private sealed class IvSwapped : KeySchedule
    {
        public override byte[] Phase1Iv(HashFunction hash, ReadOnlySpan<byte> g_xi, ReadOnlySpan<byte> g_xr, int blockLength)
            => base.Phase1Iv(hash, g_xr, g_xi, blockLength);
    }

    private sealed class IvFromEnd : KeySchedule
    {
        public override byte[] Phase1Iv(HashFunction hash, ReadOnlySpan<byte> g_xi, ReadOnlySpan<byte> g_xr, int blockLength)
            => hash.Compute([.. g_xi, .. g_xr])[^blockLength..];
    }

    private sealed class IvWithoutId : KeySchedule
    {
        public override byte[] Phase2Iv(HashFunction hash, ReadOnlySpan<byte> lastPhase1Block, uint M_ID, int blockLength)
            => base.Phase2Iv(hash, lastPhase1Block, 0, blockLength);
    }

    private sealed class KeymatWithoutSpi : KeySchedule
    {
        public override Secret KEYMAT(Prf prf, Secret SKEYID_d, Secret? g_qm_xy, byte protocol, ReadOnlySpan<byte> SPI,
            ReadOnlySpan<byte> Ni_b, ReadOnlySpan<byte> Nr_b, int length)
            => base.KEYMAT(prf, SKEYID_d, g_qm_xy, protocol, [], Ni_b, Nr_b, length);
    }

    private sealed class NoFeedback : KeySchedule
    {
        public override Secret KEYMAT(Prf prf, Secret SKEYID_d, Secret? g_qm_xy, byte protocol, ReadOnlySpan<byte> SPI,
            ReadOnlySpan<byte> Ni_b, ReadOnlySpan<byte> Nr_b, int length)
        {
            var k1 = base.KEYMAT(prf, SKEYID_d, g_qm_xy, protocol, SPI, Ni_b, Nr_b, prf.Length).Reveal();
            var keymat = new byte[length];
            for (var i = 0; i < length; i++)
            {
                keymat[i] = k1[i % k1.Length];
            }

            return Secret.Of(keymat);
        }
    }

    private sealed class OtherProtocol : KeySchedule
    {
        public override Secret KEYMAT(Prf prf, Secret SKEYID_d, Secret? g_qm_xy, byte protocol, ReadOnlySpan<byte> SPI,
            ReadOnlySpan<byte> Ni_b, ReadOnlySpan<byte> Nr_b, int length)
            => base.KEYMAT(prf, SKEYID_d, g_qm_xy, 1, SPI, Ni_b, Nr_b, length);
    }

    private sealed class NoNonceInHash2 : KeySchedule
    {
        public override byte[] HASH_2(Prf prf, Secret SKEYID_a, uint M_ID, ReadOnlySpan<byte> Ni_b, ReadOnlySpan<byte> rest)
            => base.HASH_2(prf, SKEYID_a, M_ID, [], rest);
    }

    /// <summary>In New Group Mode alone an SA, and nothing else, follows HASH(1): its DOI and situation are both 1.</summary>
    private sealed class SaWithoutHeader : KeySchedule
    {
        private const int GenericHeader = 4;

        public override byte[] HASH_1(Prf prf, Secret SKEYID_a, uint M_ID, ReadOnlySpan<byte> rest)
            => base.HASH_1(prf, SKEYID_a, M_ID, IsSaAlone(rest) ? rest[GenericHeader..] : rest);

        private static bool IsSaAlone(ReadOnlySpan<byte> rest)
            => rest.Length > 12 && rest[0] == 0 && rest[GenericHeader..12].SequenceEqual<byte>([0, 0, 0, 1, 0, 0, 0, 1]);
    }

    private sealed class NoZeroInHash3 : KeySchedule
    {
        public override byte[] HASH_3(Prf prf, Secret SKEYID_a, uint M_ID, ReadOnlySpan<byte> Ni_b, ReadOnlySpan<byte> Nr_b)
            => base.HASH_2(prf, SKEYID_a, M_ID, Ni_b, Nr_b);
    }
}
