using System.Buffers.Binary;
using RefIke.Crypto;
using RefIke.Engine;
using RefIke.Exchanges;
using RefIke.Exchanges.Negotiation;
using RefIke.Properties.Specification;
using RefIke.Wire;
using Xunit;

namespace RefIke.Properties.Engine.Phase2;

/// <summary>
/// Quick Modes for AH, ESP and IPCOMP, alone and as units (RFC 2409 §5.5, RFC 2408 §4.2, RFC 2407 §4.4).
/// </summary>
[JudgesFaults]
public sealed class BundleTests
{
    /// <summary>RFC 2409 §5.5: both ends have the same SAs of every protocol, keyed both ways.</summary>
    [Theory]
    [InlineData("ah:sha1", EncapsulationMode.Tunnel)]
    [InlineData("ah:md5-modp1024", EncapsulationMode.Transport)]
    [InlineData("ah:sha256+esp:aes128-sha1", EncapsulationMode.Tunnel)]
    [InlineData("esp:aes128-sha1-modp1024+ipcomp", EncapsulationMode.Transport)]
    [InlineData("ah:aesxcbc+esp:null-sha1+ipcomp", EncapsulationMode.Tunnel)]
    [Clause("2407-4.4.3-02")]
    [Clause("2408-4.2-01")]
    public void BothEndsHaveTheSasOfEveryProtocol(string names, EncapsulationMode mode)
    {
        var pair = Suites.Up(names, mode);
        var (a, b) = (Assert.Single(pair.A.Pairs), Assert.Single(pair.B.Pairs));
        Assert.Equal(names.Split('+').Length, a.Bundle.Length);
        Assert.Equal(Suites.Mirror(a), Suites.Own(b));
        Assert.All(a.Bundle, s => Assert.Equal(mode, s.Suite.Mode));
        Assert.All(a.Bundle, s => Assert.Equal(s.Suite.KeymatLength, s.Inbound.Length));
        Assert.Null(pair.TraceFault());
    }

    /// <summary>
    /// RFC 2409 §5.5: the KEYMAT of each protocol and direction is under its protocol and the SPI of its destination,
    /// computed here from the formula.
    /// </summary>
    [Fact]
    [Clause("2409-5.5-15")]
    [Clause("2409-5.5-21")]
    public void KeymatIsOfEachProtocolDirectionAndSpi()
    {
        var pair = Suites.Up("ah:sha1+esp:aes128-sha1+ipcomp");
        var (a, sa) = (pair.A.Pairs.Single(), pair.A.State.Isakmp.Values.Single().Phase1);
        var q = pair.A.State.QuickModes.Values.Single().State;
        Assert.All(a.Bundle.Where(s => s.Suite is not IpcompSuite), s =>
        {
            Assert.Equal(Keymat(s.Suite, s.OwnSpi), s.Inbound);
            Assert.Equal(Keymat(s.Suite, s.PeerSpi), s.Outbound);
        });
        Assert.Equal(4, a.Bundle.Where(s => s.Suite is not IpcompSuite)
            .SelectMany(s => new[] { s.Inbound, s.Outbound }).Select(k => Convert.ToHexString(k.Reveal())).Distinct().Count());
        Assert.Equal(0, a.Bundle.Single(s => s.Suite is IpcompSuite).Inbound.Length);

        Secret Keymat(ProtocolSuite suite, uint spi)
        {
            var octets = new byte[4];
            BinaryPrimitives.WriteUInt32BigEndian(octets, spi);
            byte[] seed = [(byte)suite.Protocol, .. octets, .. q.Ni_b.Span, .. q.Nr_b.Span];
            var K1 = sa.Suite!.Prf.Compute(sa.Keys!.SKEYID_d.Reveal(), seed);
            var K2 = sa.Suite.Prf.Compute(sa.Keys.SKEYID_d.Reveal(), [.. K1, .. seed]);
            return Secret.Of(((byte[])[.. K1, .. K2]).AsSpan(0, suite.KeymatLength));
        }
    }

    /// <summary>RFC 3173 §3.3, §4.1: the CPI has two octets and is from 256 to 61439.</summary>
    [Fact]
    public void CpiIsSentInTwoOctetsAndOutOfTheNegotiableRange()
    {
        for (var seed = 1ul; seed < 30; seed++)
        {
            var pair = new Pair(seed: seed, both: Suites.In("esp:aes128-sha1+ipcomp"));
            pair.Connect(pair.A);
            pair.Settle();
            var sa = pair.A.Pairs.Single().Bundle.Single(s => s.Suite is IpcompSuite);
            Assert.InRange(sa.OwnSpi, 256u, 61439u);
            Assert.InRange(sa.PeerSpi, 256u, 61439u);
        }

        var offer = Phase2Negotiation.Offer([Suites.Of("esp:aes128-sha1+ipcomp")], new OwnSpis(0x1234, 0x5678));
        Assert.Equal("5678", offer.Proposals.Single(p => p.Protocol == Protocol.Ipcomp).Spi.ToHex());
    }

    /// <summary>
    /// RFC 3173 §4.1: a CPI is taken from two octets or four, of which the first two are not looked at; others are not.
    /// </summary>
    [Theory]
    [InlineData("0100", true)]
    [InlineData("00000100", true)]
    [InlineData("ffff0100", true)]
    [InlineData("efff", true)]
    [InlineData("00ff", false)]
    [InlineData("f000", false)]
    [InlineData("010000", false)]
    [InlineData("", false)]
    [Clause("2408-5.5-02")]
    public void CpiIsTakenFromTwoOctetsOrFour(string spi, bool taken)
    {
        var suite = Suites.Of("esp:aes128-sha1+ipcomp");
        var offer = Phase2Negotiation.Offer([suite], new OwnSpis(0x1234, 0x5678));
        offer = offer with
        {
            Proposals = [offer.Proposals[0], offer.Proposals[1] with { Spi = Octets.FromHex(spi) }],
        };
        Assert.Equal(taken, Phase2Negotiation.Choose(offer, [suite], null, out _) is not null);
    }

    /// <summary>
    /// RFC 2408 §4.2: a unit has one number, alternatives have rising ones, and only plain neighbours are transforms of
    /// one proposal.
    /// </summary>
    [Fact]
    [Clause("2408-4.2-01")]
    [Clause("2408-4.2-02")]
    [Clause("2408-4.2-03")]
    public void UnitsHaveOneNumberAndAlternativesRisingOnes()
    {
        var offer = Phase2Negotiation.Offer(
            [
                Suites.Of("ah:sha1+esp:aes128-sha1"), Suites.Of("esp:aes128-sha1"), Suites.Of("esp:3des-sha1"),
                Suites.Of("ah:md5"), Suites.Of("esp:aes128-sha1+ipcomp"),
            ],
            new OwnSpis(0x1234, 0x5678));
        Assert.Equal(
            [
                (1, Protocol.Ah, 1), (1, Protocol.Esp, 1), (2, Protocol.Esp, 2), (3, Protocol.Ah, 1),
                (4, Protocol.Esp, 1), (4, Protocol.Ipcomp, 1),
            ],
            offer.Proposals.Select(p => ((int)p.Number, p.Protocol, p.Transforms.Length)));
    }

    /// <summary>
    /// RFC 2408 §4.2, D-134: of alternatives the first offered that the responder knows is chosen, as a unit.
    /// </summary>
    [Theory]
    [InlineData("ah:sha1+esp:aes128-sha1|esp:aes128-sha1|ah:sha1", "ah:sha1|esp:aes128-sha1", "esp:aes128-sha1")]
    [InlineData("esp:aes128-sha1+ipcomp|esp:aes128-sha1", "esp:aes128-sha1", "esp:aes128-sha1")]
    [InlineData("esp:aes128-sha1+ipcomp|esp:aes128-sha1", "esp:aes128-sha1|esp:aes128-sha1+ipcomp", "esp:aes128-sha1+ipcomp")]
    [InlineData("ah:sha1+esp:aes128-sha1", "esp:aes128-sha1+ah:sha1", "ah:sha1+esp:aes128-sha1")]
    [InlineData("ah:sha1+esp:aes128-sha1", "ah:sha1|esp:aes128-sha1", null)]
    [Clause("2408-4.2-04")]
    public void FirstOfferedUnitThatIsKnownIsChosenAsAWhole(string offered, string known, string? chosen)
    {
        var pair = new Pair(changeA: Suites.In(offered), changeB: Suites.In(known));
        pair.Connect(pair.A);
        pair.Settle();
        Assert.Equal(chosen is null ? null : Suites.Of(chosen),
            pair.A.Pairs.Select(p => new ProtectionSuite([.. p.Bundle.Select(s => s.Suite)])).SingleOrDefault());
        Assert.Equal(chosen is null, pair.A.Told.OfType<Effect.ExchangeFailed>().Any());
    }

    /// <summary>RFC 2408 §4.2: several transforms for each protocol are chosen of by protocol (D-116).</summary>
    [Fact]
    [Clause("2408-4.2-04")]
    public void TransformsOfAUnitAreChosenByProtocol()
    {
        var (first, second) = (Suites.Of("ah:md5+esp:des-md5"), Suites.Of("ah:sha1+esp:aes128-sha1"));
        var offer = Phase2Negotiation.Offer([first], 0x1234);
        offer = offer with
        {
            Proposals = [.. offer.Proposals.Select((p, n) => p with
            {
                Transforms = [p.Transforms[0], second.Protocols[n].ToTransform(2)],
            })],
        };
        var mixed = new ProtectionSuite([first.Protocols[0], second.Protocols[1]]);
        var chosen = Phase2Negotiation.Choose(offer, [second, mixed], null, out _)!;
        Assert.Equal(mixed, chosen.Suite);
        Assert.Equal([1, 2], Phase2Negotiation.Answer(chosen, 0x9999).Proposals.Select(p => (int)p.Transforms.Single().Number));
    }

    /// <summary>RFC 2408 §4.2, D-117: an answer with a part of the unit, or with a protocol more, is refused.</summary>
    [Fact]
    [Clause("2408-4.2-07")]
    public void PartOfAUnitIsNoAnswer()
    {
        var suite = Suites.Of("ah:sha1+esp:aes128-sha1");
        var answer = Phase2Negotiation.Offer([suite], 0x9999);
        Assert.NotNull(Phase2Negotiation.Check(answer, [suite], 0x1234, out _));
        foreach (var part in answer.Proposals)
        {
            Assert.Null(Phase2Negotiation.Check(answer with { Proposals = [part] }, [suite], 0x1234, out var why));
            Assert.IsType<Rejection.ChoiceNotOffered>(why);
        }

        var more = answer with { Proposals = [.. answer.Proposals, answer.Proposals[0]] };
        Assert.Null(Phase2Negotiation.Check(more, [suite], 0x1234, out _));
        var other = answer with { Proposals = [answer.Proposals[0], answer.Proposals[1] with { Number = 2 }] };
        Assert.Null(Phase2Negotiation.Check(other, [suite], 0x1234, out _));
    }

    /// <summary>
    /// RFC 2407 §4.5, RFC 3173 §4.1, D-218: IPCOMP without a mode is transport mode, and without a group it is taken
    /// with PFS; AH and ESP without a mode are not taken.
    /// </summary>
    [Fact]
    public void IpcompNeedsNeitherModeNorGroup()
    {
        var bare = new TransformPayload(1, (byte)IpcompTransform.Deflate, []);
        Assert.True(IpcompSuite.TryRead(bare, out var read, out _));
        Assert.Equal((EncapsulationMode.Transport, null), (read!.Mode, read.PfsGroup));
        var suite = new ProtectionSuite([SuiteNames.Esp("aes128-sha1-modp1024", 60)!, read with { Mode = EncapsulationMode.Tunnel }]);
        var offer = Phase2Negotiation.Offer([suite], new OwnSpis(0x1234, 0x5678));
        offer = offer with { Proposals = [offer.Proposals[0], offer.Proposals[1] with { Transforms = [bare] }] };
        Assert.NotNull(Phase2Negotiation.Choose(offer, [suite], 128, out _));
        var ah = SuiteNames.Ah("sha1", 60)!.ToTransform(1);
        Assert.False(AhSuite.TryRead(
            ah with { Attributes = [.. ah.Attributes.Where(a => a.Type != (ushort)IpsecAttribute.EncapsulationMode)] },
            out _, out _));
    }

    /// <summary>
    /// RFC 2407 §4.5.3: attributes that a protocol cannot have make its transform unsupported: Key Length for AH,
    /// dictionary size for IPCOMP, ECN Tunnel and a sequence number attribute other than 1 for ESP.
    /// </summary>
    [Theory]
    [InlineData("ah:sha1", IpsecAttribute.KeyLength, 128, false)]
    [InlineData("ah:sha1", IpsecAttribute.ExtendedSequenceNumber, 1, true)]
    [InlineData("ipcomp", IpsecAttribute.CompressDictionarySize, 9, false)]
    [InlineData("ipcomp", IpsecAttribute.CompressPrivateAlgorithm, 1, false)]
    [InlineData("ipcomp", IpsecAttribute.ExtendedSequenceNumber, 1, false)]
    [InlineData("ipcomp", IpsecAttribute.AuthenticationAlgorithm, 2, false)]
    [InlineData("esp:aes128-sha1", IpsecAttribute.EcnTunnel, 1, false)]
    [InlineData("esp:aes128-sha1", IpsecAttribute.ExtendedSequenceNumber, 1, true)]
    [InlineData("esp:aes128-sha1", IpsecAttribute.ExtendedSequenceNumber, 0, false)]
    [InlineData("esp:aes128-sha1", IpsecAttribute.ExtendedSequenceNumber, 2, false)]
    [Clause("2407-4.5.3-01")]
    public void AttributeThatAProtocolCannotHaveIsNotSupported(string name, IpsecAttribute type, ushort value, bool taken)
    {
        var suite = Suites.Of(name).Main;
        var transform = suite.ToTransform(1);
        transform = transform with { Attributes = transform.Attributes.Add(DataAttribute.Basic((ushort)type, value)) };
        var mine = type == IpsecAttribute.ExtendedSequenceNumber && taken
            ? suite with { ExtendedSequenceNumbers = true } : suite;
        var offer = new SecurityAssociationPayload(Doi.Ipsec, Situation.IdentityOnly, null,
            [new ProposalPayload(1, suite.Protocol, new OwnSpis(0x1234, 0x1234).For(suite.Protocol), [transform])]);
        Assert.Equal(taken, Phase2Negotiation.Choose(offer, [mine], null, out _) is not null);
    }

    /// <summary>
    /// RFC 2407 §4.4.3, D-118: an AH transform has its Authentication Algorithm, and the two name one thing.
    /// </summary>
    [Fact]
    [Clause("2407-4.4.3-01")]
    public void AhTransformHasItsAuthenticationAlgorithm()
    {
        foreach (var algorithm in AhAlgorithms.All)
        {
            var transform = SuiteNames.Ah(algorithm.Name, 60)!.ToTransform(1);
            Assert.True(AhSuite.TryRead(transform, out var read, out _));
            Assert.Equal(algorithm, read!.Algorithm);
            Assert.False(AhSuite.TryRead(transform with
            {
                Attributes = [.. transform.Attributes.Where(a => a.Type != (ushort)IpsecAttribute.AuthenticationAlgorithm)],
            }, out _, out _));
        }
    }

    /// <summary>
    /// RFC 4304 §2, D-130: sequence numbers of 64 bits are agreed where both want them, and only there.
    /// </summary>
    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void ExtendedSequenceNumbersAreAgreedByBothOrNotAtAll(bool ours, bool theirs)
    {
        var pair = new Pair(changeA: Esn(ours), changeB: Esn(theirs));
        pair.Connect(pair.A);
        pair.Settle();
        Assert.Equal(
            ours == theirs ? new[] { ours } : [], pair.A.Pairs.Select(p => p.Suite.ExtendedSequenceNumbers).ToArray());

        static Func<EndpointSetup, EndpointSetup> Esn(bool wanted) => Suites.Child(c => c with
        {
            Suites = [SuiteNames.Esp("aes128-sha1", 60)! with { ExtendedSequenceNumbers = wanted }],
        });
    }

    /// <summary>RFC 3947 §5.1: behind a NAT transport mode becomes UDP-Encapsulated-Transport, for ESP alone.</summary>
    [Fact]
    [Clause("3947-5.1-01")]
    public void TransportModeHasItsUdpForm()
    {
        var behindNat = new RefIke.Exchanges.Profiles.NatTraversal.NatFacts(
            RefIke.Exchanges.Profiles.NatTraversal.NatVariant.Rfc, true, false);
        var pair = new Pair(natTraversal: true);
        pair.Connect(pair.A);
        var phase1 = pair.A.State.Isakmp.Values.Single().Phase1 with { Nat = behindNat };
        var suite = Suites.Of("ah:sha1+esp:aes128-sha1", EncapsulationMode.Transport)
            .In(mode => phase1.Profiles.Encapsulate(mode, phase1));
        Assert.Equal([EncapsulationMode.Transport, EncapsulationMode.UdpEncapsulatedTransport],
            suite.Protocols.Select(p => p.Mode));
    }

    /// <summary>
    /// RFC 2408 §3.15, §5.15: a pair of several protocols ends with a Delete for each, and falls with any of them.
    /// </summary>
    [Theory]
    [InlineData(Protocol.Ah)]
    [InlineData(Protocol.Esp)]
    [Clause("2408-3.15-01")]
    public void DeleteOfOneProtocolFellsTheWholeUnit(Protocol protocol)
    {
        var pair = Suites.Up("ah:sha1+esp:aes128-sha1+ipcomp");
        var theirs = pair.B.Pairs.Single().Bundle.Single(s => s.Suite.Protocol == protocol);
        var delete = new DeletePayload(Doi.Ipsec, protocol, 4, [OwnSpis.Field(protocol, theirs.OwnSpi)]);
        var datagram = Insider.Informational(pair.B, 0x7777, true, delete);
        pair.Do(pair.A, new Input.DatagramArrived(pair.A.Endpoint.Setup.Local, pair.B.Endpoint.Setup.Local, datagram));
        Assert.Empty(pair.A.Pairs);
        var told = Insider.Open(pair.A, pair.Flying.Single().Datagram).OfType<DeletePayload>().ToArray();
        Assert.Equal([Protocol.Ah, Protocol.Esp, Protocol.Ipcomp], told.Select(d => d.Protocol));
        Assert.Equal([4, 4, 2], told.Select(d => d.Spis.Single().Length));
        pair.Settle();
        Assert.Empty(pair.B.Pairs);
    }
}
