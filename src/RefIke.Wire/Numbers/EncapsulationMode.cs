namespace RefIke.Wire;

/// <summary>Encapsulation modes (RFC 2407 §4.5, RFC 3947 §5.1 and its drafts).</summary>
public enum EncapsulationMode : ushort
{
    /// <summary>Tunnel (RFC 2407 §4.5).</summary>
    Tunnel = 1,

    /// <summary>Transport (RFC 2407 §4.5).</summary>
    Transport = 2,

    /// <summary>UDP-Encapsulated-Tunnel (RFC 3947 §5.1).</summary>
    UdpEncapsulatedTunnel = 3,

    /// <summary>UDP-Encapsulated-Transport (RFC 3947 §5.1).</summary>
    UdpEncapsulatedTransport = 4,

    /// <summary>UDP-Encapsulated-Tunnel (drafts of RFC 3947, draft-ietf-ipsec-nat-t-ike).</summary>
    UdpEncapsulatedTunnelDraft = 61443,

    /// <summary>UDP-Encapsulated-Transport (drafts of RFC 3947, draft-ietf-ipsec-nat-t-ike).</summary>
    UdpEncapsulatedTransportDraft = 61444,
}
