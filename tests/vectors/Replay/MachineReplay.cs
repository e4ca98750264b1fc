using System.Buffers.Binary;
using System.Collections.Immutable;
using RefIke.Crypto;
using RefIke.Exchanges;
using RefIke.Exchanges.Machines;
using RefIke.Exchanges.Negotiation;
using RefIke.Exchanges.Phase1;
using RefIke.Exchanges.Phase2;
using RefIke.Exchanges.Profiles;
using RefIke.Exchanges.Profiles.NatTraversal;
using RefIke.Vectors.Making;
using RefIke.Wire;
using Xunit;

namespace RefIke.Vectors.Tests.Replay;

/// <summary>RefIke's machines standing for one side of a foreign exchange.</summary>
internal sealed class MachineReplay
{
    /// <summary>What a Quick Mode message holds of its sender's own choice, besides the SA.</summary>
    private static readonly PayloadType[] Chosen =
        [PayloadType.Nonce, PayloadType.KeyExchange, PayloadType.Identification];

    private readonly VectorFile v;
    private readonly Role role;
    private readonly ExchangeMeans means;
    private readonly Phase1Methods phase1;
    private readonly QuickMode quickMode;

    public MachineReplay(VectorFile v, Role role)
    {
        (this.v, this.role) = (v, role);
        var recorded = new RecordedPeer(v, role);
        means = new ExchangeMeans(KeySchedule.Rfc2409, recorded, recorded, Wiring.AsWritten);
        phase1 = new Phase1Methods(means);
        quickMode = new QuickMode(means);
        Informational = new Informational(means);
    }

    public Informational Informational { get; }

    /// <summary>Every datagram taken, and a way to try another in its place.</summary>
    public List<(Datagram Message, Func<byte[], bool> IsRefused)> Received { get; } = [];

    /// <summary>Main Mode from its first message to its last.</summary>
    public Phase1State Phase1()
    {
        var other = role == Role.Initiator ? Role.Responder : Role.Initiator;
        var (p, own, peer) = (v.Phase1, v.Inputs.Of(role), v.Inputs.Of(other));
        var terms = new Phase1Terms(ExchangeType.MainMode, [p.Phase1()],
            Secret.Of(v.Inputs.PreSharedKey!.Value.Span), Setups.Identity(own.Identity), Setups.Identity(peer.Identity))
        {
            Profiles = new ProfileSet([new NatTraversal()]),
        };
        var (i, r) = (Cookie.Read(p.CKY_I.Span), Cookie.Read(p.CKY_R.Span));
        var (local, remote) = (Setups.At(own, 500), Setups.At(peer, 500));
        if (role == Role.Responder)
        {
            var state = Phase1State.Responding(i, r, local, remote, terms);
            state = Take(state, 1);
            state = Take(state, 3);
            return Take(state, 5, ownAnswer: 6);
        }

        var fresh = Phase1State.Initiating(i, local, remote, terms);
        var begun = phase1.Of(fresh).Happen(fresh, Phase1Event.Initiate, 0);
        var after = begun.After with { SAi_b = p.SAi_b };
        after = Take(after, 2);
        after = Take(after, 4, ownAnswer: 5);
        return Take(after, 6);
    }

    /// <summary>One Quick Mode from its first message to its last.</summary>
    public QuickModeState QuickMode(Phase1State phase1, QuickModeValues q)
    {
        var traffic = q.From == role ? (q.IDci_b, q.IDcr_b) : (q.IDcr_b, q.IDci_b);
        var child = v.Inputs.Of(role).Children.Single(c => (c.Own, c.Peer) == traffic);
        ImmutableArray<ProtectionSuite> suites = [.. Setups.Suites(child, q.Sas[0][0].LifeSeconds!.Value).Select(
            s => s.In(mode => phase1.Profiles.Encapsulate(mode, phase1)))];
        var terms = new QuickModeTerms(
            child.Name, suites, Setups.Identity(child.Own!.Value), Setups.Identity(child.Peer!.Value));
        var (own, side) = q.From == role ? (q.Sas[0][0].SPI_i, Role.Initiator) : (q.Sas[0][0].SPI_r!.Value, Role.Responder);
        var fresh = QuickModeState.Fresh(side, phase1, q.M_ID, [terms], [Number(own)], means.Formulas);
        if (side == Role.Responder)
        {
            return Take(Take(fresh, q, 1, ownAnswer: 2), q, 3);
        }

        var begun = quickMode.Happen(fresh, QuickModeEvent.Initiate);
        Assert.Equal(Bodies(v.Message(q.M_ID, 1), Chosen), Bodies(begun.Sent!.Value, fresh.Iv, Chosen));
        return Take(begun.After with { Iv = v.Message(q.M_ID, 1).NextIv!.Value }, q, 2, ownAnswer: 3);
    }

    /// <summary>One message taken; our encrypted answer is compared, and the IV set as the real one left it.</summary>
    private Phase1State Take(Phase1State before, int number, int ownAnswer = 0)
    {
        var m = v.Messages[number - 1];
        var turn = phase1.Of(before).Receive(before, m.Octets, HeaderOf(m.Octets), 0);
        Received.Add((m, octets => IsRefused(before, phase1.Of(before).Receive(before, octets, HeaderOf(octets), 0))));
        Assert.Null(turn.Rejection);
        if (ownAnswer == 0)
        {
            return turn.After;
        }

        Compare(v.Messages[ownAnswer - 1], turn.Sent!.Value, PayloadType.Identification, PayloadType.Hash);
        return turn.After with { Iv = v.Messages[ownAnswer - 1].NextIv!.Value };
    }

    private QuickModeState Take(QuickModeState before, QuickModeValues q, int number, int ownAnswer = 0)
    {
        var m = v.Message(q.M_ID, number);
        var turn = quickMode.Receive(before, m.Octets, HeaderOf(m.Octets));
        Received.Add((m, octets => IsRefused(before, quickMode.Receive(before, octets, HeaderOf(octets)))));
        Assert.Null(turn.Rejection);
        if (ownAnswer == 0)
        {
            return turn.After;
        }

        Compare(v.Message(q.M_ID, ownAnswer), turn.Sent!.Value, ownAnswer == 3 ? [PayloadType.Hash] : Chosen);
        return turn.After with { Iv = v.Message(q.M_ID, ownAnswer).NextIv!.Value };
    }

    private static bool IsRefused<T>(T before, Turn<T> turn)
        where T : class => turn.Rejection is not null && turn.After.Equals(before);

    /// <summary>
    /// The bodies of these payloads are the recorded ones; where the whole chain and the padding are, the datagram is.
    /// </summary>
    private void Compare(Datagram recorded, Octets sent, params PayloadType[] compared)
    {
        Assert.Equal(Bodies(recorded, compared), Bodies(sent, recorded.Iv!.Value, compared));
        if (Open(sent, recorded.Iv.Value).Clear == recorded.Clear
            && recorded.Padding!.Value.Length < recorded.Iv.Value.Length)
        {
            Assert.Equal(recorded.Octets, sent);
        }
    }

    private Octets[] Bodies(Datagram m, params PayloadType[] types) => Bodies(m.Octets, m.Iv!.Value, types);

    private Octets[] Bodies(Octets datagram, Octets iv, params PayloadType[] types)
        => [.. Open(datagram, iv).Payloads.Where(p => types.Contains(p.Type)).Select(p => p.Body)];

    private Opened Open(Octets datagram, Octets iv)
    {
        var cipher = v.Phase1.Phase1().Cipher;
        Assert.Null(Protection.Open(datagram, HeaderOf(datagram), cipher, Secret.Of(v.Phase1.Ka.Span), iv,
            out var opened));
        return opened!;
    }

    public static Header HeaderOf(Octets datagram)
    {
        Assert.True(Header.TryRead(datagram.Span, out var header, out _));
        return header;
    }

    public static uint Number(Octets spi) => BinaryPrimitives.ReadUInt32BigEndian(spi.Span);
}
