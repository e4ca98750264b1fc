using RefIke.Exploration.Exhaustive;
using RefIke.Exploration.Mutants;
using RefIke.Exploration.Scenarios;
using RefIke.Properties.Engine;
using RefIke.Specification;
using RefIke.Wire;
using Xunit;

namespace RefIke.Properties.Exploration;

/// <summary>Every state of a scenario that the real core reaches within the budget, and what the search itself promises.</summary>
public sealed class ExhaustiveTests
{
    private static readonly TraceAcceptance Tables = new(RowFile.ReadAll(Pair.Repository));

    /// <summary>All but those with some hundred thousand states, which refike explore --exhaustive visits.</summary>
    public static TheoryData<string> Scenarios => [.. Scenario.All.Select(s => s.Name).Except(["duplication", "replay"])];

    [Theory]
    [MemberData(nameof(Scenarios))]
    [Clause("2409-5.5-04")]
    [Clause("2409-9-01")]
    [Clause("2408-5.1-06")]
    public void EveryPropertyHoldsInEveryState(string name)
    {
        var result = Search(name);
        Assert.True(result.Found is null, $"{result.Found?.What}\n{result.Found?.Ladder}");
        Assert.True(result.IsWhole);
        Assert.True(result.Ends > 0);
    }

    /// <summary>The reached set is the same for any number of workers, and of the parts of a split search together.</summary>
    [Fact]
    public void DigestDoesNotDependOnWhoLooks()
    {
        var rekeys = Named("simultaneous-rekey") with { Bounded = null };
        var whole = Search(rekeys, new SearchLimits(Workers: 1));
        Assert.Equal(whole.Digest, Search(rekeys, new SearchLimits(Workers: 3)).Digest);
        foreach (var of in new[] { 2, 4 })
        {
            var parts = Enumerable.Range(1, of).Select(n => Search(rekeys, new SearchLimits(Part: n, Of: of))).ToArray();
            Assert.All(parts, p => Assert.InRange(p.States, 1, whole.States - 1));
            Assert.Equal(whole.Digest, SetDigest.Of(parts.SelectMany(p => p.Reached).Distinct().Order()));
        }

        Assert.NotEqual(whole.Digest, Search("rekey").Digest);
    }

    /// <summary>A seeded fault is found by one of the shortest ways, and drawn. What Coyote needs luck for is found for certain.</summary>
    [Theory]
    [InlineData("M-61", "honest", "L-02")]
    [InlineData("M-118", "loss", "L-02")]
    [InlineData("M-121", "loss", "S-10")]
    [InlineData("M-145", "rekey", "L-05")]
    [InlineData("M-150", "parent-deleted", "S-21")]
    [InlineData("M-82", "altered-delete", "S-07")]
    [InlineData("M-908", "honest", "S-13")]
    public void FaultIsFound(string mutant, string scenario, string property)
    {
        var result = Search(scenario, null, mutant);
        Assert.False(result.IsWhole);
        Assert.Equal(property, result.Found?.Property);
        Assert.Matches("▶|◀", result.Found!.Ladder);
        Assert.InRange(result.Found.Way.Count, result.Depth, result.Depth + 1);
    }

    /// <summary>
    /// L-05, D-138: a responder that gives up too early takes its offer back while HASH(3) is under way, and at no time is there no pair.
    /// </summary>
    [Fact]
    public void RekeyThatIsTakenBackLeavesNoGap()
    {
        var budget = new Budget { Losses = 3, Copies = 1, PrematureTimers = 2, Reorders = true };
        var result = Search(Named("rekey") with { Bounded = budget });
        Assert.True(result.IsWhole, result.Found?.Ladder);
    }

    /// <summary>What spec/properties.md calls delivery is sharp: as many losses and early timers as retries, and one more.</summary>
    [Theory]
    [InlineData(3, null)]
    [InlineData(4, "L-02")]
    public void SetUpNeedsNoMoreThanDelivery(int early, string? violated)
    {
        var budget = new Budget { Losses = 1, PrematureTimers = early };
        Assert.Equal(violated is null, budget.Delivers(Cast.Retries));
        var result = Search(Named("loss") with { Bounded = budget });
        Assert.Equal(violated, result.Found?.Property);
    }

    /// <summary>A core that throws is a violation of S-31 and no crash of the search.</summary>
    [Fact]
    public void CoreThatThrowsIsFound()
    {
        var thrower = new Mutant("M-0", "throws on its third step", "") { Around = _ => (_, _, _) => throw new InvalidOperationException("thrown") };
        var result = new ExhaustiveSearch(Scenario.All[0], Tables, thrower).Run(new SearchLimits(), stop: TestContext.Current.CancellationToken);
        Assert.Equal(("S-31", false), (result.Found?.Property, result.IsWhole));
    }

    /// <summary>A search that is stopped, by its limit or from outside, has no verdict.</summary>
    [Fact]
    public void StoppedSearchHasNoVerdict()
    {
        var limited = Search("reordering", new SearchLimits(States: 100));
        Assert.Equal((false, null), (limited.IsWhole, limited.Found));
        using var stop = new CancellationTokenSource();
        var cancelled = new ExhaustiveSearch(Named("reordering"), Tables).Run(new SearchLimits(), p => stop.Cancel(), stop.Token);
        Assert.Equal((false, null, 1), (cancelled.IsWhole, cancelled.Found, cancelled.Depth));
    }

    /// <summary>A way round that costs neither time nor budget would be a run without end.</summary>
    [Theory]
    [InlineData(false, "0-1 1-2 0-2 2-3")]
    [InlineData(false, "0-1 1-3 2-1 0-2")]
    [InlineData(true, "0-1 1-2 2-1")]
    [InlineData(true, "0-0")]
    public void RoundIsFound(bool expected, string moves)
    {
        var edges = moves.Split(' ').Select(m => (From: m[0] - '0', To: m[2] - '0')).ToArray();
        var rounds = new Rounds();
        rounds.Add(edges);
        Assert.Equal(expected, rounds.Find(n => edges.Where(e => e.From == n).Select(e => e.To)) is not null);
    }

    private static Scenario Named(string name) => Scenario.All.Single(s => s.Name == name);

    private static ExhaustiveResult Search(string scenario, SearchLimits? limits = null, string? mutant = null)
        => Search(Named(scenario), limits, mutant);

    private static ExhaustiveResult Search(Scenario scenario, SearchLimits? limits = null, string? mutant = null)
        => new ExhaustiveSearch(scenario, Tables, Mutant.All.SingleOrDefault(m => m.Id == mutant))
            .Run(limits ?? new SearchLimits(), stop: TestContext.Current.CancellationToken);
}
