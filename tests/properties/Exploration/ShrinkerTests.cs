using RefIke.Exploration.Mutants;
using RefIke.Exploration.Sampling;
using RefIke.Exploration.Scenarios;
using RefIke.Exploration.Worlds;
using RefIke.Properties.Engine;
using RefIke.Specification;
using Xunit;

namespace RefIke.Properties.Exploration;

/// <summary>A violating run is made small, and stays one.</summary>
public sealed class ShrinkerTests
{
    private static readonly TraceAcceptance Tables = new(RowFile.ReadAll(Pair.Repository));

    /// <summary>
    /// A run with much harm is brought to what the fault needs: one lost datagram, where a resend is other than the first sending.
    /// </summary>
    [Theory]
    [InlineData("M-121", "reordering", "S-10", 1)]
    [InlineData("M-145", "rekey", "L-05", 1)]
    [InlineData("M-150", "parent-deleted", "S-21", 0)]
    public void RunIsBroughtToItsNeed(string fault, string name, string property, int harm)
    {
        var (scenario, mutant) = (Scenario.All.Single(s => s.Name == name), Mutant.All.Single(m => m.Id == fault));
        var found = new Explorer(Tables).Explore(scenario, 300, 11, mutant, TestContext.Current.CancellationToken).Found!;
        Assert.Equal(property, found.Property);
        var again = Story.Of(scenario, scenario.Budget, found.Way, Tables, mutant);
        Assert.Equal(found.Ladder, again.Violation!.Ladder);
        Assert.Equal(harm, again.Lines.Count(l => l.IsMessage && l.Note.Length > 0));
        Assert.Equal(found.Way, new Shrinker(scenario, scenario.Budget, Tables, mutant).Of(found).Way);
    }

    /// <summary>A run that violates nothing is left as it is.</summary>
    [Fact]
    public void HonestRunIsLeft()
    {
        var honest = new Violation("L-02", "nothing", [0, 0, 0], "");
        Assert.Same(honest, new Shrinker(Scenario.All[0], Scenario.All[0].Budget, Tables).Of(honest));
    }
}
