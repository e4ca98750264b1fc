using System.Collections.Immutable;
using RefIke.Wire;

namespace RefIke.Exploration.Worlds;

/// <summary>Messages whose payloads are not those that RFC 2409 §5 has in that place, or hold what no peer may say.</summary>
internal static class WrongContents
{
    private static readonly ImmutableArray<PayloadType> Once =
        [PayloadType.SecurityAssociation, PayloadType.KeyExchange, PayloadType.Nonce];

    /// <summary>So long is the nonce of RSA encryption at least, which is answered whatever it decrypts to.</summary>
    private const int Encrypted = 64;

    public static ImmutableArray<Offence> All { get; } =
    [
        .. Once.Select(type => Offence.InWords($"no {type}", "2409-5-21", letter => letter.With(all => all.Where(p => p.Type != type)))),
        .. Once.Select(type => Offence.InWords($"{type} twice", "2409-5-21", letter => letter.With(all => all.Concat(all.Where(p => p.Type == type))))),
        Offence.InWords("SA is not where it must stand", "2409-5-04", letter => letter.Payloads.Any(p => p is SecurityAssociationPayload)
            ? letter.With(all => [.. all.Where(p => p is not SecurityAssociationPayload).DefaultIfEmpty(new VendorIdPayload(new byte[16])), .. all.Where(p => p is SecurityAssociationPayload)]) : null),
        Offence.InWords("KE and nonce in message 1", "2409-5-21", letter => letter is { IsFirst: true, Exchange: ExchangeType.MainMode }
            ? letter.With(all => [.. all, new KeyExchangePayload(Values(96, 3)), new NoncePayload(Values(16, 3))]) : null),
        Ke("a public value of 0", "2409-5-05", data => Values(data.Length, 0)),
        Ke("a public value of 1", "2409-5-05", data => Values(data.Length, 1)),
        Ke("a public value that is an octet short", "2409-5-05", data => data.Slice(1, data.Length - 1)),
        Ke("a public value that is an octet long", "2409-5-05", data => (byte[])[0, .. data.Span]),
        Offence.InWords("a nonce of seven octets", "2409-5-06", letter
            => letter.With<NoncePayload>(n => n.Data.Length < Encrypted ? new NoncePayload(n.Data.Slice(0, 7)) : n)),
        Offence.InWords("one client identity", "2409-5.5-07", letter => letter.Exchange == ExchangeType.QuickMode && letter.Payloads.Count(p => p is IdentificationPayload) == 2
            ? letter.With(all => all.Where((p, n) => p is not IdentificationPayload || n == all.Length - 1)) : null),
        Offence.InWords("three client identities", "2409-5.5-07", letter => letter.Exchange == ExchangeType.QuickMode
            ? letter.With(all => all.Concat(all.Where(p => p is IdentificationPayload).Take(1))) : null),
        Offence.InWords("client identities of another's traffic", "2409-5.5-10", letter => letter.Exchange == ExchangeType.QuickMode
            ? letter.With<IdentificationPayload>(id => id with { Data = Other(id.Data) }) : null),
        Hash("no HASH", "2409-5.5-11", _ => null),
        Hash("a HASH whose last octet is another", "2408-5.11-01", data => (byte[])[.. data.Slice(0, data.Length - 1).Span, (byte)(data.Span[^1] ^ 1)]),
        Hash("a HASH of no octets", "2408-5.11-01", _ => Octets.Empty),
        Offence.InWords("a Delete of another protocol", "2408-3.15-01", letter => letter.With<DeletePayload>(d => d with { Protocol = d.Protocol == Protocol.Esp ? Protocol.Ah : Protocol.Esp })),
    ];

    private static Offence Ke(string words, string clause, Func<Octets, Octets> change)
        => Offence.InWords(words, clause, letter => letter.With<KeyExchangePayload>(ke => new KeyExchangePayload(change(ke.Data))));

    /// <summary>Of phase 2, and of what is encrypted in phase 1; it is not made right again.</summary>
    private static Offence Hash(string words, string clause, Func<Octets, Octets?> change)
        => Offence.InWords(words, clause, letter => letter is { Under: { } under } && letter.Payloads.Any(p => p is HashPayload)
            ? letter.With(all => all.Select(p => p is not HashPayload h ? p : change(Right(letter, h)) is { } data ? new HashPayload(data) : null)
                .OfType<Payload>()) is var other && other != letter ? other with { Under = under with { Hash = Hashed.No } } : null : null);

    private static Octets Right(Letter letter, HashPayload hash) => letter.Under!.Hash == Hashed.No ? hash.Data : letter.Hash;

    private static Octets Values(int length, byte last) => length == 0 ? Octets.Empty : (byte[])[.. new byte[length - 1], last];

    private static Octets Other(Octets address)
    {
        var octets = address.ToArray();
        octets[1] ^= 0x40;
        return octets;
    }
}
