using System.Buffers.Binary;
using System.Collections.Immutable;
using RefIke.Crypto;
using RefIke.Engine;
using RefIke.Exchanges;
using RefIke.Exchanges.Negotiation;
using RefIke.Exchanges.NewGroupMode;
using RefIke.Properties.Crypto;
using RefIke.Properties.Engine.RemoteAccess;
using RefIke.Properties.Specification;
using RefIke.Wire;
using Xunit;
using Octets = RefIke.Wire.Octets;

namespace RefIke.Properties.Engine;

/// <summary>
/// New Group Mode (RFC 2409 §5.6) between two endpoints: agreed, refused, lost, copied, reflected, and ended.
/// </summary>
[JudgesFaults]
public sealed class NewGroupTests
{
    private const ushort Number = 33000;

    private static readonly GroupParameters Modp = Offers.Of(2);

    /// <summary>
    /// A group of each type is agreed on, whichever end of phase 1 offers it; both ends hold the same parameters
    /// (clause 2409-5.6-02).
    /// </summary>
    [Theory]
    [InlineData(2, true)]
    [InlineData(2, false)]
    [InlineData(19, true)]
    [InlineData(19, false)]
    [InlineData(0, true)]
    [InlineData(0, false)]
    [Clause("2409-5.6-01")]
    [Clause("2409-5.6-02")]
    [Clause("2409-5.6-03")]
    public void GroupIsAgreedOn(int which, bool byInitiator)
    {
        var parameters = which == 0 ? Offers.B163 : Offers.Of(which);
        var pair = Up();
        Offer(pair, byInitiator ? pair.A : pair.B, Number, parameters);
        pair.Settle();

        Assert.Equal(parameters, Groups(pair.A)[Number].Parameters);
        Assert.Equal(parameters, Groups(pair.B)[Number].Parameters);
        Assert.All(
            [pair.A, pair.B], s => Assert.Equal(Number, Assert.Single(s.Told.OfType<Effect.GroupAgreed>()).Number));
        Assert.Null(pair.TraceFault());
    }

    /// <summary>
    /// What is no group, or none that policy takes, is refused by ATTRIBUTES-NOT-SUPPORTED, and that ends the exchange
    ///
    /// </summary>
    [Theory]
    [InlineData("composite", "NotPrime")]
    [InlineData("small order", "GeneratorOutOfRange")]
    [InlineData("too small", "a field of 768 bits is not what policy takes")]
    [InlineData("too large", "a field of 8192 bits is not what policy takes")]
    [InlineData("registered number", "NumberNotPrivate")]
    [InlineData("no prime", "the attributes are not those of group type 1")]
    [InlineData("two transforms", "not one ISAKMP proposal with one transform KEY_IKE")]
    [InlineData("other protocol", "not one ISAKMP proposal with one transform KEY_IKE")]
    [Clause("2409-5.6-03")]
    [Clause("2409-5.6-04")]
    [Clause("2409-10-04")]
    public void BadGroupIsRefusedWithItsNotify(string fault, string reason)
    {
        var pair = Up();
        Send(pair, Message(pair.A, 7, true, BadOffer(fault)));

        Assert.Equal(
            $"private group refused: {reason}", Assert.IsType<Rejection.GroupRefused>(LastRejection(pair.B)).Reason);
        pair.Settle();
        var noted = Assert.Single(pair.A.Told.OfType<Effect.Noted>());
        Assert.Equal((NotifyType.AttributesNotSupported, true), (noted.Type, noted.Authenticated));
        Assert.Empty(Groups(pair.B));
    }

    /// <summary>
    /// By default policy takes none; the initiator's exchange then ends at once, and the ISAKMP SA lives on.
    /// </summary>
    [Fact]
    [Clause("2409-5.6-04")]
    public void RefusalEndsTheInitiatorsExchange()
    {
        var pair = Up(takes: false);
        Offer(pair, pair.A, Number, Modp);
        pair.Settle();
        Assert.Equal(
            "the peer says AttributesNotSupported", Assert.Single(pair.A.Told.OfType<Effect.ExchangeFailed>()).Why);
        Assert.Empty(Groups(pair.A));
        Assert.Empty(Groups(pair.B));
        Assert.Null(pair.TraceFault());
    }

    /// <summary>An order for what is no group, or for a number in use, is not obeyed and sends nothing.</summary>
    [Fact]
    public void OwnersBadOrderIsRefused()
    {
        var pair = Up();
        Offer(pair, pair.A, 14, Modp);
        Assert.IsType<Rejection.GroupRefused>(LastRejection(pair.A));
        Offer(pair, pair.A, Number, Modp);
        pair.Settle();
        Offer(pair, pair.A, Number, Offers.Of(19));
        Assert.IsType<Rejection.GroupRefused>(LastRejection(pair.A));
        Assert.Empty(pair.Flying);
        pair.Do(pair.A, new Input.NewGroup(default, Number, Modp));
        Assert.IsType<Rejection.NoPolicy>(LastRejection(pair.A));
    }

    /// <summary>
    /// A number in use is not given to other parameters, and may be offered again with its own (D-196).
    /// </summary>
    [Fact]
    public void NumberInUseKeepsItsGroup()
    {
        var pair = Up();
        Offer(pair, pair.A, Number, Modp);
        pair.Settle();
        Send(pair, Message(pair.A, 7, true, Sa(GroupAttributes.Write(Number, Offers.Of(19)))));
        var why = Assert.IsType<Rejection.GroupRefused>(LastRejection(pair.B)).Reason;
        Assert.Contains("in use", why, StringComparison.Ordinal);
        Assert.Equal(Modp, Groups(pair.B)[Number].Parameters);
        Send(pair, Message(pair.A, 8, true, Sa(GroupAttributes.Write(Number, Modp))));
        Assert.Equal(2, pair.B.Told.OfType<Effect.GroupAgreed>().Count());
    }

    /// <summary>
    /// What HASH(1) does not cover changes nothing, not even what is remembered of message ids (S-07).
    /// </summary>
    [Fact]
    [Clause("2408-5.11-01")]
    public void WrongHashChangesNothing()
    {
        var pair = Up();
        var before = pair.B.State;
        Send(pair, Message(pair.A, 7, false, Sa(GroupAttributes.Write(Number, Modp))));
        Assert.Equal("HASH(1) does not verify", LastRejection(pair.B).Reason);
        Assert.Equal(before, pair.B.State);
        Assert.Empty(pair.Flying);
    }

    /// <summary>
    /// A lost message is sent again with the same octets, by the timer and for the copy; the group is judged once.
    /// </summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void LostMessageIsMadeGood(int lost)
    {
        var pair = Up();
        Offer(pair, pair.A, Number, Modp);
        var first = pair.Flying[0].Datagram;
        pair.Settle(n => n == lost);
        Assert.Empty(Groups(pair.A));
        pair.Run(2_000);
        Assert.Equal(Modp, Groups(pair.A)[Number].Parameters);
        Assert.Single(pair.B.Told.OfType<Effect.GroupAgreed>());
        var sent = pair.A.Told.OfType<Effect.Send>().Where(s => s.Datagram.Equals(first)).ToArray();
        Assert.Equal([false, true], sent.Select(s => s.IsResend));
        pair.Run(120_000);
        Assert.Empty(pair.A.State.NewGroups);
        Assert.Empty(pair.B.State.NewGroups);
    }

    /// <summary>Without an answer the exchange ends when the retries are spent (L-01).</summary>
    [Fact]
    public void SilentPeerEndsTheExchange()
    {
        var pair = Up();
        Offer(pair, pair.A, Number, Modp);
        pair.Flying.Clear();
        for (var n = 0; n <= pair.A.Endpoint.Setup.Timing.Retries; n++)
        {
            var (timer, due) = pair.A.State.Timers.Single(t => t.Key.Kind == TimerKind.Resend);
            pair.Now = due;
            pair.Do(pair.A, new Input.TimerFired(timer));
        }

        Assert.Equal(pair.A.Endpoint.Setup.Timing.Retries, pair.Flying.Count);
        Assert.Equal("no answer", Assert.Single(pair.A.Told.OfType<Effect.ExchangeFailed>()).Why);
    }

    /// <summary>
    /// Our own message that comes back is never the answer, though HASH(1) and HASH(2) are made alike (A-13, D-194).
    /// </summary>
    [Fact]
    public void ReflectedOfferIsNoAnswer()
    {
        var pair = Up();
        Offer(pair, pair.A, Number, Modp);
        pair.Deliver(pair.Flying[0], pair.A);
        Assert.IsType<Rejection.Reflected>(LastRejection(pair.A));
        Assert.Empty(Groups(pair.A));
    }

    /// <summary>An answer with another group, its HASH(2) right, ends the exchange without a group.</summary>
    [Fact]
    [Clause("2408-4.2-07")]
    public void OtherGroupInTheAnswerIsRefused()
    {
        var pair = Up();
        Offer(pair, pair.A, Number, Modp);
        var offer = pair.Flying[0].Datagram;
        pair.Flying.Clear();
        var iv = offer.Slice(offer.Length - 16, 16);
        var id = Insider.HeaderOf(offer).MessageId;
        var answer = Message(pair.B, id, true, Sa(GroupAttributes.Write(Number, Offers.Of(19))), iv);
        pair.Deliver(new Effect.Send(pair.B.Endpoint.Setup.Local, pair.A.Endpoint.Setup.Local, answer, false), pair.A);
        Assert.IsType<Rejection.ChoiceNotOffered>(LastRejection(pair.A));
        Assert.Empty(Groups(pair.A));
        Assert.Single(pair.A.Told.OfType<Effect.ExchangeFailed>());
    }

    /// <summary>
    /// What judging costs is bounded: under one ISAKMP SA no more than so many groups are looked at.
    /// </summary>
    [Fact]
    [Clause("2408-1.7.1-01")]
    public void PeerMayHaveSoManyGroupsJudged()
    {
        var pair = Up();
        var limit = pair.B.Endpoint.Setup.Limits.GroupsJudged;
        for (var id = 1u; id <= limit + 1; id++)
        {
            Send(pair, Message(pair.A, id, true, BadOffer("too small")));
        }

        Assert.Equal(limit, pair.B.Told.OfType<Effect.Rejected>().Count(r => r.Why is Rejection.GroupRefused));
        Assert.Equal("limit reached: New Group Modes under one ISAKMP SA", LastRejection(pair.B).Reason);
    }

    /// <summary>Before the ISAKMP SA is there nothing of it is believed (M-110).</summary>
    [Fact]
    [Clause("2409-4-03")]
    public void NewGroupModeComesAfterPhase1()
    {
        var pair = Pair(true);
        pair.Connect(pair.B);
        while (pair.A.State.Isakmp.Values.SingleOrDefault()?.Phase1.Keys is null)
        {
            pair.DeliverNext();
        }

        var half = pair.A.State.Isakmp.Values.Single().Phase1;
        var header = new Header(half.CKY_I, half.CKY_R, PayloadType.Hash, 0x10, ExchangeType.NewGroupMode,
            HeaderFlags.Encryption, 7, 0);
        var before = pair.A.State;
        var early = MessageWriter.WriteEncrypted(header, PayloadType.Hash, new byte[32]);
        pair.Deliver(new Effect.Send(pair.B.Endpoint.Setup.Local, pair.A.Endpoint.Setup.Local, early, false), pair.A);
        Assert.IsType<Rejection.Unexpected>(LastRejection(pair.A));
        Assert.Equal(before, pair.A.State);
    }

    /// <summary>With its ISAKMP SA a group goes, and an open exchange fails in the same step (D-197, S-33).</summary>
    [Fact]
    [Clause("2409-5.6-05")]
    public void GroupsEndWithTheirSa()
    {
        var pair = Up();
        Offer(pair, pair.A, Number, Modp);
        pair.Settle();
        Offer(pair, pair.A, Number + 1, Offers.Of(19));
        pair.Do(pair.A, new Input.DeleteIsakmp(pair.A.State.Isakmp.Values.Single().Own));
        Assert.Contains(pair.A.Told.OfType<Effect.ExchangeFailed>(), f => f.Why == "its ISAKMP SA has gone");
        Assert.Empty(pair.A.State.NewGroups);
        Assert.Empty(pair.A.State.Isakmp);
    }

    private static Pair Pair(bool takes) => new(
        both: s => s with { Connections = [s.Connections[0] with { NewGroups = takes ? new NewGroupTerms() : null }] });

    private static Pair Up(bool takes = true)
    {
        var pair = Pair(takes);
        pair.Connect(pair.A);
        pair.Settle();
        Assert.Single(pair.A.Pairs);
        return pair;
    }

    private static void Offer(Pair pair, Side side, ushort number, GroupParameters parameters)
        => pair.Do(side, new Input.NewGroup(side.State.Isakmp.Values.Single().Own, number, parameters));

    private static void Send(Pair pair, Octets datagram)
        => pair.Deliver(
            new Effect.Send(pair.A.Endpoint.Setup.Local, pair.B.Endpoint.Setup.Local, datagram, false), pair.B);

    private static ImmutableSortedDictionary<int, PrivateGroupAgreed> Groups(Side side)
        => side.State.Isakmp.Values.Single().Phase1.PrivateGroups;

    private static Rejection LastRejection(Side side) => side.Told.OfType<Effect.Rejected>().Last().Why;

    private static SecurityAssociationPayload BadOffer(string fault)
    {
        var good = GroupAttributes.Write(Number, Modp);
        var sa = Sa(fault switch
        {
            "composite" => GroupAttributes.Write(
                Number, new GroupParameters.Modp(Offers.CompositeWithoutSmallFactors, 2)),
            "small order" => GroupAttributes.Write(
                Number, new GroupParameters.Modp(((GroupParameters.Modp)Modp).Prime, 1)),
            "too small" => GroupAttributes.Write(Number, Offers.Of(1)),
            "too large" => GroupAttributes.Write(Number, Offers.Of(18)),
            "registered number" => GroupAttributes.Write(14, Modp),
            "no prime" => [.. good.Where(a => a.Type != (ushort)Phase1Attribute.GroupPrime)],
            _ => good,
        });
        var proposal = sa.Proposals[0];
        return sa with
        {
            Proposals = fault switch
            {
                "two transforms" =>
                [
                    proposal with { Transforms = [proposal.Transforms[0], proposal.Transforms[0] with { Number = 2 }] },
                ],
                "other protocol" => [proposal with { Protocol = Protocol.Ah, Spi = new byte[4] }],
                _ => sa.Proposals,
            },
        };
    }

    private static SecurityAssociationPayload Sa(ImmutableArray<DataAttribute> attributes) => new(
        Doi.Ipsec, Situation.IdentityOnly, null,
        [
            new ProposalPayload(
                1, Protocol.Isakmp, Octets.Empty, [new TransformPayload(1, (byte)IsakmpTransform.KeyIke, attributes)]),
        ]);

    /// <summary>
    /// HDR*, HASH, SA by somebody who has the keys; HASH made here from its formula in RFC 2409 §5.6.
    /// </summary>
    private static Octets Message(Side holder, uint id, bool rightHash, Payload sa, Octets? iv = null)
    {
        var p = holder.State.Isakmp.Values.Single().Phase1;
        var messageId = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(messageId, id);
        byte[] text = [.. messageId, .. MessageWriter.WritePayloads([sa])];
        var hash = p.Suite!.Prf.Compute(p.Keys!.SKEYID_a.Reveal(), text);
        hash[0] ^= (byte)(rightHash ? 0 : 1);
        var header = new Header(p.CKY_I, p.CKY_R, 0, 0x10, ExchangeType.NewGroupMode, HeaderFlags.None, id, 0);
        var first = KeySchedule.Rfc2409.Phase2Iv(p.Suite.Hash, p.Iv.Span, id, p.Suite.Cipher.BlockLength);
        return Protection.Seal(header, [new HashPayload(hash), sa], p.Suite.Cipher, p.Keys.Ka, iv ?? first).Datagram;
    }
}
