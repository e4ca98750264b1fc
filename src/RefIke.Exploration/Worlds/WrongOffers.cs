using System.Collections.Immutable;
using RefIke.Wire;

namespace RefIke.Exploration.Worlds;

/// <summary>Offers that nobody may choose from, and choices that nobody offered (RFC 2408 §4.2, RFC 2407 §4.5, RFC 2409 §5, App. A).</summary>
internal static class WrongOffers
{
    private const ushort Key1 = (ushort)Phase1Attribute.KeyLength;
    private const ushort Key2 = (ushort)IpsecAttribute.KeyLength;
    private const ushort Life2 = (ushort)IpsecAttribute.LifeType;

    public static ImmutableArray<Offence> All { get; } =
    [
        Sa("another DOI", "2408-5.4-01", (_, sa) => sa with { Doi = (Doi)99 }),
        Sa("a situation that is none", "2408-5.4-01", (_, sa) => sa with { Situation = 0 }),
        Sa("two proposals in phase 1", "2409-5-11", (letter, sa) => letter.Header.MessageId == 0
            ? sa with { Proposals = [.. sa.Proposals, .. sa.Proposals.Select(p => p with { Number = (byte)(p.Number + 1) })] } : sa),
        Transforms("a transform of phase 1 that says nothing but its life", "2409-4-06", true, t => Only(t, a => a.Type is (ushort)Phase1Attribute.LifeType or (ushort)Phase1Attribute.LifeDuration)),
        Transforms("a prime beside a group number", "2409-4-09", true, t => t with { Attributes = t.Attributes.Add(DataAttribute.Variable((ushort)Phase1Attribute.GroupPrime, new byte[96])) }),
        Transforms("Key Length of a cipher that has but one", "2409-A-04", true, t => Has(t, Key1) ? t : t with { Attributes = t.Attributes.Add(DataAttribute.Basic(Key1, 192)) }),
        Transforms("AES without Key Length", "2407-4.5-07", true, t => Only(t, a => a.Type != Key1)),
        Transforms("AES with a Key Length that it cannot have", "2407-4.5-07", true, t => Number(t, Key1, 100)),
        Transforms("a life duration without its type", "2407-4.5-02", true, t => Only(t, a => a.Type != (ushort)Phase1Attribute.LifeType)),
        Transforms("another cipher than was offered", "2409-5-14", true, (letter, t) => IsAnswer(letter) ? Number(t, (ushort)Phase1Attribute.EncryptionAlgorithm, 1) : t),
        Transforms("another group than was offered", "2409-5-14", true, (letter, t) => IsAnswer(letter) ? Number(t, (ushort)Phase1Attribute.GroupDescription, 5) : t),
        Transforms("an attribute that is not supported", "2407-4.5.3-01", false, t => t with { Attributes = t.Attributes.Add(DataAttribute.Basic(16500, 1)) }),
        Transforms("AES of ESP without Key Length", "2407-4.5-07", false, t => Only(t, a => a.Type != Key2)),
        Transforms("AES of ESP with a Key Length that it cannot have", "2407-4.5-07", false, t => Number(t, Key2, 100)),
        Transforms("a life duration of ESP without its type", "2407-4.5-02", false, t => Only(t, a => a.Type != Life2)),
        Transforms("ESP_NULL without authentication", "2407-4.5-05", false, t => Only(t with { Id = (byte)EspTransform.Null },
            a => a.Type is not (Key2 or (ushort)IpsecAttribute.AuthenticationAlgorithm))),
        Transforms("KE, and a transform that names no group", "2409-5.5-09", false, (letter, t) => letter.Payloads.Any(p => p is KeyExchangePayload)
            ? Only(t, a => a.Type != (ushort)IpsecAttribute.GroupDescription) : t),
        Sa("an SPI of eight octets", "2408-5.5-02", (letter, sa) => letter.Header.MessageId == 0 ? sa
            : sa with { Proposals = [.. sa.Proposals.Select(p => p with { Spi = (byte[])[.. p.Spi.Span, .. p.Spi.Span] })] }),
        Sa("an SPI below 256", "2408-5.5-02", (letter, sa) => letter.Header.MessageId == 0 ? sa
            : sa with { Proposals = [.. sa.Proposals.Select(p => p with { Spi = (byte[])[0, 0, 0, 7] })] }),
    ];

    private static bool IsAnswer(Letter letter) => letter.Header.MessageId == 0 ? !letter.Header.ResponderCookie.IsZero && letter.Under is null
        : letter is { Exchange: ExchangeType.QuickMode, Under.Hash: Hashed.Answer };

    private static Offence Sa(string words, string clause, Func<Letter, SecurityAssociationPayload, SecurityAssociationPayload> change)
        => Offence.InWords(words, clause, letter => letter.With<SecurityAssociationPayload>(sa => change(letter, sa)));

    private static Offence Transforms(string words, string clause, bool phase1, Func<TransformPayload, TransformPayload> change)
        => Transforms(words, clause, phase1, (_, t) => change(t));

    /// <param name="phase1">Of phase 1, or of Quick Mode.</param>
    private static Offence Transforms(string words, string clause, bool phase1, Func<Letter, TransformPayload, TransformPayload> change)
        => Offence.InWords(words, clause, letter => phase1 != (letter.Header.MessageId == 0) ? null
            : letter.WithTransforms((_, t) => change(letter, t)));

    private static bool Has(TransformPayload t, ushort type) => t.Attributes.Any(a => a.Type == type);

    private static TransformPayload Only(TransformPayload t, Func<DataAttribute, bool> stays)
        => t.Attributes.All(stays) ? t : t with { Attributes = [.. t.Attributes.Where(stays)] };

    private static TransformPayload Number(TransformPayload t, ushort type, ushort value)
        => !Has(t, type) ? t : t with { Attributes = [.. t.Attributes.Select(a => a.Type == type ? DataAttribute.Basic(type, value) : a)] };
}
