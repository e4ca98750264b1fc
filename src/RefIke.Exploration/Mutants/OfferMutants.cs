using System.Collections.Immutable;
using RefIke.Engine;
using RefIke.Exchanges.Negotiation;
using RefIke.Exploration.Worlds;
using RefIke.Wire;
using static RefIke.Exploration.Mutants.Seam;

namespace RefIke.Exploration.Mutants;

/// <summary>An offer, or the answer to one, that is made, read or chosen from by another rule, in either phase.</summary>
internal static class OfferMutants
{
    private const ushort Key1 = (ushort)Phase1Attribute.KeyLength, Key2 = (ushort)IpsecAttribute.KeyLength;

    public static IEnumerable<Mutant> All => [.. Shapes, .. Answers, .. Keys, .. Lives];

    private static IEnumerable<Mutant> Shapes =>
    [
        Taken("M-30", "neither the DOI nor the situation of an SA is looked at", "2408-5.4-01", (letter, _)
            => letter.With<SecurityAssociationPayload>(sa => sa with { Doi = Doi.Ipsec, Situation = Situation.IdentityOnly, Labels = null })),
        Taken("M-37", "of several proposals, or SA payloads, of a phase 1 offer the first is taken", "2409-5-11", (letter, _) => letter.IsFirst
            ? letter.With(all => all.Where((p, n) => p is not SecurityAssociationPayload || n == 0)).With<SecurityAssociationPayload>(
                sa => sa.Proposals.Length > 1 ? sa with { Proposals = sa.Proposals[..1] } : sa)
            : letter),
        Taken("M-39", "what a phase 1 transform does not say is DES, MD5, a pre-shared key, group 1", "2409-4-06", (letter, _)
            => letter.IsFirst ? letter.WithTransforms((_, t) => Defaults(t)) : letter),
        Taken("M-40", "a prime and a generator beside a group number are passed over", "2409-4-09", (letter, _)
            => letter.IsFirst ? letter.WithTransforms((_, t) => Has(t, Phase1Attribute.GroupDescription)
                ? Without(t, a => a.Type is >= (ushort)Phase1Attribute.GroupType and <= (ushort)Phase1Attribute.GroupCurveB) : t) : letter),
        Inputs("M-41", "one transform that is not known makes the whole offer one", "2408-5.6-01", (state, input)
            => input is Input.DatagramArrived d && Letter.Open(d.Datagram, [state], null) is { } letter && IsOffer(letter)
                && Transforms(letter).Any(t => !IsKnown(t.Proposal, t.Transform)) ? null : input),
        Taken("M-42", "an attribute that is not supported is passed over", "2407-4.5.3-01", (letter, _) => letter.Exchange == ExchangeType.QuickMode
            ? letter.WithTransforms((_, t) => Without(t, a => a.Type > (ushort)IpsecAttribute.ExtendedSequenceNumber)) : letter),
        Taken("M-50", "proposals of one number are alternatives", "2408-4.2-01", (letter, _) => IsOffer(letter)
            ? letter.With<SecurityAssociationPayload>(sa => sa.Proposals.Select(p => p.Number).Distinct().Count() < sa.Proposals.Length
                ? sa with { Proposals = [.. sa.Proposals.Select((p, n) => p with { Number = (byte)(n + 1) })] } : sa) : letter),
        Inputs("M-51", "proposals must be numbered from 1 without a gap", "2408-4.2-03", (state, input)
            => input is Input.DatagramArrived d && Letter.Open(d.Datagram, [state], null) is { } letter && IsOffer(letter)
                && letter.Payloads.OfType<SecurityAssociationPayload>().Any(sa => !sa.Proposals.Select(p => (int)p.Number).Distinct()
                    .SequenceEqual(Enumerable.Range(1, sa.Proposals.Select(p => p.Number).Distinct().Count()))) ? null : input),
    ];

    private static IEnumerable<Mutant> Answers =>
    [
        Inputs("M-15", "an answer whose attributes have another form than the offer's is refused as another offer", "2409-A-02", (state, input)
            => input is Input.DatagramArrived d && Letter.Open(d.Datagram, [state], null) is { Exchange: ExchangeType.MainMode } letter
                && Letter.Entry(state, letter.Header) is { Phase1: { Role: Exchanges.Role.Initiator, Suite: null } p }
                && letter.Payloads is [SecurityAssociationPayload { Proposals: [{ Transforms: [var answer] }] }, ..]
                && p.Terms is { } terms && !terms.Offered.Any(o => o.ToTransform(answer.Number).Attributes.SequenceEqual(answer.Attributes))
                ? null : input),
        Sent("M-33", "the responder adds a life of its own to the transform that it chooses", "2409-5-13", (letter, _) => IsAnswer(letter)
            ? letter.WithTransforms((p, t) => t with
            {
                Attributes = [.. t.Attributes, .. Life(p, LifeType.Kilobytes, 4_000_000)],
            }) : letter),
        Steps("M-34", "the responder answers with the whole offer", "2408-4.2-05", (before, _, input, after, effects)
            => input is Input.DatagramArrived d && Letter.Open(d.Datagram, [before], null) is { } offer && IsOffer(offer)
                ? Rewritten(before, input, after, effects, (letter, _) => IsAnswer(letter) ? letter.With<SecurityAssociationPayload>(sa => sa with
                {
                    Proposals = [.. offer.Payloads.OfType<SecurityAssociationPayload>().First().Proposals
                        .Select(p => p with { Spi = sa.Proposals[0].Spi })],
                }) : letter)
                : (after, effects)),
        Sent("M-35", "the responder numbers what it chooses anew", "2408-4.2-06", (letter, _) => IsAnswer(letter)
            ? letter.WithTransforms((_, t) => t with { Number = (byte)(t.Number + 1) }) : letter),
        Sent("M-14", "Key Length goes out in the variable form", "2409-A-01", (letter, _) => letter.WithTransforms((p, t) => t with
        {
            Attributes = [.. t.Attributes.Select(a => IsKeyLength(p, a) ? DataAttribute.Variable(a.Type, a.Value) : a)],
        })),
    ];

    private static IEnumerable<Mutant> Keys =>
    [
        Taken("M-43", "Key Length of a cipher that has but one is passed over", "2409-A-04", (letter, _) => IsOffer(letter)
            ? letter.WithTransforms((p, t) => IsVariable(p, t) ? t : Without(t, a => IsKeyLength(p, a))) : letter),
        Taken("M-44", "AES without Key Length is AES with 128 bits", "2407-4.5-07", (letter, _) => IsOffer(letter)
            ? letter.WithTransforms((p, t) => IsAes(p, t) && !t.Attributes.Any(a => IsKeyLength(p, a))
                ? t with { Attributes = t.Attributes.Add(DataAttribute.Basic(p.Protocol == Protocol.Isakmp ? Key1 : Key2, 128)) } : t) : letter),
        Taken("M-45", "AES with a Key Length that it cannot have is AES with 128 bits", "2407-4.5-07", (letter, _) => IsOffer(letter)
            ? letter.WithTransforms((p, t) => IsAes(p, t) ? t with
            {
                Attributes = [.. t.Attributes.Select(a => IsKeyLength(p, a) && (!a.TryGetNumber(out var bits) || bits is not (128 or 192 or 256))
                    ? DataAttribute.Basic(a.Type, 128) : a)],
            } : t) : letter),
        Taken("M-52", "ESP_NULL without authentication is taken, and authenticates with SHA-1", "2407-4.5-05", (letter, _) => IsOffer(letter)
            ? letter.WithTransforms((p, t) => p.Protocol == Protocol.Esp && t.Id == (byte)EspTransform.Null
                && !t.Attributes.Any(a => a.Type == (ushort)IpsecAttribute.AuthenticationAlgorithm)
                ? t with { Attributes = t.Attributes.Add(DataAttribute.Basic((ushort)IpsecAttribute.AuthenticationAlgorithm, 2)) } : t) : letter),
        Taken("M-53", "where there is KE a transform that names no group has that of the others", "2409-5.5-09", (letter, _)
            => letter.Exchange == ExchangeType.QuickMode && letter.Payloads.Any(p => p is KeyExchangePayload)
                && Transforms(letter).SelectMany(t => t.Transform.Attributes).Select(a => (DataAttribute?)a)
                    .FirstOrDefault(a => a!.Value.Type == (ushort)IpsecAttribute.GroupDescription) is { } group
                ? letter.WithTransforms((_, t) => t.Attributes.Any(a => a.Type == group.Type) ? t : t with { Attributes = t.Attributes.Add(group) })
                : letter),
    ];

    private static IEnumerable<Mutant> Lives =>
    [
        Taken("M-46", "a life duration counts though no life type stands before it", "2407-4.5-02", (letter, _)
            => letter.WithTransforms((p, t) => t.Attributes.FirstOrDefault(a => IsLife(p, a)).Type == Duration(p)
                ? t with { Attributes = [DataAttribute.Basic((ushort)(Duration(p) - 1), 1), .. t.Attributes] } : t)),
        Taken("M-47", "a second life is a conflict, of whatever kind it is", "2407-4.5.2-01", (letter, _)
            => letter.WithTransforms((p, t) => t.Attributes.Count(a => a.Type == Duration(p)) > 1 ? null : t)),
        Taken("M-48", "of two lives in seconds the first counts", "2407-4.5.2-02", (letter, _)
            => letter.WithTransforms((p, t) => WithoutSecondLife(p, t))),
        Taken("M-49", "a transform without a life lives one hour", "2407-4.5-03", (letter, _) => IsOffer(letter)
            ? letter.WithTransforms((p, t) => t.Attributes.Any(a => IsLife(p, a)) ? t
                : t with { Attributes = [.. t.Attributes, .. Life(p, LifeType.Seconds, 3600)] }) : letter),
        Taken("M-140", "the life is that of the first transform, whichever is chosen", "2408-4.2-04", (letter, _) => IsOffer(letter)
            ? letter.With<SecurityAssociationPayload>(sa => sa with
            {
                Proposals = [.. sa.Proposals.Select(p => p with
                {
                    Transforms = [.. p.Transforms.Select(t => t with
                    {
                        Attributes = [.. t.Attributes.Where(a => !IsLife(p, a)), .. p.Transforms[0].Attributes.Where(a => IsLife(p, a))],
                    })],
                })],
            }) : letter),
        Inputs("M-141", "a life in kilobytes is agreed on and never looked at", "2407-4.5.1-01",
            (_, input) => input is Input.Carried ? null : input),
    ];

    private static bool IsOffer(Letter letter) => letter.IsFirst || letter is { Exchange: ExchangeType.QuickMode, Under.Hash: Hashed.First };

    private static bool IsAnswer(Letter letter) => letter is { Exchange: ExchangeType.MainMode, Under: null, Header.ResponderCookie.IsZero: false }
        or { Exchange: ExchangeType.QuickMode, Under.Hash: Hashed.Answer };

    private static IEnumerable<(ProposalPayload Proposal, TransformPayload Transform)> Transforms(Letter letter)
        => letter.Payloads.OfType<SecurityAssociationPayload>().SelectMany(sa => sa.Proposals).SelectMany(p => p.Transforms.Select(t => (p, t)));

    private static bool IsKnown(ProposalPayload p, TransformPayload t)
        => p.Protocol == Protocol.Isakmp ? t.Id == (byte)IsakmpTransform.KeyIke : Enum.IsDefined((EspTransform)t.Id);

    private static bool IsVariable(ProposalPayload p, TransformPayload t) => p.Protocol == Protocol.Isakmp
        ? Number(t, (ushort)Phase1Attribute.EncryptionAlgorithm) is not (1 or 2 or 5)
        : t.Id is not ((byte)EspTransform.Des or (byte)EspTransform.TripleDes or (byte)EspTransform.Null);

    private static bool IsAes(ProposalPayload p, TransformPayload t) => p.Protocol == Protocol.Isakmp
        ? Number(t, (ushort)Phase1Attribute.EncryptionAlgorithm) == 7 : p.Protocol == Protocol.Esp && t.Id == (byte)EspTransform.AesCbc;

    private static ulong? Number(TransformPayload t, ushort type)
        => t.Attributes.FirstOrDefault(a => a.Type == type).TryGetNumber(out var n) ? n : null;

    private static bool IsKeyLength(ProposalPayload p, DataAttribute a) => a.Type == (p.Protocol == Protocol.Isakmp ? Key1 : Key2);

    private static ushort Duration(ProposalPayload p)
        => p.Protocol == Protocol.Isakmp ? (ushort)Phase1Attribute.LifeDuration : (ushort)IpsecAttribute.LifeDuration;

    private static bool IsLife(ProposalPayload p, DataAttribute a) => a.Type == Duration(p) || a.Type == Duration(p) - 1;

    private static IEnumerable<DataAttribute> Life(ProposalPayload p, LifeType type, ulong duration)
        => [DataAttribute.Basic((ushort)(Duration(p) - 1), (ushort)type), DataAttribute.Number(Duration(p), duration)];

    private static bool Has(TransformPayload t, Phase1Attribute type) => t.Attributes.Any(a => a.Type == (ushort)type);

    private static TransformPayload Without(TransformPayload t, Func<DataAttribute, bool> which)
        => t.Attributes.Any(which) ? t with { Attributes = [.. t.Attributes.Where(a => !which(a))] } : t;

    private static TransformPayload Defaults(TransformPayload t) => Enumerable.Range(1, 4).Where(type => !t.Attributes.Any(a => a.Type == type))
        .Aggregate(t, (all, type) => all with { Attributes = all.Attributes.Add(DataAttribute.Basic((ushort)type, 1)) });

    private static TransformPayload WithoutSecondLife(ProposalPayload p, TransformPayload t)
    {
        var kept = ImmutableArray.CreateBuilder<DataAttribute>();
        var (seen, skips) = (new HashSet<Octets>(), false);
        foreach (var a in t.Attributes)
        {
            skips = a.Type == Duration(p) - 1 ? !seen.Add(a.Value) : skips && a.Type == Duration(p);
            if (!skips)
            {
                kept.Add(a);
            }
        }

        return kept.Count == t.Attributes.Length ? t : t with { Attributes = kept.ToImmutable() };
    }
}
