using RefIke.Exploration.Killing;
using RefIke.Exploration.Mutants;
using RefIke.Exploration.Scenarios;
using RefIke.Properties.Engine;
using RefIke.Vectors.Tests.Replay;
using Xunit;

namespace RefIke.Properties.Exploration;

/// <summary>
/// The columns of <c>spec/kill-matrix.md</c> that need tests: which class of property tests, and which vector, finds which seeded fault. Whoever
/// it says has found a fault must find it again, alone. They take some minutes, so they are run where they are asked for:
/// <c>--explicit only</c>, as .ci/run does. <c>refike explore --mutants</c> makes the other columns.
/// </summary>
/// <remarks>
/// REFIKE_ACCEPT=1 lets both search, and writes the cells anew: an hour for all. REFIKE_JUDGES="properties" lets that column alone
/// search, the other keeps what it has. REFIKE_FAULTS="M-12 M-13" is for those faults alone, with or without the other two.
/// </remarks>
public sealed class KillMatrixTests
{
    private static readonly KillMatrix Kept = KillMatrix.Read(Pair.Repository);

    private static bool Accepts => Environment.GetEnvironmentVariable("REFIKE_ACCEPT") == "1";

    private static string[]? List(string variable)
        => Environment.GetEnvironmentVariable(variable) is { Length: > 0 } words ? words.Split(' ') : null;

    public static TheoryData<string> Faults
    {
        get
        {
            var asked = List("REFIKE_FAULTS");
            return [.. Mutant.All.Select(m => m.Id).Where(id => asked?.Contains(id) != false)];
        }
    }

    [Theory(Explicit = true)]
    [MemberData(nameof(Faults))]
    public void EverySeededFaultIsFoundByWhomTheMatrixSays(string id)
    {
        var mutant = Mutant.All.Single(m => m.Id == id);
        var row = Kept.Of(mutant);
        var found = Asked(row, Judge.Properties, before => FaultyPairs.Finding(mutant, before));
        found = Asked(found, Judge.Vectors, before => EndpointReplayTests.Finding(mutant, before));
        if (Accepts)
        {
            Kept.Keep(found);
            return;
        }

        Assert.Equal(row.Cells, found.Cells);
    }

    /// <summary>One line a fault and a scenario, and no line for what is gone.</summary>
    [Fact]
    public void MatrixHasEachFaultAndScenario()
    {
        Assert.Equal(Mutant.All.Select(m => m.Id).Order(), Kept.Rows.Keys.Order());
        Assert.All(Mutant.All, m => Assert.Equal(m.Words, Kept.Rows[m.Id].Words));
        Assert.Equal(Scenario.All.Select(s => s.Name).Order(), Kept.Scenarios.Keys.Order());
    }

    /// <summary>At least 95 of a hundred faults are found, 60 by exploring the real code alone; every scenario finds one.</summary>
    [Fact]
    public void MatrixShowsWhatIsPromised()
    {
        var rows = Kept.Rows.Values.ToArray();
        Assert.InRange(rows.Count(r => r.Cells.Any(c => c != MatrixRow.None)), 0.95 * rows.Length, rows.Length);
        Assert.InRange(rows.Count(r => r.IsFoundByExploring), 0.60 * rows.Length, rows.Length);
        Assert.DoesNotContain(MatrixRow.None, Kept.Scenarios.Values);
    }

    /// <summary>Whoever failed without a fault would find them all.</summary>
    [Fact(Explicit = true)]
    public void NobodyFindsAFaultWhereThereIsNone()
    {
        var none = new Mutant("M-00", "nothing", "");
        Assert.Null(FaultyPairs.Finding(none, null));
        Assert.Null(EndpointReplayTests.Finding(none));
    }

    private static MatrixRow Asked(MatrixRow row, Judge judge, Func<string?, string?> finding)
    {
        var anew = Accepts && List("REFIKE_JUDGES")?.Contains($"{judge}", StringComparer.OrdinalIgnoreCase) != false;
        return anew || row[judge] != MatrixRow.None ? row.With(judge, finding(anew ? null : row[judge])) : row;
    }
}
