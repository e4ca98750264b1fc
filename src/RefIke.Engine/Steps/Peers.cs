using System.Collections.Immutable;
using System.Net;
using RefIke.Exchanges;
using RefIke.Wire;

namespace RefIke.Engine.Steps;

/// <summary>
/// Which connection a first message is for: by the peer's address, the mode, the method in the offer, and in Aggressive Mode by
/// the identity that comes with it (RFC 2409 §5.4). Where nothing but the address fits, the negotiation says what is wrong.
/// </summary>
internal static class Peers
{
    /// <summary>The connections that the address allows; one with the exact address comes before one for any.</summary>
    public static ImmutableArray<Connection> At(EndpointSetup setup, IPAddress address)
        => [.. setup.Connections.Where(c => c.Remote.Address.Equals(address)), .. setup.Connections.Where(IsTakenFromAny)];

    /// <summary>It names no address, and so can only be answered.</summary>
    public static bool IsForAny(Connection c) => c.Remote.Address.Equals(IPAddress.Any) || c.Remote.Address.Equals(IPAddress.IPv6Any);

    /// <summary>The one among them that the message is for; null with the reason where none has its mode.</summary>
    [Clause("2409-5.4-05")]
    [Clause("2407-4.6.2-03")]
    public static Connection? Choose(ImmutableArray<Connection> allowed, Octets datagram, ExchangeType mode, out Rejection? why)
    {
        why = null;
        var ofMode = allowed.Where(c => c.Mode == mode).ToArray();
        if (ofMode.Length == 0)
        {
            why = new Rejection.WrongExchangeType(mode);
            return null;
        }

        if (ofMode.Length == 1)
        {
            return ofMode[0];   // nothing to choose: the message is read once, by its exchange
        }

        if (!MessageReader.TryRead(datagram.Memory, out var message, out _)
            && !MessageReader.TryRead(datagram.Memory, [PayloadType.Identification, PayloadType.Nonce, PayloadType.Certificate], out message, out _))
        {
            return ofMode[0];
        }

        var methods = Methods(message!.Payloads);
        var ofMethod = ofMode.Where(c => methods.Contains((ulong)c.MethodAs(Role.Responder))).ToArray();
        var id = message.Payloads.OfType<IdentificationPayload>().FirstOrDefault();
        return ofMethod.FirstOrDefault(c => id is not null && c.PeerIdentity.IdType == id.IdType && c.PeerIdentity.Data == id.Data)
            ?? ofMethod.FirstOrDefault() ?? ofMode[0];
    }

    /// <summary>
    /// Whether two ISAKMP SAs are with one peer: the same connection, the same identity proved and, where the connection
    /// is for any address, the same place: hosts that share a secret share the identity.
    /// </summary>
    public static bool AreOne(Work work, IsakmpEntry a, IsakmpEntry b)
        => a.Established is not null && b.Established is not null && AreOne(work, Of(a), Of(b));

    /// <summary>Whether a pair is with the peer of an ISAKMP SA.</summary>
    public static bool AreOne(Work work, IsakmpEntry entry, IpsecPair pair)
        => entry.Established is not null && AreOne(work, Of(entry), Of(pair));

    /// <summary>Whether two pairs are with one peer.</summary>
    public static bool AreOne(Work work, IpsecPair a, IpsecPair b) => AreOne(work, Of(a), Of(b));

    /// <summary>The ISAKMP SAs with the peer of one.</summary>
    public static IEnumerable<IsakmpEntry> SameAs(Work work, IsakmpEntry entry)
        => work.State.Isakmp.Values.Where(e => AreOne(work, e, entry));

    /// <summary>The newest of them (D-141).</summary>
    public static IsakmpEntry Newest(Work work, IsakmpEntry entry)
        => SameAs(work, entry).OrderByDescending(e => e.Established!.Value).ThenBy(e => e.Own.Value).First();

    /// <summary>The pairs with the same peer.</summary>
    public static IEnumerable<IpsecPair> PairsOf(Work work, IsakmpEntry entry)
        => work.State.Pairs.Values.Where(p => AreOne(work, entry, p));

    /// <summary>The ISAKMP SAs with the peer of a pair.</summary>
    public static IEnumerable<IsakmpEntry> Of(Work work, IpsecPair pair)
        => work.State.Isakmp.Values.Where(e => AreOne(work, e, pair));

    private static (string Connection, IdentificationPayload Identity, IPEndPoint Place) Of(IsakmpEntry entry)
        => (entry.Connection, entry.Phase1.PeerIdentity!, entry.Remote);

    private static (string Connection, IdentificationPayload Identity, IPEndPoint Place) Of(IpsecPair pair)
        => (pair.Connection, pair.PeerIdentity, pair.Remote);

    private static bool AreOne(
        Work work, (string Connection, IdentificationPayload Identity, IPEndPoint Place) a,
        (string Connection, IdentificationPayload Identity, IPEndPoint Place) b)
        => a.Connection == b.Connection && a.Identity.Body == b.Identity.Body
            && (a.Place.Equals(b.Place) || !IsForAny(work.Connection(a.Connection)!));

    /// <summary>In Main Mode a key that anybody at any address would be asked for is no key (D-83).</summary>
    private static bool IsTakenFromAny(Connection c)
        => IsForAny(c) && (c.Mode == ExchangeType.Aggressive || c.Method != AuthenticationMethod.PreSharedKey);

    private static ImmutableHashSet<ulong> Methods(ImmutableArray<Payload> payloads)
        => [.. payloads.OfType<SecurityAssociationPayload>().SelectMany(s => s.Proposals).SelectMany(p => p.Transforms)
            .SelectMany(t => t.Attributes).Where(a => a.Type == (ushort)Phase1Attribute.AuthenticationMethod)
            .Select(a => a.TryGetNumber(out var n) ? n : 0)];
}
