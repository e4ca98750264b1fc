using System.Buffers.Binary;
using System.Collections.Immutable;
using RefIke.Crypto;
using RefIke.Engine;
using RefIke.Exchanges;
using RefIke.Exchanges.Phase1;
using RefIke.Exchanges.Phase2;
using RefIke.Exploration.Worlds;
using RefIke.Wire;
using static RefIke.Exploration.Mutants.Seam;

namespace RefIke.Exploration.Mutants;

/// <summary>Messages of Quick Mode that are made, ordered, hashed or judged wrongly.</summary>
internal static class QuickModeMutants
{
    public static IEnumerable<Mutant> All => [.. Payloads, .. Identities, .. Hashes, .. Chains];

    private static IEnumerable<Mutant> Payloads =>
    [
        Taken("M-17", "an SPI of eight octets is cut to four, and one below 256 is taken", "2408-5.5-02", (letter, _)
            => letter.Exchange != ExchangeType.QuickMode ? letter : letter.With<SecurityAssociationPayload>(sa => sa with
            {
                Proposals = [.. sa.Proposals.Select(p => p.Protocol is Protocol.Esp or Protocol.Ah ? p with { Spi = Spi(p.Spi) } : p)],
            })),
        Sent("M-54", "the public value of Quick Mode is as long as that of another group", "2409-5-05", (letter, _)
            => letter.Exchange == ExchangeType.QuickMode
                ? letter.With<KeyExchangePayload>(ke => new KeyExchangePayload((byte[])[.. new byte[64], .. ke.Data.Span])) : letter),
        Taken("M-103", "HASH and SA of Quick Mode may stand anywhere", "2409-5.5-02", (letter, _)
            => letter is { Exchange: ExchangeType.QuickMode, Under: { } under }
                ? Verified(letter, under, letter.Payloads.OrderBy(p => p is HashPayload ? 0 : p is SecurityAssociationPayload ? 1 : 2)) : letter),
        Sent("M-108", "who answered phase 1 puts its own cookie first when it begins a Quick Mode", "2409-4-04", (letter, state)
            => letter is { Exchange: ExchangeType.QuickMode, Under: { Hash: Hashed.First, Phase1.Role: Role.Responder } }
                ? letter with { Header = letter.Header with { InitiatorCookie = letter.Header.ResponderCookie, ResponderCookie = letter.Header.InitiatorCookie } }
                : letter),
    ];

    private static IEnumerable<Mutant> Identities =>
    [
        Sent("M-55", "the answer has the client identities the other way round", "2409-5.5-07", (letter, _) => IsAnswer(letter)
            ? letter.With(all =>
            {
                var ids = new Stack<Payload>(all.Where(p => p is IdentificationPayload));
                return all.Select(p => p is IdentificationPayload ? ids.Pop() : p);
            }) : letter),
        Taken("M-56", "the client identities of the answer are not compared with those of the offer", "2409-5.5-10", (letter, state)
            => IsAnswer(letter) && Open(letter, state)?.Terms[0] is { Own: { } own, Peer: { } peer } ? WithIdentities(letter, own, peer) : letter),
        Taken("M-57", "while a pair is up any client identities are taken for those of the pair", "2409-5.5-08", (letter, state)
            => letter is { Exchange: ExchangeType.QuickMode, Under.Hash: Hashed.First } && state.Pairs.Values.FirstOrDefault() is { } pair
                && letter.Payloads.Count(p => p is IdentificationPayload) == 2
                ? WithIdentities(letter, Range(pair.Peer), Range(pair.Own)) : letter),
        Taken("M-106", "one client identity alone is none, and the third is passed over", "2409-5.5-07", (letter, _)
            => letter.Exchange == ExchangeType.QuickMode ? letter.With(all => all.Count(p => p is IdentificationPayload) switch
            {
                1 => all.Where(p => p is not IdentificationPayload),
                > 2 => all.Where(p => p is not IdentificationPayload).Concat(all.Where(p => p is IdentificationPayload).Take(2)),
                _ => all,
            }) : letter),
    ];

    private static IEnumerable<Mutant> Hashes =>
    [
        Taken("M-81", "a first message of Quick Mode without HASH(1) is believed", "2409-5.5-11", (letter, _)
            => letter is { Exchange: ExchangeType.QuickMode, Under: { Hash: Hashed.No } under } && !letter.Payloads.Any(p => p is HashPayload)
                && letter.Payloads.Any(p => p is SecurityAssociationPayload)
                ? letter with { Payloads = [new HashPayload(Octets.Empty), .. letter.Payloads], Under = under with { Hash = Hashed.First } } : letter),
        Taken("M-86", "of a HASH in phase 2 the first eight octets are compared", "2408-5.11-01", (letter, _) => Righted(letter,
            (received, right) => received.Length >= 8 && received.Slice(0, 8) == right.Slice(0, 8))),
        Taken("M-87", "a HASH of no octets equals any other", "2408-5.11-01", (letter, _) => Righted(letter, (received, _) => received.Length == 0)),
        Formula("M-107", "HASH(1) and HASH(2) cover SA, nonce, KE and IDs alone", "2409-5.5-22", new ListedAlone()),
    ];

    private static IEnumerable<Mutant> Chains =>
    [
        Sent("M-135", "the answer of Quick Mode is encrypted under the first IV of the exchange", "2409-B-06", (letter, _)
            => IsAnswer(letter) ? letter.As(letter.Header.MessageId) : letter),
        States("M-134", "Quick Modes that are open together share one running IV", "2409-5.5-04", (before, after) =>
        {
            var moved = after.QuickModes.FirstOrDefault(q => before.QuickModes.GetValueOrDefault(q.Key)?.State.Iv != q.Value.State.Iv).Value;
            return moved is null ? after : after with
            {
                QuickModes = after.QuickModes.ToImmutableSortedDictionary(q => q.Key, q => q.Value with
                {
                    State = q.Value.Own == moved.Own ? q.Value.State with { Iv = moved.State.Iv } : q.Value.State,
                }),
            };
        }),
        Steps("M-129", "the running IV moves with a message that was refused", "2409-10-03", (before, now, input, after, effects)
            => input is Input.DatagramArrived d && effects.Any(e => e is Effect.Rejected { Why: Rejection.Undecodable or Rejection.HashMismatch })
                && Header.TryRead(d.Datagram.Span, out var header, out _) ? (Moved(after, header, d.Datagram), effects) : (after, effects)),
        Taken("M-142", "RESPONDER-LIFETIME is passed over", "2407-4.6.3.1-01", (letter, _) => IsAnswer(letter)
            ? letter.With(all => all.Where(p => p is not NotificationPayload { NotifyType: NotifyType.ResponderLifetime })) : letter),
    ];

    private static bool IsAnswer(Letter letter) => letter is { Exchange: ExchangeType.QuickMode, Under.Hash: Hashed.Answer };

    private static QuickModeState? Open(Letter letter, EndpointState state) => Letter.Entry(state, letter.Header) is { } entry
        ? state.QuickModes.GetValueOrDefault((entry.Own.Value, letter.Header.MessageId))?.State : null;

    private static IdentificationPayload Range(Selector s) => new(s.IsV6 ? IdentificationType.Ipv6Range : IdentificationType.Ipv4Range,
        s.ProtocolId, s.Port, (byte[])[.. s.FirstAddress.GetAddressBytes(), .. s.LastAddress.GetAddressBytes()]);

    private static Letter WithIdentities(Letter letter, IdentificationPayload first, IdentificationPayload second) => letter.With(all =>
    {
        var n = 0;
        return all.Select(p => p is IdentificationPayload ? n++ == 0 ? first : second : p);
    });

    private static Octets Spi(Octets spi) => spi.Length == 8 ? spi.Slice(0, 4)
        : spi.Length == 4 && BinaryPrimitives.ReadUInt32BigEndian(spi.Span) < 256 ? (byte[])[1, .. spi.Span[1..]] : spi;

    /// <summary>Payloads in another order, their HASH right if it was right over the others as they stood.</summary>
    private static Letter Verified(Letter letter, Sealing under, IEnumerable<Payload> ordered)
    {
        ImmutableArray<Payload> payloads = [.. ordered];
        return payloads.SequenceEqual(letter.Payloads) ? letter : letter with { Payloads = payloads, Under = under with { Hash = Hashed.First } };
    }

    /// <summary>A HASH that is taken for the right one is made the right one.</summary>
    private static Letter Righted(Letter letter, Func<Octets, Octets, bool> isTaken)
    {
        if (letter is not { Under: { Hash: Hashed.No, M_ID: not 0 } under, Payloads: [HashPayload hash, ..] })
        {
            return letter;
        }

        var right = letter with { Under = under with { Hash = under.Ni_b.Length > 0 ? Hashed.Answer : Hashed.First } };
        return isTaken(hash.Data, right.Hash) ? right : letter;
    }

    private static EndpointState Moved(EndpointState state, Header header, Octets datagram)
    {
        if (Letter.Entry(state, header) is not { Phase1.Suite.Cipher.BlockLength: var block } entry
            || Letter.LastBlock(datagram, block) is not { Length: > 0 } last)
        {
            return state;
        }

        var key = (entry.Own.Value, header.MessageId);
        return header.MessageId == 0
            ? state with { Isakmp = state.Isakmp.SetItem(entry.Own.Value, entry with { Phase1 = entry.Phase1 with { Iv = last } }) }
            : state.QuickModes.TryGetValue(key, out var open)
                ? state with { QuickModes = state.QuickModes.SetItem(key, open with { State = open.State with { Iv = last } }) }
                : state;
    }

    private sealed class ListedAlone : KeySchedule
    {
        public override byte[] HASH_1(Prf prf, Secret SKEYID_a, uint M_ID, ReadOnlySpan<byte> rest)
            => base.HASH_1(prf, SKEYID_a, M_ID, rest[..Listed(rest)]);

        public override byte[] HASH_2(Prf prf, Secret SKEYID_a, uint M_ID, ReadOnlySpan<byte> Ni_b, ReadOnlySpan<byte> rest)
            => base.HASH_2(prf, SKEYID_a, M_ID, Ni_b, rest[..Listed(rest)]);

        /// <summary>Where the first payload stands that is none of the drawing's; an SA comes first in Quick Mode, and its DOI and situation are 1.</summary>
        private static int Listed(ReadOnlySpan<byte> rest)
        {
            if (rest.Length < 12 || !rest[4..12].SequenceEqual<byte>([0, 0, 0, 1, 0, 0, 0, 1]))
            {
                return rest.Length;
            }

            var at = 0;
            for (var type = PayloadType.SecurityAssociation; at + 4 <= rest.Length && type is PayloadType.SecurityAssociation
                or PayloadType.Nonce or PayloadType.KeyExchange or PayloadType.Identification;)
            {
                type = (PayloadType)rest[at];
                at += BinaryPrimitives.ReadUInt16BigEndian(rest[(at + 2)..]);
            }

            return Math.Min(at, rest.Length);
        }
    }
}
