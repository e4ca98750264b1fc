namespace RefIke.Wire;

/// <summary>Group types (RFC 2409 App. A).</summary>
public enum GroupType : ushort
{
    /// <summary>MODP, exponentiation modulo a prime (RFC 2409 App. A).</summary>
    Modp = 1,

    /// <summary>ECP, an elliptic curve over GF[P] (RFC 2409 App. A).</summary>
    Ecp = 2,

    /// <summary>EC2N, an elliptic curve over GF[2^N] (RFC 2409 App. A).</summary>
    Ec2n = 3,
}
