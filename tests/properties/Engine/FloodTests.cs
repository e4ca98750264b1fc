using RefIke.Crypto;
using RefIke.Engine;
using RefIke.Exchanges;
using RefIke.Properties.Engine.Phase1;
using RefIke.Properties.Specification;
using RefIke.Wire;
using Xunit;

namespace RefIke.Properties.Engine;

/// <summary>
/// What somebody who proves nothing can make a responder do is bounded, in exponentiations and in memory, however much he sends
/// (RFC 2408 §1.7.1, §2.5.3). Exponentiations are counted where they are made.
/// </summary>
[JudgesFaults]
public sealed class FloodTests
{
    /// <summary>Message 1 of Main Mode costs nothing that is dear, and no more than so many exchanges are kept from one address.</summary>
    [Fact]
    [Clause("2408-1.7.1-01")]
    public void FirstMessagesOfMainModeCostNoExponentiation()
    {
        var (pair, count) = Counted();
        pair.Connect(pair.A);
        var first = pair.Flying.Single();
        for (var n = 1; n <= 2000; n++)
        {
            pair.Deliver(first with { Datagram = Insider.Patched(first.Datagram, (0, (byte)(n & 0xff)), (1, (byte)(n >> 8))) });
        }

        Assert.Equal(0, count.Powers);
        Assert.Equal(new Limits().HalfOpenPerAddress, pair.B.State.Isakmp.Count);
        Assert.Equal(new Limits().HalfOpenPerAddress, pair.B.State.FirstMessages.Count);
        Assert.InRange(pair.B.State.Timers.Count, 0, new Limits().HalfOpenPerAddress);
    }

    /// <summary>
    /// Whoever goes on to message 3 makes the responder exponentiate twice an exchange, once: copies, other keys and rubbish after
    /// it make no more of it.
    /// </summary>
    [Fact]
    [Clause("2408-1.7.1-01")]
    public void ThirdMessagesCostTwoExponentiationsAnExchange()
    {
        var (pair, count) = Counted();
        var third = Third(pair);
        var before = count.Powers;
        for (var n = 0; n < 100; n++)
        {
            pair.Deliver(third);
            pair.Deliver(third with
            {
                Datagram = Insider.Clear(third.Datagram, p => p.Select(x => x is NoncePayload
                ? new NoncePayload(Enumerable.Repeat((byte)n, 16).ToArray()) : x))
            });
            pair.Deliver(third with { Datagram = Insider.Patched(third.Datagram, (19, 1)) });
        }

        Assert.Equal(2, count.Powers - before);
        Assert.Single(pair.B.State.Isakmp);
    }

    /// <summary>RFC 6989 §2.3: where a value is judged by an exponentiation, no more than so many are judged in one exchange.</summary>
    [Fact]
    [Clause("2409-5-05")]
    public void NoMoreThanSoManyPublicValuesAreJudgedInAnExchange()
    {
        var (pair, count) = Counted("aes128-sha256-modp2048s256");
        var third = Third(pair);
        var before = count.Powers;
        for (var n = 0; n < 100; n++)
        {
            var value = Enumerable.Repeat((byte)(n + 1), 256).ToArray();
            pair.Deliver(third with
            {
                Datagram = Insider.Clear(third.Datagram, p => p.Select(x => x is KeyExchangePayload
                ? new KeyExchangePayload(value) : x))
            });
        }

        Assert.InRange(count.Powers - before, 1, new Limits().RefusedKeys);
        Assert.Contains(pair.B.Told, e => e is Effect.Rejected { Why: Rejection.LimitReached });
        pair.Run(new Timing().HalfOpen + 1);
        Assert.Empty(pair.B.State.Isakmp);
    }

    /// <summary>
    /// Aggressive Mode costs two exponentiations with message 1: no more than twice the half-open exchanges of an address, until
    /// they expire.
    /// </summary>
    [Fact]
    [Clause("2408-1.7.1-01")]
    public void AggressiveModeCostsTwoExponentiationsAHalfOpenExchange()
    {
        var (pair, count) = Counted(both: Phase1Setups.As(ExchangeType.Aggressive, AuthenticationMethod.PreSharedKey));
        pair.Connect(pair.A);
        var first = pair.Flying.Single();
        pair.Flying.Clear();
        for (var n = 1; n <= 500; n++)
        {
            pair.Deliver(first with { Datagram = Insider.Patched(first.Datagram, (0, (byte)(n & 0xff)), (1, (byte)(n >> 8))) });
        }

        Assert.Equal(2 * new Limits().HalfOpenPerAddress, count.Powers);
        Assert.Equal(new Limits().HalfOpenPerAddress, pair.B.State.Isakmp.Count);
    }

    /// <summary>The third message of an initiator, not yet delivered; what A computed for it is not B's.</summary>
    private static Effect.Send Third(Pair pair)
    {
        var third = PlaceOfMessagesTests.Sent(3, pair).Flying.Single();
        pair.Flying.Clear();
        return third;
    }

    private static (Pair Pair, CountingExponentiation Count) Counted(
        string phase1 = "aes128-sha1-modp1024", Func<EndpointSetup, EndpointSetup>? both = null)
    {
        var count = new CountingExponentiation();
        return (new Pair(phase1, both: both, changeB: s => s with { DiffieHellman = new DiffieHellman(count) }), count);
    }

    private sealed class CountingExponentiation : IModularExponentiation
    {
        public int Powers { get; private set; }

        public string Name => "counting";

        public byte[] Power(ReadOnlySpan<byte> b, ReadOnlySpan<byte> e, ReadOnlySpan<byte> m)
        {
            Powers++;
            return DiffieHellman.BestExponentiation.Power(b, e, m);
        }
    }
}
