using RefIke.Engine;
using RefIke.Exchanges;
using Xunit;

namespace RefIke.Properties.Engine.Phase2;

/// <summary>A rekey that comes to nothing, and when it is tried again (D-139).</summary>
[JudgesFaults]
public sealed class FailedRekeyTests
{
    /// <summary>The peer has the pair's traffic no more in its policy, and says so at once.</summary>
    [Fact]
    public void PeerThatRefusesIsAskedOnceAMinute()
    {
        var pair = new Pair(life: 3600);
        var begun = Beginnings(Up(pair), new Side(new Endpoint(pair.B.Endpoint.Setup with
        {
            Connections = [.. pair.B.Endpoint.Setup.Connections.Select(c => c with { Children = [.. c.Children.Select(h => h with { Peer = h.Own })] })],
        })));
        Assert.InRange(begun.Length, 7, 12);      // 12 hundredths of an hour are seven minutes and 12 s; the last minute is halved
        Assert.All(begun[..7].Zip(begun[1..7]), both => Assert.Equal(60_000, both.Second - both.First));
    }

    /// <summary>Nobody answers: each try has its retransmissions, and the next follows after a rest; none comes when the pair has ended.</summary>
    [Fact]
    public void PeerThatIsLostIsAskedNoMoreThanOnceAMinute()
    {
        var pair = new Pair(life: 3600);
        var begun = Beginnings(Up(pair), null);
        Assert.InRange(begun.Length, 2, 7);
        Assert.All(begun.Zip(begun.Skip(1)), both => Assert.InRange(both.Second - both.First, 60_000, 70_000));
        Assert.Empty(pair.A.Pairs);
    }

    /// <summary>Where less than two minutes are left, half of them is waited.</summary>
    [Fact]
    public void ShortLifeHasASecondTry()
    {
        var pair = new Pair(life: 300, both: s => s with { Timing = s.Timing with { Retries = 2 } });
        var begun = Beginnings(Up(pair), null);
        Assert.InRange(begun.Length, 2, 4);
        Assert.All(begun.Zip(begun.Skip(1)), both => Assert.InRange(both.Second - both.First, 12_000, 60_000));
    }

    private static Pair Up(Pair pair)
    {
        pair.Connect(pair.A);
        pair.Settle();
        return pair;
    }

    /// <summary>When A begins Quick Modes in the life of its pair.</summary>
    /// <param name="peer">Who answers in place of B, with what B holds; null for nobody.</param>
    private static long[] Beginnings(Pair pair, Side? peer)
    {
        var begun = new List<long>();
        peer?.State = pair.B.State;
        while (pair.A.State.NextTimer is { } next && pair.A.Pairs.Any())
        {
            pair.Now = next.Due;
            Do(new Input.TimerFired(next.Timer));
            while (pair.Flying.Count > 0)
            {
                var sent = pair.Flying[0];
                pair.Flying.RemoveAt(0);
                if (peer is not null && sent.Remote.Equals(pair.B.Endpoint.Setup.Local))
                {
                    pair.Deliver(sent, peer);
                }
                else if (peer is not null)
                {
                    Do(new Input.DatagramArrived(sent.Remote, sent.Local, sent.Datagram));
                }
            }
        }

        return [.. begun];

        void Do(Input input)
        {
            var before = pair.A.State.QuickModes;
            pair.Do(pair.A, input);
            if (pair.A.State.QuickModes.Any(q => !before.ContainsKey(q.Key) && q.Value.State.Role == Role.Initiator))
            {
                begun.Add(pair.Now.Milliseconds);
            }
        }
    }
}
