using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using RefIke.Wire;

namespace RefIke.Properties.Wire.Generators;

/// <summary>
/// Well-formed payloads: each kind as often as another, private numbers that nobody knows among them.
/// </summary>
internal static class PayloadGen
{
    public static Gen<Payload> One => Gen.OneOf(
        SecurityAssociationGen.One,
        NumberGen.Octets(0, 200).Select(data => (Payload)new KeyExchangePayload(data)),
        Identification,
        NumberGen.Of<CertificateEncoding>().Zip(
            NumberGen.Octets(0, 1500), (encoding, data) => (Payload)new CertificatePayload(encoding, data)),
        NumberGen.Of<CertificateEncoding>().Zip(
            NumberGen.Octets(0, 40), (type, data) => (Payload)new CertificateRequestPayload(type, data)),
        NumberGen.Octets(0, 64).Select(data => (Payload)new HashPayload(data)),
        NumberGen.Octets(0, 260).Select(data => (Payload)new SignaturePayload(data)),
        NumberGen.Octets(8, 256).Select(data => (Payload)new NoncePayload(data)),
        Notification,
        Delete,
        NumberGen.Octets(0, 40).Select(data => (Payload)new VendorIdPayload(data)),
        Attributes,
        Gen.Elements(PayloadType.NatDiscovery, PayloadType.NatDiscoveryDraft).Zip(
            NumberGen.Octets(0, 64), (kind, data) => (Payload)new NatDiscoveryPayload(kind, data)),
        OriginalAddress,
        Fragment,
        Gen.OneOf(Gen.Choose(133, 255), Gen.Elements(128, 129)).Zip(
            NumberGen.Octets(0, 40), (number, data) => (Payload)new UnknownPayload((PayloadType)number, data)));

    private static Gen<Payload> Identification =>
        from type in NumberGen.Of<IdentificationType>()
        from protocol in NumberGen.Octet
        from port in NumberGen.Short
        let length = Length(type)
        from data in NumberGen.Octets(length ?? 0, length ?? 40)
        select (Payload)new IdentificationPayload(type, protocol, port, data);

    private static Gen<Payload> Notification =>
        from doi in NumberGen.Of<Doi>()
        from protocol in NumberGen.Of<Protocol>()
        from spi in NumberGen.Octets(0, protocol == Protocol.Isakmp ? 16 : 20)
        from type in NumberGen.Of<NotifyType>()
        from data in NumberGen.Octets(0, 20)
        select (Payload)new NotificationPayload(doi, protocol, spi, type, data);

    private static Gen<Payload> Delete =>
        from doi in NumberGen.Of<Doi>()
        from protocol in NumberGen.Of<Protocol>()
        from size in Gen.Choose(0, 16)
        from count in Gen.Choose(0, size == 0 ? 0 : 5)
        from spis in NumberGen.Octets(size, size).ArrayOf(count)
        select (Payload)new DeletePayload(doi, protocol, (byte)size, [.. spis]);

    private static Gen<Payload> Attributes =>
        from type in NumberGen.Of<ConfigurationMessage>()
        from identifier in NumberGen.Short
        from list in AttributeGen.Several
        select (Payload)new AttributesPayload(type, identifier, list);

    private static Gen<Payload> OriginalAddress =>
        from kind in Gen.Elements(PayloadType.NatOriginalAddress, PayloadType.NatOriginalAddressDraft)
        from type in Gen.Elements(IdentificationType.Ipv4Address, IdentificationType.Ipv6Address)
        from address in NumberGen.Octets(Length(type)!.Value, Length(type)!.Value)
        select (Payload)new NatOriginalAddressPayload(kind, type, address);

    private static Gen<Payload> Fragment =>
        from id in NumberGen.Short
        from number in NumberGen.Octet
        from flags in NumberGen.Octet
        from data in NumberGen.Octets(0, 100)
        select (Payload)new FragmentPayload(id, number, flags, data);

    /// <summary>Octets of the types that name addresses (RFC 2407 §4.6.2.2, §4.6.2.5 to §4.6.2.9).</summary>
    public static int? Length(IdentificationType type) => (byte)type switch
    {
        1 => 4,
        4 or 7 => 8,
        5 => 16,
        6 or 8 => 32,
        _ => null,
    };
}
