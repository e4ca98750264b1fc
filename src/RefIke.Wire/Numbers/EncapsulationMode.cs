namespace RefIke.Wire;

/// <summary>Encapsulation modes (RFC 2407 §4.5, RFC 3947 §5.1 and its drafts).</summary>
public enum EncapsulationMode : ushort
{
    /// <summary>RFC 2407 §4.5, value 1.</summary>
    Tunnel = 1,

    /// <summary>RFC 2407 §4.5, value 2.</summary>
    Transport = 2,

    /// <summary>RFC 3947 §5.1, value 3.</summary>
    UdpEncapsulatedTunnel = 3,

    /// <summary>RFC 3947 §5.1, value 4.</summary>
    UdpEncapsulatedTransport = 4,

    /// <summary>drafts of RFC 3947, value 61443.</summary>
    UdpEncapsulatedTunnelDraft = 61443,

    /// <summary>drafts of RFC 3947, value 61444.</summary>
    UdpEncapsulatedTransportDraft = 61444,
}
