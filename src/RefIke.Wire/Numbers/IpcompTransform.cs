namespace RefIke.Wire;

/// <summary>IPCOMP transforms (RFC 2407 §4.4.5).</summary>
public enum IpcompTransform : byte
{
    /// <summary>RFC 2407 §4.4.5, value 1.</summary>
    Oui = 1,

    /// <summary>RFC 2407 §4.4.5, value 2.</summary>
    Deflate = 2,

    /// <summary>RFC 2407 §4.4.5, value 3.</summary>
    Lzs = 3,
}
