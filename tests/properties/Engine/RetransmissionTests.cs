using RefIke.Engine;
using RefIke.Wire;
using Xunit;

namespace RefIke.Properties.Engine;

/// <summary>RFC 2408 §5.1: what is sent again, when, and when it ends.</summary>
[JudgesFaults]
public sealed class RetransmissionTests
{
    /// <summary>The gap before each resend is longer than the one before, in phase 1 and in phase 2 (D-08).</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(6)]
    [Clause("2408-5.1-04")]
    public void GapsBetweenResendsGrow(int delivered)
    {
        var pair = new Pair();
        var sent = SendToSilentPeer(pair, delivered);
        var gaps = sent.Zip(sent.Skip(1), (a, b) => b - a).ToArray();
        Assert.Equal(new Timing().Retries, gaps.Length);
        Assert.All(gaps.Zip(gaps.Skip(1)), g => Assert.True(g.Second > g.First, $"gaps {string.Join(", ", gaps)} ms"));
    }

    /// <summary>After the last try the exchange has failed, and nothing of it is left to wait for.</summary>
    [Fact]
    [Clause("2408-5.1-05")]
    public void UnansweredExchangeEndsAndLeavesNoTimer()
    {
        var pair = new Pair();
        SendToSilentPeer(pair, 0);
        Assert.Contains(pair.A.Told, e => e is Effect.ExchangeFailed);
        Assert.Empty(pair.A.State.Isakmp);
        Assert.Empty(pair.A.State.Timers);
    }

    /// <summary>Whose HASH(3) never comes gives up, and tells the initiator, whose pair has nothing at its other end (R-20).</summary>
    [Fact]
    [Clause("2408-3.15-02")]
    public void ResponderThatGivesUpWithdrawsItsPair()
    {
        var pair = new Pair();
        pair.Connect(pair.A);
        while (!pair.A.Pairs.Any())
        {
            pair.DeliverNext();
        }

        pair.Flying.Clear();
        for (var n = 0; n <= pair.B.Endpoint.Setup.Timing.Retries; n++)
        {
            Assert.Single(pair.A.Pairs);
            pair.Flying.Clear();
            var (timer, due) = pair.B.State.Timers.Single(t => t.Key.Kind == TimerKind.Resend);
            pair.Now = due;
            pair.Do(pair.B, new Input.TimerFired(timer));
        }

        pair.Settle();
        Assert.Empty(pair.A.Pairs);
        Assert.Empty(pair.B.Pairs);
    }

    /// <summary>A sends; so many of the first datagrams arrive, whoever sent them, and then none. When A's newest message was sent, in milliseconds.</summary>
    private static List<long> SendToSilentPeer(Pair pair, int delivered)
    {
        pair.Connect(pair.A);
        for (var n = 0; n < delivered; n++)
        {
            pair.DeliverNext();
        }

        var times = new List<long> { pair.Now.Milliseconds };
        for (var n = 0; n < 20 && pair.A.State.Timers.Where(t => t.Key.Kind == TimerKind.Resend).Select(t => t.Value).ToArray() is [var due, ..]; n++)
        {
            pair.Flying.Clear();
            pair.Now = due;
            pair.Do(pair.A, new Input.TimerFired(pair.A.State.Timers.First(t => t.Key.Kind == TimerKind.Resend).Key));
            times.AddRange(pair.Flying.Where(s => s.IsResend).Select(_ => due.Milliseconds));
        }

        return times;
    }
}
