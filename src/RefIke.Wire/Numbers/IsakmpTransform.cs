namespace RefIke.Wire;

/// <summary>Transforms of ISAKMP, phase 1 (RFC 2407 §4.4.2).</summary>
public enum IsakmpTransform : byte
{
    /// <summary>KEY_IKE (RFC 2407 §4.4.2.1).</summary>
    KeyIke = 1,
}
