namespace RefIke.Wire;

/// <summary>ISAKMP transforms (RFC 2407 §4.4.2).</summary>
public enum IsakmpTransform : byte
{
    /// <summary>RFC 2407 §4.4.2, value 1.</summary>
    KeyIke = 1,
}
