using RefIke.Engine;
using RefIke.Wire;
using Xunit;

namespace RefIke.Properties.Engine.Phase2;

/// <summary>A rekey that its responder takes back while HASH(3) is under way (RFC 2408 §3.15, §4.3): no end is left without a pair.</summary>
[JudgesFaults]
public sealed class WithdrawalTests
{
    /// <summary>D-138: the responder gives up; the initiator keeps the pair that it would have deleted, and rekeys it a minute later.</summary>
    [Fact]
    [Clause("2408-3.15-02")]
    [Clause("2408-4.3-02")]
    public void PairThatWaitsForItsEndTakesOver()
    {
        var (pair, old, _) = HalfRekeyed();
        while (pair.B.State.Timers.Keys.Where(t => t.Kind == TimerKind.Resend).ToArray() is [var timer, ..])
        {
            pair.Flying.Clear();
            pair.Do(pair.B, new Input.TimerFired(timer));       // too early, so that the old pair is still there
        }

        pair.Settle();
        Assert.Equal(old, pair.A.State.Sending("t", "c")!.Spi);
        Assert.Equal(pair.A.State.Sending("t", "c")!.PeerSpi, pair.B.State.Sending("t", "c")!.Spi);
        pair.Run(55_000);
        Assert.Equal(old, Assert.Single(pair.A.Pairs).Spi);
        pair.Run(60_000);
        Assert.NotEqual(old, Assert.Single(pair.A.Pairs).Spi);
        Assert.Equal(Assert.Single(pair.A.Pairs).PeerSpi, Assert.Single(pair.B.Pairs).Spi);
        Assert.Null(pair.TraceFault());
    }

    /// <summary>
    /// D-142: the responder deletes the ISAKMP SA; one message takes its offer back and ends the SA, in this order, so that both ends
    /// send on the old pair again.
    /// </summary>
    [Fact]
    [Clause("2408-3.15-02")]
    [Clause("2408-5.15-01")]
    public void OfferGoesWithTheIsakmpSa()
    {
        var (pair, old, hash3) = HalfRekeyed();
        pair.Do(pair.B, new Input.DeleteIsakmp(pair.B.State.Isakmp.Values.Single().Own));
        Assert.Single(pair.Flying);
        pair.Settle();
        pair.Deliver(hash3);
        pair.Settle();
        Assert.Equal(old, Assert.Single(pair.A.Pairs).Spi);
        Assert.Equal(pair.A.Pairs.Single().PeerSpi, Assert.Single(pair.B.Pairs).Spi);
        Assert.Empty(pair.A.State.Isakmp);
        Assert.Empty(pair.B.State.Isakmp);
        pair.Run(45_000);
        Assert.Equal(old, Assert.Single(pair.A.Pairs).Spi);
        Assert.Null(pair.TraceFault());
    }

    /// <summary>Where no Quick Mode waits, the Delete of an ISAKMP SA takes no pair with it (D-142).</summary>
    [Fact]
    public void NothingThatIsUpGoesWithTheIsakmpSa()
    {
        var (pair, old, hash3) = HalfRekeyed();
        pair.Deliver(hash3);
        pair.Settle();
        var fresh = pair.A.State.Sending("t", "c")!.Spi;
        Assert.NotEqual(old, fresh);
        pair.Do(pair.B, new Input.DeleteIsakmp(pair.B.State.Isakmp.Values.Single().Own));
        pair.Settle();
        Assert.Equal(fresh, pair.A.State.Sending("t", "c")!.Spi);
        Assert.All([pair.A, pair.B], s => Assert.Equal(2, s.Pairs.Count()));
    }

    /// <summary>A rekeys; its new pair is up, and HASH(3) is held back.</summary>
    private static (Pair Pair, uint Old, Effect.Send Hash3) HalfRekeyed()
    {
        var pair = new Pair();
        pair.Connect(pair.A);
        pair.Settle();
        var old = pair.A.Pairs.Single().Spi;
        pair.Now = pair.A.State.Timers.Single(t => t.Key.Kind == TimerKind.PairRekeys).Value;
        pair.Do(pair.A, new Input.TimerFired(new TimerId(TimerKind.PairRekeys, default, old)));
        while (pair.A.Pairs.Count() == 1)
        {
            pair.DeliverNext();
        }

        var hash3 = Assert.Single(pair.Flying);
        pair.Flying.Clear();
        return (pair, old, hash3);
    }
}
