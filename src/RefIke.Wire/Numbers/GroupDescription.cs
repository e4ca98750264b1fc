namespace RefIke.Wire;

/// <summary>Diffie-Hellman groups (RFC 2409 §6, RFC 3526, RFC 5903, RFC 5114, RFC 6932).</summary>
public enum GroupDescription : ushort
{
    /// <summary>768-bit MODP (RFC 2409 §6.1).</summary>
    Modp768 = 1,

    /// <summary>1024-bit MODP (RFC 2409 §6.2).</summary>
    Modp1024 = 2,

    /// <summary>EC2N on GF[2^155] (RFC 2409 §6.3).</summary>
    Ec2n155 = 3,

    /// <summary>EC2N on GF[2^185] (RFC 2409 §6.4).</summary>
    Ec2n185 = 4,

    /// <summary>1536-bit MODP (RFC 3526 §2).</summary>
    Modp1536 = 5,

    /// <summary>2048-bit MODP (RFC 3526 §3).</summary>
    Modp2048 = 14,

    /// <summary>3072-bit MODP (RFC 3526 §4).</summary>
    Modp3072 = 15,

    /// <summary>4096-bit MODP (RFC 3526 §5).</summary>
    Modp4096 = 16,

    /// <summary>6144-bit MODP (RFC 3526 §6).</summary>
    Modp6144 = 17,

    /// <summary>8192-bit MODP (RFC 3526 §7).</summary>
    Modp8192 = 18,

    /// <summary>256-bit random ECP (RFC 5903 §3.1).</summary>
    Ecp256 = 19,

    /// <summary>384-bit random ECP (RFC 5903 §3.2).</summary>
    Ecp384 = 20,

    /// <summary>521-bit random ECP (RFC 5903 §3.3).</summary>
    Ecp521 = 21,

    /// <summary>1024-bit MODP, 160-bit subgroup (RFC 5114 §2.1).</summary>
    Modp1024Subgroup160 = 22,

    /// <summary>2048-bit MODP, 224-bit subgroup (RFC 5114 §2.2).</summary>
    Modp2048Subgroup224 = 23,

    /// <summary>2048-bit MODP, 256-bit subgroup (RFC 5114 §2.3).</summary>
    Modp2048Subgroup256 = 24,

    /// <summary>192-bit random ECP (RFC 5114 §2.4).</summary>
    Ecp192 = 25,

    /// <summary>224-bit random ECP (RFC 5114 §2.5).</summary>
    Ecp224 = 26,

    /// <summary>224-bit Brainpool (RFC 6932 §2.1; registered as not for RFC 2409).</summary>
    Brainpool224 = 27,

    /// <summary>256-bit Brainpool (RFC 6932 §2.2; registered as not for RFC 2409).</summary>
    Brainpool256 = 28,

    /// <summary>384-bit Brainpool (RFC 6932 §2.3; registered as not for RFC 2409).</summary>
    Brainpool384 = 29,

    /// <summary>512-bit Brainpool (RFC 6932 §2.4; registered as not for RFC 2409).</summary>
    Brainpool512 = 30,
}
