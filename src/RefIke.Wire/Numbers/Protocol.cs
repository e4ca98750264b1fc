namespace RefIke.Wire;

/// <summary>Protocol ids (RFC 2407 §4.4.1).</summary>
public enum Protocol : byte
{
    /// <summary>Reserved.</summary>
    None = 0,

    /// <summary>PROTO_ISAKMP.</summary>
    Isakmp = 1,

    /// <summary>PROTO_IPSEC_AH.</summary>
    Ah = 2,

    /// <summary>PROTO_IPSEC_ESP.</summary>
    Esp = 3,

    /// <summary>PROTO_IPCOMP.</summary>
    Ipcomp = 4,
}
