using System.Collections.Immutable;
using System.Net;
using RefIke.Crypto;
using RefIke.Exploration.Sampling;
using RefIke.Exploration.Scenarios;
using RefIke.Exploration.Worlds;
using RefIke.Wire;
using Xunit;

namespace RefIke.Properties.Exploration;

/// <summary>States are told apart by what is in them, and by nothing else.</summary>
public sealed class CanonicalTests
{
    /// <summary>Equal values have equal digests though they were made in other ways; each part that differs makes another.</summary>
    [Fact]
    public void DigestIsOfTheContent()
    {
        Assert.Equal(Of(new Some(1, "a", [1, 2])), Of(new Some(1, "a", [1, 2])));
        Assert.NotEqual(Of(new Some(1, "a", [1, 2])), Of(new Some(1, "a", [2, 1])));
        Assert.NotEqual(Of(new Some(1, "a", [1])), Of(new Some(1, "b", [1])));
        Assert.NotEqual(Of(new Some(1, "ab", [])), Of(new Some(1, "a", [])));
        Assert.NotEqual(Of(new Some(1, "a", default)), Of(null!));
        Assert.NotEqual(Of(Secret.Of([1])), Of(Secret.Of([2])));
        Assert.NotEqual(Of((Octets)new byte[] { 1 }), Of((Octets)new byte[] { 1, 0 }));
        Assert.NotEqual(Of(new IPEndPoint(IPAddress.Loopback, 500)), Of(new IPEndPoint(IPAddress.Loopback, 4500)));
        Assert.NotEqual(Of((1, 2)), Of((2, 1)));
        Assert.NotEqual(Of(UInt128.One), Of(UInt128.One << 64));
        Assert.Equal(
            Of(ImmutableDictionary<string, int>.Empty.Add("a", 1).Add("b", 2)), Of(ImmutableDictionary<string, int>.Empty.Add("b", 2).Add("a", 1)));
        Assert.NotEqual(
            Of(ImmutableSortedDictionary<string, int>.Empty.Add("a", 1)), Of(ImmutableSortedDictionary<string, int>.Empty.Add("a", 2)));
    }

    /// <summary>
    /// Whatever is no record in an endpoint's state is told apart by its name alone, so it must be something that never changes: algorithms,
    /// and what an endpoint is set up with; of scenarios of every kind.
    /// </summary>
    [Fact]
    public void WhatIsNoRecordNeverChanges()
    {
        var explorer = new Explorer(null);
        Assert.All(Scenario.All, s => Assert.Null(explorer.Explore(s, 1, 2409, null, TestContext.Current.CancellationToken).Found));
        string[] algorithms = ["Cipher", "HashFunction", "ModpGroup", "Prf"];
        string[] ofTheSetup = ["DeadPeerDetection", "Fragmentation", "NatTraversal", "XauthVendorId", "RsaPrivateKey", "RsaPublicKey"];
        Assert.Equal("", string.Join(' ', Canonical.FixedTypes.Except(algorithms).Except(ofTheSetup)));
    }

    private static UInt128 Of(object value) => Canonical.Digest([value]);

    private sealed record Some(int Number, string Text, ImmutableArray<int> List)
    {
        public Some Itself => this;
    }
}
