using RefIke.Exploration.Sampling;
using RefIke.Exploration.Scenarios;
using RefIke.Exploration.Worlds;
using RefIke.Properties.Engine;
using RefIke.Specification;
using RefIke.Wire;
using Xunit;

namespace RefIke.Properties.Exploration;

/// <summary>The safety properties and the deadlines of <c>spec/properties.md</c> in every schedule that Coyote draws.</summary>
public sealed class ExplorationTests
{
    private static readonly Explorer Explorer = new(new TraceAcceptance(RowFile.ReadAll(Pair.Repository)));

    public static TheoryData<string> Scenarios => [.. Scenario.All.Select(s => s.Name)];

    [Theory]
    [MemberData(nameof(Scenarios))]
    [Clause("2409-5.5-04")]
    [Clause("2409-9-01")]
    [Clause("2408-5.1-06")]
    public void EveryPropertyHoldsInEverySchedule(string name)
    {
        var result = Explorer.Explore(Scenario.All.Single(s => s.Name == name), 300, 2409, cancelled: TestContext.Current.CancellationToken);
        Assert.True(result.Found is null, $"{result.Found?.What}\n{result.Found?.Ladder}");
        Assert.Equal(300, result.Schedules);
    }
}
