using RefIke.Engine;
using RefIke.Wire;
using Xunit;

namespace RefIke.Properties.Engine.Phase2;

/// <summary>What both ends begin at once (RFC 2408 §2.3, §3.1, §4.3).</summary>
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
