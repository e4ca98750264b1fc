using System.Collections.Immutable;
using System.Net;
using RefIke.Wire;

namespace RefIke.Exchanges.Profiles.NatTraversal;

/// <summary>The NAT-OA payloads of a Quick Mode message (RFC 3947 §5.2).</summary>
internal static class OriginalAddresses
{
    /// <summary>
    /// The sender's own address: the initiator's stands first; in drafts it is the only one. Null where there is none
    /// (D-177).
    /// </summary>
    public static IPAddress? OfPeer(ImmutableArray<Payload> payloads, Role own)
        => payloads.OfType<NatOriginalAddressPayload>().ToArray() switch
        {
            [] => null,
            [var only] => new IPAddress(only.Address.Span),
            [var ofInitiator, var ofResponder, ..] =>
                new IPAddress((own == Role.Initiator ? ofResponder : ofInitiator).Address.Span),
        };
}
