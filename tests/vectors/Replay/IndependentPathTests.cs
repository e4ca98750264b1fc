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
        Agrees(new PlainSuite(p.Suite).Group!, p.xi, p.xr, p.g_xi, p.g_xr, p.g_xy);
        foreach (var q in v.QuickModes.Where(q => q.g_qm_xy is not null))
        {
            Agrees(q.Group!, q.xi, q.xr, q.g_xi!.Value, q.g_xr!.Value, q.g_qm_xy!.Value);
        }
    }

    /// <summary>
    /// RFC 2409 §5, §5.1, App. B: SKEYID of every method, SKEYID_d, SKEYID_a, SKEYID_e, Ka, the first IV, HASH_I,
    /// HASH_R, and the signatures over them.
    /// </summary>
    [Theory]
    [MemberData(nameof(Names))]
    [Clause("2409-5.1-07")]
    public void Phase1ValuesFollowFromTheirInputs(string name)
    {
        var v = VectorFolder.Exchange(name);
        var (p, s) = (v.Phase1, new PlainSuite(v.Phase1.Suite));
        var t = s.Formulas;
        byte[] SKEYID = p.SKEYID.ToArray(), g_xy = p.g_xy.ToArray();
        byte[] CKY_I = p.CKY_I.ToArray(), CKY_R = p.CKY_R.ToArray(), Ni_b = p.Ni_b.ToArray(), Nr_b = p.Nr_b.ToArray();
        Assert.Equal(p.SKEYID, v.Inputs.Method switch
        {
            AuthenticationMethod.PreSharedKey => t.SKEYID_PreSharedKey(v.Inputs.PreSharedKey!.Value.ToArray(), Ni_b, Nr_b),
            AuthenticationMethod.RsaEncryption or AuthenticationMethod.RevisedRsaEncryption
                => t.SKEYID_PublicKeyEncryption(Ni_b, Nr_b, CKY_I, CKY_R),
            _ => t.SKEYID_Signatures(g_xy, Ni_b, Nr_b),
        });
        Assert.Equal(p.SKEYID_d, t.SKEYID_d(SKEYID, g_xy, CKY_I, CKY_R));
        Assert.Equal(p.SKEYID_a, t.SKEYID_a(SKEYID, p.SKEYID_d.ToArray(), g_xy, CKY_I, CKY_R));
        Assert.Equal(p.SKEYID_e, t.SKEYID_e(SKEYID, p.SKEYID_a.ToArray(), g_xy, CKY_I, CKY_R));
        Assert.Equal(p.Ka, s.Ka(p.SKEYID_e.ToArray()));
        Assert.Equal(p.Iv, t.Phase1Iv(p.g_xi.ToArray(), p.g_xr.ToArray(), s.Cipher.Block));
        foreach (var (role, HASH, SIG) in new[] { (Role.Initiator, p.HASH_I, p.SIG_I), (Role.Responder, p.HASH_R, p.SIG_R) })
        {
            var tied = SIG is null ? null : PlainKeys.TiedHash(v.Inputs.Method);
            Assert.Equal(HASH, HashOf(p, role, tied is null ? t : new Transcription(tied)));
            Assert.True(SIG is null || PlainKeys.Verifies(v.Inputs.Method,
                v.Inputs.Of(role).Keys!.PrivateKey!.Value.ToArray(), HASH.ToArray(), SIG.Value.ToArray()));
        }
    }

    /// <summary>
    /// RFC 2409 §5.2, §5.3: Ne and Ke; each body decrypts with the private key, or with Ke and the IV that the payload
    /// before it left, to the body that HASH and SKEYID were made of.
    /// </summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void EncryptedBodiesOpen(string name)
    {
        var v = VectorFolder.Exchange(name);
        var (p, s) = (v.Phase1, new PlainSuite(v.Phase1.Suite));
        var bodies = p.EncryptedBodies ?? [];
        Assert.Equal(v.Inputs.Method is AuthenticationMethod.RsaEncryption or AuthenticationMethod.RevisedRsaEncryption,
            bodies.Length > 0);
        if (p.Ne_i is { } Ne_i && p.Ne_r is { } Ne_r)
        {
            Assert.Equal(Ne_i, s.Formulas.Prf(p.Ni_b.ToArray(), p.CKY_I.ToArray()));
            Assert.Equal(Ne_r, s.Formulas.Prf(p.Nr_b.ToArray(), p.CKY_R.ToArray()));
            Assert.Equal([p.Ke_i!.Value, p.Ke_r!.Value], [s.Ka(Ne_i.ToArray()), s.Ka(Ne_r.ToArray())]);
        }

        foreach (var sender in bodies.GroupBy(b => b.Message))
        {
            var from = v.Messages[sender.Key - 1].From;
            var iv = new byte[s.Cipher.Block];
            foreach (var b in sender)
            {
                var ciphertext = b.Ciphertext.ToArray();
                Assert.Contains(Payloads(v.Messages[sender.Key - 1]), x => ciphertext.SequenceEqual(x.Body));
                if (b.Key.StartsWith("PubKey", StringComparison.Ordinal))
                {
                    Assert.Equal(b.Body, PlainKeys.Decrypt(v.Inputs.Other(from).Keys!.PrivateKey!.Value.ToArray(), ciphertext));
                }
                else
                {
                    Assert.Equal(b.Iv, (Octets)iv);
                    var padded = s.Cipher.Decrypt((from == Role.Initiator ? p.Ke_i : p.Ke_r)!.Value.ToArray(), iv, ciphertext);
                    Assert.Equal(b.Body, padded[..^(padded[^1] + 1)]);
                    iv = ciphertext[^s.Cipher.Block..];
                }

                Assert.True(b.Payload is not ("NONCE" or "ID" or "KE") || b.Body == ((b.Payload, from) switch
                {
                    ("NONCE", Role.Initiator) => p.Ni_b,
                    ("NONCE", _) => p.Nr_b,
                    ("ID", Role.Initiator) => p.IDii_b,
                    ("ID", _) => p.IDir_b,
                    (_, Role.Initiator) => p.g_xi,
                    _ => p.g_xr,
                }));
            }
        }
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
            Assert.Equal(q.Iv, FirstIv(q.M_ID));
            Assert.Equal(q.HASH_1, Hash1(q.M_ID, 1));
            if (q.HASH_3 is null)
            {
                continue;
            }

            var Nr_b = q.Nr_b!.Value.ToArray();
            Assert.Equal(q.HASH_2, (Octets)t.HASH_2(SKEYID_a, q.M_ID, Ni_b, AfterHash(v.Message(q.M_ID, 2))));
            Assert.Equal(q.HASH_3, (Octets)t.HASH_3(SKEYID_a, q.M_ID, Ni_b, Nr_b));
            Assert.True(q.HASH_4 is null || q.HASH_4.Value == Hash1(q.M_ID, 4));
            foreach (var sa in q.Protocols)
            {
                Assert.Equal(sa.KEYMAT_i, Keymat(sa, sa.SPI_i));
                Assert.Equal(sa.KEYMAT_r, Keymat(sa, sa.SPI_r!.Value));
            }

            Octets? Keymat(ProtocolValues sa, Octets SPI) => new PlainSuite(sa.Suite!).KeymatLength is var length and > 0
                ? t.KEYMAT(p.SKEYID_d.ToArray(), q.g_qm_xy?.ToArray(), (byte)sa.Protocol, SPI.ToArray(), Ni_b, Nr_b, length)
                : default(Octets?);
        }

        foreach (var n in v.Informational)
        {
            Assert.Equal((n.Iv, n.HASH_1), (FirstIv(n.M_ID), Hash1(n.M_ID, 1)));
        }

        foreach (var x in v.Transactions ?? [])
        {
            Assert.Equal(x.Iv, FirstIv(x.M_ID));
            Assert.All(x.Messages.Index(), m => Assert.Equal(m.Item.HASH, Hash1(x.M_ID, m.Index + 1)));
        }

        foreach (var g in v.NewGroups ?? [])
        {
            Assert.Equal((g.Iv, g.HASH_1, g.HASH_2), (FirstIv(g.M_ID), Hash1(g.M_ID, 1), Hash1(g.M_ID, 2)));
        }

        Octets FirstIv(uint M_ID) => t.Phase2Iv(p.LastBlock.ToArray(), M_ID, s.Cipher.Block);

        Octets Hash1(uint M_ID, int message) => t.HASH_1(SKEYID_a, M_ID, AfterHash(v.Message(M_ID, message)));
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
        var (cipher, Ka) = (new PlainSuite(v.Phase1.Suite).Cipher, v.Phase1.Ka.ToArray());
        var ivs = new Dictionary<uint, Octets> { [0] = v.Phase1.Iv };
        var gathered = new Dictionary<(Role, byte, byte), List<byte>>();
        foreach (var (i, m) in v.Messages.Index())
        {
            var octets = m.Octets.ToArray();
            Assert.Equal(i + 1, m.Number);
            Assert.Equal(v.Phase1.CKY_I, octets[..8]);
            Assert.Equal(i == 0 ? new byte[8] : v.Phase1.CKY_R, octets[8..16]);
            Assert.Equal((0x10, (byte)m.Exchange, m.M_ID),
                (octets[17], octets[18], BinaryPrimitives.ReadUInt32BigEndian(octets.AsSpan(20))));
            Assert.Equal((uint)octets.Length, BinaryPrimitives.ReadUInt32BigEndian(octets.AsSpan(24)));
            if (octets[16] == 132)
            {
                Assert.Equal(0, octets[19]);
                var parts = Parts(gathered, (m.From, octets[32], octets[33]));
                parts.AddRange(octets[36..]);
                Assert.Equal((octets[35] & 1) == 1, m.IsWhole);
                if (!m.IsWhole)
                {
                    continue;
                }

                Assert.Equal(m.Gathered, (Octets)parts.ToArray());
                octets = [.. parts];
            }

            Assert.Equal(m.Clear is not null, (octets[19] & 1) == 1);
            if (m.Clear is { } clear)
            {
                var iv = ivs.TryGetValue(m.M_ID, out var running) ? running : FirstIv(v, m.M_ID);
                Assert.Equal(iv, m.Iv);
                byte[] padded = [.. clear.Span, .. m.Padding!.Value.Span];
                Assert.Equal(padded, cipher.Decrypt(Ka, iv.ToArray(), octets[28..]));
                Assert.Equal(octets[28..], cipher.Encrypt(Ka, iv.ToArray(), padded));
                Assert.Equal(m.NextIv, (Octets)octets[^cipher.Block..]);
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
        var hidden = (p.EncryptedBodies ?? []).Select(b => (b.Message, b.Ciphertext)).ToHashSet();
        var shown = v.Phase1Messages.SelectMany(m => Payloads(m)
            .Where(x => !hidden.Contains((m.Number, x.Body))).Select(x => (m.From, x.Type, Body: (Octets)x.Body))).ToArray();
        Octets?[] initiators = [p.g_xi, p.Ni_b, p.IDii_b, p.SIG_I ?? p.HASH_I];
        Octets?[] responders = [p.g_xr, p.Nr_b, p.IDir_b, p.SIG_R ?? p.HASH_R];
        Assert.Equal(p.SAi_b, shown[0].Body);
        foreach (var (role, bodies) in new[] { (Role.Initiator, initiators), (Role.Responder, responders) })
        {
            foreach (var (type, body) in new byte[] { 4, 10, 5 }.Zip(bodies))
            {
                Assert.All(shown.Where(x => x.From == role && x.Type == type), x => Assert.Equal(body, x.Body));
            }

            Assert.Contains(shown, x => x.From == role && x.Type is 8 or 9 && x.Body == bodies[3]);
        }

        foreach (var q in v.QuickModes)
        {
            Assert.Equal(v.Message(q.M_ID, 1).From, q.From);
            var one = Payloads(v.Message(q.M_ID, 1));
            Octets?[] ids = [.. one.Where(x => x.Type == 5).Select(x => (Octets?)x.Body)];
            Assert.Equal([q.HASH_1, q.Ni_b, q.g_xi, q.IDci_b, q.IDcr_b],
                [First(one, 8), First(one, 10), First(one, 4), .. ids.Length == 2 ? ids : [null, null]]);
            if (q.HASH_3 is null)
            {
                continue;
            }

            var two = Payloads(v.Message(q.M_ID, 2));
            Assert.Equal([q.HASH_2, q.Nr_b, q.g_xr, q.HASH_3],
                [First(two, 8), First(two, 10), First(two, 4), First(Payloads(v.Message(q.M_ID, 3)), 8)]);
            Assert.Equal(q.Protocols.Select(x => x.SPI_r), two.Where(x => x.Type == 1).SelectMany(x => Spis(x.Body)));
            Assert.All(q.Protocols, x => Assert.Contains(x.SPI_i, one.Where(y => y.Type == 1).SelectMany(y => Spis(y.Body))));
        }
    }

    private static List<byte> Parts(
        Dictionary<(Role From, byte, byte), List<byte>> gathered, (Role From, byte, byte) message)
    {
        if (!gathered.TryGetValue(message, out var parts))
        {
            gathered[message] = parts = [];
        }

        return parts;
    }

    private static byte[] HashOf(Phase1Values p, Role role, Transcription t)
    {
        byte[] SKEYID = p.SKEYID.ToArray(), g_xi = p.g_xi.ToArray(), g_xr = p.g_xr.ToArray(), SAi_b = p.SAi_b.ToArray();
        byte[] CKY_I = p.CKY_I.ToArray(), CKY_R = p.CKY_R.ToArray();
        return role == Role.Initiator
            ? t.HASH_I(SKEYID, g_xi, g_xr, CKY_I, CKY_R, SAi_b, p.IDii_b.ToArray())
            : t.HASH_R(SKEYID, g_xr, g_xi, CKY_R, CKY_I, SAi_b, p.IDir_b.ToArray());
    }

    private static void Agrees(string group, Octets? xi, Octets? xr, Octets g_xi, Octets g_xr, Octets g_xy)
    {
        if (xi is { } i && xr is { } r)
        {
            Assert.Equal(g_xi, PlainGroup.Power(group, i.ToArray()));
            Assert.Equal(g_xr, PlainGroup.Power(group, r.ToArray()));
            Assert.Equal(g_xy, PlainGroup.Power(group, i.ToArray(), g_xr.ToArray()));
            Assert.Equal(g_xy, PlainGroup.Power(group, r.ToArray(), g_xi.ToArray()));
        }
    }

    private static Octets FirstIv(VectorFile v, uint M_ID)
        => v.QuickModes.Where(q => q.M_ID == M_ID).Select(q => q.Iv)
            .Concat(v.Informational.Where(n => n.M_ID == M_ID).Select(n => n.Iv))
            .Concat((v.Transactions ?? []).Where(t => t.M_ID == M_ID).Select(t => t.Iv))
            .Concat((v.NewGroups ?? []).Where(g => g.M_ID == M_ID).Select(g => g.Iv)).Single();

    private static ImmutableArray<(byte Type, byte[] Body)> Payloads(Datagram m)
        => Chain.Read(m.Whole.Span[16], m.Clear is { } c ? c.Span : m.Whole.Span[28..]);

    private static Octets? First(ImmutableArray<(byte Type, byte[] Body)> payloads, byte type)
        => payloads.Where(p => p.Type == type).Select(p => (Octets?)p.Body).FirstOrDefault();

    private static byte[] AfterHash(Datagram m) => m.Clear!.Value.ToArray()[(4 + Payloads(m)[0].Body.Length)..];

    /// <summary>
    /// An SA body is DOI, situation, proposals; a proposal's SPI stands behind eight of its octets, the sixth of which
    /// is how long it is (RFC 2408 §3.5).
    /// </summary>
    private static IEnumerable<Octets?> Spis(byte[] sa)
    {
        for (var at = 8; at < sa.Length; at += BinaryPrimitives.ReadUInt16BigEndian(sa.AsSpan(at + 2)))
        {
            yield return (Octets)sa[(at + 8)..(at + 8 + sa[at + 6])];
        }
    }
}
