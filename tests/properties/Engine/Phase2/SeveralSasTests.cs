using System.Collections.Immutable;
using RefIke.Engine;
using RefIke.Exchanges.Negotiation;
using RefIke.Wire;
using Xunit;

namespace RefIke.Properties.Engine.Phase2;

/// <summary>Several SA payloads in one Quick Mode (RFC 2409 §5.5).</summary>
[JudgesFaults]
public sealed class SeveralSasTests
{
    private static readonly Func<EndpointSetup, EndpointSetup> Three = Further("esp:3des-sha1", "ah:sha1+esp:aes128-sha1");

    /// <summary>
    /// RFC 2409 §5.5: three SA payloads make three pairs with the same identities, each with keys of its own.
    /// </summary>
    [Fact]
    [Clause("2409-5.5-10")]
    [Clause("2409-5.5-19")]
    public void EachSaPayloadMakesAPair()
    {
        var pair = Up(Three, Three);
        Assert.Equal(3, pair.A.Pairs.Count());
        Assert.Single(pair.A.Pairs.Select(p => p.Exchange).Distinct());
        Assert.Single(pair.A.Pairs.Select(p => (p.Own, p.Peer)).Distinct());
        Assert.Equal([0, 1, 2], pair.A.Pairs.Select(p => p.Sa).Order());
        Assert.Equal(
            pair.A.Pairs.OrderBy(p => p.Sa).SelectMany(p => Suites.Mirror(p)),
            pair.B.Pairs.OrderBy(p => p.Sa).SelectMany(p => Suites.Own(p)));
        Assert.Equal(6, pair.A.Pairs.SelectMany(p => new[] { p.Inbound, p.Outbound })
            .Select(k => Convert.ToHexString(k.Reveal())).Distinct().Count());
        Assert.All(pair.A.Pairs, p => Assert.Equal(PairStanding.Current, p.Standing));
        Assert.Null(pair.TraceFault());
    }

    /// <summary>D-124: all or nothing, and no other number of SA payloads.</summary>
    [Fact]
    [Clause("2409-5.5-19")]
    public void SaPayloadsAreTakenAllOrNone()
    {
        foreach (var other in new[] { Further("esp:3des-sha1", "ah:md5+esp:aes128-sha1"), Further("esp:3des-sha1"), Further() })
        {
            var pair = Up(Three, other);
            Assert.Empty(pair.A.Pairs);
            Assert.Empty(pair.B.Pairs);
            Assert.Contains(pair.A.Told, e => e is Effect.Noted { Type: NotifyType.NoProposalChosen, Authenticated: true });
        }
    }

    /// <summary>RFC 2408 §4.3: a rekey replaces all pairs of the Quick Mode by those of one new Quick Mode.</summary>
    [Fact]
    public void RekeyReplacesAllPairsOfTheQuickModeAtOnce()
    {
        var pair = Up(Three, Three);
        var old = pair.A.Pairs.ToDictionary(p => p.Spi, p => p.Sa);
        pair.Do(pair.A, new Input.Rekey(pair.A.Pairs.Single(p => p.Sa == 1).Spi));
        pair.Settle();
        Assert.Equal(6, pair.A.Pairs.Count());
        Assert.All(pair.A.Told.OfType<Effect.PairEstablished>().Where(e => !old.ContainsKey(e.Pair.Spi)),
            e => Assert.Equal(e.Pair.Sa, old[e.Replaces!.Value]));
        Assert.All(pair.A.Pairs, p => Assert.Equal(
            old.ContainsKey(p.Spi) ? PairStanding.Replaced : PairStanding.Current, p.Standing));
        pair.Run(60_000);
        Assert.Equal(3, pair.A.Pairs.Count());
        Assert.Equal(3, pair.B.Pairs.Count());
        Assert.DoesNotContain(pair.A.Pairs, p => old.ContainsKey(p.Spi));
    }

    private static Pair Up(Func<EndpointSetup, EndpointSetup> a, Func<EndpointSetup, EndpointSetup> b)
    {
        var pair = new Pair(changeA: a, changeB: b);
        pair.Connect(pair.A);
        pair.Settle();
        return pair;
    }

    private static Func<EndpointSetup, EndpointSetup> Further(params string[] names)
        => Suites.Child(c => c with { Further = [.. names.Select(n => ImmutableArray.Create(Suites.Of(n)))] });
}
