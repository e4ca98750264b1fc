using RefIke.Exploration;
using RefIke.Exploration.Mutants;
using RefIke.Exploration.Scenarios;
using RefIke.Properties.Engine;
using RefIke.Specification;
using Xunit;

namespace RefIke.Properties.Exploration;

public sealed class ExplorationTests
{
    private static readonly Explorer Explorer = new(new TraceAcceptance(RowFile.ReadAll(Pair.Repository)));

    public static TheoryData<string> Scenarios => [.. Scenario.All.Select(s => s.Name)];

    public static TheoryData<string> Mutants => [.. Mutant.All.Select(m => m.Id)];

    [Theory]
    [MemberData(nameof(Scenarios))]
    public void EveryPropertyHoldsInEverySchedule(string name)
    {
        var result = Explorer.Explore(Scenario.All.Single(s => s.Name == name), 300, 2409, cancelled: TestContext.Current.CancellationToken);
        Assert.True(result.Found is null, $"{result.Found?.What}\n{result.Found?.Ladder}");
        Assert.Equal(300, result.Schedules);
    }

    [Theory]
    [MemberData(nameof(Mutants))]
    public void EverySeededFaultIsFoundAndReplayed(string id)
    {
        var mutant = Mutant.All.Single(m => m.Id == id);
        var (scenario, found) = Scenario.All.Select(s => (Scenario: s, Explorer.Explore(s, 200, 2409, mutant, TestContext.Current.CancellationToken).Found))
            .FirstOrDefault(r => r.Found is not null);
        Assert.NotNull(found);
        var again = Explorer.Play(scenario, new Replay(found.Choices), mutant);
        Assert.Equal(found.What, again?.What);
        Assert.Equal(found.Ladder, again?.Ladder);
    }
}
