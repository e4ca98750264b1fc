using System.Buffers.Binary;
using RefIke.Crypto;
using RefIke.Exploration.Monitors;
using RefIke.Vectors;
using RefIke.Wire;
using Xunit;

namespace RefIke.Properties.Exploration;

/// <summary>The transcription that explored runs are judged by, held to every whole exchange of the vectors.</summary>
public sealed class PlainFormulasTests
{
    public static TheoryData<string> Names => [.. VectorBook.Names.Where(n => FormulasOf(VectorBook.Read(n)) is not null)];

    /// <summary>.NET has every hash but Tiger.</summary>
    [Fact]
    public void TigerAloneIsLeftOut()
        => Assert.Equal(
            VectorBook.Names.Where(n => n.Contains("tiger", StringComparison.Ordinal)), VectorBook.Names.Except(Names.Select(n => n.Data)));

    /// <summary>RFC 2409 §5, App. B: all methods, all ciphers' key lengths.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    [Clause("2409-5-15")]
    [Clause("2409-5-16")]
    [Clause("2409-5-17")]
    [Clause("2409-5-18")]
    [Clause("2409-B-02")]
    [Clause("2409-B-03")]
    public void Phase1FollowsFromItsInputs(string name)
    {
        var v = VectorBook.Read(name);
        var (p, f, suite) = (v.Phase1, FormulasOf(v)!, v.Phase1.Phase1());
        byte[] CKY_I = p.CKY_I.ToArray(), CKY_R = p.CKY_R.ToArray(), g_xi = p.g_xi.ToArray(), g_xr = p.g_xr.ToArray();
        byte[] g_xy = p.g_xy.ToArray(), SKEYID = p.SKEYID.ToArray(), SAi_b = p.SAi_b.ToArray();
        Agrees(suite.Group, p.xi, p.xr, p.g_xi, p.g_xr, p.g_xy);
        Same(p.SKEYID, f.SKEYID(p.Method, v.Inputs.PreSharedKey?.ToArray(), g_xy, p.Ni_b.ToArray(), p.Nr_b.ToArray(), CKY_I, CKY_R)!);
        Same(p.SKEYID_d, f.SKEYID_d(SKEYID, g_xy, CKY_I, CKY_R));
        Same(p.SKEYID_a, f.SKEYID_a(SKEYID, p.SKEYID_d.ToArray(), g_xy, CKY_I, CKY_R));
        Same(p.SKEYID_e, f.SKEYID_e(SKEYID, p.SKEYID_a.ToArray(), g_xy, CKY_I, CKY_R));
        Same(p.Ka, f.Ka(p.SKEYID_e.ToArray(), suite.Cipher.KeyLength, suite.Cipher.Family == CipherFamily.Des));
        Same(p.Iv, f.Phase1Iv(g_xi, g_xr, suite.Cipher.BlockLength));
        if (p.SIG_I is null && p.SIG_R is null)
        {
            Same(p.HASH_I, f.HASH_I(SKEYID, g_xi, g_xr, CKY_I, CKY_R, SAi_b, p.IDii_b.ToArray()));
            Same(p.HASH_R, f.HASH_R(SKEYID, g_xr, g_xi, CKY_R, CKY_I, SAi_b, p.IDir_b.ToArray()));
        }
    }

    /// <summary>RFC 2409 §5.5, App. B: IVs, HASH(1) to HASH(3) of what the datagrams hold, KEYMAT with PFS and without.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    [Clause("2409-5.5-11")]
    [Clause("2409-5.5-12")]
    [Clause("2409-5.5-13")]
    [Clause("2409-5.5-15")]
    [Clause("2409-5.5-16")]
    [Clause("2409-B-07")]
    public void QuickModesFollowFromTheirInputs(string name)
    {
        var v = VectorBook.Read(name);
        var (p, f, cipher) = (v.Phase1, FormulasOf(v)!, v.Phase1.Phase1().Cipher);
        foreach (var q in v.QuickModes.Where(q => q.Nr_b is not null))
        {
            byte[] Ni_b = q.Ni_b.ToArray(), Nr_b = q.Nr_b!.Value.ToArray(), SKEYID_a = p.SKEYID_a.ToArray();
            Same(q.Iv, f.Phase2Iv(p.LastBlock.ToArray(), q.M_ID, cipher.BlockLength));
            foreach (var sa in q.Protocols.Where(s => s.KEYMAT_i is not null))
            {
                Same(sa.KEYMAT_i!.Value, Keymat(sa, sa.SPI_i, sa.KEYMAT_i.Value.Length));
                Same(sa.KEYMAT_r!.Value, Keymat(sa, sa.SPI_r!.Value, sa.KEYMAT_r.Value.Length));
            }

            if (q.g_qm_xy is { } g_qm_xy)
            {
                Agrees(VectorSuites.Group(q.Group!), q.xi, q.xr, q.g_xi!.Value, q.g_xr!.Value, g_qm_xy);
            }

            if (PlainMessage.Decrypts(cipher.Family))
            {
                var one = Open(1, q.Iv.ToArray());
                var two = Open(2, one.LastBlock);
                var three = Open(3, two.LastBlock);
                Assert.Equal([Ni_b, Nr_b], [one[PayloadType.Nonce], two[PayloadType.Nonce]]);
                Assert.Equal(one[PayloadType.Hash], f.HASH_1(SKEYID_a, q.M_ID, one.AfterFirst));
                Assert.Equal(two[PayloadType.Hash], f.HASH_2(SKEYID_a, q.M_ID, Ni_b, two.AfterFirst));
                Assert.Equal(three[PayloadType.Hash], f.HASH_3(SKEYID_a, q.M_ID, Ni_b, Nr_b));
            }

            byte[] Keymat(ProtocolValues sa, Octets spi, int length) => f.KEYMAT(p.SKEYID_d.ToArray(), q.g_qm_xy?.ToArray() ?? [],
                (byte)sa.Protocol, BinaryPrimitives.ReadUInt32BigEndian(spi.Span), Ni_b, Nr_b, length);

            PlainMessage Open(int which, byte[] iv) => PlainMessage.Open(cipher.Family, p.Ka.ToArray(), iv, v.Message(q.M_ID, which).Whole)!;
        }
    }

    private static PlainFormulas? FormulasOf(VectorFile v) => PlainFormulas.With(v.Phase1.Phase1().Hash.Name);

    /// <summary>The private values, where they were recorded and the group is MODP with a safe prime.</summary>
    private static void Agrees(Group group, Octets? xi, Octets? xr, Octets g_xi, Octets g_xr, Octets g_xy)
    {
        if (xi is { } i && xr is { } r && PlainModp.Has(group.Number))
        {
            Same(g_xi, PlainModp.PublicValue(group.Number, i.ToArray()));
            Same(g_xr, PlainModp.PublicValue(group.Number, r.ToArray()));
            Same(g_xy, PlainModp.Power(group.Number, g_xr.ToArray(), i.ToArray()));
            Same(g_xy, PlainModp.Power(group.Number, g_xi.ToArray(), r.ToArray()));
        }
    }

    private static void Same(Octets expected, byte[] found) => Assert.Equal(expected, (Octets)found);
}
