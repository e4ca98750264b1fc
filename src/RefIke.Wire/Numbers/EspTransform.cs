namespace RefIke.Wire;

/// <summary>Transforms of ESP (RFC 2407 §4.4.4 and the RFCs named; other numbers are kept as they are).</summary>
public enum EspTransform : byte
{
    /// <summary>ESP_DES_IV64 (RFC 2407 §4.4.4.1).</summary>
    DesIv64 = 1,

    /// <summary>ESP_DES (RFC 2407 §4.4.4.2).</summary>
    Des = 2,

    /// <summary>ESP_3DES (RFC 2407 §4.4.4.3).</summary>
    TripleDes = 3,

    /// <summary>ESP_RC5 (RFC 2407 §4.4.4.4).</summary>
    Rc5 = 4,

    /// <summary>ESP_IDEA (RFC 2407 §4.4.4.5).</summary>
    Idea = 5,

    /// <summary>ESP_CAST (RFC 2407 §4.4.4.6).</summary>
    Cast = 6,

    /// <summary>ESP_BLOWFISH (RFC 2407 §4.4.4.7).</summary>
    Blowfish = 7,

    /// <summary>ESP_3IDEA (RFC 2407 §4.4.4.8).</summary>
    TripleIdea = 8,

    /// <summary>ESP_DES_IV32 (RFC 2407 §4.4.4.9).</summary>
    DesIv32 = 9,

    /// <summary>ESP_RC4 (RFC 2407 §4.4.4.10).</summary>
    Rc4 = 10,

    /// <summary>ESP_NULL (RFC 2407 §4.4.4.11).</summary>
    Null = 11,

    /// <summary>ESP_AES (RFC 3602 §5.2).</summary>
    AesCbc = 12,

    /// <summary>ESP_AES-CTR (RFC 3686).</summary>
    AesCtr = 13,

    /// <summary>ESP_AES-CCM with an ICV of 8 octets (RFC 4309).</summary>
    AesCcm8 = 14,

    /// <summary>ESP_AES-CCM with an ICV of 12 octets (RFC 4309).</summary>
    AesCcm12 = 15,

    /// <summary>ESP_AES-CCM with an ICV of 16 octets (RFC 4309).</summary>
    AesCcm16 = 16,

    /// <summary>ESP_AES-GCM with an ICV of 8 octets (RFC 4106).</summary>
    AesGcm8 = 18,

    /// <summary>ESP_AES-GCM with an ICV of 12 octets (RFC 4106).</summary>
    AesGcm12 = 19,

    /// <summary>ESP_AES-GCM with an ICV of 16 octets (RFC 4106).</summary>
    AesGcm16 = 20,

    /// <summary>ESP_SEED_CBC (RFC 4196).</summary>
    SeedCbc = 21,

    /// <summary>ESP_CAMELLIA (RFC 4312).</summary>
    CamelliaCbc = 22,

    /// <summary>ESP_NULL_AUTH_AES-GMAC (RFC 4543, erratum 1821).</summary>
    NullAuthAesGmac = 23,
}
