using RefIke.Properties.CommandLine;
using RefIke.Properties.Engine;
using RefIke.Specification;
using RefIke.Specification.Promela;
using Xunit;

namespace RefIke.Properties.Specification;

/// <summary>What a check has found is found again while nothing changes, and only then.</summary>
public sealed class CheckCacheTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("refike-cache").FullName;

    public void Dispose() => Directory.Delete(folder, true);

    /// <summary>The second time the same verdicts come from the cache; a changed row is asked anew, and what cannot be read too.</summary>
    [Fact]
    public void VerdictsAreKeptByContent()
    {
        Assert.SkipUnless(SpinRunner.IsInstalled, "spin and gcc are not installed");
        var how = new SpinOptions { Model = "quick-mode", Cache = new CheckCache(folder) };
        var first = Ask(how);
        var second = Ask(how);
        Assert.All(first, v => Assert.False(v.Cached));
        Assert.All(second, v => Assert.True(v.Cached));
        Assert.Equal(first.Select(Found), second.Select(Found));
        Assert.Equal(first.SelectMany(v => v.RowsTaken), second.SelectMany(v => v.RowsTaken));

        var changed = Ask(how with { Change = r => r is { Exchange: "QuickMode", Event: "PeerDeleted" } ? null : r });
        Assert.All(changed, v => Assert.False(v.Cached));

        foreach (var file in Directory.GetFiles(folder))
        {
            File.WriteAllText(file, "{ \"Verdict\": ");
        }

        Assert.All(Ask(how), v => Assert.False(v.Cached));
    }

    /// <summary>A folder that cannot be made costs nothing but time.</summary>
    [Fact]
    public void FolderThatCannotBeWrittenIsNoError()
    {
        var cache = new CheckCache("/proc/no/such/folder");
        cache.Keep("k", "found");
        Assert.Null(cache.Find<string>("k"));
        Assert.NotEqual(CheckCache.Key("a", "b"), CheckCache.Key("ab"));
    }

    private static ModelVerdict[] Ask(SpinOptions how)
        => [.. SpinRunner.Run(Pair.Repository, how, TestContext.Current.CancellationToken)];

    private static (string, string, string, long, long) Found(ModelVerdict v) => (v.Run, v.Property, v.Verdict, v.States, v.Depth);
}
