namespace RefIke.Wire;

/// <summary>Transforms of IPCOMP (RFC 2407 §4.4.5; other numbers are kept as they are).</summary>
public enum IpcompTransform : byte
{
    /// <summary>IPCOMP_OUI (RFC 2407 §4.4.5.1).</summary>
    Oui = 1,

    /// <summary>IPCOMP_DEFLATE (RFC 2407 §4.4.5.2).</summary>
    Deflate = 2,

    /// <summary>IPCOMP_LZS (RFC 2407 §4.4.5.3).</summary>
    Lzs = 3,

    /// <summary>IPCOMP_LZJH (RFC 3051).</summary>
    Lzjh = 4,
}
