namespace RefIke.Wire;

/// <summary>Message types of Mode Config and XAUTH (draft-dukes-ike-mode-cfg-02 §3.3).</summary>
public enum ConfigurationMessage : byte
{
    /// <summary>ISAKMP_CFG_REQUEST (draft-dukes-ike-mode-cfg-02 §3.3).</summary>
    Request = 1,

    /// <summary>ISAKMP_CFG_REPLY (draft-dukes-ike-mode-cfg-02 §3.3).</summary>
    Reply = 2,

    /// <summary>ISAKMP_CFG_SET (draft-dukes-ike-mode-cfg-02 §3.3).</summary>
    Set = 3,

    /// <summary>ISAKMP_CFG_ACK (draft-dukes-ike-mode-cfg-02 §3.3).</summary>
    Ack = 4,
}
