using RefIke.Properties.Engine;
using RefIke.Specification;
using Xunit;

namespace RefIke.Properties.Specification;

/// <summary>
/// The judge of traces refuses what is no path through the tables; that it accepts what is, every test of the
/// endpoint shows.
/// </summary>
public sealed class TraceAcceptanceTests
{
    private static readonly TraceAcceptance Judge = new(RowFile.ReadAll(Pair.Repository));

    private static TraceStep[] Honest
    {
        get
        {
            var pair = new Pair();
            pair.Connect(pair.A);
            pair.Settle();
            return [.. pair.A.Trace];
        }
    }

    [Fact]
    public void HonestTraceIsAccepted()
    {
        Assert.True(Honest.Length >= 6);
        Assert.Null(Judge.FirstFault(Honest));
    }

    /// <summary>A row that no table has: another guard, another next state, another message.</summary>
    [Fact]
    public void MadeUpRowIsRefused()
    {
        var honest = Honest;
        for (var n = 0; n < honest.Length; n++)
        {
            Refused(n, honest[n] with { Guard = "Never" });
            Refused(n, honest[n] with { Next = "Idle" });
            Refused(n, honest[n] with { Sends = "Everything" });
            Refused(n, honest[n] with { Exchange = "Aggressive" });
        }

        void Refused(int n, TraceStep changed)
            => Assert.StartsWith("no row", Judge.FirstFault([.. honest[..n], changed]), StringComparison.Ordinal);
    }

    /// <summary>A row left out: the next begins where nobody was.</summary>
    [Fact]
    public void JumpIsRefused()
        => Assert.All(Enumerable.Range(0, 3), n => Assert.StartsWith(
            "begins in", Judge.FirstFault(Honest.Where((_, i) => i != n)), StringComparison.Ordinal));

    /// <summary>An exchange that is under way, or up, does not begin again under its name.</summary>
    [Fact]
    public void SecondStartIsRefused()
    {
        Assert.StartsWith("begins in Idle", Judge.FirstFault([Honest[0], Honest[0]]), StringComparison.Ordinal);
        var mainMode = Honest.Where(s => s.Exchange == "MainModePsk").ToArray();
        Assert.StartsWith("begins in Idle", Judge.FirstFault([.. mainMode, mainMode[0]]), StringComparison.Ordinal);
        Assert.Null(Judge.FirstFault([.. mainMode, mainMode[0] with { Instance = "another" }]));
    }

    /// <summary>A name whose exchange failed may be used again.</summary>
    [Fact]
    public void NameOfAFailedExchangeMayBeUsedAgain()
    {
        var failed = new TraceStep(
            Honest[0].Instance, "MainModePsk", "Initiator", "AwaitSaR", "RetriesSpent", "Always", "Failed", "Nothing");
        Assert.Null(Judge.FirstFault([Honest[0], failed, Honest[0]]));
    }
}
