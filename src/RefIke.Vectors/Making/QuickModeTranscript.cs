using System.Collections.Immutable;
using RefIke.Crypto;
using RefIke.Engine;
using RefIke.Exchanges;
using RefIke.Exchanges.Negotiation;
using RefIke.Exchanges.Phase2;
using RefIke.Wire;

namespace RefIke.Vectors.Making;

/// <summary>A Quick Mode's values of a vector. KEYMAT is what the endpoints installed, at both ends the same.</summary>
internal sealed class QuickModeTranscript(Transcriber t)
{
    public QuickModeValues Values(ImmutableArray<Datagram> m)
    {
        var (from, one) = (m[0].From, m[0].Number);
        Octets?[] ids = [.. All(one, PayloadType.Identification), null, null];
        var begun = new QuickModeValues(m[0].M_ID, from, t.Body(one, PayloadType.Nonce), null, null, null, null,
            All(one, PayloadType.KeyExchange).FirstOrDefault(), null, null, ids[0], ids[1], m[0].Iv!.Value,
            Hash(m[0]), null, null, null, Offered(m[0]));
        return m.Length >= 3 ? Agreed(begun, m) : begun;
    }

    private QuickModeValues Agreed(QuickModeValues begun, ImmutableArray<Datagram> m)
    {
        var (from, two) = (begun.From, m[1].Number);
        var other = from == Role.Initiator ? Role.Responder : Role.Initiator;
        var (pairs, peers) = (Pairs(from, begun.M_ID), Pairs(other, begun.M_ID));
        if (!pairs.SelectMany(p => p.Bundle).Select(Turned).SequenceEqual(peers.SelectMany(p => p.Bundle)))
        {
            throw new InvalidDataException("the sides do not agree on their SAs");
        }

        var (group, name) = (pairs[0].Suite.PfsGroup, $"{pairs[0].Exchange}");
        var answer = All(two, PayloadType.KeyExchange).FirstOrDefault();
        var xi = group is null ? default(Octets?) : t.Private(from, "xi", e => e == name, group);
        return begun with
        {
            Nr_b = t.Body(two, PayloadType.Nonce),
            Group = group?.Name,
            xi = xi,
            xr = group is null ? default(Octets?) : t.Private(other, "xr", e => e == name, group),
            g_xr = answer,
            g_qm_xy = group is null ? default(Octets?) : Transcriber.Shared(group, xi!.Value, answer!.Value),
            HASH_2 = Hash(m[1]),
            HASH_3 = Hash(m[2]),
            HASH_4 = m.Length > 3 ? Hash(m[3]) : default(Octets?),
            Sas = [.. pairs.Select(p => p.Bundle.Select(Protocol).ToImmutableArray())],
        };
    }

    /// <summary>What the first proposal of each SA payload offers.</summary>
    private static ImmutableArray<ImmutableArray<ProtocolValues>> Offered(Datagram m)
    {
        _ = MessageReader.TryReadPayloads((PayloadType)m.Whole.Span[16], m.Clear!.Value.Memory, 0, out var payloads,
            out _, out _);
        return [.. payloads.OfType<SecurityAssociationPayload>().Select(
            sa => sa.Proposals.Where(p => p.Number == sa.Proposals[0].Number).Select(p => new ProtocolValues(
                p.Protocol, null, null, null, null, p.Spi, null, null, null)).ToImmutableArray())];
    }

    private static ProtocolValues Protocol(AgreedSa sa)
    {
        var protocol = sa.Suite.Protocol;
        return new ProtocolValues(
            protocol, sa.Suite.Name, sa.Suite.Mode, sa.Suite.LifeSeconds, sa.Suite.LifeKilobytes,
            OwnSpis.Field(protocol, sa.OwnSpi), OwnSpis.Field(protocol, sa.PeerSpi), Key(sa.Inbound), Key(sa.Outbound))
        {
            ExtendedSequenceNumbers = sa.Suite.ExtendedSequenceNumbers ? true : null,
        };
    }

    private static Octets? Key(Secret keymat) => keymat.Length == 0 ? null : (Octets?)keymat.Reveal().ToArray();

    private static AgreedSa Turned(AgreedSa sa)
        => new(sa.Suite, sa.PeerSpi, sa.OwnSpi, sa.Outbound, sa.Inbound);

    private ImmutableArray<IpsecPair> Pairs(Role role, uint M_ID)
        => [.. t.Told(role).OfType<Effect.PairEstablished>().Select(e => e.Pair).Where(p => p.Exchange.M_ID == M_ID)
            .OrderBy(p => p.Sa)];

    private Octets Hash(Datagram m) => t.Body(m.Number, PayloadType.Hash);

    private IEnumerable<Octets?> All(int number, PayloadType type)
        => t.Payloads(number).Where(p => p.Type == (byte)type).Select(p => (Octets?)p.Body);
}
