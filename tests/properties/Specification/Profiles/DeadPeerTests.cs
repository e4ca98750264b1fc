using System.Buffers.Binary;
using RefIke.Engine;
using RefIke.Exchanges;
using RefIke.Properties.Crypto;
using RefIke.Properties.Engine;
using RefIke.Properties.Engine.RemoteAccess;
using RefIke.Wire;
using Xunit;
using Octets = RefIke.Wire.Octets;

namespace RefIke.Properties.Specification.Profiles;

/// <summary>
/// RFC 3706: who asks, who answers, which numbers are taken, and what becomes of a peer that is silent.
/// </summary>
[JudgesFaults]
public sealed class DeadPeerTests
{
    private const long Interval = 30_000;

    /// <summary>
    /// RFC 3706 §5.4, §6.2: after the interval of silence one question goes, its number random with the highest bit
    /// zero, and the answer has the same number (§6.1); the next question has the next number.
    /// </summary>
    [Fact]
    [Clause("3706-5.2-01")]
    [Clause("3706-6.1-01")]
    [Clause("3706-6.2-01")]
    public void SilentPeerIsAskedAndAnswersWithTheSameNumber()
    {
        var pair = Up();
        pair.Run(Interval - 1);
        Assert.Empty(Questions(pair));
        pair.Run(1);
        var asked = Assert.Single(Questions(pair));
        Assert.True(asked <= int.MaxValue);
        Assert.Equal([asked], Notifies(pair, pair.B, NotifyType.RUThereAck));
        pair.Run(Interval);
        Assert.Equal([asked, asked + 1], Questions(pair));
        Assert.Single(pair.A.State.Isakmp);
        Assert.Empty(Rejections(pair.A));
    }

    /// <summary>RFC 3706 §5.3: protocol ISAKMP, the two cookies in their order, four octets of number.</summary>
    [Fact]
    [Clause("3706-5.3-01")]
    public void QuestionNamesTheSaByItsCookies()
    {
        var pair = Up();
        pair.Run(Interval);
        var sa = pair.A.State.Isakmp.Values.Single().Phase1;
        var notify = Opened(pair, pair.A).Single();
        Assert.Equal((Doi.Ipsec, Protocol.Isakmp, 4), (notify.Doi, notify.Protocol, notify.Data.Length));
        Assert.Equal((Octets)(byte[])[.. sa.CKY_I.ToArray(), .. sa.CKY_R.ToArray()], notify.Spi);
    }

    /// <summary>RFC 3706 §5.1: without the peer's vendor id nothing is asked, however long it is silent.</summary>
    [Fact]
    [Clause("3706-5.1-01")]
    public void PeerWithoutTheVendorIdIsNotAsked()
    {
        var pair = Up(changeB: s => s with { Connections = [s.Connections[0] with { DeadPeer = null }] });
        pair.Run(10 * Interval);
        Assert.Empty(Questions(pair));
        Assert.Single(pair.A.State.Isakmp);
    }

    /// <summary>RFC 3706 §5.4: traffic, which only the owner sees, puts the question off.</summary>
    [Fact]
    [Clause("3706-5.4-01")]
    public void TrafficPutsTheQuestionOff()
    {
        var pair = Up();
        pair.Run(Interval - 1000);
        pair.Do(pair.A, new Input.TrafficSeen(pair.A.Pairs.Single().Spi));
        pair.Run(Interval - 1);
        Assert.Empty(Questions(pair));
        pair.Run(1);
        Assert.Single(Questions(pair));
    }

    /// <summary>RFC 3706 §5.4, D-170: any message under the ISAKMP SA closes an open question, New Group Mode's too.</summary>
    [Fact]
    [Clause("3706-5.4-01")]
    public void NewGroupModeProvesLife()
    {
        var pair = Up();
        Alone(pair, Interval);
        Assert.NotNull(pair.A.State.Isakmp.Values.Single().Liveness!.Asked);
        pair.Do(pair.B, new Input.NewGroup(pair.B.State.Isakmp.Values.Single().Own, 33000, Offers.Of(2)));
        pair.Deliver(pair.Flying[0]);
        Assert.Null(pair.A.State.Isakmp.Values.Single().Liveness!.Asked);
        Assert.Equal(pair.Now, pair.A.State.Isakmp.Values.Single().Liveness!.Heard);
    }

    /// <summary>The same of Transactions: either side hears of the other with each message of XAUTH.</summary>
    [Fact]
    [Clause("3706-5.4-01")]
    public void TransactionProvesLife()
    {
        var pair = new Pair(changeA: s => AccessSetups.Host(s), changeB: s => AccessSetups.Edge(s));
        pair.Connect(pair.A);
        AccessSetups.DeliverUntil(pair, ExchangeType.Transaction);
        foreach (var side in new[] { pair.A, pair.B, pair.A, pair.B })
        {
            pair.Now = pair.Now.After(1000);
            pair.DeliverNext();
            Assert.Equal(pair.Now, side.State.Isakmp.Values.Single().Liveness!.Heard);
        }

        pair.Settle();
        Assert.Single(pair.A.Pairs);
    }

    /// <summary>
    /// RFC 3706 §5.4, D-13, D-171: the question goes again with the same number and another message id; after the last
    /// the SAs are gone, the owner is told, and no Delete was sent.
    /// </summary>
    [Fact]
    [Clause("3706-5.4-02")]
    [Clause("3706-5.4-03")]
    [Clause("3706-5.4-04")]
    public void PeerThatDoesNotAnswerIsDead()
    {
        var pair = Up();
        Alone(pair, Interval + 10_000);
        var asked = Questions(pair).ToArray();
        Assert.Equal(3, asked.Length);
        Assert.Single(asked.Distinct());
        Assert.Equal(3, SentIds(pair.A).Distinct().Count());
        Assert.NotEmpty(pair.A.Pairs);
        Alone(pair, 2_000);
        Assert.Empty(pair.A.State.Isakmp);
        Assert.Empty(pair.A.Pairs);
        Assert.DoesNotContain(pair.A.State.Timers.Keys, t => t.Kind is TimerKind.PeerSilent or TimerKind.PairExpires);
        Assert.Equal(3, SentIds(pair.A).Count());
        var told = pair.A.Told.Where(e => e is Effect.PeerDied or Effect.PairDeleted or Effect.IsakmpDeleted).ToArray();
        Assert.IsType<Effect.PeerDied>(told[0]);
        Assert.Equal("the peer is dead", Assert.IsType<Effect.PairDeleted>(told[1]).Why);
        Assert.Equal("the peer is dead", Assert.IsType<Effect.IsakmpDeleted>(told[2]).Why);
    }

    /// <summary>RFC 3706 §6.1: an answer with another number, or with other cookies, proves nothing.</summary>
    [Theory]
    [InlineData(1, false, "BadSequence")]
    [InlineData(0, true, "UnknownSa")]
    [Clause("3706-6.1-02")]
    [Clause("3706-6.1-03")]
    public void WrongAnswerProvesNothing(uint off, bool otherCookies, string why)
    {
        var pair = Up();
        Alone(pair, Interval);
        var open = pair.A.State.Isakmp.Values.Single().Liveness!.Asked!.Value;
        var answer = Notify(pair.B, NotifyType.RUThereAck, open + off, otherCookies);
        pair.Deliver(Sent(pair.A, Insider.Informational(pair.B, 77, true, answer)), pair.A);
        Assert.Equal(why, Assert.Single(Rejections(pair.A)).Kind);
        Assert.Equal(open, pair.A.State.Isakmp.Values.Single().Liveness!.Asked);
    }

    /// <summary>
    /// RFC 3706 §6.2, D-167: a number up to 32 ahead is answered, the same again three times, a smaller or a far one
    /// never.
    /// </summary>
    [Fact]
    [Clause("3706-6.2-02")]
    public void OnlyDueNumbersAreAnswered()
    {
        var pair = Up();
        Assert.True(Answers(1000));
        Assert.True(Answers(1001));
        Assert.True(Answers(1001 + 32));
        Assert.False(Answers(1032));
        Assert.False(Answers(1033 + 33));
        Assert.Equal([true, true, true, false], Enumerable.Range(0, 4).Select(_ => Answers(1033)));
        Assert.True(Answers(1034));
        Assert.All(Rejections(pair.B), r => Assert.IsType<Rejection.BadSequence>(r));

        bool Answers(uint number)
        {
            var before = Notifies(pair, pair.B, NotifyType.RUThereAck).Count();
            var id = 100 + (uint)pair.B.Told.Count;
            pair.Deliver(Sent(pair.B,
                Insider.Informational(pair.A, id, true, Notify(pair.A, NotifyType.RUThere, number))), pair.B);
            return Notifies(pair, pair.B, NotifyType.RUThereAck).Count() > before;
        }
    }

    /// <summary>
    /// RFC 3706 §6.1: the same datagram again is a replay: its message id is known, and nothing is answered.
    /// </summary>
    [Fact]
    [Clause("3706-6.1-01")]
    public void ReplayedQuestionIsNotAnswered()
    {
        var pair = Up();
        var question = Sent(pair.B, Insider.Informational(pair.A, 55, true, Notify(pair.A, NotifyType.RUThere, 7)));
        pair.Deliver(question, pair.B);
        Assert.Single(Notifies(pair, pair.B, NotifyType.RUThereAck));
        pair.Deliver(question, pair.B);
        Assert.Single(Notifies(pair, pair.B, NotifyType.RUThereAck));
        Assert.IsType<Rejection.BadMessageId>(Rejections(pair.B).Single());
    }

    /// <summary>RFC 3706 §5.3: data that is no four octets, or another protocol, is refused.</summary>
    [Fact]
    [Clause("3706-5.3-01")]
    public void QuestionWithoutANumberIsRefused()
    {
        var pair = Up();
        var good = Notify(pair.A, NotifyType.RUThere, 7);
        pair.Deliver(Sent(pair.B,
            Insider.Informational(pair.A, 55, true, good with { Data = Octets.FromHex("000007") })), pair.B);
        pair.Deliver(Sent(pair.B, Insider.Informational(pair.A, 56, true, good with { Protocol = Protocol.Esp })),
            pair.B);
        Assert.Equal(["WrongPayloads", "WrongPayloads"], Rejections(pair.B).Select(r => r.Kind));
        Assert.Empty(Notifies(pair, pair.B, NotifyType.RUThereAck));
    }

    /// <summary>RFC 3706 §5.2: in clear neither is taken, whether there are keys or not.</summary>
    [Theory]
    [InlineData(NotifyType.RUThere)]
    [InlineData(NotifyType.RUThereAck)]
    [Clause("3706-5.2-02")]
    public void InClearNothingIsTaken(NotifyType type)
    {
        var pair = Up();
        var sa = pair.A.State.Isakmp.Values.Single().Phase1;
        pair.Deliver(Sent(pair.B, ClearNotify(sa.CKY_I, sa.CKY_R)), pair.B);
        Assert.IsType<Rejection.WrongProtection>(Rejections(pair.B).Single());

        var fresh = Make();
        fresh.Connect(fresh.A);
        fresh.Deliver(fresh.Flying[0]);
        var half = fresh.B.State.Isakmp.Values.Single().Phase1;
        fresh.Deliver(Sent(fresh.B, ClearNotify(half.CKY_I, half.CKY_R)), fresh.B);
        Assert.IsType<Rejection.WrongProtection>(Rejections(fresh.B).Single());
        Assert.DoesNotContain(fresh.B.Told, e => e is Effect.Noted);

        Octets ClearNotify(Cookie i, Cookie r) => MessageWriter.Write(
            new Header(i, r, 0, 0x10, ExchangeType.Informational, HeaderFlags.None, 9, 0),
            [new NotificationPayload(Doi.Ipsec, Protocol.Isakmp, Octets.Empty, type, Octets.FromHex("00000001"))]);
    }

    /// <summary>
    /// D-09: a peer that let a Quick Mode fail is asked at once, long before its interval has passed.
    /// </summary>
    [Fact]
    [Clause("3706-5.4-02")]
    public void PeerThatLetsAnExchangeFailIsAskedAtOnce()
    {
        var pair = Up(interval: 10_000_000);
        pair.Do(pair.A, new Input.Connect("t", "c"));
        Alone(pair, 70_000);
        Assert.Contains(pair.A.Told, e => e is Effect.ExchangeFailed);
        Assert.NotEmpty(Questions(pair));
    }

    /// <summary>With the profile off, the notify is told and not answered.</summary>
    [Fact]
    public void WithTheProfileOffNothingIsAnswered()
    {
        var pair = Up(changeB: s => s with { Connections = [s.Connections[0] with { DeadPeer = null }] });
        pair.Deliver(Sent(pair.B, Insider.Informational(pair.A, 55, true, Notify(pair.A, NotifyType.RUThere, 7))),
            pair.B);
        Assert.Contains(pair.B.Told, e => e is Effect.Noted { Type: NotifyType.RUThere, Authenticated: true });
        Assert.Empty(Notifies(pair, pair.B, NotifyType.RUThereAck));
    }

    /// <summary>
    /// D-168, B-110: a question that names the SA by its cookies the wrong way round, or not at all, is answered.
    /// </summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Clause("3706-5.3-01")]
    public void QuestionWithOddCookiesIsAnswered(bool swapped)
    {
        var pair = Up();
        var question = Notify(pair.A, NotifyType.RUThere, 9);
        Octets spi = swapped ? (byte[])[.. question.Spi.Span[8..], .. question.Spi.Span[..8]] : Octets.Empty;
        pair.Deliver(Sent(pair.B, Insider.Informational(pair.A, 55, true, question with { Spi = spi })), pair.B);
        Assert.Equal([9u], Notifies(pair, pair.B, NotifyType.RUThereAck));
    }

    /// <summary>
    /// B-123: with two ISAKMP SAs the newer one speaks for both; that the older one is silent makes nobody dead.
    /// </summary>
    [Fact]
    [Clause("3706-5.4-03")]
    public void OlderSaThatIsSilentMakesNobodyDead()
    {
        var pair = Up();
        pair.Do(pair.A, new Input.Renew(pair.A.State.Isakmp.Values.Single().Own));
        pair.Settle();
        pair.Run(20 * Interval);
        Assert.DoesNotContain(pair.A.Told, e => e is Effect.PeerDied);
        Assert.Single(pair.A.Pairs);
        Assert.NotEmpty(pair.A.State.Isakmp);
    }

    private static Pair Make(long interval = Interval, Func<EndpointSetup, EndpointSetup>? changeB = null)
        => new(life: 1_000_000, isakmpLife: 1_000_000, both: s => s with
        {
            Connections = [s.Connections[0] with { DeadPeer = new DeadPeerPolicy { Tries = 3, Gap = 4_000 } }],
        }, changeA: s => s with
        {
            Connections = [Asking(s.Connections[0], interval)],
        }, changeB: changeB);

    private static Connection Asking(Connection c, long interval)
        => c with { DeadPeer = c.DeadPeer! with { Interval = interval } };

    private static Pair Up(long interval = Interval, Func<EndpointSetup, EndpointSetup>? changeB = null)
    {
        var pair = Make(interval, changeB);
        pair.Connect(pair.A);
        pair.Settle();
        Assert.Single(pair.A.Pairs);
        return pair;
    }

    /// <summary>A's clock runs, and nothing of what it sends arrives.</summary>
    private static void Alone(Pair pair, long milliseconds)
    {
        var end = pair.Now.After(milliseconds);
        while (pair.A.State.NextTimer is { } next && next.Due <= end)
        {
            pair.Now = next.Due;
            pair.Do(pair.A, new Input.TimerFired(next.Timer));
            pair.Flying.Clear();
        }

        pair.Now = end;
    }

    /// <summary>A datagram to a side, from the other.</summary>
    private static Effect.Send Sent(Side to, Octets datagram)
    {
        var (own, peer) = (to.Endpoint.Setup.Local, to.Endpoint.Setup.Connections[0].Remote);
        return new Effect.Send(peer, own, datagram, false);
    }

    private static NotificationPayload Notify(Side holder, NotifyType type, uint number, bool otherCookies = false)
    {
        var sa = holder.State.Isakmp.Values.Single().Phase1;
        var data = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(data, number);
        var spi = (byte[])[.. sa.CKY_I.ToArray(), .. sa.CKY_R.ToArray()];
        spi[0] ^= (byte)(otherCookies ? 1 : 0);
        return new NotificationPayload(Doi.Ipsec, Protocol.Isakmp, spi, type, data);
    }

    private static IEnumerable<Rejection> Rejections(Side side)
        => side.Told.OfType<Effect.Rejected>().Select(r => r.Why);

    private static IEnumerable<uint> SentIds(Side side)
        => Informationals(side).Select(d => Insider.HeaderOf(d).MessageId);

    private static IEnumerable<Octets> Informationals(Side side)
        => side.Told.OfType<Effect.Send>().Select(s => s.Datagram)
        .Where(d => Insider.HeaderOf(d).ExchangeType == ExchangeType.Informational);

    /// <summary>The numbers that A asked with; B, which is never told dead, opens them.</summary>
    private static IEnumerable<uint> Questions(Pair pair) => Notifies(pair, pair.A, NotifyType.RUThere);

    private static IEnumerable<uint> Notifies(Pair pair, Side side, NotifyType type)
        => Opened(pair, side).Where(n => n.NotifyType == type)
            .Select(n => BinaryPrimitives.ReadUInt32BigEndian(n.Data.Span));

    private static IEnumerable<NotificationPayload> Opened(Pair pair, Side side)
        => Informationals(side).SelectMany(d => Insider.Open(pair.B, d)).OfType<NotificationPayload>();
}
