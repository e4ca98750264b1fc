using RefIke.Crypto;
using RefIke.Engine;
using RefIke.Exploration.Exhaustive;
using RefIke.Exploration.Monitors;
using RefIke.Exploration.Mutants;
using RefIke.Exploration.Sampling;
using RefIke.Exploration.Scenarios;
using RefIke.Properties.Engine;
using RefIke.Properties.Engine.Phase1;
using RefIke.Specification;
using RefIke.Wire;
using Xunit;
using Side = RefIke.Properties.Engine.Side;

namespace RefIke.Properties.Exploration;

/// <summary>S-38: what the second path to every key judges, what it finds, and what it does not pretend to judge.</summary>
public sealed class KnownAnswersTests
{
    private static readonly TraceAcceptance Tables = new(RowFile.ReadAll(Pair.Repository));

    public static TheoryData<ExchangeType, AuthenticationMethod, bool> Combinations
        => [.. from c in Phase1Setups.All
               from initiator in new[] { true, false }
               select new TheoryDataRow<ExchangeType, AuthenticationMethod, bool>(c.Mode, c.Method, initiator)];

    /// <summary>
    /// Faults in a formula that both ends have: their keys are the same, the exchange completes, and no property of one end or of both
    /// but S-38 says a word.
    /// </summary>
    [Theory]
    [InlineData("M-61", "SKEYID is not")]
    [InlineData("M-63", "SKEYID_d is not")]
    [InlineData("M-62", "SKEYID_a is not")]
    [InlineData("M-66", "Ka is not")]
    [InlineData("M-70", "the identity of phase 1 does not|a message of phase 1 does not")]
    [InlineData("M-71", "the identity of phase 1 does not|a message of phase 1 does not")]
    [InlineData("M-69", "HASH_I is not")]
    [InlineData("M-83", "HASH_I is not")]
    [InlineData("M-104", @"HASH\(2\) is not")]
    [InlineData("M-105", @"HASH\(3\) is not")]
    [InlineData("M-74", "KEYMAT is not")]
    [InlineData("M-75", "KEYMAT is not")]
    [InlineData("M-77", "KEYMAT is not")]
    [Clause("2409-5-15")]
    [Clause("2409-5-16")]
    [Clause("2409-5.5-15")]
    [Clause("2409-5.5-16")]
    [Clause("2409-B-02")]
    [Clause("2409-B-03")]
    [Clause("2409-B-07")]
    public void FaultThatBothEndsHaveIsFoundByThisAlone(string id, string words)
    {
        var mutant = Mutant.All.Single(m => m.Id == id);
        var (faults, pairs) = Play(mutant.Change);
        Assert.Equal(2, pairs);
        Assert.All(faults, f => Assert.Equal("S-38", f.Property));
        Assert.Matches(words, faults[0].What);
    }

    /// <summary>Without a fault nothing is found, and something was judged.</summary>
    [Fact]
    public void HonestEndsHaveTheKnownAnswers()
    {
        var (faults, pairs) = Play(setup => setup);
        Assert.Empty(faults);
        Assert.Equal(2, pairs);
    }

    /// <summary>Both drivers judge by it; a wrong IV is found by S-09 as soon as it is used.</summary>
    [Theory]
    [InlineData("M-66", "S-38")]
    [InlineData("M-901", "S-09")]
    [InlineData("M-75", "S-38")]
    public void BothDriversFindIt(string id, string property)
    {
        var mutant = Mutant.All.Single(m => m.Id == id) with { AtBothEnds = true };
        var (scenario, stop) = (Scenario.All.Single(s => s.Name == "honest"), TestContext.Current.CancellationToken);
        Assert.Equal(property, new Explorer(Tables).Explore(scenario, 5, 2409, mutant, stop).Found?.Property);
        Assert.Equal(property, new ExhaustiveSearch(scenario, Tables, mutant).Run(new SearchLimits(), stop: stop).Found?.Property);
    }

    /// <summary>Every mode and method, both roles, with PFS and without: right where it is right, wrong at both ends where one key is not.</summary>
    [Theory]
    [MemberData(nameof(Combinations))]
    [Clause("2409-5-15")]
    public void EveryMethodIsJudged(ExchangeType mode, AuthenticationMethod method, bool fromA)
    {
        foreach (var esp in new[] { "aes128-sha1", "aes256-sha256-modp768" })
        {
            var pair = new Pair("aes256-sha1-modp1024", esp, both: Phase1Setups.As(mode, method));
            Assert.Empty(Judge(pair, fromA));
            Assert.Equal((2, 2), Told(pair));
            var wrong = new Pair("aes256-sha1-modp1024", esp, both: s => Phase1Setups.As(mode, method)(s) with { Formulas = new OtherCounter() });
            var faults = Judge(wrong, fromA);
            Assert.Equal((4, 2), (faults.Count, faults.Count(f => f == new Fault("S-38", "SKEYID_e is not what its formula gives"))));
            Assert.Equal((2, 2), Told(wrong));
        }
    }

    /// <summary>RFC 2409 §5, App. B: where message 3 of Aggressive Mode is clear, phase 2's IVs come from the first IV.</summary>
    [Fact]
    [Clause("2409-B-07")]
    public void ClearThirdMessageIsJudged()
    {
        var pair = new Pair(both: s => Phase1Setups.As(ExchangeType.Aggressive, AuthenticationMethod.PreSharedKey)(s)
            .With(c => c with { ClearThirdMessage = true }));
        Assert.Empty(Judge(pair, true));
        Assert.Equal((2, 2), Told(pair));
    }

    /// <summary>What the second path cannot do is said, and does not pass for judged.</summary>
    [Theory]
    [InlineData("aes128-sha1-ecp256", "aes128-sha1")]
    [InlineData("aes128-sha1-modp2048s256", "aes128-sha1")]
    [InlineData("aes128-tiger-modp1024", "aes128-sha1")]
    [InlineData("camellia128-sha1-modp1024", "aes128-sha1")]
    [InlineData("aes128-sha1-modp1024", "aes128-sha1-ecp256")]
    public void WhatIsNotJudgedIsSaid(string phase1, string esp)
    {
        var pair = new Pair(phase1, esp);
        var faults = Judge(pair, true);
        Assert.Equal((2, 2), Told(pair));
        Assert.Equal(esp == "aes128-sha1" ? 4 : 2, faults.Count);
        Assert.All(faults, f => Assert.StartsWith("not judged: ", f.What, StringComparison.Ordinal));
    }

    /// <summary>An initiator that has awaited CONNECTED keeps message 1 no more: the responder's pair is judged, and nothing is said of the other.</summary>
    [Fact]
    public void CommitBitIsJudgedAtTheResponderAlone()
    {
        Func<EndpointSetup, EndpointSetup> committed = s => s.With(c => c with { Children = [.. c.Children.Select(p => p with { CommitBit = true })] });
        var pair = new Pair(both: committed);
        Assert.Empty(Judge(pair, true));
        Assert.Equal((2, 2), Told(pair));
        var protocol = Mutant.All.Single(m => m.Id == "M-77");
        Assert.Equal([new Fault("S-38", "KEYMAT is not what its formula gives")], Judge(new Pair(both: s => protocol.Change(committed(s))), true));
    }

    /// <summary>
    /// An honest run of two ends that are changed alike, each step judged by every property of one end and of both; and how many ends of
    /// pairs are up.
    /// </summary>
    private static (List<Fault> Faults, int Pairs) Play(Func<EndpointSetup, EndpointSetup> change)
    {
        var ends = Cast.Of(Scenario.All.Single(s => s.Name == "honest")).Select(setup => new Endpoint(change(setup))).ToArray();
        var states = new[] { EndpointState.Empty, EndpointState.Empty };
        var pasts = new[] { Ghost.Empty, Ghost.Empty };
        var (faults, flying) = (new List<Fault>(), new Queue<Effect.Send>());
        Step(0, new Input.Connect("t", "c"));
        while (flying.TryDequeue(out var d))
        {
            Step(d.Remote.Equals(ends[0].Setup.Local) ? 0 : 1, new Input.DatagramArrived(d.Remote, d.Local, d.Datagram));
        }

        return (faults, states.Sum(s => s.Pairs.Count));

        void Step(int n, Input input)
        {
            var (after, effects) = ends[n].Step(states[n], Instant.Zero, input);
            (pasts[n], var fault) = OfOneEnd.After(
                pasts[n], ends[n].Setup, new Taken(Instant.Zero, states[n], input, after, effects, false), Tables);
            states[n] = after;
            faults.AddRange(new[] { fault, OfBothEnds.Judge(states[0], pasts[0], states[1], pasts[1], "t", false) }.OfType<Fault>());
            effects.OfType<Effect.Send>().ToList().ForEach(flying.Enqueue);
        }
    }

    private static List<Fault> Judge(Pair pair, bool fromA)
    {
        var faults = new List<Fault>();
        Step(fromA ? pair.A : pair.B, new Input.Connect("t", "c"));
        while (pair.Flying is [var d, ..])
        {
            pair.Flying.RemoveAt(0);
            Step(d.Remote.Address.Equals(pair.A.Endpoint.Setup.Local.Address) ? pair.A : pair.B,
                new Input.DatagramArrived(d.Remote, d.Local, d.Datagram));
        }

        return faults;

        void Step(Side side, Input input)
        {
            var (before, told) = (side.State, side.Told.Count);
            pair.Do(side, input);
            var step = new Taken(pair.Now, before, input, side.State, [.. side.Told.Skip(told)], false);
            if (KnownAnswers.Judge(side.Endpoint.Setup, step) is { } fault)
            {
                faults.Add(fault);
            }
        }
    }

    private static (int Isakmp, int Pairs) Told(Pair pair)
    {
        var all = pair.A.Told.Concat(pair.B.Told).ToArray();
        return (all.OfType<Effect.IsakmpEstablished>().Count(), all.OfType<Effect.PairEstablished>().Count());
    }

    private sealed class OtherCounter : KeySchedule
    {
        public override Secret SKEYID_e(
            Prf prf, Secret SKEYID, Secret SKEYID_a, Secret g_xy, ReadOnlySpan<byte> CKY_I, ReadOnlySpan<byte> CKY_R)
            => Secret.Of(prf.Compute(SKEYID.Reveal(), [.. SKEYID_a.Reveal(), .. g_xy.Reveal(), .. CKY_I, .. CKY_R, 3]));
    }
}
