using RefIke.Engine;
using RefIke.Exchanges;
using RefIke.Properties.Engine;
using RefIke.Wire;
using Xunit;

namespace RefIke.Properties.Specification;

/// <summary>Whose timer runs in phase 1, what stops it, and what comes after it (RFC 2408 §5.1).</summary>
[JudgesFaults]
public sealed class TimerTests
{
    /// <summary>
    /// D-01, D-150: the responder of Main Mode answers copies and never sends again by itself; all that runs is the
    /// time for which it keeps a half-open exchange.
    /// </summary>
    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public void ResponderOfPhase1HasNoResendTimer(int message)
    {
        var pair = PlaceOfMessagesTests.Sent(message);
        Assert.Equal([TimerKind.HalfOpenExpires], pair.B.State.Timers.Keys.Select(t => t.Kind));
        Assert.Contains(pair.A.State.Timers.Keys, t => t.Kind == TimerKind.Resend);
    }

    /// <summary>D-11: an answer that does not verify leaves the timer as it was; the true one stops it.</summary>
    [Theory]
    [InlineData(6)]
    [InlineData(8)]
    public void ForgedAnswerStopsNoTimer(int message)
    {
        var pair = PlaceOfMessagesTests.Sent(message);
        var sent = pair.Flying.Single();
        var before = Resends(pair);
        Assert.Single(before);
        var changed = (byte)(sent.Datagram.Span[40] ^ 1);
        pair.Deliver(sent with { Datagram = Insider.Patched(sent.Datagram, (40, changed)) });
        Assert.Equal(before, Resends(pair));
        pair.Deliver(sent);
        Assert.DoesNotContain(before[0].Key, pair.A.State.Timers.Keys);
    }

    /// <summary>D-212: who tries again after giving up has a new cookie and the same mode.</summary>
    [Fact]
    public void NextAttemptHasACookieOfItsOwn()
    {
        var pair = new Pair();
        foreach (var _ in Enumerable.Range(0, 2))
        {
            pair.Connect(pair.A);
            pair.Flying.Clear();
            while (pair.A.State.NextTimer is { } next)
            {
                pair.Now = next.Due;
                pair.Do(pair.A, new Input.TimerFired(next.Timer));
                pair.Flying.Clear();
            }
        }

        var first = pair.A.Told.OfType<Effect.Send>().Where(s => !s.IsResend)
            .Select(s => Insider.HeaderOf(s.Datagram)).ToArray();
        Assert.Equal(2, first.Select(h => h.InitiatorCookie).Distinct().Count());
        Assert.All(first, h => Assert.Equal(ExchangeType.MainMode, h.ExchangeType));
    }

    /// <summary>D-139: the ends rekey at different times, and neither before most of the life has passed (RFC 2408 §4.3).</summary>
    [Fact]
    [Clause("2408-4.3-02")]
    public void EndsRekeyAtDifferentTimesLateInTheLife()
    {
        var pair = new Pair(life: 1000);
        pair.Connect(pair.A);
        pair.Settle();
        var due = new[] { pair.A, pair.B }.Select(s => s.State.Timers.Single(t => t.Key.Kind == TimerKind.PairRekeys).Value.Milliseconds).ToArray();
        Assert.Equal([880_000, 960_000], due);
    }

    private static KeyValuePair<TimerId, Instant>[] Resends(Pair pair)
        => [.. pair.A.State.Timers.Where(t => t.Key.Kind == TimerKind.Resend)];
}
