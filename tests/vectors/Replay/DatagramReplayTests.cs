using RefIke.Crypto;
using RefIke.Exchanges;
using RefIke.Exchanges.Negotiation;
using RefIke.Wire;
using Xunit;

namespace RefIke.Vectors.Tests.Replay;

/// <summary>
/// Every value and datagram of every vector through RefIke's own formulas, reader, writer and encryption.
/// </summary>
public sealed class DatagramReplayTests
{
    private static readonly KeySchedule F = KeySchedule.Rfc2409;

    public static TheoryData<string> Names => [.. VectorFolder.Exchanges.Select(v => v.Name)];

    /// <summary>RFC 2409 §5, App. B, by RefIke's KeySchedule.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    [Clause("2409-5-15")]
    [Clause("2409-5-16")]
    [Clause("2409-5.5-15")]
    [Clause("2409-5.5-16")]
    [Clause("2409-B-02")]
    [Clause("2409-B-03")]
    [Clause("2409-B-07")]
    public void KeyScheduleGivesEveryValue(string name)
    {
        var v = VectorFolder.Exchange(name);
        var (p, suite) = (v.Phase1, SuiteNames.Phase1(v.Phase1.Suite, v.Phase1.LifeSeconds)!);
        var (prf, SKEYID, g_xy) = (suite.Prf, Secret.Of(p.SKEYID.Span), Secret.Of(p.g_xy.Span));
        ReadOnlySpan<byte> CKY_I = p.CKY_I.Span, CKY_R = p.CKY_R.Span;
        var (SKEYID_d, SKEYID_a, SKEYID_e) =
            (Secret.Of(p.SKEYID_d.Span), Secret.Of(p.SKEYID_a.Span), Secret.Of(p.SKEYID_e.Span));
        Assert.Equal(SKEYID, F.SKEYID_PreSharedKey(prf, Secret.Of(v.Inputs.PreSharedKey.Span), p.Ni_b.Span,
            p.Nr_b.Span));
        Assert.Equal(SKEYID_d, F.SKEYID_d(prf, SKEYID, g_xy, CKY_I, CKY_R));
        Assert.Equal(SKEYID_a, F.SKEYID_a(prf, SKEYID, SKEYID_d, g_xy, CKY_I, CKY_R));
        Assert.Equal(SKEYID_e, F.SKEYID_e(prf, SKEYID, SKEYID_a, g_xy, CKY_I, CKY_R));
        Assert.Equal(Secret.Of(p.Ka.Span), F.Ka(prf, SKEYID_e, suite.Cipher));
        Assert.Equal(p.Iv, F.Phase1Iv(suite.Hash, p.g_xi.Span, p.g_xr.Span, suite.Cipher.BlockLength));
        Assert.Equal(p.HASH_I, F.HASH_I(prf, SKEYID, p.g_xi.Span, p.g_xr.Span, CKY_I, CKY_R, p.SAi_b.Span,
            p.IDii_b.Span));
        Assert.Equal(p.HASH_R, F.HASH_R(prf, SKEYID, p.g_xr.Span, p.g_xi.Span, CKY_R, CKY_I, p.SAi_b.Span,
            p.IDir_b.Span));
        foreach (var q in v.QuickModes)
        {
            Assert.Equal(q.Iv, F.Phase2Iv(suite.Hash, p.LastBlock.Span, q.M_ID, suite.Cipher.BlockLength));
            if (q.Nr_b is { } Nr_b)
            {
                var esp = SuiteNames.Esp(q.Suite!, q.LifeSeconds!.Value)!;
                var g_qm_xy = q.g_qm_xy is { } secret ? Secret.Of(secret.Span) : null;
                Assert.Equal(q.HASH_3, (Octets)F.HASH_3(prf, SKEYID_a, q.M_ID, q.Ni_b.Span, Nr_b.Span));
                Assert.Equal(Secret.Of(q.KEYMAT_i!.Value.Span),
                    F.KEYMAT(prf, SKEYID_d, g_qm_xy, 3, q.SPI_i.Span, q.Ni_b.Span, Nr_b.Span, esp.KeymatLength));
                Assert.Equal(Secret.Of(q.KEYMAT_r!.Value.Span),
                    F.KEYMAT(prf, SKEYID_d, g_qm_xy, 3, q.SPI_r!.Value.Span, q.Ni_b.Span, Nr_b.Span, esp.KeymatLength));
            }
        }

        Assert.All(v.Informational, n => Assert.Equal(n.Iv,
            F.Phase2Iv(suite.Hash, p.LastBlock.Span, n.M_ID, suite.Cipher.BlockLength)));
    }

    /// <summary>
    /// RFC 2409 §5.5, §5.7: HASH(1) and HASH(2) verify over what the reader says follows the HASH payload.
    /// </summary>
    [Theory]
    [MemberData(nameof(Names))]
    [Clause("2409-3.2-03")]
    [Clause("2409-5-17")]
    [Clause("2409-5-18")]
    [Clause("2409-5-19")]
    [Clause("2409-5.5-11")]
    [Clause("2409-5.5-12")]
    [Clause("2409-5.5-13")]
    [Clause("2409-5.5-14")]
    public void HashesVerifyOverWhatWasReceived(string name)
    {
        var v = VectorFolder.Exchange(name);
        var (prf, SKEYID_a) = (SuiteNames.Phase1(v.Phase1.Suite, 1)!.Prf, Secret.Of(v.Phase1.SKEYID_a.Span));
        foreach (var q in v.QuickModes)
        {
            Assert.Equal(q.HASH_1, F.HASH_1(prf, SKEYID_a, q.M_ID, Open(v, v.Message(q.M_ID, 1)).AfterHash.Span));
            if (q.HASH_2 is { } HASH_2)
            {
                var rest = Open(v, v.Message(q.M_ID, 2)).AfterHash;
                Assert.Equal(HASH_2, F.HASH_2(prf, SKEYID_a, q.M_ID, q.Ni_b.Span, rest.Span));
            }
        }

        Assert.All(v.Informational, n => Assert.Equal(n.HASH_1,
            F.HASH_1(prf, SKEYID_a, n.M_ID, Open(v, v.Message(n.M_ID, 1)).AfterHash.Span)));
    }

    /// <summary>
    /// What is read and written again is the same datagram: clear ones through reader and writer, encrypted ones
    /// through Protection, which pads with zeros up to a whole block (D-20); where a peer padded more, up to that
    /// block.
    /// </summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void DatagramsSurviveReadingAndWriting(string name)
    {
        var v = VectorFolder.Exchange(name);
        var (cipher, Ka) = (SuiteNames.Phase1(v.Phase1.Suite, 1)!.Cipher, Secret.Of(v.Phase1.Ka.Span));
        foreach (var m in v.Messages)
        {
            Assert.True(Header.TryRead(m.Octets.Span, out var header, out _));
            if (m.Clear is null)
            {
                Assert.True(MessageReader.TryRead(m.Octets.Memory, out var message, out _));
                Assert.Equal(m.Octets, MessageWriter.Write(message!.Header, message.Payloads));
                continue;
            }

            var opened = Open(v, m);
            Assert.Equal((m.Clear, m.NextIv), (opened.Clear, opened.LastBlock));
            Assert.Equal(m.Clear, (Octets)MessageWriter.WritePayloads(opened.Payloads));
            var (sealedAgain, nextIv) = Protection.Seal(header, opened.Payloads, cipher, Ka, m.Iv!.Value);
            if (m.Padding!.Value.Length < cipher.BlockLength)
            {
                Assert.Equal((m.Octets, m.NextIv), (sealedAgain, nextIv));
            }
            else
            {
                Assert.True(v.IsForeign);
                Assert.Equal(m.Octets.Slice(Header.Size, sealedAgain.Length - Header.Size),
                    sealedAgain.Slice(Header.Size, sealedAgain.Length - Header.Size));
            }

            byte[] padded = [.. m.Clear.Value.Span, .. m.Padding.Value.Span];
            Assert.Equal(m.Octets.Slice(Header.Size, padded.Length), cipher.Encrypt(Ka, m.Iv.Value.Span, padded));
        }
    }

    private static Opened Open(VectorFile v, Datagram m)
    {
        Assert.True(Header.TryRead(m.Octets.Span, out var header, out _));
        var cipher = SuiteNames.Phase1(v.Phase1.Suite, 1)!.Cipher;
        Assert.Null(Protection.Open(m.Octets, header, cipher, Secret.Of(v.Phase1.Ka.Span), m.Iv!.Value,
            out var opened));
        return opened!;
    }
}
