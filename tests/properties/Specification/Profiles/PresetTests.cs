using RefIke.Exchanges.Negotiation;
using RefIke.Properties.Engine;
using RefIke.Wire;
using Xunit;

namespace RefIke.Properties.Specification.Profiles;

/// <summary>RFC 4109: its algorithms by one name.</summary>
public sealed class PresetTests
{
    public static TheoryData<string> Suites => [.. SuitePresets.Rfc4109];

    /// <summary>RFC 4109 §3: each of its suites completes with a peer that has no other.</summary>
    [Theory]
    [MemberData(nameof(Suites))]
    [Clause("4109-3-01")]
    [Clause("4109-3-02")]
    public void EachSuiteOfThePresetCompletes(string suite)
    {
        var pair = new Pair(phase1: string.Join(',', SuitePresets.Expand("rfc4109")), peerPhase1: suite);
        pair.Connect(pair.A);
        pair.Settle();
        Assert.Equal(suite, pair.A.State.Isakmp.Values.Single().Phase1.Suite!.Name);
        Assert.Single(pair.B.Pairs);
    }

    /// <summary>RFC 4109 §3: both levels of each algorithm are in it, and nothing that it took away.</summary>
    [Fact]
    [Clause("4109-3-01")]
    [Clause("4109-3-02")]
    public void PresetHasWhatTheRfcNamesAndNoMore()
    {
        var parts = SuitePresets.Rfc4109.SelectMany(s => s.Split('-')).Distinct().Order(StringComparer.Ordinal);
        Assert.Equal(["3des", "aes128", "modp1024", "modp2048", "sha1"], parts);
        Assert.Equal(["aes256-sha1-modp2048"], SuitePresets.Expand("aes256-sha1-modp2048"));
    }
}
