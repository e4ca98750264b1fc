namespace RefIke.Wire;

/// <summary>Ciphers of phase 1 (RFC 2409 App. A, RFC 3602, RFC 4312).</summary>
public enum EncryptionAlgorithm : ushort
{
    /// <summary>RFC 2409 App. A, value 1.</summary>
    DesCbc = 1,

    /// <summary>RFC 2409 App. A, value 2.</summary>
    IdeaCbc = 2,

    /// <summary>RFC 2409 App. A, value 3.</summary>
    BlowfishCbc = 3,

    /// <summary>RFC 2409 App. A, value 4.</summary>
    Rc5R16B64Cbc = 4,

    /// <summary>RFC 2409 App. A, value 5.</summary>
    TripleDesCbc = 5,

    /// <summary>RFC 2409 App. A, value 6.</summary>
    CastCbc = 6,

    /// <summary>RFC 3602 §5.1.</summary>
    AesCbc = 7,

    /// <summary>RFC 4312.</summary>
    CamelliaCbc = 8,
}
