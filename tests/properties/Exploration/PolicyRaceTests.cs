using RefIke.Exploration.Policies;
using RefIke.Properties.Engine;
using RefIke.Specification;
using Xunit;

namespace RefIke.Properties.Exploration;

/// <summary>
/// <c>docs/policy-races.md</c> says what the code does: here the races with few states are searched again, and .ci/run makes all of it again.
/// </summary>
public sealed class PolicyRaceTests
{
    private static readonly TraceAcceptance Tables = new(RowFile.ReadAll(Pair.Repository));
    private static readonly string[] Lines = File.ReadAllLines(Path.Combine(Pair.Repository, "docs", "policy-races.md"));

    public static TheoryData<string, string, bool> Quick => [.. from race in new[] { "rekey", "delete", "parent-deleted", "delete-crossing-rekey" }
                                                                from policy in LifePolicy.All
                                                                from both in new[] { true, false }
                                                                where both || policy.Name != "REFIKE"
                                                                select (policy.Name, race, both)];

    [Theory]
    [MemberData(nameof(Quick))]
    public void CellIsWhatTheSearchSays(string name, string race, bool both)
    {
        var outcome = PolicyRaces.Of(LifePolicy.All.Single(p => p.Name == name), race, both, Tables, TestContext.Current.CancellationToken);
        var row = Lines.Where(l => l.StartsWith($"| {name} |", StringComparison.Ordinal)).ElementAt(both || name == "REFIKE" ? 0 : 1);
        var cell = row.Split('|')[2 + PolicyRaces.Races.IndexOf(race)].Trim();
        Assert.Equal(cell, outcome.Violated is { } property ? $"**{property}** in {outcome.Length}" : "holds");
    }

    /// <summary>Each policy but RefIke's makes something else of the core: no row says what it does not test.</summary>
    [Fact]
    public void EachPolicyChangesSomething()
    {
        string[] races = ["delete", "rekey", "parent-deleted", "simultaneous-renewal", "simultaneous-rekey", "isakmp-renewal"];
        var own = new Dictionary<string, RaceOutcome>();
        Assert.All(LifePolicy.All.Skip(1), policy => Assert.Contains(races, race =>
        {
            own.TryAdd(race, Of(LifePolicy.All[0], race));
            var outcome = Of(policy, race);
            return (outcome.States, outcome.Violated) != (own[race].States, own[race].Violated);
        }));

        static RaceOutcome Of(LifePolicy policy, string race) => PolicyRaces.Of(policy, race, true, Tables, TestContext.Current.CancellationToken);
    }
}
