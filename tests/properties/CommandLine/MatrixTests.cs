using System.Collections.Immutable;
using System.Text.Json;
using FsCheck;
using FsCheck.Xunit;
using RefIke.Cli.Matrix;
using RefIke.Crypto;
using RefIke.Wire;
using Xunit;

namespace RefIke.Properties.CommandLine;

/// <summary><c>refike handshake --matrix</c>: every combination comes up, and one that does not is told.</summary>
public sealed class MatrixTests
{
    private static readonly MatrixKeys Keys = new();

    /// <summary>RFC 2409 §5.1 to §5.5, RFC 2407 §4.6.2, RFC 3947: a run in sixteen of those that the verb makes.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [Clause("2409-5-15")]
    [Clause("2409-5.5-15")]
    public void EveryKindOfHandshakeComesUp(ulong seed)
    {
        ImmutableArray<Combination> some = [.. Combination.Choose(seed, 1).Where(c => c.Run % 16 == 7 * (int)seed)];
        var report = MatrixReport.Run(seed, some, TestContext.Current.CancellationToken);
        Assert.True(report.Held, report.ToText());
        Assert.InRange(some.Length, 40, 100);
    }

    /// <summary>As many runs as the verb promises, and every two values of any two axes meet.</summary>
    [Fact]
    public void AllPairsOfValuesMeet()
    {
        var all = Combination.Choose(1, 3);
        Assert.InRange(all.Length, 1500, 3000);
        Assert.Equal(all, Combination.Choose(1, 3), (a, b) => a.Values.SequenceEqual(b.Values));
        Assert.NotEqual(all, Combination.Choose(2, 3), (a, b) => a.Values.SequenceEqual(b.Values));
        var met = all.SelectMany(c => Pairs(c.Values)).ToHashSet();
        Assert.Equal(Axes.All.SelectMany((a, i) => Axes.All.Skip(i + 1).Select(b => a.Values.Length * b.Values.Length)).Sum(), met.Count);
    }

    /// <summary>The selection by itself, for any number of axes and values.</summary>
    [Property(MaxTest = 50)]
    public void SelectionMeetsAllPairs(PositiveInt[] sizes, ulong seed)
    {
        int[] axes = [2, 3, .. sizes.Take(4).Select(s => 1 + (s.Get % 7))];
        var selection = new PairwiseSelection(axes, 2, 2, seed);
        var met = selection.Rows.SelectMany(r => Pairs([.. r])).Distinct().Count();
        Assert.Equal(axes.SelectMany((a, i) => axes.Skip(i + 1).Select(b => a * b)).Sum(), met);
        Assert.Equal(selection.Pairs, met);
        Assert.All(selection.Rows.Take(12).CountBy(r => (r[0], r[1])), c => Assert.Equal(2, c.Value));
        Assert.All(selection.Rows, r => Assert.All(r.Zip(axes), v => Assert.InRange(v.First, 0, v.Second - 1)));
    }

    /// <summary>The judge can fail: ends whose g^xy differ do not agree, and the report names the run and how to repeat it.</summary>
    [Fact]
    public void FailureIsToldWithTheCommandThatRepeatsIt()
    {
        var combinations = Combination.Choose(1, 1);
        var failing = combinations.First(c => c.Auth == "psk" && c.IsMain);
        var fault = MatrixRun.Fault(failing, 1, Keys, new DisagreeingDiffieHellman());
        Assert.NotNull(fault);
        var report = new MatrixReport(1, [(failing, fault), (combinations[^1], null)]);
        Assert.False(report.Held);
        Assert.Contains($"refike handshake --matrix --seed 1 --run {failing.Run}", report.ToText(), StringComparison.Ordinal);
        using var json = JsonDocument.Parse(report.ToJson());
        Assert.Equal(fault, json.RootElement.GetProperty("failures")[0].GetProperty("fault").GetString());
    }

    /// <summary>One run by itself, as the report says to repeat it; the same bytes twice.</summary>
    [Fact]
    public async Task OneRunIsRepeatedByItsNumber()
    {
        using var folder = new TestFolder();
        var (code, text, error) = await RefikeProcess.RunAsync(folder.Name, "handshake", "--matrix", "--run", "1000");
        Assert.Equal((0, ""), (code, error));
        Assert.Equal(text, (await RefikeProcess.RunAsync(folder.Name, "handshake", "--matrix", "--run", "1000")).Out);
        Assert.EndsWith("both ends hold the same KEYMAT in every run.\n", text, StringComparison.Ordinal);
        Assert.Equal(2, (await RefikeProcess.RunAsync(folder.Name, "handshake", "--run", "1000")).Code);
        Assert.Equal(2, (await RefikeProcess.RunAsync(folder.Name, "handshake", "--matrix", "--run", "9999")).Code);
    }

    private static IEnumerable<(int, T, int, T)> Pairs<T>(ImmutableArray<T> row)
        => row.SelectMany((v, a) => row.Skip(a + 1).Select((w, b) => (a, v, a + 1 + b, w)));

    /// <summary>Gives each caller another secret.</summary>
    private sealed class DisagreeingDiffieHellman : IDiffieHellman
    {
        private byte calls;

        public string Name => "disagreeing";

        public byte[] PublicValue(Group group, Secret x) => DiffieHellman.Best.PublicValue(group, x);

        public PublicValueFault Check(Group group, ReadOnlySpan<byte> publicValue)
            => DiffieHellman.Best.Check(group, publicValue);

        public PublicValueFault TrySharedSecret(Group group, Secret x, ReadOnlySpan<byte> peer, out Secret? g_xy)
        {
            g_xy = Secret.Of(Enumerable.Repeat(calls++, group.SecretLength).ToArray());
            return PublicValueFault.None;
        }
    }
}
