using RefIke.Engine;
using RefIke.Exchanges;
using RefIke.Exchanges.Phase2;
using RefIke.Properties.Specification;
using RefIke.Wire;
using Xunit;

namespace RefIke.Properties.Engine.Phase2;

/// <summary>The Commit bit and the fourth message of Quick Mode (RFC 2408 §3.1; D-161, D-162).</summary>
[JudgesFaults]
public sealed class CommitBitTests
{
    /// <summary>Datagrams of a Main Mode and a Quick Mode, in the order in which they fly.</summary>
    private const int Message2 = 7, Message3 = 8, Message4 = 9;

    private static readonly Func<EndpointSetup, EndpointSetup> Commits = Suites.Child(c => c with { CommitBit = true });

    /// <summary>
    /// RFC 2408 §3.1: the responder sets the bit in message 2 alone, and both ends come up with message 4.
    /// </summary>
    [Theory]
    [InlineData("aes128-sha1")]
    [InlineData("aes128-sha1-modp1024")]
    [Clause("2408-3.1-05")]
    [Clause("2408-3.1-06")]
    [Clause("2408-3.1-07")]
    public void ResponderSetsTheCommitBitAndSendsConnected(string esp)
    {
        var pair = new Pair(esp: esp, changeB: Commits);
        pair.Connect(pair.A);
        pair.Settle();
        var (a, b) = (Assert.Single(pair.A.Pairs), Assert.Single(pair.B.Pairs));
        Assert.Equal((a.Inbound, a.Outbound), (b.Outbound, b.Inbound));
        var sent = pair.B.Told.OfType<Effect.Send>().Select(s => Insider.HeaderOf(s.Datagram)).ToArray();
        Assert.Equal([false, false, false, true, false], sent.Select(h => (h.Flags & HeaderFlags.Commit) != 0));
        Assert.All(pair.A.Told.OfType<Effect.Send>(),
            s => Assert.Equal(HeaderFlags.None, Insider.HeaderOf(s.Datagram).Flags & HeaderFlags.Commit));
        Assert.Equal(sent[^2].MessageId, sent[^1].MessageId);
        Assert.Null(pair.TraceFault());
    }

    /// <summary>
    /// RFC 2408 §3.1, S-28: until CONNECTED comes nothing is sent on the new SA; R-27: a lost one heals.
    /// </summary>
    [Fact]
    [Clause("2408-3.1-06")]
    [Clause("2408-3.1-08")]
    public void LostConnectedComesAgain()
    {
        var pair = Waiting();
        Assert.Single(pair.B.Pairs);
        pair.Run(5000);
        Assert.Single(pair.A.Pairs);
        Assert.Single(pair.B.Pairs);
        Assert.Null(pair.TraceFault());
    }

    /// <summary>R-27: a lost message 3 heals too.</summary>
    [Fact]
    [Clause("2408-3.1-08")]
    public void LostThirdMessageComesAgain()
    {
        var pair = new Pair(changeB: Commits);
        pair.Connect(pair.A);
        pair.Settle(n => n == Message3);
        Assert.Empty(pair.A.Pairs);
        Assert.Empty(pair.B.Pairs);
        pair.Run(5000);
        Assert.Single(pair.A.Pairs);
        Assert.Single(pair.B.Pairs);
    }

    /// <summary>
    /// D-161: the wait is bounded; after the last try the initiator goes on as if CONNECTED had come.
    /// </summary>
    [Fact]
    [Clause("2408-3.1-06")]
    public void WaitForConnectedIsBounded()
    {
        var pair = Waiting();
        pair.B.State = EndpointState.Empty;
        pair.Run(200_000);
        Assert.Single(pair.A.Told.OfType<Effect.PairEstablished>());
        Assert.Null(pair.TraceFault());
    }

    /// <summary>A-74: the bit is under no HASH; whoever sets it in flight costs a delay and no more.</summary>
    [Fact]
    public void CommitBitThatIsForgedCostsADelayAlone()
    {
        var pair = new Pair();
        pair.Connect(pair.A);
        for (var n = 0; pair.Flying.Count > 0; n++)
        {
            var next = pair.Flying[0];
            pair.Flying.RemoveAt(0);
            var flags = (byte)(next.Datagram.Span[19] | (byte)HeaderFlags.Commit);
            pair.Deliver(n == Message2 ? next with { Datagram = Insider.Patched(next.Datagram, (19, flags)) } : next);
        }

        Assert.Empty(pair.A.Pairs);
        Assert.Single(pair.B.Pairs);
        pair.Run(200_000);
        Assert.Single(pair.A.Told.OfType<Effect.PairEstablished>());
        Assert.Single(pair.A.Pairs);
    }

    /// <summary>
    /// D-133: a fourth message though nobody set the Commit bit is out of place, and changes nothing.
    /// </summary>
    [Fact]
    public void FourthMessageThatNobodyAskedForIsDropped()
    {
        var pair = new Pair();
        pair.Connect(pair.A);
        pair.Settle();
        var (state, told) = (pair.A.State, pair.A.Told.Count);
        var connected = new NotificationPayload(
            Doi.Ipsec, Protocol.Esp, Octets.FromHex("00001234"), NotifyType.Connected, Octets.Empty);
        var id = state.QuickModes.Values.Single().State.Name.M_ID;
        Arrives(pair, Insider.Patched(
            Insider.Informational(pair.B, id, true, connected), (18, (byte)ExchangeType.QuickMode)));
        Assert.IsType<Rejection.Unexpected>(Assert.IsType<Effect.Rejected>(pair.A.Told.Skip(told).Single()).Why);
        Assert.Equal(state, pair.A.State);
    }

    /// <summary>R-28: the bit in other messages than the responder's message 2 has no effect.</summary>
    [Fact]
    [Clause("2408-3.1-05")]
    public void CommitBitElsewhereIsIgnored()
    {
        var pair = new Pair();
        pair.Connect(pair.A);
        for (var n = 0; pair.Flying.Count > 0; n++)
        {
            var next = pair.Flying[0];
            pair.Flying.RemoveAt(0);
            var flags = (byte)(next.Datagram.Span[19] | (byte)HeaderFlags.Commit);
            pair.Deliver(n == Message2 ? next : next with { Datagram = Insider.Patched(next.Datagram, (19, flags)) });
        }

        Assert.Single(pair.A.Pairs);
        Assert.Single(pair.B.Pairs);
    }

    /// <summary>D-162: CONNECTED is taken as an Informational with the Quick Mode's message id too.</summary>
    [Fact]
    [Clause("2408-3.1-07")]
    public void ConnectedIsTakenInItsOtherForm()
    {
        var pair = Waiting();
        Arrives(pair, Connected(pair, true));
        Assert.Single(pair.A.Pairs);
        Assert.Null(pair.TraceFault());
    }

    /// <summary>RFC 2408 §5.11, S-28: CONNECTED whose HASH is wrong, or in clear, ends no wait.</summary>
    [Fact]
    [Clause("2408-5.11-01")]
    public void ConnectedWithoutProofEndsNoWait()
    {
        var pair = Waiting();
        Arrives(pair, Connected(pair, false));
        Assert.Contains(pair.A.Told, e => e is Effect.Rejected { Why: Rejection.HashMismatch or Rejection.Undecodable });
        var q = pair.A.State.QuickModes.Values.Single().State;
        var notify = new NotificationPayload(Doi.Ipsec, Protocol.Esp, Octets.Empty, NotifyType.Connected, Octets.Empty);
        Arrives(pair, MessageWriter.Write(new Header(
            q.Name.CKY_I, q.Name.CKY_R, 0, 0x10, ExchangeType.Informational, HeaderFlags.None, q.Name.M_ID, 0), [notify]));
        Assert.Empty(pair.A.Pairs);
        Assert.Equal(QuickModeStep.AwaitConnected, pair.A.State.QuickModes.Values.Single().State.Step);
    }

    /// <summary>
    /// D-207: the responder's Delete of the SA, or the end of the ISAKMP SA, ends the wait without a pair.
    /// </summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Clause("2408-5.15-03")]
    public void DeleteEndsTheWait(bool ofTheParent)
    {
        var pair = Waiting();
        pair.Do(pair.B, ofTheParent
            ? new Input.DeleteIsakmp(pair.B.State.Isakmp.Values.Single().Own)
            : new Input.DeletePair(pair.B.Pairs.Single().Spi));
        pair.Settle();
        Assert.Empty(pair.A.Pairs);
        Assert.Contains(pair.A.Told, e => e is Effect.ExchangeFailed);
        pair.Run(200_000);
        Assert.Empty(pair.A.Pairs);
        Assert.Null(pair.TraceFault());
    }

    private static Pair Waiting()
    {
        var pair = new Pair(changeB: Commits);
        pair.Connect(pair.A);
        pair.Settle(n => n == Message4);
        Assert.Empty(pair.A.Pairs);
        Assert.Equal(QuickModeStep.AwaitConnected, pair.A.State.QuickModes.Values.Single().State.Step);
        return pair;
    }

    private static Octets Connected(Pair pair, bool rightHash) => Insider.Informational(
        pair.B, pair.A.State.QuickModes.Values.Single().State.Name.M_ID, rightHash,
        new NotificationPayload(Doi.Ipsec, Protocol.Esp, Octets.Empty, NotifyType.Connected, Octets.Empty));

    private static void Arrives(Pair pair, Octets datagram) => pair.Do(pair.A,
        new Input.DatagramArrived(pair.A.Endpoint.Setup.Local, pair.B.Endpoint.Setup.Local, datagram));
}
