using RefIke.Engine;
using RefIke.Exchanges.Phase1;
using RefIke.Exchanges.Phase2;
using RefIke.Properties.Engine;
using RefIke.Wire;
using Xunit;
using static RefIke.Properties.Specification.PlaceOfMessagesTests;

namespace RefIke.Properties.Specification;

/// <summary>
/// What a whole endpoint makes of an offer that is not quite as it should be: the rules that <see cref="OfferTests"/> shows of
/// the negotiation alone.
/// </summary>
[JudgesFaults]
public sealed class OfferToAnEndpointTests
{
    private static readonly DataAttribute Seconds1 = DataAttribute.Basic(11, 1), Seconds2 = DataAttribute.Basic(1, 1);

    /// <summary>RFC 2409 §4, §5, App. A: offers of phase 1 that nobody may take, whatever policy says.</summary>
    [Fact]
    [Clause("2409-4-06")]
    [Clause("2409-4-09")]
    [Clause("2409-5-11")]
    [Clause("2409-A-04")]
    [Clause("2407-4.5.2-02")]
    public void Phase1OfferThatBreaksARuleIsRefused()
    {
        Refused("aes128-sha1-modp1024", sa => sa with { Doi = (Doi)2 });
        Refused("aes128-sha1-modp1024", sa => sa with { Proposals = [sa.Proposals[0], sa.Proposals[0] with { Number = 2 }] });
        foreach (var lacking in new ushort[] { 1, 2, 3, 4 })
        {
            Refused("des-md5-modp768", Without(lacking));
        }

        Refused("des-md5-modp768", With(DataAttribute.Basic((ushort)Phase1Attribute.KeyLength, 64)));
        Refused("aes128-sha1-modp1024", With(DataAttribute.Variable((ushort)Phase1Attribute.GroupPrime, new byte[128])));
        Refused("aes128-sha1-modp1024", Without((ushort)Phase1Attribute.KeyLength));
        Refused("aes128-sha1-modp1024", Other(a => a.Type == (ushort)Phase1Attribute.KeyLength ? DataAttribute.Basic(a.Type, 0) : a));
        Refused("aes128-sha1-modp1024", Without(11));
        Refused("aes128-sha1-modp1024", With(Seconds1, DataAttribute.Basic(12, 77)));

        static void Refused(string suite, Func<SecurityAssociationPayload, SecurityAssociationPayload> change)
        {
            var pair = Offered(suite, change);
            Assert.Empty(pair.B.State.Isakmp);
            Assert.Contains(pair.B.Told, e => e is Effect.Rejected);
        }
    }

    /// <summary>RFC 2408 §4.2, §5.6, RFC 2409 App. A: what is odd and legal is taken.</summary>
    [Fact]
    [Clause("2408-5.6-01")]
    [Clause("2407-4.5.2-01")]
    [Clause("2409-A-02")]
    public void Phase1OfferThatIsOddIsTaken()
    {
        Taken(sa => sa with { Proposals = [sa.Proposals[0] with { Number = 7 }] });
        Taken(sa => sa with { Proposals = [sa.Proposals[0] with { Transforms = [new(9, 77, []), .. sa.Proposals[0].Transforms] }] });
        Taken(sa => sa with { Proposals = [sa.Proposals[0] with { Spi = new byte[8] }] });
        Taken(With(DataAttribute.Basic(11, 2), DataAttribute.Number(12, 4_000_000)));
        Assert.Equal(28800UL, Taken(sa => Without(12)(Without(11)(sa))).Suite!.LifeSeconds);
        Assert.Equal(28800UL, Taken(Other(a => a.Type == 12 ? DataAttribute.Variable(12, new byte[] { 0, 0, 0, 0, 0, 0, 0x70, 0x80 }) : a)).Suite!.LifeSeconds);

        static Phase1State Taken(Func<SecurityAssociationPayload, SecurityAssociationPayload> change)
        {
            var pair = Offered("aes128-sha1-modp1024", change);
            Assert.Equal(2, pair.Flying.Count + pair.B.State.Isakmp.Count);
            return pair.B.State.Isakmp.Values.Single().Phase1;
        }
    }

    /// <summary>
    /// RFC 2409 §3.2, D-97: SAi_b is hashed as it stood on the wire, in whatever form its numbers are; App. A: the answer may have the
    /// other form.
    /// </summary>
    [Fact]
    [Clause("2409-3.2-03")]
    [Clause("2409-A-02")]
    public void OfferIsHashedAsItStoodOnTheWire()
    {
        var pair = Offered("aes128-sha1-modp1024", Other(a => a.Type == 12 ? DataAttribute.Variable(12, new byte[] { 0, 0, 0x70, 0x80 }) : a));
        pair.Settle();
        Assert.Single(pair.A.Pairs);
        Assert.Single(pair.B.Pairs);
    }

    /// <summary>RFC 2408 §4.2: the answer has the numbers of what it chose, and nothing but that.</summary>
    [Fact]
    [Clause("2408-4.2-05")]
    [Clause("2408-4.2-06")]
    [Clause("2409-5-13")]
    public void AnswerIsTheTransformThatWasChosen()
    {
        var pair = Sent(1, new Pair("aes256-sha1-modp1024,aes128-sha1-modp1024", peerPhase1: "aes128-sha1-modp1024"));
        var offer = Of(pair).Proposals[0];
        pair.Deliver(pair.Flying[0]);
        pair.Flying.RemoveAt(0);
        var answer = Of(pair).Proposals.Single();
        Assert.Equal((offer.Number, 1), (answer.Number, answer.Transforms.Length));
        Assert.Equal(offer.Transforms[1], answer.Transforms[0]);

        static SecurityAssociationPayload Of(Pair pair)
            => MessageReader.TryRead(pair.Flying[0].Datagram.Memory, out var message, out _)
                ? (SecurityAssociationPayload)message!.Payloads[0] : throw new InvalidOperationException("no message in clear");
    }

    /// <summary>RFC 2407 §4.5, RFC 2409 §5.5: offers of Quick Mode that nobody may take.</summary>
    [Fact]
    [Clause("2407-4.5-02")]
    [Clause("2407-4.5-05")]
    [Clause("2407-4.5-07")]
    [Clause("2407-4.5.3-01")]
    [Clause("2408-5.5-02")]
    public void Phase2OfferThatBreaksARuleIsRefused()
    {
        Refused("aes128-sha1", With(DataAttribute.Basic((ushort)IpsecAttribute.AuthenticationKeyLength, 1)));
        Refused("aes128-sha1", Without((ushort)IpsecAttribute.KeyLength));
        Refused("aes128-sha1", Other(a => a.Type == (ushort)IpsecAttribute.KeyLength ? DataAttribute.Basic(a.Type, 64) : a));
        Refused("3des-sha1", With(DataAttribute.Basic((ushort)IpsecAttribute.KeyLength, 192)));
        Refused("null-sha1", Without((ushort)IpsecAttribute.AuthenticationAlgorithm));
        Refused("aes128-sha1", Without(1));
        Refused("aes128-sha1", With(Seconds2, DataAttribute.Basic(2, 77)));
        Refused("aes128-sha1", sa => sa with { Proposals = [sa.Proposals[0] with { Spi = new byte[] { 0, 0, 0, 255 } }] });
        Refused("aes128-sha1", sa => sa with { Proposals = [sa.Proposals[0] with { Spi = new byte[] { 1, 2, 3, 4, 5, 6, 7, 8 } }] });

        static void Refused(string suite, Func<SecurityAssociationPayload, SecurityAssociationPayload> change)
        {
            var pair = OfferedInQuickMode(suite, change);
            pair.Settle();
            Assert.Empty(pair.B.Pairs);
            Assert.DoesNotContain(pair.B.State.QuickModes, q => q.Value.State.Step == QuickModeStep.AwaitHash3);
            Assert.Contains(pair.B.Told, e => e is Effect.Rejected);
        }
    }

    /// <summary>RFC 2409 §5.5: with KE a transform that names no group is not chosen; RFC 2407 §4.5.2: two lives of two kinds are none too many.</summary>
    [Fact]
    [Clause("2409-5.5-09")]
    [Clause("2407-4.5.2-01")]
    public void Phase2OfferIsTakenAsFarAsItMay()
    {
        var pair = OfferedInQuickMode("aes256-sha1-modp1024,aes128-sha1-modp1024", sa => sa with
        {
            Proposals = [sa.Proposals[0] with
            {
                Transforms = [Changed(sa.Proposals[0].Transforms[0], all => all.Where(a => a.Type != (ushort)IpsecAttribute.GroupDescription)),
                    sa.Proposals[0].Transforms[1]],
            }],
        });
        Assert.Equal("aes128-sha1-modp1024", pair.B.State.QuickModes.Values.Single().State.Agreed[0].Main.Suite.Name);
        pair = OfferedInQuickMode("aes128-sha1", With(DataAttribute.Basic(1, 2), DataAttribute.Number(2, 4_000_000)));
        var agreed = pair.B.State.QuickModes.Values.Single().State.Agreed[0].Main.Suite;
        Assert.Equal((3600UL, 4_000_000UL), (agreed.LifeSeconds, agreed.LifeKilobytes));
    }

    /// <summary>A's message 1 with another SA comes to B, and A thinks that it has sent it so.</summary>
    private static Pair Offered(string suite, Func<SecurityAssociationPayload, SecurityAssociationPayload> change)
    {
        var pair = Sent(1, new Pair(suite));
        var good = pair.Flying.Single();
        pair.Flying.Clear();
        var datagram = Insider.Clear(good.Datagram, p => p.Select(x => x is SecurityAssociationPayload sa ? change(sa) : x));
        MessageReader.TryRead(datagram.Memory, out var message, out _);
        var entry = pair.A.State.Isakmp.Values.Single();
        pair.A.State = pair.A.State with
        {
            Isakmp = pair.A.State.Isakmp.SetItem(entry.Own.Value, entry with { Phase1 = entry.Phase1 with { SAi_b = message!.Payloads[0].Body } }),
        };
        pair.Deliver(good with { Datagram = datagram });
        return pair;
    }

    private static Pair OfferedInQuickMode(string suite, Func<SecurityAssociationPayload, SecurityAssociationPayload> change)
    {
        var pair = Sent(7, new Pair(esp: suite));
        var good = pair.Flying.Single();
        pair.Flying.Clear();
        pair.Deliver(good with
        {
            Datagram = Insider.Rehashed(pair.A, good.Datagram, p => p.Select(x => x is SecurityAssociationPayload sa ? change(sa) : x)),
        });
        return pair;
    }

    private static Func<SecurityAssociationPayload, SecurityAssociationPayload> With(params DataAttribute[] more)
        => Each(all => all.Concat(more));

    private static Func<SecurityAssociationPayload, SecurityAssociationPayload> Without(ushort type)
        => Each(all => all.Where(a => a.Type != type));

    private static Func<SecurityAssociationPayload, SecurityAssociationPayload> Other(Func<DataAttribute, DataAttribute> change)
        => Each(all => all.Select(change));

    private static Func<SecurityAssociationPayload, SecurityAssociationPayload> Each(Func<IEnumerable<DataAttribute>, IEnumerable<DataAttribute>> change)
        => sa => sa with
        {
            Proposals = [.. sa.Proposals.Select(p => p with { Transforms = [.. p.Transforms.Select(t => Changed(t, change))] })],
        };

    private static TransformPayload Changed(TransformPayload transform, Func<IEnumerable<DataAttribute>, IEnumerable<DataAttribute>> change)
        => transform with { Attributes = [.. change(transform.Attributes)] };
}
