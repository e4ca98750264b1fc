using RefIke.Engine;
using RefIke.Exchanges.Phase1;
using RefIke.Exploration.Worlds;
using RefIke.Wire;
using static RefIke.Exploration.Mutants.Seam;

namespace RefIke.Exploration.Mutants;

/// <summary>A header, or the frame of a payload, that is not looked at as it must be, or is sent as it must not be.</summary>
internal static class HeaderMutants
{
    public static IEnumerable<Mutant> All => [.. Lengths, .. Frames, .. Offers, .. Places];

    private static IEnumerable<Mutant> Lengths =>
    [
        Arriving("M-01", "octets after the message are not noticed", "2408-5.1-02", (d, _)
            => Raw.MessageLength(d) is var length and >= Header.Size && length < d.Length ? d.Slice(0, (int)length) : d),
        Arriving("M-02", "a datagram that is shorter than its header says is read to its end", "2408-5.1-01", (d, _)
            => Raw.MessageLength(d) > d.Length ? Raw.Changed(d, o => Raw.SetMessageLength(o, o.Length)) : d),
        Arriving("M-03", "a payload whose length is below four is taken to be its header alone", "2408-3.2-01", (d, _)
            => Checked(d, o =>
            {
                foreach (var (at, _) in Raw.Payloads(o).Where(p => Raw.Length(o, p.At) < 4))
                {
                    o[at + 3] = 4;
                }
            })),
        Arriving("M-04", "a payload that ends behind the message is cut at its end", "2408-3.2-01", (d, _)
            => Checked(d, o =>
            {
                foreach (var (at, _) in Raw.Payloads(o).Where(p => p.At + Raw.Length(o, p.At) > o.Length))
                {
                    (o[at], o[at + 2], o[at + 3]) = (0, (byte)((o.Length - at) >> 8), (byte)((o.Length - at) & 0xff));
                }
            })),
        Arriving("M-28", "a ciphertext that is no whole number of blocks is decrypted in part", "2409-10-03", (d, state)
            => Block(d, state) is { } block && (d.Length - Header.Size) % block is var rest and > 0 && d.Length - rest > Header.Size
                ? Raw.Changed(d.Slice(0, d.Length - rest), o => Raw.SetMessageLength(o, o.Length)) : d),
    ];

    private static IEnumerable<Mutant> Frames =>
    [
        Arriving("M-05", "RESERVED of the generic header is not looked at", "2408-5.3-01", (d, _)
            => Checked(d, o =>
            {
                foreach (var (at, _) in Raw.Payloads(o))
                {
                    o[at + 1] = 0;
                }
            })),
        Leaving("M-06", "RESERVED of the generic header is sent as it happens to be", "2408-2.5.2-01", (d, _)
            => Raw.Changed(d, o =>
            {
                if (Raw.IsClear(o))
                {
                    o[Header.Size + 1] = 0x5a;
                }
            })),
        Arriving("M-07", "flags that do not exist are not looked at", "2408-5.2-02", (d, _)
            => d.Length > 19 && (d.Span[19] & 0xf8) != 0 ? Raw.Changed(d, o => o[19] &= 7) : d),
        Arriving("M-08", "a message of another version is taken for one of 1.0", "2408-3.1-02", (d, _)
            => d.Length > 17 && d.Span[17] != 0x10 ? Raw.Changed(d, o => o[17] = 0x10) : d),
        Leaving("M-09", "the message id goes out in the order of the host", "2408-3.1-12", (d, _) => Raw.Changed(d, o => o.AsSpan(20, 4).Reverse())),
        Arriving("M-20", "a payload of a type that is not known is passed over", "2408-5.3-02", (d, state)
            => MessageReader.TryRead(d.Memory, out _, out _) || !Header.TryRead(d.Span, out var header, out _) || header.IsEncrypted
                ? d : WithoutUnknown(d)),
    ];

    private static IEnumerable<Mutant> Offers =>
    [
        Leaving("M-10", "the next payload of an SA is its proposal", "2408-3.4-01", (d, _) => Raw.Changed(d, o =>
        {
            if (Raw.IsClear(o) && o[16] == (byte)PayloadType.SecurityAssociation)
            {
                o[Header.Size] = (byte)PayloadType.Proposal;
            }
        })),
        Arriving("M-11", "the next payload of proposals and transforms is not looked at", "2408-3.5-01", (d, _)
            => Checked(d, o =>
            {
                var proposals = Raw.Proposals(o).ToArray();
                foreach (var (at, transforms) in proposals)
                {
                    o[at] = (byte)(at == proposals[^1].At ? 0 : 2);
                    foreach (var t in transforms)
                    {
                        o[t] = (byte)(t == transforms[^1] ? 0 : 3);
                    }
                }
            })),
        Arriving("M-12", "the number of transforms is not compared with those that follow", "2408-3.5-03", (d, _)
            => Checked(d, o =>
            {
                foreach (var (at, transforms) in Raw.Proposals(o).ToArray())
                {
                    o[at + 7] = (byte)transforms.Length;
                }
            })),
        Arriving("M-13", "the bit that says that an attribute is basic is not looked at", "2408-3.3-01", (d, _)
            => Checked(d, o =>
            {
                foreach (var t in Raw.Proposals(o).SelectMany(p => p.Transforms).ToArray())
                {
                    o[t + 8] &= 0x7f;
                }
            })),
        Arriving("M-16", "an ISAKMP proposal is taken to have no SPI", "2408-3.5-02", (d, _)
            => Checked(d, o =>
            {
                foreach (var (at, _) in Raw.Proposals(o).Where(p => o[p.At + 5] == (byte)Protocol.Isakmp).ToArray())
                {
                    o[at + 6] = 0;
                }
            })),
    ];

    private static IEnumerable<Mutant> Places =>
    [
        Taken("M-25", "of payloads that may stand once the last one counts", "2409-5-21", (letter, _) => letter.Exchange == ExchangeType.MainMode
            ? letter.With(all => all.Where((p, n) => p.Type is not (PayloadType.SecurityAssociation or PayloadType.KeyExchange
                or PayloadType.Nonce or PayloadType.Identification) || !all.Skip(n + 1).Any(q => q.Type == p.Type)))
            : letter),
        Arriving("M-26", "a message in clear is taken where it must be encrypted", "2409-5.5-01", Encrypted),
        Taken("M-38", "the SA payload of phase 1 may stand anywhere", "2409-5-04", (letter, _)
            => letter.With(all => letter.Header.MessageId == 0 ? all.OrderBy(p => p.Type != PayloadType.SecurityAssociation) : all)),
        Arriving("M-100", "a message of another exchange type is taken for one of the exchange that it interrupts", "2409-5-03", (d, state)
            => Header.TryRead(d.Span, out var header, out _) && Letter.Entry(state, header) is { Established: null } entry
                && header.MessageId == 0 && header.ExchangeType != entry.Phase1.Mode
                && header.ExchangeType != ExchangeType.Informational
                ? Raw.Changed(d, o => o[18] = (byte)entry.Phase1.Mode) : d),
        Taken("M-101", "KE and nonce in the first message of Main Mode are passed over", "2409-5-21", (letter, _)
            => letter is { IsFirst: true, Exchange: ExchangeType.MainMode }
                ? letter.With(all => all.Where(p => p.Type is not (PayloadType.KeyExchange or PayloadType.Nonce or PayloadType.Identification)))
                : letter),
        Arriving("M-132", "the message id of phase 1 is not looked at", "2408-2.4-02", (d, _)
            => d.Length >= Header.Size && d.Span[18] is (byte)ExchangeType.MainMode or (byte)ExchangeType.Aggressive
                && d.Span[20..24].IndexOfAnyExcept((byte)0) >= 0 ? Raw.Changed(d, o => o.AsSpan(20, 4).Clear()) : d),
    ];

    private static Octets Checked(Octets datagram, Action<byte[]> change)
        => datagram.Length > Header.Size + 4 && Raw.IsClear(datagram.ToArray()) ? Raw.Changed(datagram, change) : datagram;

    private static int? Block(Octets datagram, EndpointState state)
        => datagram.Length > Header.Size && (datagram.Span[19] & 1) != 0 && datagram.Span[16] != (byte)PayloadType.Fragment
            && Letter.Entry(state, new Header(Cookie.Read(datagram.Span), Cookie.Read(datagram.Span[8..]), default, 0, default, default, 0, 0))
                is { Phase1.Suite.Cipher.BlockLength: var block } ? block : (int?)null;

    /// <summary>A clear message without the payloads whose types have no meaning.</summary>
    private static Octets WithoutUnknown(Octets datagram)
    {
        var octets = datagram.ToArray();
        var kept = Raw.Payloads(octets).Where(p => (byte)p.Type is < 14 or 20 or 21 or >= 128).ToArray();
        if (kept.Length == 0 || kept.Length == Raw.Payloads(octets).Count() || kept.Any(p => p.At + Raw.Length(octets, p.At) > octets.Length))
        {
            return datagram;
        }

        var written = new List<byte>(octets[..Header.Size]);
        foreach (var (p, n) in kept.Select((p, n) => (p, n)))
        {
            written.Add((byte)(n + 1 < kept.Length ? kept[n + 1].Type : PayloadType.None));
            written.AddRange(octets[(p.At + 1)..(p.At + Raw.Length(octets, p.At))]);
        }

        octets = [.. written];
        octets[16] = (byte)kept[0].Type;
        Raw.SetMessageLength(octets, octets.Length);
        return octets;
    }

    /// <summary>What should have been encrypted by the peer, as if it had been.</summary>
    private static Octets Encrypted(Octets datagram, EndpointState state)
    {
        if (!Header.TryRead(datagram.Span, out var header, out _) || header.IsEncrypted || header.ExchangeType is ExchangeType.Informational
            || Letter.Entry(state, header) is not { Phase1: { Keys: not null, Suite: not null } p } entry)
        {
            return datagram;
        }

        if (MessageReader.TryRead(datagram.Memory, out var message, out _))
        {
            var iv = header.MessageId == 0 ? p.Iv
                : state.QuickModes.GetValueOrDefault((entry.Own.Value, header.MessageId))?.State.Iv ?? Octets.Empty;
            var letter = new Letter(header, message!.Payloads, new Sealing(p, iv, header.MessageId, Hashed.No, Octets.Empty));
            return (iv.Length == 0 ? letter.As(header.MessageId) : letter).Write();
        }

        return (p.Mode == ExchangeType.MainMode && p.Step != Phase1Step.Established) || header.MessageId != 0
            ? Raw.Changed(datagram, o => o[19] |= 1) : datagram;
    }
}
