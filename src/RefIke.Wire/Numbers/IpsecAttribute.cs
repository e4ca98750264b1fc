namespace RefIke.Wire;

/// <summary>Attribute classes of IPsec SAs (RFC 2407 §4.5 and the RFCs named).</summary>
public enum IpsecAttribute : ushort
{
    /// <summary>SA Life Type (RFC 2407 §4.5).</summary>
    LifeType = 1,

    /// <summary>SA Life Duration (RFC 2407 §4.5).</summary>
    LifeDuration = 2,

    /// <summary>Group Description (RFC 2407 §4.5).</summary>
    GroupDescription = 3,

    /// <summary>Encapsulation Mode (RFC 2407 §4.5).</summary>
    EncapsulationMode = 4,

    /// <summary>Authentication Algorithm (RFC 2407 §4.5).</summary>
    AuthenticationAlgorithm = 5,

    /// <summary>Key Length, in bits (RFC 2407 §4.5).</summary>
    KeyLength = 6,

    /// <summary>Key Rounds (RFC 2407 §4.5).</summary>
    KeyRounds = 7,

    /// <summary>Compress Dictionary Size (RFC 2407 §4.5).</summary>
    CompressDictionarySize = 8,

    /// <summary>Compress Private Algorithm (RFC 2407 §4.5).</summary>
    CompressPrivateAlgorithm = 9,

    /// <summary>ECN Tunnel: 1 allowed, 2 forbidden (RFC 3168 §9.2.1).</summary>
    EcnTunnel = 10,

    /// <summary>Extended Sequence Number: 1 for 64 bits (RFC 4304 §2).</summary>
    ExtendedSequenceNumber = 11,

    /// <summary>Authentication Key Length (RFC 4359).</summary>
    AuthenticationKeyLength = 12,

    /// <summary>Signature Encoding Algorithm (RFC 4359).</summary>
    SignatureEncodingAlgorithm = 13,
}
