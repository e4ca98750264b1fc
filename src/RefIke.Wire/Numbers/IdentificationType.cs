namespace RefIke.Wire;

/// <summary>Identification types (RFC 2407 §4.6.2.1).</summary>
public enum IdentificationType : byte
{
    /// <summary>RFC 2407 §4.6.2, value 1.</summary>
    Ipv4Address = 1,

    /// <summary>RFC 2407 §4.6.2, value 2.</summary>
    Fqdn = 2,

    /// <summary>RFC 2407 §4.6.2, value 3.</summary>
    UserFqdn = 3,

    /// <summary>RFC 2407 §4.6.2, value 4.</summary>
    Ipv4Subnet = 4,

    /// <summary>RFC 2407 §4.6.2, value 5.</summary>
    Ipv6Address = 5,

    /// <summary>RFC 2407 §4.6.2, value 6.</summary>
    Ipv6Subnet = 6,

    /// <summary>RFC 2407 §4.6.2, value 7.</summary>
    Ipv4Range = 7,

    /// <summary>RFC 2407 §4.6.2, value 8.</summary>
    Ipv6Range = 8,

    /// <summary>RFC 2407 §4.6.2, value 9.</summary>
    DerAsn1Dn = 9,

    /// <summary>RFC 2407 §4.6.2, value 10.</summary>
    DerAsn1Gn = 10,

    /// <summary>RFC 2407 §4.6.2, value 11.</summary>
    KeyId = 11,
}
