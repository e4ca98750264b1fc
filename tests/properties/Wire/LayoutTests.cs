using RefIke.Wire;
using Xunit;

namespace RefIke.Properties.Wire;

/// <summary>
/// Fields stand where RFC 2408 §3 and RFC 2407 §4.6 draw them: octets made by hand, read field by field.
/// </summary>
public sealed class LayoutTests
{
    /// <summary>RFC 2408 §3.1, figure 2, in network order.</summary>
    [Fact]
    [Clause("2408-3.1-12")]
    public void HeaderHasItsFieldsInTheirPlaces()
    {
        var datagram = Raw.Hex("0102030405060708 1112131415161718 04 10 20 07 a1a2a3a4 0000001c");
        Assert.True(Header.TryRead(datagram, out var header, out _));
        const HeaderFlags all = HeaderFlags.Encryption | HeaderFlags.Commit | HeaderFlags.AuthenticationOnly;
        Assert.Equal(
            new Header(new Cookie(0x0102030405060708), new Cookie(0x1112131415161718), PayloadType.KeyExchange, 0x10,
                ExchangeType.QuickMode, all, 0xa1a2a3a4, 28),
            header);
    }

    /// <summary>RFC 2408 §3.3, figure 4: with AF set two octets of value, else a length and so many (M-13).</summary>
    [Fact]
    [Clause("2408-3.3-01")]
    public void BasicAttributeHasTwoOctetsAndNoLength()
    {
        var sa = Raw.Only<SecurityAssociationPayload>(Raw.Clear(PayloadType.SecurityAssociation, Raw.Sa(
            Raw.Proposal(0, Protocol.Isakmp, "", 1, Raw.Transform(0, "80010005 000c0004 00007080 80020002")))));
        Assert.Equal(
            [
                new DataAttribute(1, true, new byte[] { 0, 5 }),
                new DataAttribute(12, false, new byte[] { 0, 0, 0x70, 0x80 }),
                new DataAttribute(2, true, new byte[] { 0, 2 }),
            ],
            sa.Proposals[0].Transforms[0].Attributes);
    }

    /// <summary>
    /// RFC 2408 §3.5: the SPI of an ISAKMP proposal may have 0 to 16 octets, and the transforms come after it (M-16).
    /// </summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(8)]
    [InlineData(15)]
    [InlineData(16)]
    [Clause("2408-3.5-02")]
    public void TransformsFollowAnIsakmpSpiOfAnySize(int size)
    {
        var sa = Raw.Only<SecurityAssociationPayload>(Raw.Clear(PayloadType.SecurityAssociation, Raw.Sa(
            Raw.Proposal(0, Protocol.Isakmp, Raw.Fill(size), 2,
                Raw.Transform(3, "80010005") + Raw.Transform(0, "80010007")))));
        Assert.Equal((Octets)Raw.Hex(Raw.Fill(size)), sa.Proposals[0].Spi);
        Assert.Equal(
            [DataAttribute.Basic(1, 5), DataAttribute.Basic(1, 7)], sa.Proposals[0].Transforms.SelectMany(t => t.Attributes));
    }

    /// <summary>RFC 2408 §3.5, §3.6: two proposals with transforms of their own.</summary>
    [Fact]
    [Clause("2408-5.5-03")]
    public void NestedPayloadsAreReadWhereTheyStand()
    {
        var sa = Raw.Only<SecurityAssociationPayload>(Raw.Clear(PayloadType.SecurityAssociation, Raw.Sa(
            Raw.Proposal(2, Protocol.Ah, "c0ffee01", 1, Raw.Payload(0, "01030000"))
            + Raw.Proposal(0, Protocol.Esp, "c0ffee02", 2,
                Raw.Payload(3, "020c0000 80040001") + Raw.Payload(0, "030b0000")))));
        Assert.Equal(
            new SecurityAssociationPayload(Doi.Ipsec, Situation.IdentityOnly, null,
            [
                new ProposalPayload(1, Protocol.Ah, Octets.FromHex("c0ffee01"),
                    [new TransformPayload(1, (byte)AhTransform.Sha, [])]),
                new ProposalPayload(1, Protocol.Esp, Octets.FromHex("c0ffee02"),
                [
                    new TransformPayload(2, (byte)EspTransform.AesCbc,
                        [DataAttribute.Basic((ushort)IpsecAttribute.EncapsulationMode, 1)]),
                    new TransformPayload(3, (byte)EspTransform.Null, []),
                ]),
            ]),
            sa);
    }

    /// <summary>
    /// RFC 2407 §4.6.1, figure 1: levels counted in octets, categories in bits, both filled up to four octets.
    /// </summary>
    [Fact]
    public void LabelsFollowTheSituation()
    {
        var sa = Raw.Only<SecurityAssociationPayload>(Raw.Clear(PayloadType.SecurityAssociation, Raw.Payload(0,
            "00000001 00000007 0000002a"
            + "0001 0000 09000000 000b 0000 ffe00000"
            + "0004 0000 01020304 0000 0000"
            + Raw.Proposal(0, Protocol.Esp, "c0ffee01", 1, Raw.Transform(0, "")))));
        Assert.Equal(
            new SituationLabels(42,
                new SensitivityLabel(Octets.FromHex("09"), 11, Octets.FromHex("ffe0")),
                new SensitivityLabel(Octets.FromHex("01020304"), 0, Octets.Empty)),
            sa.Labels);
        Assert.Single(sa.Proposals);
    }

    /// <summary>RFC 2408 §3.14, RFC 2407 §4.6.3.3: an INITIAL-CONTACT with both cookies.</summary>
    [Fact]
    [Clause("2408-3.14-03")]
    public void NotificationHasItsSpiBeforeItsData()
        => Assert.Equal(
            new NotificationPayload(Doi.Ipsec, Protocol.Isakmp, Octets.FromHex("01020304050607081112131415161718"),
                NotifyType.InitialContact, Octets.FromHex("aa")),
            Raw.Only<NotificationPayload>(Raw.Clear(PayloadType.Notification, Raw.Payload(0,
                "00000001 01 10 6002 0102030405060708 1112131415161718 aa"))));

    /// <summary>RFC 2408 §3.15: SPIs of one size, one after another.</summary>
    [Fact]
    public void DeleteHasItsSpisOneAfterAnother()
        => Assert.Equal(
            new DeletePayload(Doi.Ipsec, Protocol.Esp, 4, [Octets.FromHex("c0ffee01"), Octets.FromHex("c0ffee02")]),
            Raw.Only<DeletePayload>(Raw.Clear(PayloadType.Delete,
                Raw.Payload(0, "00000001 03 04 0002 c0ffee01 c0ffee02"))));

    /// <summary>draft-dukes-ike-mode-cfg-02 §3.2.</summary>
    [Fact]
    public void AttributePayloadHasTypeIdentifierAndAttributes()
        => Assert.Equal(
            new AttributesPayload(ConfigurationMessage.Request, 0x1234,
                [DataAttribute.Variable((ushort)ConfigurationAttribute.Ip4Address, Octets.Empty)]),
            Raw.Only<AttributesPayload>(Raw.Clear(PayloadType.Attributes, Raw.Payload(0, "01 00 1234 0001 0000"))));

    /// <summary>RFC 3947 §3.2, §5.2 and their drafts: 20 and 130, 21 and 131 are the same payloads.</summary>
    [Fact]
    public void DraftNumbersOfNatTraversalAreTheSamePayloads()
    {
        foreach (var kind in new[] { PayloadType.NatDiscovery, PayloadType.NatDiscoveryDraft })
        {
            Assert.Equal(new NatDiscoveryPayload(kind, Octets.FromHex("0a0b")),
                Raw.Only<NatDiscoveryPayload>(Raw.Clear(kind, Raw.Payload(0, "0a0b"))));
        }

        foreach (var kind in new[] { PayloadType.NatOriginalAddress, PayloadType.NatOriginalAddressDraft })
        {
            Assert.Equal(new NatOriginalAddressPayload(kind, IdentificationType.Ipv4Address,
                Octets.FromHex("0a000001")),
                Raw.Only<NatOriginalAddressPayload>(Raw.Clear(kind, Raw.Payload(0, "01000000 0a000001"))));
        }
    }

    /// <summary>[MS-IKEE] §2.2: id, number, and the mark of the last fragment.</summary>
    [Theory]
    [InlineData("00", false)]
    [InlineData("01", true)]
    [Clause("msikee-2.2-01")]
    public void LastFragmentIsMarked(string flags, bool isLast)
    {
        var fragment = Raw.Only<FragmentPayload>(Raw.Clear(PayloadType.Fragment,
            Raw.Payload(0, $"0007 02 {flags} aabb")));
        Assert.Equal((7, 2, isLast, Octets.FromHex("aabb")),
            (fragment.Id, fragment.Number, fragment.IsLast, fragment.Data));
    }

    /// <summary>
    /// RFC 2408 §5.1, D-22, D-23: a clear message may be filled up to four octets, a datagram by a few zeros more.
    /// </summary>
    [Fact]
    public void AlignmentAndAFewZerosAreTaken()
    {
        Raw.Only<VendorIdPayload>(Raw.Clear(PayloadType.VendorId, Raw.Payload(0, "0a") + "000000"));
        Raw.Only<VendorIdPayload>([.. Raw.Clear(PayloadType.VendorId, Raw.Payload(0, "0a")), .. new byte[16]]);
    }
}
