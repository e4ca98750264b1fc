using RefIke.Engine;
using RefIke.Wire;
using Xunit;

namespace RefIke.Properties.Engine.Phase2;

/// <summary>What both ends begin at once (RFC 2408 §2.3, §3.1, §4.3).</summary>
[JudgesFaults]
public sealed class CollisionTests
{
    /// <summary>
    /// D-140: two rekeys that cross make two pairs; both ends send on the one without the smallest nonce, and who began
    /// the other deletes it.
    /// </summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void RekeysThatCrossEndInOnePair(ulong seed)
    {
        var pair = new Pair(seed: seed);
        pair.Connect(pair.A);
        pair.Settle();
        pair.Now = pair.Now.After(60_000);
        pair.Do(pair.A, new Input.Rekey(pair.A.Pairs.Single().Spi));
        pair.Do(pair.B, new Input.Rekey(pair.B.Pairs.Single().Spi));
        pair.Settle();
        var (a, b) = (pair.A.State.Sending("t", "c")!, pair.B.State.Sending("t", "c")!);
        Assert.Equal((a.Spi, a.PeerSpi), (b.PeerSpi, b.Spi));
        var surplus = Assert.Single(pair.A.Pairs, p => p.Standing == PairStanding.Surplus);
        Assert.True(surplus.SmallestNonce.Span.SequenceCompareTo(a.SmallestNonce.Span) < 0);
        pair.Run(40_000);
        Assert.Equal(a.Spi, Assert.Single(pair.A.Pairs).Spi);
        Assert.Equal(b.Spi, Assert.Single(pair.B.Pairs).Spi);
        Assert.Null(pair.TraceFault());
    }

    /// <summary>
    /// D-140: they cross too where the first message of one is lost, and comes when the other pair has long been up: both ends
    /// see it so, and send on the same pair.
    /// </summary>
    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 1)]
    [InlineData(3, 2)]
    [InlineData(4, 5)]
    public void RekeysCrossThoughAFirstMessageIsLost(ulong seed, int lost)
    {
        var pair = new Pair(seed: seed);
        pair.Connect(pair.A);
        pair.Settle();
        pair.Run(100_000);
        pair.Do(pair.A, new Input.Rekey(pair.A.Pairs.Single().Spi));
        pair.Do(pair.B, new Input.Rekey(pair.B.Pairs.Single().Spi));
        pair.Settle(n => n == 1);
        Assert.All([pair.A, pair.B], s => Assert.Equal(2, s.Pairs.Count()));
        while (--lost > 0)
        {
            Resend(pair);
            pair.Flying.Clear();
        }

        Resend(pair);
        pair.Settle();
        Assert.All([pair.A, pair.B], s => Assert.Equal(3, s.Pairs.Count()));
        var (a, b) = (pair.A.State.Sending("t", "c")!, pair.B.State.Sending("t", "c")!);
        Assert.Equal((a.Spi, a.PeerSpi), (b.PeerSpi, b.Spi));
        pair.Run(40_000);
        Assert.Equal(a.Spi, Assert.Single(pair.A.Pairs).Spi);
        Assert.Equal(b.Spi, Assert.Single(pair.B.Pairs).Spi);
    }

    /// <summary>
    /// D-140: whoever responded rekeys a new pair only when its first message cannot be taken for one that crossed it; then both ends send
    /// on the newer pair, whatever the nonces are.
    /// </summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void ResponderRekeysNoPairThatHasJustComeUp(ulong seed)
    {
        var pair = new Pair(seed: seed);
        pair.Connect(pair.A);
        pair.Settle();
        pair.Now = pair.Now.After(1_000);
        var first = pair.B.Pairs.Single();
        pair.Do(pair.B, new Input.Rekey(first.Spi));
        Assert.Empty(pair.Flying);
        pair.Run(30_000);
        Assert.Single(pair.A.Pairs);
        pair.Run(2_000);
        Assert.Equal(2, pair.A.Pairs.Count());
        var (a, b) = (pair.A.State.Sending("t", "c")!, pair.B.State.Sending("t", "c")!);
        Assert.Equal((a.Spi, a.PeerSpi), (b.PeerSpi, b.Spi));
        Assert.NotEqual(first.Spi, b.Spi);
        Assert.DoesNotContain(pair.A.Pairs, p => p.Standing == PairStanding.Surplus);
    }

    /// <summary>D-140: where the pair was replaced meanwhile, the order has been done.</summary>
    [Fact]
    public void ResponderDoesNotRekeyWhatWasReplacedMeanwhile()
    {
        var pair = new Pair();
        pair.Connect(pair.A);
        pair.Settle();
        pair.Do(pair.B, new Input.Rekey(pair.B.Pairs.Single().Spi));
        pair.Do(pair.A, new Input.Rekey(pair.A.Pairs.Single().Spi));
        pair.Run(40_000);
        Assert.Equal(2, pair.A.Told.OfType<Effect.PairEstablished>().Count());
        Assert.Single(pair.A.Pairs);
    }

    /// <summary>The next timer of B fires, which sends its message again.</summary>
    private static void Resend(Pair pair)
    {
        var (timer, due) = pair.B.State.NextTimer!.Value;
        pair.Now = due;
        pair.Do(pair.B, new Input.TimerFired(timer));
    }

    /// <summary>D-141: two Main Modes that cross make two ISAKMP SAs, both stay, and the newest serves what comes.</summary>
    [Fact]
    public void MainModesThatCrossBothStay()
    {
        var pair = new Pair();
        pair.Connect(pair.A);
        pair.Now = pair.Now.After(10);
        pair.Connect(pair.B);
        while (pair.Flying.Count > 0)
        {
            var next = pair.Flying[0];
            pair.Flying.RemoveAt(0);
            pair.Now = pair.Now.After(1);
            pair.Deliver(next);
        }

        Assert.All([pair.A, pair.B], s => Assert.Equal(2, s.State.Isakmp.Values.Count(e => e.Established is not null)));
        pair.Now = pair.Now.After(60_000);
        pair.Do(pair.A, new Input.Rekey(pair.A.State.Sending("t", "c")!.Spi));
        var newest = pair.A.State.Isakmp.Values.OrderBy(e => e.Established!.Value).Last().Phase1;
        Assert.True(Header.TryRead(pair.Flying.Single().Datagram.Span, out var header, out _));
        Assert.Equal(newest.CKY_I, header.InitiatorCookie);
    }
}
