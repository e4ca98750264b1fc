using RefIke.Engine;
using RefIke.Exchanges;
using RefIke.Exchanges.Phase1;
using RefIke.Wire;
using Xunit;

namespace RefIke.Properties.Engine.Phase1;

/// <summary>What holds of phase 1 in every mode and with every authentication method (RFC 2409 §5.1 to §5.4), in both roles.</summary>
[JudgesFaults]
public sealed class EveryMethodTests
{
    public static TheoryData<ExchangeType, AuthenticationMethod> Combinations
        => [.. Phase1Setups.All.Select(c => new TheoryDataRow<ExchangeType, AuthenticationMethod>(c.Mode, c.Method))];

    public static TheoryData<ExchangeType, AuthenticationMethod> Phase1Exchanges
        => [.. Phase1Setups.All.Where(c => c.Mode == ExchangeType.MainMode).Select(c => new TheoryDataRow<ExchangeType, AuthenticationMethod>(c.Mode, c.Method))];

    /// <summary>RFC 2409 §5: as many messages as drawn, equal keys and IV on both sides, each side knows the other's identity.</summary>
    [Theory]
    [MemberData(nameof(Combinations))]
    [Clause("2409-5-02")]
    [Clause("2409-5.4-04")]
    [Clause("2409-4-14")]
    [Clause("2409-5-15")]
    [Clause("2409-5.1-01")]
    [Clause("2409-5.1-02")]
    [Clause("2409-5.2-04")]
    [Clause("2409-5.3-01")]
    [Clause("2409-5.3-02")]
    public void BothRolesEndWithTheSameKeys(ExchangeType mode, AuthenticationMethod method)
    {
        foreach (var fromA in new[] { true, false })
        {
            var pair = Pair(mode, method);
            var (first, second) = fromA ? (pair.A, pair.B) : (pair.B, pair.A);
            pair.Connect(first);
            pair.Settle();
            var (i, r) = (Only(first), Only(second));
            Assert.Equal((Role.Initiator, Role.Responder), (i.Role, r.Role));
            Assert.Equal(i.Keys, r.Keys);
            Assert.Equal(i.Iv, r.Iv);
            Assert.Equal(second.Endpoint.Setup.Connections[0].OwnIdentity, i.PeerIdentity);
            Assert.Equal(first.Endpoint.Setup.Connections[0].OwnIdentity, r.PeerIdentity);
            Assert.Equal(mode == ExchangeType.Aggressive ? 3 : 6, Sent(pair).Count(s => s.Datagram.Span[18] == (byte)mode));
            var (a, b) = (Assert.Single(pair.A.Pairs), Assert.Single(pair.B.Pairs));
            Assert.Equal((a.Inbound, a.Outbound), (b.Outbound, b.Inbound));
            Assert.Null(pair.TraceFault());
        }
    }

    /// <summary>RFC 2409 §8, §10: what was private or shared is not kept in the record of an SA.</summary>
    [Theory]
    [MemberData(nameof(Combinations))]
    public void EstablishedExchangeKeepsNoPrivateValueAndNoSharedKey(ExchangeType mode, AuthenticationMethod method)
    {
        var pair = Pair(mode, method);
        pair.Connect(pair.A);
        pair.Settle();
        Assert.Equal((null, null), (Only(pair.A).X, Only(pair.A).Terms));
        Assert.Equal((null, null), (Only(pair.B).X, Only(pair.B).Terms));
    }

    /// <summary>RFC 2408 §4.3: an ISAKMP SA is renewed in the mode and with the method that its connection has.</summary>
    [Theory]
    [MemberData(nameof(Combinations))]
    public void RenewalHasTheModeAndMethodOfTheConnection(ExchangeType mode, AuthenticationMethod method)
    {
        var pair = Pair(mode, method);
        pair.Connect(pair.A);
        pair.Settle();
        var former = Only(pair.A);
        pair.Do(pair.A, new Input.Renew(pair.A.State.Isakmp.Values.Single().Own));
        pair.Settle();
        var fresh = Assert.Single(pair.B.State.Isakmp.Values, e => e.Phase1.CKY_I != former.CKY_I).Phase1;
        Assert.Equal((mode, method, Phase1Step.Established), (fresh.Mode, fresh.Method, fresh.Step));
        Assert.Null(pair.TraceFault());
    }

    /// <summary>RFC 2408 §5.1, D-04: whichever one message is lost, both ends come up.</summary>
    [Theory]
    [MemberData(nameof(Combinations))]
    public void AnyOneLostMessageHeals(ExchangeType mode, AuthenticationMethod method)
    {
        for (var lost = 0; lost < (mode == ExchangeType.Aggressive ? 6 : 9); lost++)
        {
            var pair = Pair(mode, method);
            pair.Connect(pair.A);
            pair.Settle(n => n == lost);
            pair.Run(20_000);
            Assert.Single(pair.A.Pairs);
            Assert.Single(pair.B.Pairs);
            Assert.Null(pair.TraceFault());
        }
    }

    /// <summary>RFC 2408 §5.1, D-05: a copy, at once or much later, is answered by the same octets or not at all.</summary>
    [Theory]
    [MemberData(nameof(Combinations))]
    public void EveryDatagramTwiceChangesNothing(ExchangeType mode, AuthenticationMethod method)
    {
        var pair = Pair(mode, method);
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
            Assert.All(pair.Flying.Skip(flying), s => Assert.Contains(all.Concat(pair.Flying.Take(flying)), e => e.Datagram == s.Datagram));
            pair.Flying.RemoveRange(flying, pair.Flying.Count - flying);
        }

        Assert.Single(pair.A.Pairs);
        Assert.Single(pair.B.Pairs);
        var before = (Only(pair.A), Only(pair.B), pair.A.State.Pairs, pair.B.State.Pairs);
        foreach (var old in all)
        {
            pair.Deliver(old);
        }

        Assert.Equal(before, (Only(pair.A), Only(pair.B), pair.A.State.Pairs, pair.B.State.Pairs));
    }

    /// <summary>D-216, D-206: the responder of Main Mode is done, its message 6 is lost: its Quick Mode makes the initiator ask for it at once.</summary>
    [Theory]
    [MemberData(nameof(Phase1Exchanges))]
    public void QuickModeThatComesInsteadOfTheLastMessageIsNoProof(ExchangeType mode, AuthenticationMethod method)
    {
        var pair = Pair(mode, method);
        pair.Connect(pair.A);
        pair.Settle(n => n == 5);
        Assert.Equal((Phase1Step.Established, false), (Only(pair.B).Step, Only(pair.A).Step == Phase1Step.Established));
        pair.Connect(pair.B);
        pair.Settle();
        Assert.Equal(Phase1Step.Established, Only(pair.A).Step);
        Assert.NotEmpty(pair.B.Pairs);
        Assert.Equal(Instant.Zero, pair.Now);
        Assert.Null(pair.TraceFault());
    }

    /// <summary>RFC 2409 §5: a mode is not switched in the middle of an exchange; the exchange waits on and comes up.</summary>
    [Theory]
    [MemberData(nameof(Combinations))]
    public void OtherExchangeTypeInTheMiddleIsRefused(ExchangeType mode, AuthenticationMethod method)
    {
        var pair = Pair(mode, method);
        pair.Connect(pair.B);
        var first = pair.Flying[0];
        pair.Flying.RemoveAt(0);
        pair.Deliver(first);
        var answer = pair.Flying[0].Datagram.ToArray();
        answer[18] = (byte)(mode == ExchangeType.Aggressive ? ExchangeType.MainMode : ExchangeType.Aggressive);
        var before = Only(pair.B);
        pair.Deliver(pair.Flying[0] with { Datagram = answer });
        Assert.Contains(pair.B.Told, e => e is Effect.Rejected { Why: Rejection.WrongExchangeType });
        Assert.Equal(before, Only(pair.B));
        pair.Settle();
        Assert.Single(pair.A.Pairs);
    }

    /// <summary>Whoever changes one octet of a message of phase 1 changes no key: both ends agree, or there is no SA.</summary>
    [Theory]
    [MemberData(nameof(Combinations))]
    public void OneChangedOctetNeverMakesTheEndsDisagree(ExchangeType mode, AuthenticationMethod method)
    {
        var random = new Random(2409);
        for (var run = 0; run < 60; run++)
        {
            var pair = Pair(mode, method);
            pair.Connect(pair.A);
            var victim = run % (mode == ExchangeType.Aggressive ? 3 : 6);
            for (var n = 0; pair.Flying.Count > 0; n++)
            {
                var next = pair.Flying[0];
                pair.Flying.RemoveAt(0);
                if (n == victim)
                {
                    var octets = next.Datagram.ToArray();
                    octets[random.Next(octets.Length)] ^= (byte)(1 << random.Next(8));
                    next = next with { Datagram = octets };
                }

                pair.Deliver(next);
            }

            var up = pair.A.Told.Concat(pair.B.Told).OfType<Effect.IsakmpEstablished>().ToArray();
            Assert.True(up.Length < 2 || up[0].Phase1.Keys == up[1].Phase1.Keys);
        }
    }

    private static Phase1State Only(Side side) => side.State.Isakmp.Values.Single().Phase1;

    private static IEnumerable<Effect.Send> Sent(Pair pair) => pair.A.Told.Concat(pair.B.Told).OfType<Effect.Send>();

    private static Pair Pair(ExchangeType mode, AuthenticationMethod method) => new(both: Phase1Setups.As(mode, method));
}
