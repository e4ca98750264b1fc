using RefIke.Crypto;
using RefIke.Engine;
using RefIke.Exchanges;
using RefIke.Wire;
using Xunit;

namespace RefIke.Properties.Engine;

[JudgesFaults]
public sealed class EndpointTests
{
    [Theory]
    [InlineData("des-md5-modp768", "des-md5")]
    [InlineData("3des-md5-modp1024", "3des-md5")]
    [InlineData("aes128-sha1-modp2048", "aes128-sha1-modp2048")]
    [InlineData("aes192-sha512-modp1536", "null-sha512")]
    [InlineData("aes256-sha256-modp3072", "aes256-sha256")]
    [InlineData("aes256-sha384-ecp384", "aes192-sha384-ecp256")]
    [InlineData("aes256-sha512-ecp521", "aes256-sha512-ecp521")]
    [InlineData("aes128-sha256-modp2048s256", "aes128-sha256-ecp224")]
    [Clause("2409-5-01")]
    [Clause("2409-5.4-01")]
    [Clause("2409-4-11")]
    [Clause("2409-4-12")]
    [Clause("2409-4-13")]
    [Clause("2407-4.4.4-01")]
    [Clause("2409-5.5-05")]
    [Clause("2409-5.5-17")]
    public void MainModeAndQuickModeAgreeOnKeymat(string phase1, string esp)
    {
        var pair = new Pair(phase1, esp);
        pair.Connect(pair.A);
        pair.Settle();
        var (a, b) = (Assert.Single(pair.A.Pairs), Assert.Single(pair.B.Pairs));
        Assert.Equal((a.Spi, a.PeerSpi), (b.PeerSpi, b.Spi));
        Assert.Equal(a.Inbound, b.Outbound);
        Assert.Equal(a.Outbound, b.Inbound);
        Assert.NotEqual(a.Inbound, a.Outbound);
        Assert.Equal(a.Suite.KeymatLength, a.Inbound.Length);
        Assert.Null(pair.TraceFault());
    }

    /// <summary>RFC 2409 §5 is silent on g^xy; its octets are as many as the group's, leading zeros kept (D-94): runs until one has some.</summary>
    [Fact]
    public void SharedSecretKeepsItsLeadingZeros()
    {
        var seen = new ZeroSpotter(DiffieHellman.Best);
        for (var seed = 1ul; !seen.LeadingZero; seed++)
        {
            Assert.True(seed < 5000, "no g^xy with a leading zero in 5000 runs");
            var pair = new Pair("aes128-sha1-modp768", seed: seed, diffieHellman: seen);
            pair.Connect(pair.A);
            pair.Settle();
            Assert.Single(pair.A.Pairs);
            Assert.Single(pair.B.Pairs);
        }
    }

    private sealed class ZeroSpotter(IDiffieHellman inner) : IDiffieHellman
    {
        public bool LeadingZero { get; private set; }

        public string Name => inner.Name;

        public byte[] PublicValue(Group group, Secret x) => inner.PublicValue(group, x);

        public PublicValueFault Check(Group group, ReadOnlySpan<byte> publicValue) => inner.Check(group, publicValue);

        public PublicValueFault TrySharedSecret(Group group, Secret x, ReadOnlySpan<byte> peer, out Secret? g_xy)
        {
            var fault = inner.TrySharedSecret(group, x, peer, out g_xy);
            LeadingZero |= g_xy is not null && g_xy.Reveal()[0] == 0;
            return fault;
        }
    }

    [Fact]
    [Clause("2409-5-10")]
    [Clause("2409-3.2-01")]
    [Clause("2408-4.2-04")]
    [Clause("2408-5.6-01")]
    public void SeveralOffersEndInTheFirstThatBothTake()
    {
        var pair = new Pair("aes256-sha512-modp2048,3des-md5-modp1024", "aes256-sha512,3des-md5", "des-md5-modp768,3des-md5-modp1024",
            "des-md5,3des-md5");
        pair.Connect(pair.A);
        pair.Settle();
        Assert.Equal("3des-md5", Assert.Single(pair.A.Pairs).Suite.Name);
        Assert.Equal("3des-md5-modp1024", pair.A.State.Isakmp.Values.Single().Phase1.Suite!.Name);
    }

    [Fact]
    [Clause("2408-5.4-03")]
    [Clause("2409-5-20")]
    [Clause("2408-5.1-05")]
    public void OfferWithoutCommonSuiteGetsNoProposalChosenAndLeavesNothingBehind()
    {
        var pair = new Pair("aes256-sha1-modp1024", peerPhase1: "aes128-sha1-modp1024");
        pair.Connect(pair.A);
        pair.Settle();
        Assert.Empty(pair.B.State.Isakmp);
        Assert.Contains(pair.B.Told, e => e is Effect.Rejected { Why: Rejection.NothingAcceptable });
        Assert.Contains(pair.B.Told, e => e is Effect.Send s && s.Datagram.Length > 0);
        pair.Run(120_000);
        Assert.Empty(pair.A.State.Isakmp);
        Assert.Contains(pair.A.Told, e => e is Effect.ExchangeFailed);
        Assert.Null(pair.TraceFault());
    }

    [Fact]
    [Clause("2408-5.14-02")]
    [Clause("2408-5.14-05")]
    public void ChildWithoutCommonSuiteIsRefusedUnderTheIsakmpSa()
    {
        var pair = new Pair(esp: "aes256-sha256", peerEsp: "aes128-sha1");
        pair.Connect(pair.A);
        pair.Settle();
        Assert.Empty(pair.A.Pairs);
        Assert.Contains(pair.A.Told, e => e is Effect.Noted { Type: NotifyType.NoProposalChosen, Authenticated: true });
        Assert.Contains(pair.A.Told, e => e is Effect.ExchangeFailed { Kind: "Quick Mode" });
        Assert.Null(pair.TraceFault());
    }

    [Fact]
    [Clause("2409-10-03")]
    [Clause("2408-5.1-05")]
    public void OtherSecretsNeverMeet()
    {
        var pair = new Pair(peerSecret: "another");
        pair.Connect(pair.A);
        pair.Settle();
        pair.Run(120_000);
        Assert.DoesNotContain(pair.A.Told.Concat(pair.B.Told), e => e is Effect.IsakmpEstablished);
        Assert.Empty(pair.A.State.Isakmp);
        Assert.Empty(pair.B.State.Isakmp);
        Assert.Empty(pair.A.State.Timers);
        Assert.Empty(pair.B.State.Timers);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    [Clause("2408-5.1-03")]
    [Clause("2408-3.1-08")]
    public void AnyOneLostMessageHeals(int lost)
    {
        var pair = new Pair();
        pair.Connect(pair.A);
        pair.Settle(n => n == lost);
        pair.Run(20_000);
        Assert.Single(pair.A.Pairs);
        Assert.Single(pair.B.Pairs);
        Assert.Null(pair.TraceFault());
    }

    [Fact]
    [Clause("2408-5.1-06")]
    [Clause("2408-3.1-10")]
    public void EveryDatagramTwiceChangesNothing()
    {
        var pair = new Pair();
        pair.Connect(pair.A);
        var all = new List<Effect.Send>();
        while (pair.Flying.Count > 0)
        {
            var next = pair.Flying[0];
            pair.Flying.RemoveAt(0);
            all.Add(next);
            pair.Deliver(next);
            var flying = pair.Flying.Count;
            pair.Deliver(next);
            Assert.All(pair.Flying.Skip(flying), s => Assert.True(s.IsResend));
            pair.Flying.RemoveRange(flying, pair.Flying.Count - flying);
        }

        Assert.Single(pair.A.Pairs);
        Assert.Single(pair.B.Pairs);
        var (a, b) = (pair.A.State.Pairs, pair.B.State.Pairs);
        foreach (var old in all)
        {
            pair.Deliver(old);
        }

        Assert.Equal(a, pair.A.State.Pairs);
        Assert.Equal(b, pair.B.State.Pairs);
    }

    [Fact]
    [Clause("2408-4.3-02")]
    [Clause("2408-4.3-03")]
    public void PairIsRekeyedBeforeItExpiresAndTheOldOneGoes()
    {
        var pair = new Pair(life: 1000);
        pair.Connect(pair.A);
        pair.Settle();
        var first = pair.A.Pairs.Single().Spi;
        pair.Run(890_000);
        Assert.Equal(2, pair.A.Pairs.Count());
        Assert.NotEqual(first, pair.A.State.Sending("t", "c")!.Spi);
        pair.Run(40_000);
        Assert.Single(pair.A.Pairs);
        Assert.Single(pair.B.Pairs);
        Assert.False(pair.A.State.Pairs.ContainsKey(first));
        Assert.Null(pair.TraceFault());
    }

    [Fact]
    [Clause("2408-5.15-02")]
    [Clause("2409-4-05")]
    public void DeleteFromEitherSideTakesBothDirections()
    {
        foreach (var fromA in new[] { true, false })
        {
            var pair = new Pair();
            pair.Connect(pair.A);
            pair.Settle();
            var side = fromA ? pair.A : pair.B;
            pair.Do(side, new Input.DeletePair(side.Pairs.Single().Spi));
            pair.Settle();
            Assert.Empty(pair.A.Pairs);
            Assert.Empty(pair.B.Pairs);
            Assert.Single(pair.A.State.Isakmp);
        }
    }

    [Fact]
    [Clause("2409-8-01")]
    public void EndOfTheIsakmpSaSparesItsChildren()
    {
        var pair = new Pair();
        pair.Connect(pair.A);
        pair.Settle();
        pair.Do(pair.A, new Input.DeleteIsakmp(pair.A.State.Isakmp.Values.Single().Own));
        pair.Settle();
        Assert.Empty(pair.A.State.Isakmp);
        Assert.Empty(pair.B.State.Isakmp);
        Assert.Single(pair.A.Pairs);
        Assert.Single(pair.B.Pairs);
    }

    [Fact]
    public void SameSeedGivesTheSameOctets()
    {
        var runs = Enumerable.Range(0, 2).Select(_ =>
        {
            var pair = new Pair(seed: 7);
            pair.Connect(pair.A);
            pair.Settle();
            return string.Join('\n', pair.A.Told.Concat(pair.B.Told).OfType<Effect.Send>().Select(s => s.Datagram.ToHex()));
        }).ToArray();
        Assert.Equal(runs[0], runs[1]);
    }
}
