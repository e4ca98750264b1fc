namespace RefIke.Crypto.Certificates;

/// <summary>The bits of the KeyUsage extension (RFC 5280 §4.2.1.3).</summary>
[Flags]
public enum KeyUsages
{
    /// <summary>No bit.</summary>
    None = 0,

    /// <summary>Bit 0: signatures other than on certificates and CRLs.</summary>
    DigitalSignature = 1,

    /// <summary>Bit 1, also named contentCommitment.</summary>
    NonRepudiation = 2,

    /// <summary>Bit 2: encrypting keys.</summary>
    KeyEncipherment = 4,

    /// <summary>Bit 3: encrypting data.</summary>
    DataEncipherment = 8,

    /// <summary>Bit 4.</summary>
    KeyAgreement = 16,

    /// <summary>Bit 5: signing certificates.</summary>
    KeyCertSign = 32,

    /// <summary>Bit 6: signing CRLs.</summary>
    CrlSign = 64,

    /// <summary>Bit 7.</summary>
    EncipherOnly = 128,

    /// <summary>Bit 8.</summary>
    DecipherOnly = 256,
}
