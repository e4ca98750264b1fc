using System.Net;
using RefIke.Wire;

namespace RefIke.Exchanges.Phase1;

/// <summary>The ID payloads of phase 1: ours, and whether the peer's is who policy expects (RFC 2407 §4.6.2).</summary>
internal static class Identities
{
    /// <summary>Our ID payload, kept in the record after.</summary>
    internal static IdentificationPayload Own(Phase1Turn t)
    {
        var id = t.Before.Terms!.OwnIdentity;
        t.After = t.IsInitiator ? t.After with { IDii = id } : t.After with { IDir = id };
        return id;
    }

    /// <summary>The peer's ID payload as received, into the record after; nobody has vouched for it yet.</summary>
    internal static void Take(Phase1Turn t, IdentificationPayload id)
        => t.After = t.IsInitiator ? t.After with { IDir = id } : t.After with { IDii = id };

    /// <summary>What the peer claims to be.</summary>
    internal static IdentificationPayload Claimed(Phase1Turn t) => (t.IsInitiator ? t.After.IDir : t.After.IDii)!;

    /// <summary>
    /// Type and value equal what policy expects, octet for octet (D-86); protocol and port 0/0, 17/500, 17/0 or 17/4500
    /// (RFC 2407 §4.6.2, D-82).
    /// </summary>
    [Clause("2407-4.6.2-02")]
    [Clause("2408-5.8-01")]
    internal static bool IsExpected(Phase1Turn t) => t.Once("identity", () =>
    {
        var (id, expected) = (Claimed(t), t.Before.Terms!.PeerIdentity);
        var portsFit = (id.ProtocolId, id.Port) is (0, 0) or (17, 0) or (17, 500) or (17, 4500);
        var fits = id.IdType == expected.IdType && id.Data.Equals(expected.Data) && portsFit && IsWhereItSays(t, id);
        t.Rejection = fits ? t.Rejection
            : new Rejection.WrongIdentity($"{id.IdType} {id.Data} protocol {id.ProtocolId} port {id.Port} is not the peer's");
        return fits;
    });

    /// <summary>The proof has verified: the claim is the peer's identity from now on. Always true, for the end of a guard.</summary>
    internal static bool Vouched(Phase1Turn t)
    {
        t.After = t.After with { PeerIdentity = Claimed(t) };
        return true;
    }

    /// <summary>With public keys an address must be the one that the datagrams come from, unless policy says otherwise (RFC 4945 §3.1.1, D-84).</summary>
    [Clause("4945-3.1.1-01")]
    private static bool IsWhereItSays(Phase1Turn t, IdentificationPayload id)
        => t.Before.Terms!.PublicKeys is null or { AddressMayDiffer: true }
            || id.IdType is not (IdentificationType.Ipv4Address or IdentificationType.Ipv6Address)
            || t.Before.Remote.Address.Equals(new IPAddress(id.Data.Span));
}
