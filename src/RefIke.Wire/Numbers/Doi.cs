namespace RefIke.Wire;

/// <summary>Domains of interpretation (RFC 2408 §3.4, RFC 2407 §4.1).</summary>
public enum Doi : uint
{
    /// <summary>Generic ISAKMP SA (RFC 2408 §3.4).</summary>
    Isakmp = 0,

    /// <summary>The IPsec DOI (RFC 2408 §3.4, RFC 2407 §4.1).</summary>
    Ipsec = 1,
}
