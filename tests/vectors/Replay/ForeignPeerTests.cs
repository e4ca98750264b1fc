using RefIke.Exchanges;
using RefIke.Exchanges.Negotiation;
using RefIke.Oracle;
using RefIke.Wire;
using Xunit;

namespace RefIke.Vectors.Tests.Replay;

/// <summary>
/// RefIke's machines in the place of either side of a foreign exchange: they take the other side's datagrams as
/// recorded, accept them, and come to the recorded keys; what they send has the recorded nonces, public values,
/// identities and hashes.
/// </summary>
public sealed class ForeignPeerTests
{
    private static readonly string[] Phase1Keys = ["SKEYID", "SKEYID_d", "SKEYID_a", "SKEYID_e", "Ka"];

    public static TheoryData<string> Foreign => [.. VectorFolder.Exchanges.Where(v => v.IsForeign).Select(v => v.Name)];

    /// <summary>RFC 2409 §5.4: Main Mode to its end on either side, with the recorded keys and suite.</summary>
    [Theory]
    [MemberData(nameof(Foreign))]
    [Clause("2409-5.4-01")]
    [Clause("2409-4-07")]
    public void MainModeAcceptsTheForeignSide(string name)
    {
        var v = VectorFolder.Exchange(name);
        var capture = new ForeignCapture(v);
        var machines = capture.Replay().Machines.Where(m => m.Exchange == ExchangeType.MainMode).ToArray();
        Assert.Equal([Role.Initiator, Role.Responder], machines.Select(m => m.Side));
        Assert.All(machines, m => Assert.Equal(
            (null, null, null, "established", 3, 3),
            (m.Fault, m.Lacking, m.Refusal, m.End, m.Accepted, m.Handed)));
        Assert.All(machines, m => Assert.Equal(Phase1Keys, m.Keys));
        var suite = Assert.Single(CaptureReplay.Run(capture.Datagrams, capture.Log, null).Sas).Suite!;
        Assert.Equal((v.Phase1.Suite, v.Phase1.LifeSeconds), (suite.Name, suite.LifeSeconds));
    }

    /// <summary>
    /// RFC 2409 §5.5: every Quick Mode to its end on either side, with the recorded KEYMAT for both SPIs.
    /// </summary>
    [Theory]
    [MemberData(nameof(Foreign))]
    [Clause("2409-5.5-07")]
    [Clause("2409-5.5-20")]
    public void QuickModeAcceptsTheForeignSide(string name)
    {
        var v = VectorFolder.Exchange(name);
        var machines = new ForeignCapture(v).Replay().Machines;
        foreach (var q in v.QuickModes)
        {
            var both = machines.Where(m => m.M_ID == q.M_ID).ToArray();
            Assert.Equal(2, both.Length);
            Assert.All(both, m => Assert.Equal(
                (null, null, null, "established", m.Handed), (m.Fault, m.Lacking, m.Refusal, m.End, m.Accepted)));
            var esp = q.Sas[0][0];
            Assert.All(both, m => Assert.Equal(new[] { esp.SPI_i.ToHex(), esp.SPI_r!.Value.ToHex() }.Order(),
                m.Keymat.Select(spi => spi.ToHex()).Order()));
        }
    }

    /// <summary>
    /// RFC 2409 §5.7: the other side's Deletes verify and name its SPIs, or the ISAKMP SA by its cookies.
    /// </summary>
    [Theory]
    [MemberData(nameof(Foreign))]
    [Clause("2409-5.7-01")]
    [Clause("2409-B-08")]
    public void InformationalOfTheForeignSideIsAccepted(string name)
    {
        var v = VectorFolder.Exchange(name);
        var replay = new ForeignCapture(v).Replay();
        var machines = replay.Machines.Where(m => m.Exchange == ExchangeType.Informational).ToArray();
        Assert.Equal(2 * v.Informational.Length, machines.Length);
        Assert.All(machines,
            m => Assert.Equal((null, null, m.Handed == 0 ? "sent" : "accepted"), (m.Fault, m.Lacking, m.End)));
        Octets[] cookies = [(byte[])[.. v.Phase1.CKY_I.Span, .. v.Phase1.CKY_R.Span]];
        var sas = v.QuickModes.Select(q => q.Sas[0][0]);
        Octets[] known = [.. sas.SelectMany(sa => new[] { sa.SPI_i, sa.SPI_r!.Value }), .. cookies];
        var deletes = replay.Messages.SelectMany(m => m.AsInitiator.Payloads).OfType<DeletePayload>().ToArray();
        Assert.Equal(v.Informational.Length, deletes.Length);
        Assert.All(deletes.SelectMany(d => d.Spis), spi => Assert.Contains(spi, known));
    }

    /// <summary>
    /// No encrypted datagram of a foreign side is accepted with a bit changed in any block that a HASH covers: it is
    /// named, and the clause. In Main Mode HASH_I and HASH_R cover the identity and no further payload: strongSwan's
    /// INITIAL-CONTACT in message 5 is free.
    /// </summary>
    [Theory]
    [MemberData(nameof(Foreign))]
    public void AlteredForeignDatagramIsRefused(string name)
    {
        var v = VectorFolder.Exchange(name);
        var capture = new ForeignCapture(v);
        var block = SuiteNames.Phase1(v.Phase1.Suite, 1)!.Cipher.BlockLength;
        foreach (var message in v.Messages.Where(m => m.Clear is not null))
        {
            var identity = message.From == Role.Initiator ? v.Phase1.IDii_b : v.Phase1.IDir_b;
            var covered = message.Exchange == ExchangeType.MainMode
                ? 4 + identity.Length + 4 + v.Phase1.HASH_I.Length
                : message.Clear!.Value.Length;
            for (var at = 0; at < covered; at += block)
            {
                var octets = message.Octets.ToArray();
                octets[Header.Size + at] ^= 0x40;
                var altered = capture.Datagrams[message.Number - 1] with { Octets = octets };
                Assert.Contains(capture.Replay(altered).Machines, m => m.Side != message.From
                    && m.Fault?.StartsWith($"message {message.Number} is refused", StringComparison.Ordinal) == true);
            }
        }
    }
}
