using RefIke.Crypto;
using RefIke.Exchanges;
using RefIke.Exchanges.Negotiation;
using RefIke.Wire;

namespace RefIke.Vectors.Replay;

/// <summary>Every value behind phase 1 by RefIke's formulas (RFC 2409 §5.5 to §5.7, App. B).</summary>
internal sealed class Phase2Check
{
    private static readonly KeySchedule F = KeySchedule.Rfc2409;

    private readonly VectorFile v;
    private readonly FaultList faults;
    private readonly Phase1Suite suite;
    private readonly Secret SKEYID_a;

    private Phase2Check(VectorFile v, FaultList faults)
        => (this.v, this.faults, suite, SKEYID_a) = (v, faults, v.Phase1.Phase1(), Secret.Of(v.Phase1.SKEYID_a.Span));

    public static void Run(VectorFile v, FaultList faults)
    {
        var check = new Phase2Check(v, faults);
        foreach (var q in v.QuickModes)
        {
            check.QuickMode(q);
        }

        foreach (var n in v.Informational)
        {
            check.Iv("Informational", n.M_ID, n.Iv);
            check.Hash1("Informational", n.M_ID, 1, n.HASH_1);
        }

        foreach (var t in v.Transactions ?? [])
        {
            check.Iv("Transaction", t.M_ID, t.Iv);
            foreach (var (i, m) in t.Messages.Index())
            {
                check.Hash1($"Transaction message {i + 1}", t.M_ID, i + 1, m.HASH);
            }
        }

        foreach (var g in v.NewGroups ?? [])
        {
            check.Iv("New Group Mode", g.M_ID, g.Iv);
            check.Hash1("New Group Mode", g.M_ID, 1, g.HASH_1);
            check.Hash1("New Group Mode's answer", g.M_ID, 2, g.HASH_2);
        }
    }

    private void QuickMode(QuickModeValues q)
    {
        var where = $"Quick Mode {q.M_ID:x8}";
        Iv(where, q.M_ID, q.Iv);
        Hash1(where, q.M_ID, 1, q.HASH_1);
        if (q.Nr_b is not { } Nr_b)
        {
            return;
        }

        faults.Equal($"{where}'s HASH(2)", q.HASH_2,
            F.HASH_2(suite.Prf, SKEYID_a, q.M_ID, q.Ni_b.Span, AfterHash(q.M_ID, 2).Span));
        faults.Equal($"{where}'s HASH(3)", q.HASH_3,
            F.HASH_3(suite.Prf, SKEYID_a, q.M_ID, q.Ni_b.Span, Nr_b.Span));
        if (q.HASH_4 is { } HASH_4)
        {
            Hash1($"{where}'s CONNECTED", q.M_ID, 4, HASH_4);
        }

        if (q.g_qm_xy is { } g_qm_xy)
        {
            Phase1Check.Agreement(where, VectorSuites.Group(q.Group!), q.xi, q.xr, q.g_xi!.Value, q.g_xr!.Value,
                g_qm_xy, faults);
        }

        foreach (var p in q.Protocols)
        {
            Keymat(where, q, p, Nr_b);
        }
    }

    private void Keymat(string where, QuickModeValues q, ProtocolValues p, Octets Nr_b)
    {
        var length = VectorSuites.One(p.Suite!, 1).KeymatLength;
        faults.Equal($"{where}'s KEYMAT for {p.Protocol} and SPI_i", p.KEYMAT_i, Of(p.SPI_i));
        faults.Equal($"{where}'s KEYMAT for {p.Protocol} and SPI_r", p.KEYMAT_r, Of(p.SPI_r!.Value));

        Octets? Of(Octets SPI) => length == 0 ? null : (Octets?)F.KEYMAT(
            suite.Prf, Secret.Of(v.Phase1.SKEYID_d.Span), q.g_qm_xy is { } g ? Secret.Of(g.Span) : null,
            (byte)p.Protocol, SPI.Span, q.Ni_b.Span, Nr_b.Span, length).Reveal().ToArray();
    }

    private void Iv(string where, uint M_ID, Octets iv) => faults.Equal($"{where}'s first IV", iv,
        F.Phase2Iv(suite.Hash, v.Phase1.LastBlock.Span, M_ID, suite.Cipher.BlockLength));

    private void Hash1(string where, uint M_ID, int message, Octets HASH) => faults.Equal($"{where}'s HASH(1)", HASH,
        F.HASH_1(suite.Prf, SKEYID_a, M_ID, AfterHash(M_ID, message).Span));

    /// <summary>What follows the HASH payload of a message, as the reader says.</summary>
    private Octets AfterHash(uint M_ID, int message) => DatagramCheck.Open(v, v.Message(M_ID, message)).AfterHash;
}
