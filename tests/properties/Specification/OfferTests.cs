using RefIke.Crypto;
using RefIke.Exchanges;
using RefIke.Exchanges.Negotiation;
using RefIke.Wire;
using Xunit;

namespace RefIke.Properties.Specification;

/// <summary>
/// What is offered, chosen and refused, attribute by attribute (RFC 2409 §5, App. A; RFC 2407 §4.5; RFC 2408 §4.2,
/// §5.4 to §5.6).
/// </summary>
public sealed class OfferTests
{
    private static readonly Phase1Suite Phase1 = SuiteNames.Phase1("aes128-sha1-modp1024", 28800)!;
    private static readonly EspSuite Esp = SuiteNames.Esp("aes128-sha1-modp1024", 3600)!;

    private static IEnumerable<Phase1Suite> AllOfPhase1
        => from cipher in SuiteNames.CipherNames
           from hash in SuiteNames.HashNames
           from g in GroupList.All.Take(4)
           select SuiteNames.Phase1($"{cipher}-{hash}-{g.Name}", 28800)!;

    private static IEnumerable<EspSuite> AllOfEsp
        => from cipher in EspAlgorithms.CipherNames
           from a in EspAlgorithms.AuthenticationNames
           select SuiteNames.Esp($"{cipher}-{a}", 3600)!;

    /// <summary>
    /// Cipher, hash, method and group by number, each once, basic; Key Length where the key is variable; no group
    /// parameter.
    /// </summary>
    [Fact]
    [Clause("2409-4-06")]
    [Clause("2409-4-08")]
    [Clause("2409-4-09")]
    [Clause("2409-A-01")]
    [Clause("2409-A-03")]
    [Clause("2409-A-04")]
    public void EveryPhase1TransformHasItsAttributesInTheirForm()
    {
        foreach (var suite in AllOfPhase1)
        {
            var list = suite.ToTransform(1).Attributes;
            var key = Number(list, (ushort)Phase1Attribute.KeyLength);
            Assert.All(new[] { 1, 2, 3, 4 }, type => Assert.Single(list, a => a.Type == type && a.IsBasic));
            Assert.DoesNotContain(list, a => a.Type is >= 5 and <= 10);
            Assert.Equal(suite.Cipher.Family.IsVariable ? (ulong)suite.Cipher.KeyLength * 8 : null, key);
            Assert.True(Phase1Suite.TryRead(suite.ToTransform(1), out var read, out _));
            Assert.True(suite.SameAlgorithms(read!));
        }
    }

    /// <summary>
    /// A transform that lacks one of the four is not taken; nor one with a Key Length that its cipher must not have.
    /// </summary>
    [Theory]
    [InlineData(Phase1Attribute.EncryptionAlgorithm)]
    [InlineData(Phase1Attribute.HashAlgorithm)]
    [InlineData(Phase1Attribute.AuthenticationMethod)]
    [InlineData(Phase1Attribute.GroupDescription)]
    [Clause("2409-4-06")]
    public void Phase1TransformThatLacksAnAttributeIsNotTaken(Phase1Attribute lacking)
    {
        var whole = Phase1.ToTransform(1);
        Assert.False(Phase1Suite.TryRead(Without(whole, (ushort)lacking), out _, out _));
        var des = SuiteNames.Phase1("des-sha1-modp1024", 28800)!.ToTransform(1);
        var withLength = des with { Attributes = des.Attributes.Add(DataAttribute.Basic(14, 64)) };
        Assert.False(Phase1Suite.TryRead(withLength, out _, out _));
    }

    /// <summary>
    /// RFC 2409 App. A: a life that fits two octets is basic here, and taken in the variable form too.
    /// </summary>
    [Fact]
    [Clause("2409-A-02")]
    public void LifeIsTakenInEitherForm()
    {
        var basic = Phase1.ToTransform(1);
        var duration = basic.Attributes.Single(a => a.Type == (ushort)Phase1Attribute.LifeDuration);
        Assert.True(duration.IsBasic);
        var inLongForm = DataAttribute.Variable(duration.Type, new byte[] { 0, 0, 0x70, 0x80 });
        var variable = basic with { Attributes = basic.Attributes.Replace(duration, inLongForm) };
        Assert.True(Phase1Suite.TryRead(variable, out var read, out _));
        Assert.Equal(28800UL, read!.LifeSeconds);
    }

    /// <summary>
    /// One SA, one proposal without an SPI, a transform for each suite, numbered from 1 up; in phase 2 the same with
    /// our SPI.
    /// </summary>
    [Fact]
    [Clause("2409-5-10")]
    [Clause("2409-5-11")]
    [Clause("2408-2.4-04")]
    [Clause("2408-2.4-03")]
    [Clause("2408-3.6-02")]
    [Clause("2409-5.5-09")]
    public void OffersAreTransformsOfOneProposal()
    {
        var phase1 = Assert.Single(Phase1Negotiation.Offer([.. AllOfPhase1.Take(3)]).Proposals);
        EspSuite[] esp = [Esp, SuiteNames.Esp("3des-md5-modp1024", 60)!, SuiteNames.Esp("null-sha1-modp1024", 60)!];
        var phase2 = Assert.Single(Phase2Negotiation.Offer([.. esp], 0x1234).Proposals);
        Assert.Equal((Protocol.Isakmp, 0), (phase1.Protocol, phase1.Spi.Length));
        Assert.Equal((Protocol.Esp, "00001234"), (phase2.Protocol, phase2.Spi.ToHex()));
        Assert.Equal([1, 2, 3], phase1.Transforms.Select(t => t.Number));
        Assert.Equal([1, 2, 3], phase2.Transforms.Select(t => t.Number));
        Assert.All(phase2.Transforms, t => Assert.Equal(
            2UL, Number(t.Attributes, (ushort)IpsecAttribute.GroupDescription)));
    }

    /// <summary>
    /// The answer is the proposal and the transform as they were offered, numbers and attributes unchanged, and
    /// nothing else.
    /// </summary>
    [Fact]
    [Clause("2409-3.2-01")]
    [Clause("2409-5-13")]
    [Clause("2409-7.1-01")]
    [Clause("2408-4.2-05")]
    [Clause("2408-4.2-06")]
    public void AnswerIsTheChosenTransformAsItWasOffered()
    {
        var offer = Phase1Negotiation.Offer([SuiteNames.Phase1("des-md5-modp768", 60)!, Phase1]);
        var (proposal, transform, _) = Phase1Negotiation.Choose(offer, [Phase1], out _)!.Value;
        var answer = Phase1Negotiation.Answer(proposal, transform).Proposals.Single();
        Assert.Equal((1, 2), (answer.Number, answer.Transforms.Single().Number));
        Assert.Equal(offer.Proposals[0].Transforms[1], answer.Transforms.Single());

        var esp = Phase2Negotiation.Offer([SuiteNames.Esp("des-md5-modp1024", 60)!, Esp], 0x1234);
        var chosen = Phase2Negotiation.Choose(esp, [Esp], 128, out _)!;
        var reply = Phase2Negotiation.Answer(chosen, 0x5678).Proposals.Single();
        Assert.Equal(esp.Proposals[0].Transforms[1], reply.Transforms.Single());
        Assert.Equal("00005678", reply.Spi.ToHex());
    }

    /// <summary>
    /// Another DOI, labels, a second proposal, a proposal that is not ISAKMP's, another transform id: each with its
    /// notify.
    /// </summary>
    [Fact]
    [Clause("2408-5.4-01")]
    [Clause("2408-5.4-02")]
    [Clause("2407-4.2.2-01")]
    [Clause("2407-4.2.3-01")]
    [Clause("2409-5-11")]
    [Clause("2407-4.4.1-01")]
    [Clause("2408-5.5-01")]
    [Clause("2407-4.2.2-02")]
    public void Phase1OfferOfAnotherShapeIsRefused()
    {
        var good = Phase1Negotiation.Offer([Phase1]);
        var proposal = good.Proposals[0];
        Assert.NotNull(Phase1Negotiation.Choose(good, [Phase1], out _));
        Refused(good with { Doi = (Doi)0 }, NotifyType.DoiNotSupported);
        Refused(good with { Situation = good.Situation | Situation.Secrecy }, NotifyType.SituationNotSupported);
        Refused(good with { Situation = good.Situation | Situation.Integrity }, NotifyType.SituationNotSupported);
        Refused(good with { Proposals = [proposal, proposal with { Number = 2 }] }, NotifyType.BadProposalSyntax);
        Refused(good with { Proposals = [proposal with { Protocol = Protocol.Esp }] }, NotifyType.InvalidProtocolId);
        var other = proposal with { Transforms = [proposal.Transforms[0] with { Id = 2 }] };
        Refused(good with { Proposals = [other] }, NotifyType.NoProposalChosen);

        void Refused(SecurityAssociationPayload offer, NotifyType notify)
        {
            Assert.Null(Phase1Negotiation.Choose(offer, [Phase1], out var why));
            Assert.Equal(notify, Assert.IsType<Rejection.NothingAcceptable>(why).Notify);
        }
    }

    /// <summary>
    /// What cannot be taken of an ESP offer is passed over, and what can is chosen; where nothing is left it is no
    /// invalid transform.
    /// </summary>
    [Fact]
    [Clause("2408-4.2-04")]
    [Clause("2408-5.5-01")]
    [Clause("2408-5.5-02")]
    [Clause("2408-5.6-01")]
    [Clause("2408-5.6-02")]
    public void WhatIsNotKnownInAnEspOfferIsPassedOver()
    {
        var offer = Phase2Negotiation.Offer([Esp], 0x1234);
        var good = offer.Proposals[0];
        ProposalPayload[] strange =
        [
            good with { Protocol = Protocol.Ah },
            good with { Spi = new byte[] { 0, 0, 0, 255 } },
            good with { Spi = new byte[3] },
            good with { Transforms = [good.Transforms[0] with { Id = 77 }] },
        ];
        foreach (var proposal in strange)
        {
            var both = offer with { Proposals = [proposal with { Number = 1 }, good with { Number = 2 }] };
            Assert.Equal(2, Phase2Negotiation.Choose(both, [Esp], 128, out _)!.Number);
            Assert.Null(Phase2Negotiation.Choose(offer with { Proposals = [proposal] }, [Esp], 128, out var why));
            Assert.Equal(NotifyType.NoProposalChosen, why!.Notify);
        }

        var suite = offer with { Proposals = [good, good with { Protocol = Protocol.Ah }] };
        Assert.Null(Phase2Negotiation.Choose(suite, [Esp], 128, out _));
    }

    /// <summary>RFC 2409 §4, RFC 2407 §4.2: neither an SA of another DOI nor one with labels, each told by its name.</summary>
    [Fact]
    [Clause("2409-4-16")]
    [Clause("2407-4.2.2-02")]
    public void Phase2OfferOfAnotherDoiOrSituationIsRefused()
    {
        var offer = Phase2Negotiation.Offer([Esp], 0x1234);
        Assert.NotNull(Phase2Negotiation.Choose(offer, [Esp], 128, out _));
        foreach (var (sa, notify) in new[]
        {
            (offer with { Doi = (Doi)0 }, NotifyType.DoiNotSupported), (offer with { Doi = (Doi)2 }, NotifyType.DoiNotSupported),
            (offer with { Situation = Situation.IdentityOnly | Situation.Secrecy }, NotifyType.SituationNotSupported),
        })
        {
            Assert.Null(Phase2Negotiation.Choose(sa, [Esp], 128, out var why));
            Assert.Equal(notify, why!.Notify);
        }
    }

    /// <summary>
    /// RFC 2408 §4.2: two transforms, another suite, a longer life, our own SPI: no such answer is taken.
    /// </summary>
    [Fact]
    [Clause("2408-4.2-07")]
    [Clause("2409-5-14")]
    public void AnswerThatWasNotOfferedIsRefused()
    {
        var offer = Phase2Negotiation.Offer([Esp], 0x1234);
        var mine = offer.Proposals[0];
        var good = mine with { Spi = new byte[] { 0, 0, 9, 9 } };
        Assert.NotNull(Phase2Negotiation.Check(Answer(good), [Esp], 0x1234, out _));
        Assert.All(
            new[]
            {
                Answer(mine),
                Answer(good with { Transforms = [.. good.Transforms, .. good.Transforms] }),
                Answer(good with { Transforms = [SuiteNames.Esp("aes256-sha1-modp1024", 3600)!.ToTransform(1)] }),
                Answer(good with { Transforms = [SuiteNames.Esp("aes128-sha1-modp1024", 3601)!.ToTransform(1)] }),
            },
            answer =>
            {
                Assert.Null(Phase2Negotiation.Check(answer, [Esp], 0x1234, out var why));
                Assert.IsType<Rejection.ChoiceNotOffered>(why);
            });

        SecurityAssociationPayload Answer(ProposalPayload p) => offer with { Proposals = [p] };
    }

    /// <summary>
    /// RFC 2407 §4.5: life type before duration, authentication, mode, Key Length exactly where the key is variable,
    /// all basic that are.
    /// </summary>
    [Fact]
    [Clause("2407-4.5-01")]
    [Clause("2407-4.5-02")]
    [Clause("2407-4.5-05")]
    [Clause("2407-4.5-06")]
    [Clause("2407-4.5-07")]
    [Clause("2407-4.5.1-01")]
    public void EveryEspTransformHasItsAttributesInTheirForm()
    {
        foreach (var suite in AllOfEsp)
        {
            var list = suite.ToTransform(1).Attributes;
            var types = list.Select(a => (IpsecAttribute)a.Type).ToList();
            Assert.All(list, a => Assert.True(a.IsBasic));
            Assert.Equal(suite.Cipher.KeyBits, (ushort?)Number(list, (ushort)IpsecAttribute.KeyLength));
            Assert.Contains(IpsecAttribute.AuthenticationAlgorithm, types);
            Assert.Contains(IpsecAttribute.EncapsulationMode, types);
            Assert.Equal(types.IndexOf(IpsecAttribute.LifeType) + 1, types.IndexOf(IpsecAttribute.LifeDuration));
            Assert.True(EspSuite.TryRead(suite.ToTransform(1), out var read, out _));
            Assert.Equal(suite, read);
        }
    }

    /// <summary>
    /// RFC 2407 §4.5, §4.5.2, §4.5.3: what the life pairs and unknown attributes of a transform come to; null where
    /// it is not taken.
    /// </summary>
    [Fact]
    [Clause("2407-4.5-02")]
    [Clause("2407-4.5-03")]
    [Clause("2407-4.5-08")]
    [Clause("2407-4.5.2-01")]
    [Clause("2407-4.5.2-02")]
    [Clause("2407-4.5.3-01")]
    public void LifeAndUnknownAttributesDecideWhetherATransformIsTaken()
    {
        DataAttribute seconds = DataAttribute.Basic(1, 1), kilobytes = DataAttribute.Basic(1, 2);
        Assert.Equal(28800UL, Life());
        Assert.Equal(60UL, Life(seconds, Duration(60)));
        Assert.Equal(60UL, Life(kilobytes, Duration(4000), seconds, Duration(60)));
        Assert.Equal(60UL, Life(seconds, Duration(60), seconds, Duration(60)));
        Assert.Null(Life(seconds, Duration(60), seconds, Duration(61)));
        Assert.Null(Life(Duration(60)));
        Assert.Null(Life(seconds, Duration(0)));
        Assert.Null(Life(DataAttribute.Basic(12, 1)));
        var whole = Esp.ToTransform(1);
        Assert.False(EspSuite.TryRead(Without(whole, (ushort)IpsecAttribute.EncapsulationMode), out _, out _));

        static DataAttribute Duration(ushort n) => DataAttribute.Basic(2, n);

        static ulong? Life(params DataAttribute[] more)
        {
            var bare = Esp.ToTransform(1).Attributes.Where(a => a.Type is not (1 or 2));
            var transform = new TransformPayload(1, (byte)EspTransform.AesCbc, [.. bare, .. more]);
            return EspSuite.TryRead(transform, out var suite, out _) ? suite!.LifeSeconds : null;
        }
    }

    /// <summary>D-125, D-126: KE without a group, a group without KE, KE of another group: none is taken.</summary>
    [Fact]
    public void KeAndGroupGoTogether()
    {
        var (with, without) = (Esp, Esp with { PfsGroup = null });
        Assert.NotNull(Choose(with, 128));
        Assert.NotNull(Choose(without, null));
        Assert.Null(Choose(without, 128));
        Assert.Null(Choose(with, null));
        Assert.Null(Choose(with, 256));

        static Chosen? Choose(EspSuite suite, int? keLength)
            => Phase2Negotiation.Choose(Phase2Negotiation.Offer([suite], 0x1234), [suite], keLength, out _);
    }

    /// <summary>D-208: a life in kilobytes alone has the default in seconds as well.</summary>
    [Fact]
    public void KilobytesAloneHaveTheDefaultInSeconds()
    {
        var bare = Esp.ToTransform(1).Attributes.Where(a => a.Type is not (1 or 2));
        var transform = new TransformPayload(
            1, (byte)EspTransform.AesCbc, [.. bare, DataAttribute.Basic(1, 2), DataAttribute.Basic(2, 4000)]);
        Assert.True(EspSuite.TryRead(transform, out var suite, out _));
        Assert.Equal((28800UL, 4000UL), (suite!.LifeSeconds, suite.LifeKilobytes));
    }

    /// <summary>D-67: a phase 1 offer without a life has that of phase 2's default, or our own shorter one.</summary>
    [Fact]
    public void Phase1OfferWithoutALifeHasTheDefault()
    {
        var whole = Phase1.ToTransform(1);
        var bare = Without(Without(whole, (ushort)Phase1Attribute.LifeType), (ushort)Phase1Attribute.LifeDuration);
        Assert.True(Phase1Suite.TryRead(bare, out var suite, out _));
        Assert.Equal(28800UL, suite!.LifeSeconds);
        var offer = Phase1Negotiation.Offer([Phase1]);
        offer = offer with { Proposals = [offer.Proposals[0] with { Transforms = [bare] }] };
        var chosen = Phase1Negotiation.Choose(offer, [Phase1 with { LifeSeconds = 60 }], out _);
        Assert.Equal(60UL, chosen!.Value.Suite.LifeSeconds);
    }

    /// <summary>
    /// D-64, D-73, D-81: a PRF, a group's parameters beside its description, or a cipher twice: no such transform is
    /// taken.
    /// </summary>
    [Theory]
    [InlineData(Phase1Attribute.Prf)]
    [InlineData(Phase1Attribute.GroupPrime)]
    [InlineData(Phase1Attribute.EncryptionAlgorithm)]
    public void Phase1TransformWithAnAttributeTooManyIsNotTaken(Phase1Attribute more)
    {
        var whole = Phase1.ToTransform(1);
        var attributes = whole.Attributes.Add(DataAttribute.Basic((ushort)more, 7));
        Assert.False(Phase1Suite.TryRead(whole with { Attributes = attributes }, out _, out _));
    }

    /// <summary>RFC 2407 §4.5.4: of the offered life and our own the shorter counts, in both phases.</summary>
    [Fact]
    [Clause("2407-4.5.4-01")]
    public void LongerLifeThanOursIsShortened()
    {
        var phase1 = Phase1Negotiation.Choose(
            Phase1Negotiation.Offer([Phase1]), [Phase1 with { LifeSeconds = 60 }], out _);
        var phase2 = Phase2Negotiation.Choose(
            Phase2Negotiation.Offer([Esp], 0x1234), [Esp with { LifeSeconds = 60 }], 128, out _);
        Assert.Equal((60UL, 60UL), (phase1!.Value.Suite.LifeSeconds, phase2!.Main.Suite.LifeSeconds));
    }

    private static TransformPayload Without(TransformPayload transform, ushort type)
        => transform with { Attributes = [.. transform.Attributes.Where(a => a.Type != type)] };

    private static ulong? Number(IEnumerable<DataAttribute> list, ushort type)
        => list.Where(a => a.Type == type).Select(a => a.TryGetNumber(out var n) ? n : (ulong?)null).SingleOrDefault();
}
