using RefIke.Crypto;
using RefIke.Wire;
using Xunit;

namespace RefIke.Vectors.Tests.Primitives;

/// <summary>SKEYID and what follows from it against NIST's answers (RFC 2409 §5).</summary>
public sealed class KeyingTests
{
    private static readonly KeySchedule Formulas = KeySchedule.Rfc2409;

    public static TheoryData<string, string> Cases => Case.All<KeyingCase>("keying-cavs.json", "keying-acvp.json");

    /// <summary>The formulas for pre-shared keys, signatures and public key encryption.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void KeyingGivesThePublishedAnswer(string file, string id)
    {
        var c = Case.Get<KeyingCase>(file, id);
        var hash = Algorithms.Hash(c.Hash);
        var prf = Prf.Of(hash);
        Secret SKEYID = Secret.Of(c.SKEYID.Span), g_xy = Secret.Of(c.g_xy.Span);
        ReadOnlySpan<byte> CKY_I = c.CKY_I.Span, CKY_R = c.CKY_R.Span, Ni_b = c.Ni_b.Span, Nr_b = c.Nr_b.Span;
        if ((c.Ni_bits ?? 0) % 8 == 0)
        {
            Same(c.SKEYID, c.Method switch
            {
                "preSharedKey" => Formulas.SKEYID_PreSharedKey(prf, Secret.Of(c.PreSharedKey!.Value.Span), Ni_b, Nr_b),
                "signatures" => Formulas.SKEYID_Signatures(prf, g_xy, Ni_b, Nr_b),
                "publicKeyEncryption" => Formulas.SKEYID_PublicKeyEncryption(prf, hash, Ni_b, Nr_b, CKY_I, CKY_R),
                _ => throw new InvalidDataException(c.Method),
            });
        }

        Same(c.SKEYID_d, Formulas.SKEYID_d(prf, SKEYID, g_xy, CKY_I, CKY_R));
        Same(c.SKEYID_a, Formulas.SKEYID_a(prf, SKEYID, Secret.Of(c.SKEYID_d.Span), g_xy, CKY_I, CKY_R));
        Same(c.SKEYID_e, Formulas.SKEYID_e(prf, SKEYID, Secret.Of(c.SKEYID_a.Span), g_xy, CKY_I, CKY_R));
    }

    /// <summary>
    /// All of NIST's cases that were chosen are there: three of each of 17 groups, for two methods, no id twice.
    /// </summary>
    [Fact]
    public void AllCasesAreThere()
    {
        var cases = KnownAnswers<KeyingCase>.Read("keying-cavs.json").Cases;
        Assert.Equal(
            (51, 51), (cases.Count(c => c.Method == "preSharedKey"), cases.Count(c => c.Method == "signatures")));
        Assert.Equal(102, cases.DistinctBy(c => c.Id).Count());
        Assert.Equal(["SHA-1", "SHA-256", "SHA-384", "SHA-512"], cases.Select(c => c.Hash).Distinct().Order());
    }

    private static void Same(Octets expected, Secret computed)
        => Assert.Equal(expected.ToHex(), Convert.ToHexStringLower(computed.Reveal()));
}
