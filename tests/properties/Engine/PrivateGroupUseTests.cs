using System.Collections.Immutable;
using System.Net;
using RefIke.Crypto;
using RefIke.Engine;
using RefIke.Exchanges;
using RefIke.Exchanges.NewGroupMode;
using RefIke.Exchanges.Phase1;
using RefIke.Properties.Crypto;
using RefIke.Properties.Engine.Phase1;
using RefIke.Wire;
using Xunit;

namespace RefIke.Properties.Engine;

/// <summary>
/// What a group of New Group Mode is good for (RFC 2409 §5.6): PFS in Quick Mode, a later phase 1 with the same peer,
/// and nothing once it has gone, nothing with anybody else (S-33, D-196, D-197).
/// </summary>
[JudgesFaults]
public sealed class PrivateGroupUseTests
{
    private const ushort Number = 33000;

    /// <summary>
    /// MODP, ECP and EC2N: g(qm)^xy comes of the private group, at both ends the same, and so does KEYMAT.
    /// </summary>
    [Theory]
    [InlineData(2, true)]
    [InlineData(2, false)]
    [InlineData(22, true)]
    [InlineData(19, true)]
    [InlineData(19, false)]
    [InlineData(0, true)]
    [InlineData(0, false)]
    [Clause("2409-5.6-06")]
    public void QuickModeHasPfsInThePrivateGroup(int which, bool byInitiator)
    {
        var parameters = which == 0 ? Offers.B163 : Offers.Of(which);
        var (dhA, dhB) = (new Recording(), new Recording());
        var pair = new Pair(
            both: s => s.With(c => Wanting(c) with { OwnGroups = [new(Number, parameters)] }),
            changeA: s => s with { DiffieHellman = dhA }, changeB: s => s with { DiffieHellman = dhB });
        pair.Connect(byInitiator ? pair.A : pair.B);
        pair.Settle();

        var (a, b) = (Assert.Single(pair.A.Pairs), Assert.Single(pair.B.Pairs));
        Assert.Equal((Number, Number), (a.Suite.PfsGroup!.Number, b.Suite.PfsGroup!.Number));
        Assert.Equal(a.Inbound, b.Outbound);
        Assert.Equal(a.Outbound, b.Inbound);
        Assert.NotEqual(a.Inbound, a.Outbound);
        var secret = Assert.Single(dhA.Secrets, s => s.Number == Number).Secret;
        Assert.Equal(secret, Assert.Single(dhB.Secrets, s => s.Number == Number).Secret);
        Assert.Equal(a.Suite.PfsGroup.SecretLength, secret.Length);
        Assert.Null(pair.TraceFault());
    }

    /// <summary>
    /// A rekey has PFS in the same group and needs no second New Group Mode; under a new ISAKMP SA it needs one
    /// (D-197).
    /// </summary>
    [Fact]
    [Clause("2409-5.6-05")]
    public void GroupIsAgreedOnceForEachIsakmpSa()
    {
        var pair = Pair(c => Wanting(c));
        pair.Connect(pair.A);
        pair.Settle();
        pair.Do(pair.A, new Input.Rekey(pair.A.Pairs.Single().Spi));
        pair.Settle();
        Assert.Equal(Number, pair.A.State.Sending("t", "c")!.Suite.PfsGroup!.Number);
        Assert.Single(pair.A.Told.OfType<Effect.GroupAgreed>());

        var former = pair.A.State.Isakmp.Values.Single();
        pair.Do(pair.A, new Input.Renew(former.Own));
        pair.Settle();
        pair.Do(pair.A, new Input.DeleteIsakmp(former.Own));
        pair.Settle();
        Assert.Empty(Assert.Single(pair.B.State.Isakmp.Values).Phase1.PrivateGroups);
        pair.Do(pair.A, new Input.Rekey(pair.A.State.Sending("t", "c")!.Spi));
        pair.Settle();
        var newest = pair.A.State.Sending("t", "c")!;
        Assert.NotEqual(former.Phase1.CKY_I, newest.Exchange.CKY_I);
        Assert.Equal(Number, newest.Suite.PfsGroup!.Number);
        Assert.Equal(2, pair.A.Told.OfType<Effect.GroupAgreed>().Count());
    }

    /// <summary>
    /// A number that the responder does not know is acceptable to no policy: NO-PROPOSAL-CHOSEN, under protection
    ///
    /// </summary>
    [Fact]
    [Clause("2409-5.6-06")]
    [Clause("2408-5.4-03")]
    public void UnknownNumberIsRefusedInQuickMode()
    {
        var pair = Pair(c => Wanting(c));
        pair.Connect(pair.A);
        pair.Settle();
        Forget(pair.B);
        pair.Do(pair.A, new Input.Rekey(pair.A.Pairs.Single().Spi));
        pair.Settle();

        var why = Assert.IsType<Rejection.NothingAcceptable>(pair.B.Told.OfType<Effect.Rejected>().Last().Why);
        Assert.Equal(NotifyType.NoProposalChosen, why.Why);
        Assert.Contains($"group {Number} is not spoken", why.Reason, StringComparison.Ordinal);
        Assert.Contains(
            pair.A.Told.OfType<Effect.Noted>(), n => n is { Type: NotifyType.NoProposalChosen, Authenticated: true });
        Assert.Single(pair.B.Pairs);
    }

    /// <summary>
    /// Where policy says a private group, the suites' own is not taken instead: nor by the responder.
    /// </summary>
    [Fact]
    public void ChildThatWantsAPrivateGroupTakesNoOther()
    {
        var pair = new Pair(changeB: s => s.With(c => Wanting(c) with { OwnGroups = [] }));
        pair.Connect(pair.A);
        pair.Settle();
        Assert.Empty(pair.A.Pairs);
        Assert.IsType<Rejection.NothingAcceptable>(pair.B.Told.OfType<Effect.Rejected>().Last().Why);

        pair.Connect(pair.B);
        pair.Settle();
        var why = Assert.IsType<Rejection.GroupRefused>(pair.B.Told.OfType<Effect.Rejected>().Last().Why).Reason;
        Assert.Contains("child c wants it", why, StringComparison.Ordinal);
        Assert.Empty(pair.B.Pairs);
    }

    /// <summary>
    /// A child whose group the peer refuses does not come up, and waits for nothing; it can be ordered again.
    /// </summary>
    [Fact]
    [Clause("2409-5.6-04")]
    public void RefusedGroupIsTheEndOfTheChildThatWantsIt()
    {
        var pair = new Pair(changeA: s => s.With(c => Wanting(c)));
        pair.Connect(pair.A);
        pair.Settle();
        Assert.Empty(pair.A.Pairs);
        Assert.Equal("New Group Mode", Assert.Single(pair.A.Told.OfType<Effect.ExchangeFailed>()).Kind);
        Assert.Empty(pair.A.State.Isakmp.Values.Single().Wanted);
        pair.Connect(pair.A);
        pair.Settle();
        Assert.Equal(2, pair.A.Told.OfType<Effect.ExchangeFailed>().Count());
    }

    /// <summary>
    /// Two children that want two groups wait for each other's New Group Mode: one at a time, and both come up.
    /// </summary>
    [Fact]
    public void ChildrenWithDifferentGroupsComeUpOneAfterTheOther()
    {
        var pair = Pair(c => Wanting(c) with
        {
            OwnGroups = [new(Number, Offers.Of(2)), new(Number + 1, Offers.Of(19))],
            Children =
            [
                Wanting(c).Children[0],
                Wanting(c).Children[0] with { Name = "d", Own = null, Peer = null, PrivatePfsGroup = Number + 1 },
            ],
        });
        pair.Connect(pair.A);
        pair.Do(pair.A, new Input.Connect("t", "d"));
        pair.Settle();
        Assert.Equal([Number, Number + 1], pair.A.Pairs.Select(p => p.Suite.PfsGroup!.Number).Order());
        Assert.Equal(2, pair.B.Told.OfType<Effect.GroupAgreed>().Count());
        Assert.Null(pair.TraceFault());
    }

    /// <summary>Children that wait for a group fail with the ISAKMP SA.</summary>
    [Fact]
    public void ChildThatWaitsEndsWithTheSa()
    {
        var pair = Pair(c => Wanting(c));
        pair.Connect(pair.A);
        pair.Settle(n => n == 6);
        var sa = pair.A.State.Isakmp.Values.Single();
        Assert.Equal("c", Assert.Single(sa.Wanted).Child);
        pair.Do(pair.A, new Input.DeleteIsakmp(sa.Own));
        pair.Settle();
        pair.Run(120_000);
        Assert.Empty(pair.A.State.Isakmp);
        Assert.Empty(pair.A.Pairs);
    }

    /// <summary>
    /// A phase 1 that follows may be in the group, by its number, while the SA under which it was agreed lives.
    /// </summary>
    [Theory]
    [InlineData(ExchangeType.MainMode, 2)]
    [InlineData(ExchangeType.MainMode, 19)]
    [InlineData(ExchangeType.MainMode, 0)]
    [InlineData(ExchangeType.Aggressive, 2)]
    [InlineData(ExchangeType.Aggressive, 0)]
    [Clause("2409-5.6-06")]
    public void FollowingPhase1IsInThePrivateGroup(ExchangeType mode, int which)
    {
        var parameters = which == 0 ? Offers.B163 : Offers.Of(which);
        var pair = Pair(c => Wanting(c) with
        {
            Mode = mode,
            PrivateGroup = Number,
            OwnGroups = [new(Number, parameters)],
        });
        pair.Connect(pair.A);
        pair.Settle();
        Assert.Equal(2, pair.A.State.Isakmp.Values.Single().Phase1.Suite!.Group.Number);

        pair.Do(pair.A, new Input.Renew(pair.A.State.Isakmp.Values.Single().Own));
        pair.Settle();
        var (a, b) = (Newest(pair.A), Newest(pair.B));
        Assert.Equal((Number, Number), (a.Suite!.Group.Number, b.Suite!.Group.Number));
        Assert.Equal(a.Keys!.SKEYID_d, b.Keys!.SKEYID_d);
        Assert.Null(pair.TraceFault());
    }

    /// <summary>
    /// Once its SA has gone the group has too: a phase 1 after it is in a registered group again (D-197).
    /// </summary>
    [Fact]
    [Clause("2409-5.6-05")]
    public void Phase1AfterTheGroupHasGoneIsInTheSuitesOwn()
    {
        var pair = Pair(c => Wanting(c) with { PrivateGroup = Number });
        pair.Connect(pair.A);
        pair.Settle();
        pair.Do(pair.A, new Input.DeleteIsakmp(pair.A.State.Isakmp.Values.Single().Own));
        pair.Settle();
        pair.Connect(pair.A);
        pair.Settle();
        Assert.Equal(2, Newest(pair.A).Suite!.Group.Number);
    }

    /// <summary>
    /// A responder that has lost the group (it was restarted) takes the suites as they are, which follow in the offer.
    /// </summary>
    [Fact]
    public void ResponderWithoutTheGroupTakesTheNextTransform()
    {
        var pair = Pair(c => Wanting(c) with { PrivateGroup = Number });
        pair.Connect(pair.A);
        pair.Settle();
        Forget(pair.B);
        pair.Do(pair.A, new Input.Renew(pair.A.State.Isakmp.Values.Single().Own));
        pair.Settle();
        Assert.Equal(2, Newest(pair.A).Suite!.Group.Number);
        Assert.Equal(2, pair.B.State.Isakmp.Count);
    }

    /// <summary>Another host cannot name it, even one that the same connection would take (A-56, S-33).</summary>
    [Fact]
    public void GroupServesNoOtherHost()
    {
        var pair = Pair(c => Wanting(c) with { Mode = ExchangeType.Aggressive, PrivateGroup = Number });
        pair.Connect(pair.A);
        pair.Settle();
        pair.Do(pair.A, new Input.Renew(pair.A.State.Isakmp.Values.Single().Own));
        var offer = Assert.Single(pair.Flying);
        var any = new IPEndPoint(IPAddress.Any, 500);
        var anybody = new Endpoint(pair.B.Endpoint.Setup.With(c => c with { Remote = any }));
        Assert.Null(Refused(offer.Local));
        var elsewhere = new IPEndPoint(IPAddress.Parse("10.77.0.9"), 500);
        var why = Assert.IsType<Rejection.NothingAcceptable>(Refused(elsewhere));
        Assert.Equal(NotifyType.NoProposalChosen, why.Why);

        Rejection? Refused(IPEndPoint from)
        {
            var arrived = new Input.DatagramArrived(offer.Remote, from, offer.Datagram);
            var (_, effects) = anybody.Step(pair.B.State, pair.Now, arrived);
            return effects.OfType<Effect.Rejected>().SingleOrDefault()?.Why;
        }
    }

    private static Connection Wanting(Connection c) => c with
    {
        NewGroups = new NewGroupTerms(),
        OwnGroups = [new(Number, Offers.Of(2))],
        Children = [c.Children[0] with { PrivatePfsGroup = Number }],
    };

    private static Pair Pair(Func<Connection, Connection> both) => new(both: s => s.With(both));

    private static Phase1State Newest(Side side)
        => side.Told.OfType<Effect.IsakmpEstablished>().Last().Phase1;

    private static void Forget(Side side)
    {
        var entry = side.State.Isakmp.Values.Single();
        side.State = side.State with
        {
            Isakmp = side.State.Isakmp.SetItem(entry.Own.Value, entry with
            {
                Phase1 = entry.Phase1 with { PrivateGroups = ImmutableSortedDictionary<int, PrivateGroupAgreed>.Empty },
            }),
        };
    }

    /// <summary>Diffie-Hellman that remembers what came of it.</summary>
    private sealed class Recording : IDiffieHellman
    {
        public List<(int Number, byte[] Secret)> Secrets { get; } = [];

        public string Name => DiffieHellman.Best.Name;

        public byte[] PublicValue(Group group, Secret x) => DiffieHellman.Best.PublicValue(group, x);

        public PublicValueFault Check(Group group, ReadOnlySpan<byte> publicValue)
            => DiffieHellman.Best.Check(group, publicValue);

        public PublicValueFault TrySharedSecret(Group group, Secret x, ReadOnlySpan<byte> peer, out Secret? g_xy)
        {
            var fault = DiffieHellman.Best.TrySharedSecret(group, x, peer, out g_xy);
            if (g_xy is not null)
            {
                Secrets.Add((group.Number, g_xy.Reveal().ToArray()));
            }

            return fault;
        }
    }
}
