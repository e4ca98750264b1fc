namespace RefIke.Wire;

/// <summary>Attribute classes of IPsec SAs (RFC 2407 §4.5, RFC 4304).</summary>
public enum IpsecAttribute : ushort
{
    /// <summary>RFC 2407 §4.5, value 1.</summary>
    LifeType = 1,

    /// <summary>RFC 2407 §4.5, value 2.</summary>
    LifeDuration = 2,

    /// <summary>RFC 2407 §4.5, value 3.</summary>
    GroupDescription = 3,

    /// <summary>RFC 2407 §4.5, value 4.</summary>
    EncapsulationMode = 4,

    /// <summary>RFC 2407 §4.5, value 5.</summary>
    AuthenticationAlgorithm = 5,

    /// <summary>RFC 2407 §4.5, value 6.</summary>
    KeyLength = 6,

    /// <summary>RFC 2407 §4.5, value 7.</summary>
    KeyRounds = 7,

    /// <summary>RFC 2407 §4.5, value 8.</summary>
    CompressDictionarySize = 8,

    /// <summary>RFC 2407 §4.5, value 9.</summary>
    CompressPrivateAlgorithm = 9,

    /// <summary>RFC 4304 §2.</summary>
    ExtendedSequenceNumber = 11,
}
