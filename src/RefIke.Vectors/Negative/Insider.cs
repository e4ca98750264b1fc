using System.Collections.Immutable;
using RefIke.Crypto;
using RefIke.Engine;
using RefIke.Exchanges;
using RefIke.Exchanges.Phase1;
using RefIke.Exchanges.Phase2;
using RefIke.Wire;

namespace RefIke.Vectors.Negative;

/// <summary>
/// Somebody who has the keys that an endpoint holds: opens what is sent to it, changes it and protects it again as the
/// endpoint will
/// open it.
/// </summary>
internal sealed class Insider(EndpointState state)
{
    private static readonly KeySchedule Formulas = KeySchedule.Rfc2409;

    /// <summary>Whether a datagram has the Encryption flag.</summary>
    public static bool IsEncrypted(Octets datagram) => (datagram.Span[19] & 1) != 0;

    /// <summary>The payloads of an encrypted datagram.</summary>
    public ImmutableArray<RawPayload> Open(Octets datagram) => Chain.Read(datagram.Span[16], Clear(datagram));

    /// <summary>What an encrypted datagram holds, padding included.</summary>
    public byte[] Clear(Octets datagram)
    {
        var (header, entry) = Of(datagram);
        return entry.Phase1.Suite!.Cipher.Decrypt(entry.Phase1.Keys!.Ka, Iv(header, entry).Span,
            datagram.Span[Header.Size..]);
    }

    /// <summary>Another chain of payloads, behind the same header and under the same keys.</summary>
    public Octets Seal(Octets datagram, params IReadOnlyList<RawPayload> payloads)
        => SealOctets(datagram, payloads is [var first, ..] ? first.Type : (byte)0, Chain.Write(payloads));

    /// <summary>Whatever octets, filled up with zeros to whole blocks.</summary>
    public Octets SealOctets(Octets datagram, byte first, byte[] clear)
    {
        var (header, entry) = Of(datagram);
        var (cipher, block) = (entry.Phase1.Suite!.Cipher, entry.Phase1.Suite.Cipher.BlockLength);
        var padded = new byte[(clear.Length + block - 1) / block * block];
        clear.CopyTo(padded, 0);
        var ciphertext = cipher.Encrypt(entry.Phase1.Keys!.Ka, Iv(header, entry).Span, padded);
        return Chain.Patched(Chain.Join(datagram, first, ciphertext), 19,
            (byte)(header.Flags | HeaderFlags.Encryption));
    }

    /// <summary>
    /// Other payloads behind a HASH that is right for them: of Quick Mode, New Group Mode, Informational, Transaction.
    /// </summary>
    public Octets Hashed(Octets datagram, params IReadOnlyList<RawPayload> rest)
        => Seal(datagram, [new RawPayload((byte)PayloadType.Hash, Hash(datagram, Chain.Write(rest))), .. rest]);

    /// <summary>What follows HASH, changed, and HASH right for it.</summary>
    public Octets Rehashed(Octets datagram, Func<ImmutableArray<RawPayload>, IEnumerable<RawPayload>> change)
        => Hashed(datagram, [.. change(Open(datagram)[1..])]);

    /// <summary>Octets that follow HASH, whatever they are, and HASH right for them.</summary>
    public Octets HashedOctets(Octets datagram, byte first, byte[] rest)
    {
        var hash = Hash(datagram, rest);
        return SealOctets(datagram, (byte)PayloadType.Hash,
            [first, 0, .. Chain.Two(hash.Length + 4), .. hash, .. rest]);
    }

    /// <summary>The first message of an exchange under the endpoint's ISAKMP SA.</summary>
    public Octets First(ExchangeType type, uint id, params IReadOnlyList<RawPayload> rest)
        => Hashed(Bare(type, id), rest);

    /// <summary>A header for such a message.</summary>
    public Octets Bare(ExchangeType type, uint id)
    {
        var p = state.Isakmp.Values.Last(e => e.Phase1.Keys is not null).Phase1;
        var octets = new byte[Header.Size];
        (Header.Of(p.CKY_I, p.CKY_R, type, id, HeaderFlags.Encryption) with { Length = Header.Size }).Write(octets);
        return octets;
    }

    /// <summary>ID and the HASH_I or HASH_R that the peer would make for it (RFC 2409 §5).</summary>
    public Octets Identified(Octets datagram, Octets id, params IReadOnlyList<RawPayload> more) => Seal(
        datagram, [new((byte)PayloadType.Identification, id), new((byte)PayloadType.Hash, Proof(datagram, id, true)),
            .. more]);

    /// <summary>HASH_I or HASH_R for an identity: the peer's, or the endpoint's own.</summary>
    public byte[] Proof(Octets datagram, Octets id, bool ofPeer)
    {
        var p = Of(datagram).Entry.Phase1;
        var (prf, SKEYID) = (p.Suite!.Prf, p.Keys!.SKEYID);
        byte[] CKY_I = p.CKY_I.ToArray(), CKY_R = p.CKY_R.ToArray();
        return (p.Role == Role.Responder) == ofPeer
            ? Formulas.HASH_I(prf, SKEYID, p.g_xi.Span, p.g_xr.Span, CKY_I, CKY_R, p.SAi_b.Span, id.Span)
            : Formulas.HASH_R(prf, SKEYID, p.g_xr.Span, p.g_xi.Span, CKY_R, CKY_I, p.SAi_b.Span, id.Span);
    }

    private byte[] Hash(Octets datagram, byte[] rest)
    {
        var (header, entry) = Of(datagram);
        var (prf, key) = (entry.Phase1.Suite!.Prf, entry.Phase1.Keys!.SKEYID_a);
        var open = state.QuickModes.GetValueOrDefault((entry.Own.Value, header.MessageId))?.State;
        return header.ExchangeType != ExchangeType.QuickMode || open is null or { Step: QuickModeStep.AwaitConnected }
            ? Formulas.HASH_1(prf, key, header.MessageId, rest)
            : open.Role == Role.Initiator
                ? Formulas.HASH_2(prf, key, header.MessageId, open.Ni_b.Span, rest)
                : Formulas.HASH_3(prf, key, header.MessageId, open.Ni_b.Span, open.Nr_b.Span);
    }

    private (Header Header, IsakmpEntry Entry) Of(Octets datagram)
    {
        if (!Header.TryRead(Chain.Join(datagram, datagram.Span[16], datagram.Span[Header.Size..]).Span, out var header,
            out var bad))
        {
            throw new InvalidOperationException(bad!.Reason);
        }

        return (header, state.Isakmp.Values.First(
            e => e.Phase1.CKY_I == header.InitiatorCookie && e.Phase1.CKY_R == header.ResponderCookie));
    }

    /// <summary>The IV with which the endpoint opens the next message of this id (RFC 2409 App. B).</summary>
    private Octets Iv(Header header, IsakmpEntry entry)
    {
        var (id, p) = ((entry.Own.Value, header.MessageId), entry.Phase1);
        return header.MessageId == 0 ? p.Iv
            : header.ExchangeType == ExchangeType.QuickMode && state.QuickModes.TryGetValue(id, out var quick)
                ? quick.State.Iv
            : header.ExchangeType == ExchangeType.Transaction && state.Transactions.TryGetValue(id, out var asked)
                ? asked.State.Iv
            : header.ExchangeType == ExchangeType.NewGroupMode && state.NewGroups.TryGetValue(id, out var group)
                ? group.State.Iv
            : Formulas.Phase2Iv(p.Suite!.Hash, p.Iv.Span, header.MessageId, p.Suite.Cipher.BlockLength);
    }
}
