namespace RefIke.Wire;

/// <summary>ESP transforms (RFC 2407 §4.4.4, RFC 3602, RFC 4312).</summary>
public enum EspTransform : byte
{
    /// <summary>RFC 2407 §4.4.4, value 1.</summary>
    DesIv64 = 1,

    /// <summary>RFC 2407 §4.4.4, value 2.</summary>
    Des = 2,

    /// <summary>RFC 2407 §4.4.4, value 3.</summary>
    TripleDes = 3,

    /// <summary>RFC 2407 §4.4.4, value 4.</summary>
    Rc5 = 4,

    /// <summary>RFC 2407 §4.4.4, value 5.</summary>
    Idea = 5,

    /// <summary>RFC 2407 §4.4.4, value 6.</summary>
    Cast = 6,

    /// <summary>RFC 2407 §4.4.4, value 7.</summary>
    Blowfish = 7,

    /// <summary>RFC 2407 §4.4.4, value 8.</summary>
    TripleIdea = 8,

    /// <summary>RFC 2407 §4.4.4, value 9.</summary>
    DesIv32 = 9,

    /// <summary>RFC 2407 §4.4.4, value 10.</summary>
    Rc4 = 10,

    /// <summary>RFC 2407 §4.4.4, value 11.</summary>
    Null = 11,

    /// <summary>RFC 3602 §5.2.</summary>
    AesCbc = 12,

    /// <summary>RFC 4312.</summary>
    CamelliaCbc = 22,
}
