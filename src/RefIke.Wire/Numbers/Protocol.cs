namespace RefIke.Wire;

/// <summary>Protocol ids (RFC 2407 §4.4.1).</summary>
public enum Protocol : byte
{
    /// <summary>Reserved (RFC 2407 §4.4.1).</summary>
    None = 0,

    /// <summary>PROTO_ISAKMP (RFC 2407 §4.4.1.1).</summary>
    Isakmp = 1,

    /// <summary>PROTO_IPSEC_AH (RFC 2407 §4.4.1.2).</summary>
    Ah = 2,

    /// <summary>PROTO_IPSEC_ESP (RFC 2407 §4.4.1.3).</summary>
    Esp = 3,

    /// <summary>PROTO_IPCOMP (RFC 2407 §4.4.1.4).</summary>
    Ipcomp = 4,
}
