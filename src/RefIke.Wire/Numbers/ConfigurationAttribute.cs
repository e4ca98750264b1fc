namespace RefIke.Wire;

/// <summary>
/// Attribute classes of Mode Config and XAUTH (draft-dukes-ike-mode-cfg-02, draft-beaulieu-ike-xauth-02).
/// </summary>
public enum ConfigurationAttribute : ushort
{
    /// <summary>INTERNAL_IP4_ADDRESS (draft-dukes-ike-mode-cfg-02 §3.4).</summary>
    Ip4Address = 1,

    /// <summary>INTERNAL_IP4_NETMASK (draft-dukes-ike-mode-cfg-02 §3.4).</summary>
    Ip4Netmask = 2,

    /// <summary>INTERNAL_IP4_DNS (draft-dukes-ike-mode-cfg-02 §3.4).</summary>
    Ip4Dns = 3,

    /// <summary>INTERNAL_IP4_NBNS (draft-dukes-ike-mode-cfg-02 §3.4).</summary>
    Ip4Nbns = 4,

    /// <summary>INTERNAL_ADDRESS_EXPIRY (draft-dukes-ike-mode-cfg-02 §3.4).</summary>
    AddressExpiry = 5,

    /// <summary>INTERNAL_IP4_DHCP (draft-dukes-ike-mode-cfg-02 §3.4).</summary>
    Ip4Dhcp = 6,

    /// <summary>APPLICATION_VERSION (draft-dukes-ike-mode-cfg-02 §3.4).</summary>
    ApplicationVersion = 7,

    /// <summary>INTERNAL_IP6_ADDRESS (draft-dukes-ike-mode-cfg-02 §3.4).</summary>
    Ip6Address = 8,

    /// <summary>INTERNAL_IP6_NETMASK (draft-dukes-ike-mode-cfg-02 §3.4).</summary>
    Ip6Netmask = 9,

    /// <summary>INTERNAL_IP6_DNS (draft-dukes-ike-mode-cfg-02 §3.4).</summary>
    Ip6Dns = 10,

    /// <summary>INTERNAL_IP6_NBNS (draft-dukes-ike-mode-cfg-02 §3.4).</summary>
    Ip6Nbns = 11,

    /// <summary>INTERNAL_IP6_DHCP (draft-dukes-ike-mode-cfg-02 §3.4).</summary>
    Ip6Dhcp = 12,

    /// <summary>INTERNAL_IP4_SUBNET (draft-dukes-ike-mode-cfg-02 §3.4).</summary>
    Ip4Subnet = 13,

    /// <summary>SUPPORTED_ATTRIBUTES (draft-dukes-ike-mode-cfg-02 §3.4).</summary>
    SupportedAttributes = 14,

    /// <summary>INTERNAL_IP6_SUBNET (draft-dukes-ike-mode-cfg-02 §3.4).</summary>
    Ip6Subnet = 15,

    /// <summary>XAUTH-TYPE (draft-beaulieu-ike-xauth-02 §6.2).</summary>
    XauthType = 16520,

    /// <summary>XAUTH-USER-NAME (draft-beaulieu-ike-xauth-02 §6.2).</summary>
    XauthUserName = 16521,

    /// <summary>XAUTH-USER-PASSWORD (draft-beaulieu-ike-xauth-02 §6.2).</summary>
    XauthUserPassword = 16522,

    /// <summary>XAUTH-PASSCODE (draft-beaulieu-ike-xauth-02 §6.2).</summary>
    XauthPasscode = 16523,

    /// <summary>XAUTH-MESSAGE (draft-beaulieu-ike-xauth-02 §6.2).</summary>
    XauthMessage = 16524,

    /// <summary>XAUTH-CHALLENGE (draft-beaulieu-ike-xauth-02 §6.2).</summary>
    XauthChallenge = 16525,

    /// <summary>XAUTH-DOMAIN (draft-beaulieu-ike-xauth-02 §6.2).</summary>
    XauthDomain = 16526,

    /// <summary>XAUTH-STATUS (draft-beaulieu-ike-xauth-02 §6.2).</summary>
    XauthStatus = 16527,

    /// <summary>XAUTH-NEXT-PIN (draft-beaulieu-ike-xauth-02 §6.2).</summary>
    XauthNextPin = 16528,

    /// <summary>XAUTH-ANSWER (draft-beaulieu-ike-xauth-02 §6.2).</summary>
    XauthAnswer = 16529,
}
