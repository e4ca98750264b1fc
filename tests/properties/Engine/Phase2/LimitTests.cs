using RefIke.Crypto;
using RefIke.Engine;
using RefIke.Exchanges;
using RefIke.Exchanges.Negotiation;
using RefIke.Wire;
using Xunit;

namespace RefIke.Properties.Engine.Phase2;

/// <summary>What ends or replaces a pair other than time: octets carried, weak keys, PFS of identities.</summary>
[JudgesFaults]
public sealed class LimitTests
{
    /// <summary>
    /// RFC 2407 §4.5, D-69: a life of 1000 kilobytes is 1,000,000 octets; its initiator rekeys at 88 hundredths, its
    /// responder at 96, and at the end it goes, in both directions at once.
    /// </summary>
    [Fact]
    [Clause("2407-4.5-03")]
    public void PairIsRekeyedAndEndsByTheOctetsItHasCarried()
    {
        var pair = Bounded();
        var (a, b) = (pair.A.Pairs.Single(), pair.B.Pairs.Single());
        pair.Do(pair.A, new Input.Carried(a.Spi, 879_999));
        pair.Do(pair.B, new Input.Carried(b.Spi, 959_999));
        Assert.Empty(pair.Flying);
        pair.Do(pair.A, new Input.Carried(a.Spi, 880_000));
        pair.Settle();
        Assert.Equal(2, pair.A.Pairs.Count());
        pair.Do(pair.A, new Input.Carried(a.Spi, 990_000));
        Assert.Empty(pair.Flying);
        pair.Do(pair.B, new Input.Carried(b.Spi, 1_000_000));
        pair.Settle();
        Assert.DoesNotContain(pair.A.Pairs, p => p.Spi == a.Spi);
        Assert.Single(pair.A.Pairs);
        Assert.Single(pair.B.Pairs);
    }

    /// <summary>D-139: the responder rekeys later, so that both sides seldom do at once.</summary>
    [Fact]
    public void ResponderRekeysByOctetsLater()
    {
        var pair = Bounded();
        pair.Now = pair.Now.After(60_000);
        pair.Do(pair.B, new Input.Carried(pair.B.Pairs.Single().Spi, 960_000));
        pair.Settle();
        Assert.Equal(2, pair.B.Pairs.Count());
        Assert.Contains(pair.B.Pairs, p => p.Role == Role.Initiator);
    }

    /// <summary>Octets mean nothing to a pair that is bounded by time alone, or that is not there.</summary>
    [Fact]
    public void OctetsDoNotEndAPairWithoutALifeInKilobytes()
    {
        var pair = new Pair();
        pair.Connect(pair.A);
        pair.Settle();
        pair.Do(pair.A, new Input.Carried(pair.A.Pairs.Single().Spi, ulong.MaxValue));
        pair.Do(pair.A, new Input.Carried(77, ulong.MaxValue));
        Assert.Single(pair.A.Pairs);
        Assert.Empty(pair.Flying);
    }

    /// <summary>
    /// D-219, RFC 2405 §4: where KEYMAT begins with a weak DES key nothing is installed at either end, and another
    /// Quick Mode is made.
    /// </summary>
    [Fact]
    public void WeakKeyIsNeverInstalled()
    {
        var formulas = new WeakOnce();
        var pair = new Pair(esp: "des-md5", both: s => s with { Formulas = formulas });
        pair.Connect(pair.A);
        pair.Settle();
        Assert.Contains(pair.A.Told, e => e is Effect.ExchangeFailed { Why: "weak key" });
        Assert.Contains(pair.B.Told, e => e is Effect.ExchangeFailed { Why: "weak key" });
        var (a, b) = (Assert.Single(pair.A.Pairs), Assert.Single(pair.B.Pairs));
        Assert.Equal((a.Inbound, a.Outbound), (b.Outbound, b.Inbound));
        Assert.False(a.Suite.HasWeakKey(a.Inbound));
        Assert.Single(pair.A.Told.OfType<Effect.PairEstablished>());
        Assert.Single(pair.B.Told.OfType<Effect.PairEstablished>());
    }

    /// <summary>
    /// RFC 2409 §8, §10, D-109: with PFS of identities an ISAKMP SA serves one Quick Mode and is deleted; its pair
    /// lives on, and the next child has a phase 1 of its own.
    /// </summary>
    [Fact]
    [Clause("2409-10-02")]
    [Clause("2409-8-01")]
    public void IsakmpSaServesOneQuickModeWithPfsOfIdentities()
    {
        var pair = new Pair(both: s => s with
        {
            Connections = [.. s.Connections.Select(c => c with
            {
                Children = [.. new[] { c.Children[0], c.Children[0] with { Name = "d", Own = Port(c.Children[0].Own!), Peer = Port(c.Children[0].Peer!) } }
                    .Select(k => k with { IdentityPfs = true })],
            })],
        });
        pair.Connect(pair.A);
        pair.Do(pair.A, new Input.Connect("t", "d"));
        pair.Settle();
        Assert.Equal(2, pair.A.Pairs.Select(p => p.Exchange.CKY_I).Distinct().Count());
        Assert.Equal(2, pair.B.State.Isakmp.Count);
        pair.Run(31_000);
        Assert.Empty(pair.A.State.Isakmp);
        Assert.Empty(pair.B.State.Isakmp);
        Assert.Equal(2, pair.A.Pairs.Count());
        pair.Do(pair.A, new Input.Rekey(pair.A.State.Sending("t", "c")!.Spi));
        pair.Settle();
        Assert.Equal(3, pair.A.Told.OfType<Effect.IsakmpEstablished>().Count());
        Assert.Equal(3, pair.A.Pairs.Select(p => p.Exchange.CKY_I).Distinct().Count());

        static IdentificationPayload Port(IdentificationPayload id) => id with { ProtocolId = 6, Port = 80 };
    }

    /// <summary>RFC 2409 §8: a second Quick Mode under an ISAKMP SA that has served its one is not taken.</summary>
    [Fact]
    [Clause("2409-10-02")]
    public void SecondQuickModeUnderASpentIsakmpSaIsRefused()
    {
        var pair = new Pair(changeB: Suites.Child(c => c with { IdentityPfs = true }));
        pair.Connect(pair.A);
        pair.Settle();
        pair.Do(pair.A, new Input.Rekey(pair.A.Pairs.Single().Spi));
        pair.Settle();
        Assert.Single(pair.B.Pairs);
        Assert.Contains(pair.B.Told, e => e is Effect.Rejected { Why: Rejection.LimitReached });
    }

    private static Pair Bounded()
    {
        var pair = new Pair(both: Suites.Child(c => c with
        {
            Suites = [SuiteNames.Esp("aes128-sha1", 3600)! with { LifeKilobytes = 1000 }],
        }));
        pair.Connect(pair.A);
        pair.Settle();
        return pair;
    }

    /// <summary>The first pair of nonces that it meets gives a weak DES key.</summary>
    private sealed class WeakOnce : KeySchedule
    {
        private byte[]? nonce;

        public override Secret KEYMAT(Prf prf, Secret SKEYID_d, Secret? g_qm_xy, byte protocol, ReadOnlySpan<byte> SPI,
            ReadOnlySpan<byte> Ni_b, ReadOnlySpan<byte> Nr_b, int length)
        {
            nonce ??= Ni_b.ToArray();
            var right = base.KEYMAT(prf, SKEYID_d, g_qm_xy, protocol, SPI, Ni_b, Nr_b, length);
            return Ni_b.SequenceEqual(nonce)
                ? Secret.Of([1, 1, 1, 1, 1, 1, 1, 1, .. right.Reveal()[8..]])
                : right;
        }
    }
}
