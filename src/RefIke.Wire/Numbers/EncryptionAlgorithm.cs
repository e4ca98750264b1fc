namespace RefIke.Wire;

/// <summary>Ciphers of phase 1 (RFC 2409 App. A, RFC 3602, RFC 4312).</summary>
public enum EncryptionAlgorithm : ushort
{
    /// <summary>DES-CBC (RFC 2409 App. A).</summary>
    DesCbc = 1,

    /// <summary>IDEA-CBC (RFC 2409 App. A).</summary>
    IdeaCbc = 2,

    /// <summary>Blowfish-CBC (RFC 2409 App. A).</summary>
    BlowfishCbc = 3,

    /// <summary>RC5-R16-B64-CBC (RFC 2409 App. A).</summary>
    Rc5R16B64Cbc = 4,

    /// <summary>3DES-CBC (RFC 2409 App. A).</summary>
    TripleDesCbc = 5,

    /// <summary>CAST-CBC (RFC 2409 App. A).</summary>
    CastCbc = 6,

    /// <summary>AES-CBC (RFC 3602 §5.1).</summary>
    AesCbc = 7,

    /// <summary>Camellia-CBC (RFC 4312).</summary>
    CamelliaCbc = 8,
}
