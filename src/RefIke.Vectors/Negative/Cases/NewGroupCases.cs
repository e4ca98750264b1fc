using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;
using RefIke.Crypto;
using RefIke.Exchanges.Negotiation;
using RefIke.Wire;

namespace RefIke.Vectors.Negative.Cases;

/// <summary>Private groups that are none, and New Group Mode's messages altered (RFC 2409 §5.6).</summary>
internal static class NewGroupCases
{
    private static readonly BigInteger P = Occurrences.OfferedGroup.Prime;

    private static readonly (string Id, string Words, ImmutableArray<DataAttribute> Attributes)[] Groups =
    [
        ("even", "The prime is even.", Modp(P - 1)),
        ("composite", "The prime is none: p + 2.", Modp(P + 2)),
        ("no-safe-prime", "The prime is 2^1279 - 1, which is no safe prime.", Modp(BigInteger.Pow(2, 1279) - 1)),
        ("small", "The prime has 61 bits: 2^61 - 1.", Modp(BigInteger.Pow(2, 61) - 1)),
        ("prime-zero", "The prime is 0.", Modp(0)),
        ("prime-one", "The prime is 1.", Modp(1)),
        ("generator-zero", "The generator is 0.", Modp(P, 0)),
        ("generator-one", "The generator is 1.", Modp(P, 1)),
        ("generator-p-1", "The generator is p - 1, of order 2.", Modp(P, P - 1)),
        ("generator-p", "The generator is p.", Modp(P, P)),
        ("registered-number", "The number is 14, a registered group's.", Modp(P, 2, 14)),
        ("number-0", "The number is 0.", Modp(P, 2, 0)),
        ("number-32767", "The number is 32767, which is not private.", Modp(P, 2, 32767)),
        ("nothing", "There are no attributes.", []),
    ];

    /// <summary>Message 1 at the responder: an offer that cannot be taken, HASH(1) right for it.</summary>
    public static IEnumerable<Trial> Offers(Scene scene)
    {
        foreach (var (id, words, attributes) in Groups)
        {
            yield return Of(id, words, Sa(attributes));
        }

        var good = Modp(P);
        foreach (var type in good.Select(a => a.Type).Distinct())
        {
            yield return Of($"without-{type}", $"Attribute {type} is missing.",
                Sa([.. good.Where(a => a.Type != type)]));
            yield return Of($"twice-{type}", $"Attribute {type} is there twice.",
                Sa([.. good, good.First(a => a.Type == type)]));
        }

        foreach (var type in new ushort[] { 0, 4, 255 })
        {
            yield return Of($"group-type-{type}", $"The group type is {type}.",
                Sa([.. good.Select(a => a.Type == (ushort)Phase1Attribute.GroupType ? DataAttribute.Basic(a.Type, type)
                : a)]));
        }

        var sa = Sa(good);
        yield return Of("two-proposals", "There are two proposals.",
            sa with { Proposals = [sa.Proposals[0], sa.Proposals[0] with { Number = 2 }] });
        yield return Of("two-transforms", "There are two transforms.",
            sa.Proposal(p => p with { Transforms = [p.Transforms[0], p.Transforms[0] with { Number = 2 }] }));
        yield return Of("esp", "The proposal is for ESP.", sa.Proposal(p => p with { Protocol = Protocol.Esp }));
        yield return Of("transform-id", "The transform is not KEY_IKE.", sa.Each(t => t with { Id = 2 }));
        yield return Of("doi", "The DOI is 0.", sa with { Doi = 0 });
        yield return Of("situation", "The situation is 0.", sa with { Situation = 0 });
        yield return Of("p-empty", "The prime has no octets.",
            Sa([.. good.Select(a => a.Type == (ushort)Phase1Attribute.GroupPrime
            ? DataAttribute.Variable(a.Type, Octets.Empty) : a)]));

        Trial Of(string id, string comment, SecurityAssociationPayload other) => new(
            id, comment, "GroupRefused", scene.Insider.First(ExchangeType.NewGroupMode, 0x0a0b0c0d,
                RawPayload.Of(other)))
        {
            Flags = ["negotiation", "publicValue"],
            State = Outcome.Ended,
            Notify = NotifyType.AttributesNotSupported,
        };
    }

    /// <summary>A good group where policy takes none, and messages that prove nothing.</summary>
    public static IEnumerable<Trial> Refused(Scene scene)
    {
        yield return new Trial("not-configured", "A good group, where policy takes none.", "GroupRefused",
            scene.Insider.First(ExchangeType.NewGroupMode, 0x0a0b0c0d,
                RawPayload.Of(Sa(Modp(P)))))
        { Flags = ["negotiation"], State = Outcome.Ended };
    }

    /// <summary>HASH wrong, payloads missing, message ids used before.</summary>
    public static IEnumerable<Trial> Messages(Scene scene)
    {
        var bare = scene.Insider.Bare(ExchangeType.NewGroupMode, 0x0a0b0c0d);
        var sa = RawPayload.Of(Sa(Modp(P)));
        var good = scene.Insider.Open(scene.Insider.Hashed(bare, sa));
        yield return new Trial("hash-bit", "HASH(1) has a bit changed.", "HashMismatch",
            scene.Insider.Seal(bare, good[0].With([(byte)(good[0].Body.Span[0] ^ 1), .. good[0].Body.Span[1..]]),
                sa))
        { Flags = ["hash"] };
        yield return new Trial("hash-empty", "HASH(1) is empty.", "HashMismatch",
            scene.Insider.Seal(bare, good[0].With(), sa))
        { Flags = ["hash"] };
        yield return new Trial("without-hash", "There is no HASH(1).", "WrongPayloads",
            scene.Insider.Seal(bare, sa))
        { Flags = ["payloads"] };
        yield return new Trial("without-sa", "There is no SA.", "WrongPayloads",
            scene.Insider.Hashed(bare))
        { Flags = ["payloads"] };
        yield return new Trial("sa-first", "SA stands before HASH(1).", "WrongPayloads|HashMismatch",
            scene.Insider.Seal(bare, sa, good[0]))
        { Flags = ["payloads"] };
        yield return new Trial("with-nonce", "There is a nonce besides.", "WrongPayloads|GroupRefused|HashMismatch",
            scene.Insider.Hashed(bare, sa, new RawPayload(10, new byte[16])))
        {
            Flags = ["payloads"],
            State = ReplayCases.Any
        };
        yield return new Trial("in-clear", "It is in clear.", "WrongProtection",
            Chain.Join(Chain.Patched(bare, 19, 0), 8, Chain.Write(good)))
        { Flags = ["place"] };
        yield return new Trial("message-id-0", "The message id is 0.", "BadMessageId",
            scene.Insider.First(ExchangeType.NewGroupMode, 0, sa))
        { Flags = ["place"] };
        yield return new Trial("message-id-again", "The message id is that of the Quick Mode before.", "BadMessageId",
            scene.Insider.First(ExchangeType.NewGroupMode, scene.Subject.State.Isakmp.Values.First().MessageIds[0],
                sa))
        { Flags = ["replay"] };
    }

    /// <summary>Message 2 at the initiator: another group than was offered.</summary>
    public static IEnumerable<Trial> Answers(Scene scene)
    {
        foreach (var (id, words, attributes) in Groups)
        {
            yield return new Trial(id, words, "ChoiceNotOffered",
                scene.Insider.Rehashed(scene.Due, _ => [RawPayload.Of(Sa(attributes))]))
            {
                Flags = ["negotiation"],
                State = Outcome.Ended,
            };
        }
    }

    private static ImmutableArray<DataAttribute> Modp(BigInteger prime, BigInteger? generator = null,
        ushort number = 33000)
        => GroupAttributes.Write(number, new GroupParameters.Modp(prime, generator ?? 2));

    private static SecurityAssociationPayload Sa(ImmutableArray<DataAttribute> attributes) =>
        new(Doi.Ipsec, Situation.IdentityOnly, null,
        [new ProposalPayload(1, Protocol.Isakmp, Octets.Empty, [new TransformPayload(1, 1, attributes)])]);
}
