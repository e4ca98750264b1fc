namespace RefIke.Wire;

/// <summary>Attribute classes of phase 1 (RFC 2409 App. A).</summary>
[Clause("2409-A-05")]
public enum Phase1Attribute : ushort
{
    /// <summary>Encryption Algorithm (RFC 2409 App. A).</summary>
    EncryptionAlgorithm = 1,

    /// <summary>Hash Algorithm (RFC 2409 App. A).</summary>
    HashAlgorithm = 2,

    /// <summary>Authentication Method (RFC 2409 App. A).</summary>
    AuthenticationMethod = 3,

    /// <summary>Group Description (RFC 2409 App. A).</summary>
    GroupDescription = 4,

    /// <summary>Group Type (RFC 2409 App. A).</summary>
    GroupType = 5,

    /// <summary>Group Prime, or Irreducible Polynomial (RFC 2409 App. A).</summary>
    GroupPrime = 6,

    /// <summary>Group Generator One (RFC 2409 App. A).</summary>
    GroupGeneratorOne = 7,

    /// <summary>Group Generator Two (RFC 2409 App. A).</summary>
    GroupGeneratorTwo = 8,

    /// <summary>Group Curve A (RFC 2409 App. A).</summary>
    GroupCurveA = 9,

    /// <summary>Group Curve B (RFC 2409 App. A).</summary>
    GroupCurveB = 10,

    /// <summary>Life Type (RFC 2409 App. A).</summary>
    LifeType = 11,

    /// <summary>Life Duration (RFC 2409 App. A).</summary>
    LifeDuration = 12,

    /// <summary>PRF: no value is defined, without it the prf is the HMAC of the hash (RFC 2409 App. A).</summary>
    Prf = 13,

    /// <summary>Key Length, in bits (RFC 2409 App. A).</summary>
    KeyLength = 14,

    /// <summary>Field Size, in bits (RFC 2409 App. A).</summary>
    FieldSize = 15,

    /// <summary>Group Order (RFC 2409 App. A).</summary>
    GroupOrder = 16,
}
