using RefIke.Engine;
using Xunit;

namespace RefIke.Properties.Engine;

/// <summary>In which order a host steps its endpoint.</summary>
public sealed class HostTurnsTests
{
    /// <summary>An input that waits comes before a timer that is due, and a flood of them holds no timer up.</summary>
    [Fact]
    public void InputsAndTimersTakeTurns()
    {
        HostTurns turns = default;
        var done = new List<HostTurn>();
        for (var n = 0; n < 6; n++)
        {
            (var turn, turns) = turns.Next(waits: true, isDue: true);
            done.Add(turn);
        }

        Assert.Equal([HostTurn.Take, HostTurn.Fire, HostTurn.Take, HostTurn.Fire, HostTurn.Take, HostTurn.Fire], done);
    }

    [Theory]
    [InlineData(false, false, HostTurn.Wait)]
    [InlineData(true, false, HostTurn.Take)]
    [InlineData(false, true, HostTurn.Fire)]
    public void WhatIsThereIsDone(bool waits, bool isDue, HostTurn due)
    {
        Assert.Equal(due, default(HostTurns).Next(waits, isDue).Now);
        Assert.Equal(due, new HostTurns(true).Next(waits, isDue).Now);
    }

    /// <summary>A flood costs datagrams, and never an owner's order.</summary>
    [Fact]
    public void FloodCostsDatagramsAlone()
    {
        Assert.True(HostTurns.Admits(HostTurns.MostWaiting - 1, isDatagram: true));
        Assert.False(HostTurns.Admits(HostTurns.MostWaiting, isDatagram: true));
        Assert.True(HostTurns.Admits(HostTurns.MostWaiting, isDatagram: false));
    }
}
