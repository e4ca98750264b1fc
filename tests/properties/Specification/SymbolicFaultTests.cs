using RefIke.Properties.Engine;
using RefIke.Specification.Symbolic;
using Xunit;

namespace RefIke.Properties.Specification;

/// <summary>Faults seeded in the models of <c>spec/symbolic</c>: each is noticed by the property that is there for it.</summary>
public sealed class SymbolicFaultTests
{
    public static TheoryData<string> Names => [.. SymbolicFault.All.Select(f => f.Words)];

    [Theory]
    [MemberData(nameof(Names))]
    public void FaultIsNoticed(string words)
    {
        Assert.SkipUnless(MaudeRunner.IsInstalled, "maude is not installed");
        var fault = SymbolicFault.All.Single(f => f.Words == words);
        var verdicts = MaudeRunner.Run(Pair.Repository, TestContext.Current.CancellationToken, only: fault.Asks, change: fault.Seed).ToArray();
        Assert.DoesNotContain(verdicts, v => v.Verdict == "no model");
        Assert.Contains(verdicts, v => v is { Verdict: "violated", Expected: "holds", AsExpected: false, Detail.Count: > 3 });
    }

    /// <summary>
    /// Every property that holds somewhere has a fault that it notices, but one: weak agreement is asked only beside
    /// agreement, which says more.
    /// </summary>
    [Fact]
    public void EveryPropertyNoticesSome()
    {
        var recorded = MaudeRecord.Read(Pair.Repository);
        var holding = MaudeVariant.ReadAll(Pair.Repository).SelectMany(v => v.Searches)
            .Where(s => recorded[(s.Model, s.Key)].Verdict == "holds").Select(s => s.Note[..4]).Distinct();
        Assert.Equal(["Y-04"], holding.Except(SymbolicFault.All.Select(f => f.Note[..4])));
    }

    /// <summary>What does not stand in the text is not passed over.</summary>
    [Fact]
    public void FaultThatCannotBeSeededIsNamed()
        => Assert.Throws<InvalidOperationException>(() => SymbolicFault.All[0].Seed($"{SymbolicFault.All[0].File}.maude", "nothing of it"));
}
