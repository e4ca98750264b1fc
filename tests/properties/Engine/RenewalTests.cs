using RefIke.Engine;
using RefIke.Wire;
using Xunit;

namespace RefIke.Properties.Engine;

/// <summary>RFC 2408 §4.3, RFC 2409 §8: a new ISAKMP SA in place of the old one; IPsec pairs survive it.</summary>
[JudgesFaults]
public sealed class RenewalTests
{
    [Fact]
    [Clause("2408-4.3-02")]
    [Clause("2408-4.3-01")]
    [Clause("2409-8-01")]
    public void IsakmpSaIsRenewedBeforeItEndsAndThePairLivesOn()
    {
        var pair = Up(isakmpLife: 600);
        var (former, spi) = (pair.A.State.Isakmp.Keys.Single(), pair.A.Pairs.Single().Spi);
        pair.Run(540_000);
        Assert.Equal(2, pair.A.State.Isakmp.Count);
        pair.Run(50_000);
        Assert.NotEqual(former, Assert.Single(pair.A.State.Isakmp).Key);
        Assert.Single(pair.B.State.Isakmp);
        Assert.Equal(spi, pair.A.Pairs.Single().Spi);
        Assert.Single(pair.B.Pairs);
        Assert.Null(pair.TraceFault());
    }

    [Fact]
    public void PairIsRekeyedUnderTheNewIsakmpSa()
    {
        var pair = Up(isakmpLife: 600);
        var former = pair.A.State.Isakmp.Values.Single().Phase1.CKY_I;
        pair.Do(pair.A, new Input.Renew(pair.A.State.Isakmp.Values.Single().Own));
        pair.Settle();
        pair.Now = pair.Now.After(60_000);
        pair.Do(pair.B, new Input.Rekey(pair.B.Pairs.Single().Spi));
        pair.Settle();
        Assert.NotEqual(former, pair.A.State.Sending("t", "c")!.Exchange.CKY_I);
    }

    [Fact]
    public void IsakmpSaThatNoPairNeedsIsNotRenewed()
    {
        var pair = Up(isakmpLife: 600);
        pair.Do(pair.A, new Input.DeletePair(pair.A.Pairs.Single().Spi));
        pair.Settle();
        pair.Run(700_000);
        Assert.Empty(pair.A.State.Isakmp);
        Assert.Empty(pair.B.State.Isakmp);
    }

    /// <summary>
    /// D-34, D-110: where so many message ids were met that soon none of the peer's would be taken, the ISAKMP SA is renewed, long before
    /// its life ends; questions of RFC 3706 and rekeys alone bring that about.
    /// </summary>
    [Fact]
    [Clause("2409-10-01")]
    public void IsakmpSaIsRenewedBeforeItsMessageIdsAreSpent()
    {
        var pair = new Pair(life: 3600, isakmpLife: 86_400, both: s => s with { Limits = s.Limits with { MessageIds = 40 } });
        pair.Connect(pair.A);
        pair.Settle();
        var former = pair.A.State.Isakmp.Keys.Single();
        for (var n = 0; n < 20; n++)
        {
            pair.Run(40_000);
            pair.Do(pair.A, new Input.Rekey(pair.A.State.Sending("t", "c")!.Spi));
            pair.Settle();
        }

        pair.Run(40_000);
        Assert.DoesNotContain(former, pair.A.State.Isakmp.Keys);
        Assert.Equal(21, pair.A.Told.OfType<Effect.PairEstablished>().Count());
        Assert.Single(pair.B.Pairs);
    }

    /// <summary>RFC 2409 §5.5: a Quick Mode belongs to the ISAKMP SA under which it began; a renewal between its messages moves nothing.</summary>
    [Fact]
    [Clause("2409-5.5-04")]
    public void OpenQuickModeEndsUnderTheSaThatItBeganUnder()
    {
        var pair = Up(isakmpLife: 28800);
        pair.Do(pair.A, new Input.Rekey(pair.A.Pairs.Single().Spi));
        var message1 = pair.Flying.Single();
        pair.Flying.Clear();
        pair.Do(pair.A, new Input.Renew(pair.A.State.Isakmp.Values.Single().Own));
        pair.Settle();
        Assert.Equal(2, pair.B.State.Isakmp.Count);
        pair.Deliver(message1);
        pair.Settle();
        Assert.Equal(2, pair.A.Pairs.Count());
        Assert.Equal(pair.A.Pairs.Select(p => p.Spi).Order(), pair.B.Pairs.Select(p => p.PeerSpi).Order());
    }

    private static Pair Up(ulong isakmpLife)
    {
        var pair = new Pair(life: 3600, isakmpLife: isakmpLife);
        pair.Connect(pair.A);
        pair.Settle();
        return pair;
    }
}
