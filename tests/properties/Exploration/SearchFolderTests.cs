using RefIke.Exploration.Exhaustive;
using RefIke.Exploration.Scenarios;
using RefIke.Properties.Engine;
using RefIke.Specification;
using Xunit;

namespace RefIke.Properties.Exploration;

/// <summary>A search that writes down how far it has come: it is gone on with as if nothing had been, or not at all.</summary>
public sealed class SearchFolderTests : IDisposable
{
    private static readonly TraceAcceptance Tables = new(RowFile.ReadAll(Pair.Repository));
    private static readonly Scenario Searched = Scenario.All.Single(s => s.Name == "simultaneous-rekey") with { Bounded = null };
    private readonly string folder = Directory.CreateTempSubdirectory("refike").FullName;

    public void Dispose() => Directory.Delete(folder, true);

    /// <summary>However often it is stopped, in the end it has seen the same states by as many moves.</summary>
    [Fact]
    public void StoppedSearchGoesOn()
    {
        var whole = Search(new SearchLimits());
        ExhaustiveResult? part = null;
        var runs = 0;
        for (var depth = 5; part is not { IsWhole: true }; depth += 7, runs++)
        {
            part = Search(Here, depth);
        }

        Assert.True(runs > 3);
        Assert.Equal((whole.Digest, whole.States, whole.Transitions, whole.Ends, whole.Depth), (part.Digest, part.States, part.Transitions, part.Ends, part.Depth));
        Assert.True(part.TakenUp > 0);
    }

    /// <summary>One that has ended says so again at once.</summary>
    [Fact]
    public void EndedSearchIsKnown()
    {
        var whole = Search(Here);
        var again = Search(Here);
        Assert.Equal((whole.Digest, true), (again.Digest, again.IsWhole));
        Assert.True(again.CoreSteps < whole.CoreSteps / 4);
    }

    /// <summary>What memory does not hold is found on disk.</summary>
    [Fact]
    public void DiskHoldsWhatMemoryDoesNot()
    {
        var whole = Search(new SearchLimits());
        var spilled = Search(Here with { MostInMemory = 500 });
        Assert.Equal((whole.Digest, whole.Transitions), (spilled.Digest, spilled.Transitions));
        Assert.True(spilled.OnDisk > 5);
    }

    /// <summary>A file that was changed, cut or taken away is named, and nothing is gone on with.</summary>
    [Theory]
    [InlineData("frontier", "longer")]
    [InlineData("frontier", "cut")]
    [InlineData("ways", "changed")]
    [InlineData("ways", "cut")]
    [InlineData("search.json", "cut")]
    [InlineData("search.json", "empty")]
    public void DamagedFileIsNamed(string name, string how)
    {
        Assert.False(Search(Here, 12).IsWhole);
        var file = Path.Combine(folder, name);
        var octets = File.ReadAllBytes(file);
        File.WriteAllBytes(file, how switch
        {
            "longer" => [.. octets, 0],
            "cut" => octets[..(octets.Length / 2)],
            "empty" => "{}"u8.ToArray(),
            _ => [.. octets[..50], (byte)(octets[50] ^ 1), .. octets[51..]],
        });
        var refused = Assert.Throws<CheckpointException>(() => Search(Here));
        Assert.Contains(name, refused.Message, StringComparison.Ordinal);
        Assert.Contains("damaged", refused.Message, StringComparison.Ordinal);
    }

    /// <summary>So is one of another search: other bounds, another part, another program.</summary>
    [Fact]
    public void ForeignFolderIsRefused()
    {
        Search(Here, 12);
        Refused(() => new ExhaustiveSearch(Searched with { Bounded = Searched.Budget with { Losses = 3 } }, Tables).Run(Here));
        Refused(() => Search(Here with { Part = 1, Of = 2 }));
        Refused(() => Search(Here with { Version = "another" }));

        static void Refused(Action search) => Assert.Contains("of another search", Assert.Throws<CheckpointException>(search).Message, StringComparison.Ordinal);
    }

    private SearchLimits Here => new() { Folder = folder };

    /// <summary>Stopped at a depth, where one is given.</summary>
    private static ExhaustiveResult Search(SearchLimits limits, int depth = int.MaxValue)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        return new ExhaustiveSearch(Searched, Tables).Run(limits, p =>
        {
            if (p.Depth >= depth)
            {
                stop.Cancel();
            }
        }, stop.Token);
    }
}
