using RefIke.Wire;

namespace RefIke.Properties.Wire;

/// <summary>Datagrams to alter.</summary>
internal static class Samples
{
    /// <summary>
    /// One clear message with every kind of payload that has a reader, labels and two levels of nesting.
    /// </summary>
    public static byte[] EveryKind { get; } = MessageWriter.Write(
        new Header(new Cookie(0x0102030405060708), new Cookie(0x1112131415161718), PayloadType.None, 0x10,
            ExchangeType.MainMode, HeaderFlags.None, 0, 0),
        [
            new SecurityAssociationPayload(Doi.Ipsec, Situation.IdentityOnly | Situation.Secrecy | Situation.Integrity,
                new SituationLabels(7,
                    new SensitivityLabel(Octets.FromHex("09"), 11, Octets.FromHex("ffe0")),
                    new SensitivityLabel(Octets.FromHex("01020304"), 3, Octets.FromHex("e0"))),
                [
                    new ProposalPayload(1, Protocol.Isakmp, Octets.FromHex("0102030405060708"),
                        [
                            new TransformPayload(1, 1, [DataAttribute.Basic(1, 7), DataAttribute.Number(12, 86400)]),
                            new TransformPayload(2, 1,
                                [DataAttribute.Variable(12, Octets.FromHex("7080")), DataAttribute.Basic(1, 5)]),
                        ]),
                    new ProposalPayload(2, Protocol.Esp, Octets.FromHex("c0ffee01"), [new TransformPayload(1, 12, [])]),
                ]),
            new KeyExchangePayload(Octets.FromHex("aabbccdd")),
            new NoncePayload(Octets.FromHex("0102030405060708")),
            new IdentificationPayload(IdentificationType.Ipv4Subnet, 17, 500, Octets.FromHex("0a000000ff000000")),
            new CertificatePayload(CertificateEncoding.X509Signature, Octets.FromHex("3000")),
            new CertificateRequestPayload(CertificateEncoding.X509Signature, Octets.Empty),
            new HashPayload(Octets.FromHex("11223344")),
            new SignaturePayload(Octets.FromHex("55667788")),
            new NotificationPayload(Doi.Ipsec, Protocol.Esp, Octets.FromHex("c0ffee01"), NotifyType.NoProposalChosen,
                Octets.FromHex("00")),
            new DeletePayload(Doi.Ipsec, Protocol.Esp, 4, [Octets.FromHex("c0ffee01"), Octets.FromHex("c0ffee02")]),
            new VendorIdPayload(Octets.FromHex("afcad713")),
            new AttributesPayload(ConfigurationMessage.Reply, 1,
                [DataAttribute.Variable(1, Octets.FromHex("0a000001"))]),
            new NatDiscoveryPayload(PayloadType.NatDiscovery, Octets.FromHex("01020304")),
            new NatOriginalAddressPayload(PayloadType.NatOriginalAddress, IdentificationType.Ipv4Address,
                Octets.FromHex("0a000001")),
            new FragmentPayload(1, 1, 1, Octets.FromHex("aabb")),
            new UnknownPayload((PayloadType)200, Octets.FromHex("ff")),
        ]);
}
