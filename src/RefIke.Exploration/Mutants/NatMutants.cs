using System.Collections.Immutable;
using System.Net;
using RefIke.Engine;
using RefIke.Exchanges;
using RefIke.Exchanges.Phase1;
using RefIke.Exchanges.Profiles;
using RefIke.Exchanges.Profiles.NatTraversal;
using RefIke.Exploration.Worlds;
using RefIke.Wire;
using static RefIke.Exploration.Mutants.Seam;

namespace RefIke.Exploration.Mutants;

/// <summary>NAT traversal: what is hashed, where messages go, and who is followed.</summary>
internal static class NatMutants
{
    public static IEnumerable<Mutant> All => [.. Discovery, .. Places, .. Phase2];

    private static IEnumerable<Mutant> Discovery =>
    [
        Sent("M-161", "NAT-D hashes the port before the address", "3947-3.2-01", (letter, state)
            => Letter.Entry(state, letter.Header) is { Phase1.Suite: not null } entry && letter.Payloads.Any(p => p is NatDiscoveryPayload)
                ? WithDiscovery(letter, entry.Phase1) : letter),
        Sent("M-162", "NAT-D names oneself first, then the peer", "3947-3.2-01", (letter, _) => letter.With(all =>
        {
            var discoveries = new Stack<Payload>(all.Where(p => p is NatDiscoveryPayload));
            return all.Select(p => p is NatDiscoveryPayload ? discoveries.Pop() : p);
        })),
        Taken("M-177", "a vendor id is known by how it begins", "3947-3.1-01", (letter, _) => letter.With(all => all.Select(p
            => p is VendorIdPayload { Data: { Length: >= 4 } data } && VendorIds.Of(data) is null ? Like(data) ?? p : p))),
        States("M-934", "NAT traversal is spoken though the peer has not said that it speaks it", "3947-3.1-01", (before, after) => after with
        {
            Isakmp = after.Isakmp.ToImmutableSortedDictionary(e => e.Key, e => e.Value.Established is null
                && !e.Value.Phase1.PeerVendorIds.Contains(NatVariant.Rfc.Id)
                ? e.Value with { Phase1 = e.Value.Phase1 with { PeerVendorIds = e.Value.Phase1.PeerVendorIds.Add(NatVariant.Rfc.Id) } } : e.Value),
        }),
    ];

    private static IEnumerable<Mutant> Places =>
    [
        Effects("M-163", "an answer goes to port 500, wherever the message came from", "3947-3-01", (_, effect)
            => effect is Effect.Send { Remote.Port: not (500 or 4500) } send
                ? [send with { Remote = new IPEndPoint(send.Remote.Address, 500) }] : [effect]),
        Effects("M-164", "the initiator stays on port 500 where a NAT was found", "3947-4-01", (_, effect)
            => effect is Effect.Send { Local.Port: 4500 } send ? [send with
            {
                Local = new IPEndPoint(send.Local.Address, 500),
                Remote = new IPEndPoint(send.Remote.Address, send.Remote.Port == 4500 ? 500 : send.Remote.Port),
            }] : [effect]),
        Before("M-167", "the peer is followed by any datagram that has its cookies", "3947-7-01", (state, now, input)
            => input is Input.DatagramArrived d && Header.TryRead(d.Datagram.Span, out var header, out _)
                && Letter.Entry(state, header) is { Established: not null } entry && !entry.Remote.Equals(d.Remote)
                ? state with { Isakmp = state.Isakmp.SetItem(entry.Own.Value, entry with { Remote = d.Remote }) } : state),
        Steps("M-935", "who is behind a NAT follows its peer too", "3947-7-02", (before, now, input, after, effects)
            => input is Input.DatagramArrived d && Header.TryRead(d.Datagram.Span, out var header, out _)
                && !effects.Any(e => e is Effect.Rejected) && header.ExchangeType == ExchangeType.Informational && header.IsEncrypted
                && Letter.Entry(after, header) is { Established: not null, Phase1.Nat.LocalBehindNat: true } entry
                ? (after with { Isakmp = after.Isakmp.SetItem(entry.Own.Value, entry with { Remote = d.Remote }) }, effects)
                : (after, effects)),
        Policy("M-936", "the side behind a NAT sends no keepalive", "3948-4-01",
            connection => connection with { Nat = connection.Nat with { Keepalive = 0 } }),
        Policy("M-168", "the identity has the port of IKE where NAT traversal is spoken", "3947-4-01", connection => connection.NatTraversal
            ? connection with { OwnIdentity = connection.OwnIdentity with { ProtocolId = 17, Port = 500 } } : connection),
    ];

    private static IEnumerable<Mutant> Phase2 =>
    [
        Before("M-59", "UDP encapsulation is chosen though no NAT was found", "3947-5.1-01", (state, _, _) => state with
        {
            Isakmp = state.Isakmp.ToImmutableSortedDictionary(e => e.Key, e => e.Value is { Established: not null, Phase1.Nat: { Variant: not null } nat }
                ? e.Value with { Phase1 = e.Value.Phase1 with { Nat = nat with { RemoteBehindNat = true } } } : e.Value),
        }),
        Sent("M-169", "the original addresses stand the other way round", "3947-5.2-01", (letter, _) => letter.With(all =>
        {
            var addresses = new Stack<Payload>(all.Where(p => p is NatOriginalAddressPayload));
            return all.Select(p => p is NatOriginalAddressPayload ? addresses.Pop() : p);
        })),
        Sent("M-937", "no original addresses are sent", "3947-5.2-01", (letter, _) => letter.Exchange == ExchangeType.QuickMode
            ? letter.With(all => all.Where(p => p is not NatOriginalAddressPayload)) : letter),
    ];

    private static Letter WithDiscovery(Letter letter, Phase1State p)
    {
        var places = new Queue<IPEndPoint>([p.Remote, p.Local]);
        return letter.With<NatDiscoveryPayload>(d => places.TryDequeue(out var place) ? d with
        {
            Data = p.Suite!.Hash.Compute([.. p.CKY_I.ToArray(), .. p.CKY_R.ToArray(), (byte)(place.Port >> 8), (byte)(place.Port & 0xff),
                .. place.Address.GetAddressBytes()]),
        } : d);
    }

    /// <summary>The vendor id of NAT traversal or of dead peers that begins with the same four octets.</summary>
    private static VendorIdPayload? Like(Octets data)
        => new[] { NatVariant.Rfc.Id.Payload, VendorIds.DeadPeerDetection.Payload }
            .FirstOrDefault(known => known.Data.Slice(0, 4) == data.Slice(0, 4));
}
