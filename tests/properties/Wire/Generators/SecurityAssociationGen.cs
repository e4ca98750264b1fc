using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using RefIke.Wire;

namespace RefIke.Properties.Wire.Generators;

/// <summary>
/// SA payloads: situations with and without labels, nested proposals with SPIs, nested transforms (RFC 2408 §3.4 to
/// §3.6).
/// </summary>
internal static class SecurityAssociationGen
{
    public static Gen<Payload> One =>
        from doi in NumberGen.Of<Doi>()
        from situation in NumberGen.Of<Situation>()
        from labels in doi == Doi.Ipsec && SituationLabels.Follow(situation)
            ? Labels(situation)
            : Gen.Constant<SituationLabels?>(null)
        from count in Gen.Choose(1, 4)
        from proposals in Proposal.ArrayOf(count)
        select (Payload)new SecurityAssociationPayload(doi, situation, labels, [.. proposals]);

    private static Gen<TransformPayload> Transform =>
        from number in NumberGen.Octet
        from id in Gen.OneOf(
            NumberGen.Of<IsakmpTransform>().Select(t => (byte)t), NumberGen.Of<AhTransform>().Select(t => (byte)t),
            NumberGen.Of<EspTransform>().Select(t => (byte)t), NumberGen.Of<IpcompTransform>().Select(t => (byte)t))
        from attributes in AttributeGen.Several
        select new TransformPayload(number, id, attributes);

    private static Gen<ProposalPayload> Proposal =>
        from number in NumberGen.Octet
        from protocol in NumberGen.Of<Protocol>()
        from spi in NumberGen.Octets(0, protocol == Protocol.Isakmp ? 16 : 20)
        from count in Gen.Choose(1, 4)
        from transforms in Transform.ArrayOf(count)
        select new ProposalPayload(number, protocol, spi, [.. transforms]);

    private static Gen<SensitivityLabel?> Label =>
        from level in NumberGen.Octets(0, 9)
        from bits in Gen.Choose(0, 70)
        from categories in NumberGen.Octets((bits + 7) / 8, (bits + 7) / 8)
        select new SensitivityLabel(level, (ushort)bits, categories);

    private static Gen<SituationLabels?> Labels(Situation situation) =>
        from domain in NumberGen.Long
        from secrecy in situation.HasFlag(Situation.Secrecy) ? Label : Gen.Constant<SensitivityLabel?>(null)
        from integrity in situation.HasFlag(Situation.Integrity) ? Label : Gen.Constant<SensitivityLabel?>(null)
        select new SituationLabels(domain, secrecy, integrity);
}
