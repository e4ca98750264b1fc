using RefIke.Crypto;
using RefIke.Exchanges;
using RefIke.Exchanges.Phase1;
using RefIke.Exchanges.Phase2;
using RefIke.Wire;
using Xunit;

namespace RefIke.Vectors.Tests.Replay;

/// <summary>
/// RefIke's machines in the place of one side of a foreign exchange: they take the other side's datagrams as recorded,
/// accept them, and come to the recorded keys. What RefIke would choose otherwise than the side it stands for is pinned
/// to the record after each step: the SA body that HASH covers, and the running IV, which depends on the other's
/// padding and extra payloads.
/// </summary>
public sealed class ForeignPeerTests
{
    public static TheoryData<string, Role> Roles
    {
        get
        {
            var data = new TheoryData<string, Role>();
            foreach (var v in VectorFolder.Exchanges.Where(v => v.IsForeign))
            {
                data.Add(v.Name, Role.Initiator);
                data.Add(v.Name, Role.Responder);
            }

            return data;
        }
    }

    /// <summary>
    /// RFC 2409 §5.4: Main Mode to its end, with the recorded keys; message 5 or 6 of ours holds the recorded ID and
    /// HASH.
    /// </summary>
    [Theory]
    [MemberData(nameof(Roles))]
    [Clause("2409-5.4-01")]
    [Clause("2409-4-07")]
    public void MainModeAcceptsTheForeignSide(string name, Role role)
    {
        var v = VectorFolder.Exchange(name);
        var end = new MachineReplay(v, role).Phase1();
        var (p, k) = (v.Phase1, end.Keys!);
        Assert.Equal(Phase1Step.Established, end.Step);
        Assert.Equal([p.SKEYID, p.SKEYID_d, p.SKEYID_a, p.SKEYID_e, p.Ka],
            new[] { k.SKEYID, k.SKEYID_d, k.SKEYID_a, k.SKEYID_e, k.Ka }.Select(s => (Octets)s.Reveal().ToArray()));
        Assert.Equal(role == Role.Initiator ? p.IDir_b : p.IDii_b, end.PeerIdentity!.Body);
        Assert.Equal((p.Suite, p.LifeSeconds), (end.Suite!.Name, end.Suite.LifeSeconds));
    }

    /// <summary>RFC 2409 §5.5: every Quick Mode to its end, with the recorded KEYMAT for both directions.</summary>
    [Theory]
    [MemberData(nameof(Roles))]
    [Clause("2409-5.5-07")]
    [Clause("2409-5.5-20")]
    public void QuickModeAcceptsTheForeignSide(string name, Role role)
    {
        var v = VectorFolder.Exchange(name);
        var replay = new MachineReplay(v, role);
        var phase1 = replay.Phase1();
        foreach (var q in v.QuickModes)
        {
            var end = replay.QuickMode(phase1, q);
            var esp = q.Sas[0][0];
            var (i, r) = (Secret.Of(esp.KEYMAT_i!.Value.Span), Secret.Of(esp.KEYMAT_r!.Value.Span));
            var pair = end.Pair!.Main;
            Assert.Equal(QuickModeStep.Established, end.Step);
            Assert.Equal(q.From == role ? (i, r) : (r, i), (pair.Inbound, pair.Outbound));
            Assert.Equal(MachineReplay.Number(q.From == role ? esp.SPI_r!.Value : esp.SPI_i), pair.PeerSpi);
        }
    }

    /// <summary>
    /// RFC 2409 §5.7: the other side's Deletes verify and name its SPIs, or the ISAKMP SA by its cookies.
    /// </summary>
    [Theory]
    [MemberData(nameof(Roles))]
    [Clause("2409-5.7-01")]
    [Clause("2409-B-08")]
    public void InformationalOfTheForeignSideIsObeyed(string name, Role role)
    {
        var v = VectorFolder.Exchange(name);
        var replay = new MachineReplay(v, role);
        var phase1 = replay.Phase1();
        Octets[] known = [.. v.QuickModes.Select(q => q.From == role ? q.Sas[0][0].SPI_r!.Value : q.Sas[0][0].SPI_i),
            (byte[])[.. v.Phase1.CKY_I.Span, .. v.Phase1.CKY_R.Span]];
        foreach (var m in v.Messages.Where(m => m.Exchange == ExchangeType.Informational && m.From != role))
        {
            var (body, rejection, _) = replay.Informational.Receive(phase1, m.Octets, MachineReplay.HeaderOf(m.Octets));
            Assert.Null(rejection);
            Assert.All(Assert.IsType<DeletePayload>(Assert.Single(body)).Spis, spi => Assert.Contains(spi, known));
        }
    }

    /// <summary>
    /// No encrypted datagram of a foreign side is accepted with a bit changed in any block that a HASH covers, nor
    /// moves the state. In Main Mode HASH_I and HASH_R cover the identity and no further payload: strongSwan's
    /// INITIAL-CONTACT in message 5 is free.
    /// </summary>
    [Theory]
    [MemberData(nameof(Roles))]
    public void AlteredForeignDatagramIsRefused(string name, Role role)
    {
        var v = VectorFolder.Exchange(name);
        var replay = new MachineReplay(v, role);
        var phase1 = replay.Phase1();
        _ = v.QuickModes.Select(q => replay.QuickMode(phase1, q)).ToArray();
        var identity = role == Role.Initiator ? v.Phase1.IDir_b : v.Phase1.IDii_b;
        var identityAndHash = 4 + identity.Length + 4 + v.Phase1.HASH_I.Length;
        Assert.All(replay.Received.Where(r => r.Message.Clear is not null), r =>
        {
            var covered = r.Message.Exchange == ExchangeType.MainMode ? identityAndHash : r.Message.Clear!.Value.Length;
            for (var at = 0; at < covered; at += 8)
            {
                var octets = r.Message.Octets.ToArray();
                octets[Header.Size + at] ^= 0x40;
                Assert.True(r.IsRefused(octets), $"message {r.Message.Number}, octet {at} of the ciphertext");
            }
        });
    }
}
