using System.Collections.Immutable;
using RefIke.Wire;

namespace RefIke.Vectors.Negative.Cases;

/// <summary>
/// Offers and choices of phase 1 that cannot be taken (RFC 2409 §4, §5, App. A; RFC 2408 §4.2, §5.4 to §5.6).
/// </summary>
internal static class OfferCases
{
    /// <summary>Message 1 at the responder: the offer is wrong in one thing.</summary>
    public static IEnumerable<Trial> Offers(Scene scene)
        => Frames().Concat(Attributes()).Select(c =>
            new Trial(c.Id, c.Words, "NothingAcceptable|BadSyntax|NoPolicy", Sa(scene, c.Change))
            {
                Flags = ["negotiation"],
            });

    /// <summary>Message 2 at the initiator: the choice is not what was offered.</summary>
    public static IEnumerable<Trial> Choices(Scene scene)
        => Frames().Concat(Attributes()).Concat(Answers()).Select(c =>
            new Trial(c.Id, c.Words, "ChoiceNotOffered|NothingAcceptable|BadSyntax", Sa(scene, c.Change))
            {
                Flags = ["negotiation"],
            });

    private static Octets Sa(Scene scene, Func<SecurityAssociationPayload, SecurityAssociationPayload> change)
        => Chain.Clear(scene.Due, p => p.Select(x => x.Type == 1 ? Chain.Sa(x, change) : x));

    private static IEnumerable<SaChange> Frames()
    {
        foreach (var doi in new uint[] { 0, 2, uint.MaxValue })
        {
            yield return new($"doi-{doi:x}", $"The DOI is {doi}.", s => s with { Doi = (Doi)doi });
        }

        foreach (var situation in new uint[] { 0, 3, 8, 0x80000000 })
        {
            yield return new($"situation-{situation:x}", $"The situation is {situation:x8}.", s =>
                s with { Situation = (Situation)situation });
        }

        yield return new("two-proposals", "There are two proposals.", s =>
            s with { Proposals = [s.Proposals[0], s.Proposals[0] with { Number = 2 }] });
        yield return new("two-proposals-of-one-number", "There are two proposals of one number.", s =>
            s with { Proposals = [s.Proposals[0], s.Proposals[0]] });
        foreach (var protocol in new byte[] { 0, 2, 3, 4, 5, 255 })
        {
            yield return new($"protocol-{protocol}", $"The protocol of the proposal is {protocol}.", s =>
                s.Proposal(p => p with { Protocol = (Protocol)protocol }));
        }

        foreach (var id in new byte[] { 0, 2, 255 })
        {
            yield return new($"transform-id-{id}", $"The transform id is {id}, not KEY_IKE.", s =>
                s.Each(t => t with { Id = id }));
        }
    }

    private static IEnumerable<SaChange> Attributes()
    {
        foreach (var type in Enum.GetValues<Phase1Attribute>().Where(a =>
            a is Phase1Attribute.EncryptionAlgorithm or Phase1Attribute.HashAlgorithm
            or Phase1Attribute.AuthenticationMethod or Phase1Attribute.GroupDescription or Phase1Attribute.KeyLength))
        {
            foreach (var c in AttributeChanges.Broken((ushort)type, $"{type}"))
            {
                yield return c;
            }

            yield return new($"wide-{type}", $"{type} is nine octets long.", s =>
                s.Set((ushort)type, a => DataAttribute.Variable(a.Type, new byte[9])));
            foreach (var c in AttributeChanges.Unknown((ushort)type, $"{type}"))
            {
                yield return c;
            }
        }

        foreach (var (type, value, words) in new (Phase1Attribute, ushort, string)[]
        {
            (Phase1Attribute.EncryptionAlgorithm, 1, "DES, which was not configured"),
            (Phase1Attribute.EncryptionAlgorithm, 5, "3DES, which was not configured and has no key length"),
            (Phase1Attribute.HashAlgorithm, 1, "MD5, which was not configured"),
            (Phase1Attribute.AuthenticationMethod, 3, "RSA signatures, which were not configured"),
            (Phase1Attribute.AuthenticationMethod, 2, "DSS signatures, which were not configured"),
            (Phase1Attribute.AuthenticationMethod, 4, "public key encryption, which was not configured"),
            (Phase1Attribute.AuthenticationMethod, 5, "its revised mode, which was not configured"),
            (Phase1Attribute.AuthenticationMethod, 65001, "XAUTH, which was not configured"),
            (Phase1Attribute.GroupDescription, 1, "group 1, which was not configured"),
            (Phase1Attribute.GroupDescription, 14, "group 14, which was not configured"),
            (Phase1Attribute.GroupDescription, 33000, "a private group that was never agreed on"),
            (Phase1Attribute.KeyLength, 256, "256 bits, which was not configured"),
            (Phase1Attribute.KeyLength, 127, "127 bits"),
            (Phase1Attribute.KeyLength, 129, "129 bits"),
            (Phase1Attribute.KeyLength, 64, "64 bits"),
        })
        {
            yield return AttributeChanges.Value((ushort)type, $"{type}", value, words);
        }

        foreach (var type in new ushort[] { 0, 5, 6, 13, 15, 16, 17, 16384, 32767 })
        {
            yield return new($"attribute-{type}", $"An attribute {type} besides.", s =>
                s.Each(t => t with { Attributes = [.. t.Attributes, DataAttribute.Basic(type, 1)] }));
        }

        foreach (var c in Lives())
        {
            yield return c;
        }
    }

    private static IEnumerable<SaChange> Lives() =>
    [
        .. AttributeChanges.Lives((ushort)Phase1Attribute.LifeType, (ushort)Phase1Attribute.LifeDuration),
        new("life-wide", "The life is nine octets long.", s =>
            s.Set((ushort)Phase1Attribute.LifeDuration, a =>
            DataAttribute.Variable(a.Type, (byte[])[1, .. new byte[8]]))),
    ];

    private static IEnumerable<SaChange> Answers()
    {
        yield return new("two-transforms", "The answer has two transforms.", s =>
            s.Proposal(p => p with { Transforms = [p.Transforms[0], p.Transforms[0] with { Number = 2 }] }));
        yield return new("longer-life", "The life is longer than was offered.", s =>
            s.Set((ushort)Phase1Attribute.LifeDuration, a => DataAttribute.Number(a.Type, 86400)));
    }
}
