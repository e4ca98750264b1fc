namespace RefIke.Wire;

/// <summary>Attribute classes of phase 1 (RFC 2409 App. A).</summary>
public enum Phase1Attribute : ushort
{
    /// <summary>RFC 2409 App. A, value 1.</summary>
    EncryptionAlgorithm = 1,

    /// <summary>RFC 2409 App. A, value 2.</summary>
    HashAlgorithm = 2,

    /// <summary>RFC 2409 App. A, value 3.</summary>
    AuthenticationMethod = 3,

    /// <summary>RFC 2409 App. A, value 4.</summary>
    GroupDescription = 4,

    /// <summary>RFC 2409 App. A, value 5.</summary>
    GroupType = 5,

    /// <summary>RFC 2409 App. A, value 6.</summary>
    GroupPrime = 6,

    /// <summary>RFC 2409 App. A, value 7.</summary>
    GroupGeneratorOne = 7,

    /// <summary>RFC 2409 App. A, value 8.</summary>
    GroupGeneratorTwo = 8,

    /// <summary>RFC 2409 App. A, value 9.</summary>
    GroupCurveA = 9,

    /// <summary>RFC 2409 App. A, value 10.</summary>
    GroupCurveB = 10,

    /// <summary>RFC 2409 App. A, value 11.</summary>
    LifeType = 11,

    /// <summary>RFC 2409 App. A, value 12.</summary>
    LifeDuration = 12,

    /// <summary>RFC 2409 App. A, value 13.</summary>
    Prf = 13,

    /// <summary>RFC 2409 App. A, value 14.</summary>
    KeyLength = 14,

    /// <summary>RFC 2409 App. A, value 15.</summary>
    FieldSize = 15,

    /// <summary>RFC 2409 App. A, value 16.</summary>
    GroupOrder = 16,
}
