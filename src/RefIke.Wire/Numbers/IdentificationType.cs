namespace RefIke.Wire;

/// <summary>Identification types (RFC 2407 §4.6.2.1).</summary>
public enum IdentificationType : byte
{
    /// <summary>ID_IPV4_ADDR (RFC 2407 §4.6.2.2).</summary>
    Ipv4Address = 1,

    /// <summary>ID_FQDN (RFC 2407 §4.6.2.3).</summary>
    Fqdn = 2,

    /// <summary>ID_USER_FQDN (RFC 2407 §4.6.2.4).</summary>
    UserFqdn = 3,

    /// <summary>ID_IPV4_ADDR_SUBNET (RFC 2407 §4.6.2.5).</summary>
    Ipv4Subnet = 4,

    /// <summary>ID_IPV6_ADDR (RFC 2407 §4.6.2.6).</summary>
    Ipv6Address = 5,

    /// <summary>ID_IPV6_ADDR_SUBNET (RFC 2407 §4.6.2.7).</summary>
    Ipv6Subnet = 6,

    /// <summary>ID_IPV4_ADDR_RANGE (RFC 2407 §4.6.2.8).</summary>
    Ipv4Range = 7,

    /// <summary>ID_IPV6_ADDR_RANGE (RFC 2407 §4.6.2.9).</summary>
    Ipv6Range = 8,

    /// <summary>ID_DER_ASN1_DN (RFC 2407 §4.6.2.10).</summary>
    DerAsn1Dn = 9,

    /// <summary>ID_DER_ASN1_GN (RFC 2407 §4.6.2.11).</summary>
    DerAsn1Gn = 10,

    /// <summary>ID_KEY_ID (RFC 2407 §4.6.2.12).</summary>
    KeyId = 11,

    /// <summary>ID_LIST (RFC 3554 §3).</summary>
    List = 12,
}
