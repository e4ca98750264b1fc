using RefIke.Engine;
using RefIke.Exploration.Sampling;
using RefIke.Exploration.Scenarios;
using RefIke.Exploration.Worlds;
using Xunit;

namespace RefIke.Properties.Exploration;

/// <summary>What the explorer itself promises, whatever the scenario.</summary>
public sealed class ExplorerTests
{
    /// <summary>
    /// A schedule that takes long in real time, as on a machine with other work, is no violation: only virtual time
    /// counts.
    /// </summary>
    [Fact]
    public void SlowMachineIsNoViolation()
    {
        Act late = new Act.Demand("L-01", _ =>
        {
            Thread.Sleep(4000);
            return null;
        });
        var slow = new Scenario(
            "slow", "A machine that has other work.", ["L-01"], new Budget(), [new Act.Do(Order.Up(Side.A)), late, new Act.Let(new Instant(200_000))]);
        var result = new Explorer(null).Explore(slow, 1, 1, cancelled: TestContext.Current.CancellationToken);
        Assert.Null(result.Found);
        Assert.Equal(1, result.Schedules);
    }

    /// <summary>A cancelled exploration ends soon, and what it has not seen is not counted.</summary>
    [Fact]
    public void CancelledExplorationEnds()
    {
        using var stop = new CancellationTokenSource();
        var runs = 0;
        Act counting = new Act.Demand("L-01", _ =>
        {
            if (++runs == 5)
            {
                stop.Cancel();
            }

            return null;
        });
        var endless = Scenario.All[0] with { Variants = [[counting]] };
        var result = new Explorer(null).Explore(endless, int.MaxValue, 1, cancelled: stop.Token);
        Assert.Null(result.Found);
        Assert.Equal(5, result.Schedules);
    }
}
