using RefIke.Properties.Engine;
using RefIke.Specification.Promela;
using Xunit;

namespace RefIke.Properties.Specification;

/// <summary>The faults put into the models: enough of them, each noticed, and no property that notices none. They are tried by refike spec mutants.</summary>
public sealed class ModelMutantTests
{
    private static readonly IReadOnlyList<ModelMutant> Mutants = ModelMutant.ReadAll(Pair.Repository);

    /// <summary>Each can be put in, in one place, has a name of its own and violates something.</summary>
    [Fact]
    public void EachHasItsPlaceAndIsNoticed()
    {
        Assert.True(Mutants.Count >= 40);
        Assert.Equal(Mutants.Count, Mutants.Select(m => m.Id).Distinct().Count());
        Assert.All(Mutants, m => Assert.NotNull(m.Changed(Pair.Repository)));
        Assert.All(Mutants, m => Assert.NotEmpty(m.Runs(Pair.Repository)));
        Assert.All(Mutants, m => Assert.NotEmpty(m.Kills));
    }

    /// <summary>Each property of each model notices some mutant, and one of them is noticed by few others, or a reason says why not.</summary>
    [Fact]
    public void EachPropertyIsWorthItsPlace()
    {
        var justified = ModelMutant.Justified(Pair.Repository);
        var idle = MutantTable.Properties(Pair.Repository)
            .Where(p => !Mutants.Any(m => m.Model == p.Model && m.Kills.Contains(p.Property) && m.Kills.Count <= 3)).ToArray();
        Assert.Equal(justified.Keys.Order(), idle.Order());
        Assert.All(justified.Values, reason => Assert.Matches("^[a-z].{20,}[a-z0-9]$", reason));
    }

    /// <summary>The page that people read says the same.</summary>
    [Fact]
    public void PageIsThatOfTheFile()
        => Assert.Equal(MutantTable.Of(Pair.Repository), File.ReadAllText(MutantTable.FilePath(Pair.Repository)));

    /// <summary>A mutant is tried: the property that notices it is named; what is no fault is noticed by nothing, and what does not compile is no kill.</summary>
    [Fact]
    public void WhatIsNoticedIsTold()
    {
        Assert.SkipUnless(SpinRunner.IsInstalled, "spin and gcc are not installed");
        var fault = Mutants.First(m => m is { Model: "quick-mode", Kills: ["S_22"] });
        ModelMutant[] tried =
        [
            fault,
            fault with { Id = "none", Give = $" {fault.Take}" },
            fault with { Id = "broken", Give = "ROW(" },
            fault with { Id = "nowhere", Take = "there is no such text" },
        ];
        var verdicts = MutantRunner.Run(Pair.Repository, tried, false, TestContext.Current.CancellationToken).ToArray();
        Assert.Equal([["S_22"], [], [], []], verdicts.Select(v => v.Kills));
        Assert.Equal([false, false, true, true], verdicts.Select(v => v.Faults.Count > 0));
    }
}
