using System.Buffers.Binary;
using System.Collections.Immutable;
using RefIke.Exchanges;
using RefIke.Vectors.Replay;
using RefIke.Vectors.Tests.Formulas;
using RefIke.Wire;
using Xunit;

namespace RefIke.Vectors.Tests.Replay;

/// <summary>
/// Every value of every vector by a path on which nothing of RefIke computes: System.Security.Cryptography, BigInteger
/// and a plain walk over payload headers. What a foreign peer recorded and what RefIke made stand before the same
/// judge.
/// </summary>
public sealed class IndependentPathTests
{
    public static TheoryData<string> Names => [.. VectorFolder.Exchanges.Select(v => v.Name)];

    /// <summary>RFC 2409 §5: g^xi, g^xr and g^xy from the private values, where they were recorded.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void PrivateValuesGivePublicValuesAndSecrets(string name)
    {
        var v = VectorFolder.Exchange(name);
        var p = v.Phase1;
        Agrees(new PlainSuite(p.Suite), p.xi, p.xr, p.g_xi, p.g_xr, p.g_xy);
        foreach (var q in v.QuickModes.Where(q => q.g_qm_xy is not null))
        {
            Agrees(new PlainSuite(q.Suite!), q.xi, q.xr, q.g_xi!.Value, q.g_xr!.Value, q.g_qm_xy!.Value);
        }
    }

    /// <summary>RFC 2409 §5, App. B: SKEYID, SKEYID_d, SKEYID_a, SKEYID_e, Ka, the first IV, HASH_I, HASH_R.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void Phase1ValuesFollowFromTheirInputs(string name)
    {
        var v = VectorFolder.Exchange(name);
        var (p, s) = (v.Phase1, new PlainSuite(v.Phase1.Suite));
        var t = s.Formulas;
        byte[] SKEYID = p.SKEYID.ToArray(), g_xy = p.g_xy.ToArray(), g_xi = p.g_xi.ToArray(), g_xr = p.g_xr.ToArray();
        byte[] CKY_I = p.CKY_I.ToArray(), CKY_R = p.CKY_R.ToArray(), SAi_b = p.SAi_b.ToArray();
        Assert.Equal(p.SKEYID, t.SKEYID_PreSharedKey(v.Inputs.PreSharedKey.ToArray(), p.Ni_b.ToArray(),
            p.Nr_b.ToArray()));
        Assert.Equal(p.SKEYID_d, t.SKEYID_d(SKEYID, g_xy, CKY_I, CKY_R));
        Assert.Equal(p.SKEYID_a, t.SKEYID_a(SKEYID, p.SKEYID_d.ToArray(), g_xy, CKY_I, CKY_R));
        Assert.Equal(p.SKEYID_e, t.SKEYID_e(SKEYID, p.SKEYID_a.ToArray(), g_xy, CKY_I, CKY_R));
        Assert.Equal(p.Ka, s.Ka(p.SKEYID_e.ToArray()));
        Assert.Equal(p.Iv, t.Phase1Iv(g_xi, g_xr, s.Block));
        Assert.Equal(p.HASH_I, t.HASH_I(SKEYID, g_xi, g_xr, CKY_I, CKY_R, SAi_b, p.IDii_b.ToArray()));
        Assert.Equal(p.HASH_R, t.HASH_R(SKEYID, g_xr, g_xi, CKY_R, CKY_I, SAi_b, p.IDir_b.ToArray()));
    }

    /// <summary>
    /// RFC 2409 §5.5, §5.7, App. B: first IVs, HASH(1), HASH(2), HASH(3), KEYMAT for both directions.
    /// </summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void Phase2ValuesFollowFromTheirInputs(string name)
    {
        var v = VectorFolder.Exchange(name);
        var (p, s) = (v.Phase1, new PlainSuite(v.Phase1.Suite));
        var t = s.Formulas;
        var SKEYID_a = p.SKEYID_a.ToArray();
        foreach (var q in v.QuickModes)
        {
            var Ni_b = q.Ni_b.ToArray();
            Assert.Equal(q.Iv, t.Phase2Iv(p.LastBlock.ToArray(), q.M_ID, s.Block));
            Assert.Equal(q.HASH_1, t.HASH_1(SKEYID_a, q.M_ID, AfterHash(v.Message(q.M_ID, 1))));
            if (q.HASH_3 is null)
            {
                continue;
            }

            var Nr_b = q.Nr_b!.Value.ToArray();
            Assert.Equal(q.HASH_2, (Octets)t.HASH_2(SKEYID_a, q.M_ID, Ni_b, AfterHash(v.Message(q.M_ID, 2))));
            Assert.Equal(q.HASH_3, (Octets)t.HASH_3(SKEYID_a, q.M_ID, Ni_b, Nr_b));
            Assert.Equal(q.KEYMAT_i, Keymat(q.SPI_i));
            Assert.Equal(q.KEYMAT_r, Keymat(q.SPI_r!.Value));

            Octets Keymat(Octets SPI) => t.KEYMAT(p.SKEYID_d.ToArray(), q.g_qm_xy?.ToArray(), 3, SPI.ToArray(),
                Ni_b, Nr_b, new PlainSuite(q.Suite!).KeymatLength);
        }

        foreach (var n in v.Informational)
        {
            Assert.Equal(n.Iv, t.Phase2Iv(p.LastBlock.ToArray(), n.M_ID, s.Block));
            Assert.Equal(n.HASH_1, t.HASH_1(SKEYID_a, n.M_ID, AfterHash(v.Message(n.M_ID, 1))));
        }
    }

    /// <summary>
    /// RFC 2408 §3.1, RFC 2409 App. B: each datagram's header says what the file says; an encrypted one decrypts under
    /// Ka with the IV that its exchange has come to, and encrypts again to the same octets.
    /// </summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void DatagramsDecryptAndEncryptToTheSameOctets(string name)
    {
        var v = VectorFolder.Exchange(name);
        var (block, Ka) = (new PlainSuite(v.Phase1.Suite).Block, v.Phase1.Ka.ToArray());
        var ivs = new Dictionary<uint, Octets> { [0] = v.Phase1.Iv };
        foreach (var (i, m) in v.Messages.Index())
        {
            var octets = m.Octets.ToArray();
            Assert.Equal(i + 1, m.Number);
            Assert.Equal(v.Phase1.CKY_I, octets[..8]);
            Assert.Equal(i == 0 ? new byte[8] : v.Phase1.CKY_R, octets[8..16]);
            Assert.Equal((0x10, (byte)m.Exchange, m.M_ID),
                (octets[17], octets[18], BinaryPrimitives.ReadUInt32BigEndian(octets.AsSpan(20))));
            Assert.Equal((uint)octets.Length, BinaryPrimitives.ReadUInt32BigEndian(octets.AsSpan(24)));
            Assert.Equal(m.Clear is not null, octets[19] == 1);
            Assert.Equal(m.Exchange == ExchangeType.MainMode && i < 4, m.Clear is null);
            if (m.Clear is { } clear)
            {
                var iv = ivs.TryGetValue(m.M_ID, out var running) ? running : FirstIv(v, m.M_ID);
                Assert.Equal(iv, m.Iv);
                byte[] padded = [.. clear.Span, .. m.Padding!.Value.Span];
                Assert.Equal(padded, Transcription.Decrypt(Ka, block, iv.ToArray(), octets[28..]));
                Assert.Equal(octets[28..], Transcription.Encrypt(Ka, block, iv.ToArray(), padded));
                Assert.Equal(m.NextIv, (Octets)octets[^block..]);
                ivs[m.M_ID] = m.NextIv!.Value;
            }

            Assert.Equal(m.Payloads, Chain.Names(Payloads(m).Select(p => p.Type)));
        }

        Assert.Equal(v.Phase1.LastBlock, ivs[0]);
    }

    /// <summary>Each value that the file lists as sent is the body of a payload that was sent.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void ListedBodiesAreThoseOfTheDatagrams(string name)
    {
        var v = VectorFolder.Exchange(name);
        var p = v.Phase1;
        Assert.Equal(
            [p.SAi_b, p.g_xi, p.Ni_b, p.g_xr, p.Nr_b, p.IDii_b, p.HASH_I, p.IDir_b, p.HASH_R],
            [
                Body(0, 1), Body(2, 4), Body(2, 10), Body(3, 4), Body(3, 10), Body(4, 5), Body(4, 8),
                Body(5, 5), Body(5, 8),
            ]);
        foreach (var q in v.QuickModes)
        {
            Assert.Equal(v.Message(q.M_ID, 1).From, q.From);
            var one = Payloads(v.Message(q.M_ID, 1));
            Octets?[] ids = [.. one.Where(x => x.Type == 5).Select(x => (Octets?)x.Body)];
            Assert.Equal([q.HASH_1, q.Ni_b, q.g_xi, q.IDci_b, q.IDcr_b],
                [First(one, 8), First(one, 10), First(one, 4), .. ids.Length == 2 ? ids : [null, null]]);
            Assert.Equal(q.SPI_i, Spi(one));
            if (q.HASH_3 is null)
            {
                continue;
            }

            var two = Payloads(v.Message(q.M_ID, 2));
            Assert.Equal([q.HASH_2, q.Nr_b, q.g_xr, q.SPI_r, q.HASH_3],
                [First(two, 8), First(two, 10), First(two, 4), Spi(two), First(Payloads(v.Message(q.M_ID, 3)), 8)]);
        }

        foreach (var n in v.Informational)
        {
            Assert.Equal((v.Message(n.M_ID, 1).From, (Octets?)n.HASH_1),
                (n.From, First(Payloads(v.Message(n.M_ID, 1)), 8)));
        }

        Octets Body(int message, byte type) => First(Payloads(v.Messages[message]), type)!.Value;
    }

    private static void Agrees(PlainSuite s, Octets? xi, Octets? xr, Octets g_xi, Octets g_xr, Octets g_xy)
    {
        if (xi is { } i && xr is { } r)
        {
            Assert.Equal(g_xi, s.Power(i.ToArray()));
            Assert.Equal(g_xr, s.Power(r.ToArray()));
            Assert.Equal(g_xy, s.Power(i.ToArray(), g_xr.ToArray()));
            Assert.Equal(g_xy, s.Power(r.ToArray(), g_xi.ToArray()));
        }
    }

    private static Octets FirstIv(VectorFile v, uint M_ID)
        => v.QuickModes.Where(q => q.M_ID == M_ID).Select(q => q.Iv)
            .Concat(v.Informational.Where(n => n.M_ID == M_ID).Select(n => n.Iv)).Single();

    private static ImmutableArray<(byte Type, byte[] Body)> Payloads(Datagram m)
        => Chain.Read(m.Octets.Span[16], m.Clear is { } c ? c.Span : m.Octets.Span[28..]);

    private static Octets? First(ImmutableArray<(byte Type, byte[] Body)> payloads, byte type)
        => payloads.Where(p => p.Type == type).Select(p => (Octets?)p.Body).FirstOrDefault();

    private static byte[] AfterHash(Datagram m) => m.Clear!.Value.ToArray()[(4 + Payloads(m)[0].Body.Length)..];

    /// <summary>
    /// An SA body is DOI, situation, one proposal; its SPI of four octets stands behind eight of the proposal (RFC 2408
    /// §3.5).
    /// </summary>
    private static Octets? Spi(ImmutableArray<(byte Type, byte[] Body)> payloads) => First(payloads, 1)?.Slice(16, 4);
}
