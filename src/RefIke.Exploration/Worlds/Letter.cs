using System.Collections.Immutable;
using RefIke.Crypto;
using RefIke.Engine;
using RefIke.Exchanges;
using RefIke.Exchanges.Phase1;
using RefIke.Wire;

namespace RefIke.Exploration.Worlds;

/// <summary>Which HASH payload of phase 2 stands in front of a message.</summary>
internal enum Hashed
{
    /// <summary>None that covers the rest.</summary>
    No,

    /// <summary>HASH(1).</summary>
    First,

    /// <summary>HASH(2).</summary>
    Answer,
}

/// <summary>What a message is encrypted under.</summary>
/// <param name="Ni_b">The initiator's nonce, where HASH(2) covers it.</param>
internal sealed record Sealing(Phase1State Phase1, Octets Iv, uint M_ID, Hashed Hash, Octets Ni_b);

/// <summary>A message opened by somebody who holds an endpoint's state, to be changed and written again, its HASH right again if it was right.</summary>
internal sealed record Letter(Header Header, ImmutableArray<Payload> Payloads, Sealing? Under)
{
    private static readonly KeySchedule Formulas = KeySchedule.Rfc2409;

    /// <summary>The type of its exchange.</summary>
    public ExchangeType Exchange => Header.ExchangeType;

    /// <summary>Message 1 of phase 1.</summary>
    public bool IsFirst => Header.ResponderCookie.IsZero && Exchange is ExchangeType.MainMode or ExchangeType.Aggressive;

    /// <summary>Opens a datagram with the keys that one of the states has.</summary>
    /// <param name="received">What it answers, whose last block may be its IV.</param>
    public static Letter? Open(Octets datagram, ImmutableArray<EndpointState> states, Octets? received)
    {
        if (!Header.TryRead(datagram.Span, out var header, out _))
        {
            return null;
        }

        if (!header.IsEncrypted)
        {
            return MessageReader.TryRead(datagram.Memory, out var message, out _) ? new(header, message!.Payloads, null) : null;
        }

        foreach (var state in states)
        {
            if (Entry(state, header) is { Phase1: { Keys: { } keys, Suite: { } suite } phase1 } entry)
            {
                foreach (var iv in Ivs(state, entry, header, received).Where(iv => iv.Length == suite.Cipher.BlockLength))
                {
                    if (Protection.Open(datagram, header, suite.Cipher, keys.Ka, iv, out var opened) is null)
                    {
                        return new(header, opened!.Payloads, Recognise(state, entry, iv, header.MessageId, opened));
                    }
                }
            }
        }

        return null;
    }

    /// <summary>The HASH that covers all payloads but the first.</summary>
    public Octets Hash
    {
        get
        {
            var (under, rest) = (Under!, MessageWriter.WritePayloads(Payloads[1..]));
            var (prf, key) = (under.Phase1.Suite!.Prf, under.Phase1.Keys!.SKEYID_a);
            return under.Hash == Hashed.First ? Formulas.HASH_1(prf, key, under.M_ID, rest)
                : Formulas.HASH_2(prf, key, under.M_ID, under.Ni_b.Span, rest);
        }
    }

    /// <summary>The datagram.</summary>
    public byte[] Write() => Under is not { } under ? MessageWriter.Write(Header, Payloads)
        : Protection.Seal(Header, Rehashed(under), under.Phase1.Suite!.Cipher, under.Phase1.Keys!.Ka, under.Iv).Datagram.ToArray();

    /// <summary>With other payloads; the same letter where they are no others.</summary>
    public Letter With(Func<ImmutableArray<Payload>, IEnumerable<Payload>> change)
    {
        ImmutableArray<Payload> changed = [.. change(Payloads)];
        return changed.SequenceEqual(Payloads) ? this : this with { Payloads = changed };
    }

    /// <summary>With each payload of a kind changed.</summary>
    public Letter With<T>(Func<T, Payload> change)
        where T : Payload => With(all => all.Select(p => p is T one ? change(one) : p));

    /// <summary>With each transform of its SA payloads changed; null takes it out.</summary>
    public Letter WithTransforms(Func<ProposalPayload, TransformPayload, TransformPayload?> change)
        => With<SecurityAssociationPayload>(sa => sa with
        {
            Proposals = [.. sa.Proposals.Select(p => p with { Transforms = [.. p.Transforms.Select(t => change(p, t)).OfType<TransformPayload>()] })],
        });

    /// <summary>Under another message id, with all that follows of it.</summary>
    public Letter As(uint id) => Under is not { Phase1: var p } under ? this with { Header = Header with { MessageId = id } } : this with
    {
        Header = Header with { MessageId = id },
        Under = under with { M_ID = id, Iv = Formulas.Phase2Iv(p.Suite!.Hash, p.Iv.Span, id, p.Suite.Cipher.BlockLength) },
    };

    /// <summary>A message under an ISAKMP SA as an Informational exchange has it.</summary>
    public static Letter Informational(Phase1State phase1, uint id, params ImmutableArray<Payload> body)
        => new Letter(Header.Of(phase1.CKY_I, phase1.CKY_R, ExchangeType.Informational, id), [new HashPayload(Octets.Empty), .. body],
            new Sealing(phase1, Octets.Empty, id, Hashed.First, Octets.Empty)).As(id);

    /// <summary>The ISAKMP SA, or the exchange that will be one, whose cookies a message has.</summary>
    public static IsakmpEntry? Entry(EndpointState state, Header header)
        => state.Isakmp.Values.FirstOrDefault(e => e.Phase1.CKY_I == header.InitiatorCookie
            && (e.Phase1.CKY_R == header.ResponderCookie || e.Phase1.CKY_R.IsZero));

    /// <summary>The body of a clear message's SA payload, where it is the first, as it stands in the datagram.</summary>
    public static Octets? FirstSa(Octets datagram)
        => datagram.Length > Header.Size + 4 && datagram.Span[16] == (byte)PayloadType.SecurityAssociation
            && (datagram.Span[19] & 1) == 0 && ((datagram.Span[30] << 8) | datagram.Span[31]) is var length and > 4
            && Header.Size + length <= datagram.Length
            ? datagram.Slice(Header.Size + 4, length - 4) : (Octets?)null;

    /// <summary>The last block of an encrypted datagram.</summary>
    public static Octets LastBlock(Octets datagram, int block)
        => datagram.Length >= Header.Size + block ? datagram.Slice(datagram.Length - block, block) : Octets.Empty;

    private static IEnumerable<Octets> Ivs(EndpointState state, IsakmpEntry entry, Header header, Octets? received)
    {
        var (p, key) = (entry.Phase1, (entry.Own.Value, header.MessageId));
        var block = p.Suite!.Cipher.BlockLength;
        if (received is { } before && Header.TryRead(before.Span, out var answered, out _) && answered.IsEncrypted
            && answered.MessageId == header.MessageId)
        {
            yield return LastBlock(before, block);
        }

        if (header.MessageId == 0)
        {
            yield return Formulas.Phase1Iv(p.Suite.Hash, p.g_xi.Span, p.g_xr.Span, block);
            yield return p.Iv;
            yield break;
        }

        if (state.QuickModes.TryGetValue(key, out var quickMode))
        {
            yield return quickMode.State.Iv;
        }

        if (state.NewGroups.TryGetValue(key, out var newGroup))
        {
            yield return newGroup.State.Iv;
        }

        if (state.Transactions.TryGetValue(key, out var transaction))
        {
            yield return transaction.State.Iv;
        }

        yield return Formulas.Phase2Iv(p.Suite.Hash, p.Iv.Span, header.MessageId, block);
    }

    private static Sealing Recognise(EndpointState state, IsakmpEntry entry, Octets iv, uint id, Opened opened)
    {
        var (p, Ni_b) = (entry.Phase1, state.QuickModes.GetValueOrDefault((entry.Own.Value, id))?.State.Ni_b ?? Octets.Empty);
        var hash = id == 0 || opened.Payloads[0] is not HashPayload { Data: var data } ? Hashed.No
            : data == Formulas.HASH_1(p.Suite!.Prf, p.Keys!.SKEYID_a, id, opened.AfterHash.Span) ? Hashed.First
            : data == Formulas.HASH_2(p.Suite.Prf, p.Keys.SKEYID_a, id, Ni_b.Span, opened.AfterHash.Span) ? Hashed.Answer
            : Hashed.No;
        return new(p, iv, id, hash, Ni_b);
    }

    private ImmutableArray<Payload> Rehashed(Sealing under)
        => under.Hash == Hashed.No || Payloads is not [HashPayload, .. var rest] ? Payloads : [new HashPayload(Hash), .. rest];
}
