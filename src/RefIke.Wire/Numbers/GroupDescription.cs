namespace RefIke.Wire;

/// <summary>Diffie-Hellman groups (RFC 2409 §6, RFC 3526, RFC 5903, RFC 5114, RFC 6932).</summary>
public enum GroupDescription : ushort
{
    /// <summary>RFC 2409 §6, value 1.</summary>
    Modp768 = 1,

    /// <summary>RFC 2409 §6, value 2.</summary>
    Modp1024 = 2,

    /// <summary>RFC 2409 §6, value 3.</summary>
    Ec2n155 = 3,

    /// <summary>RFC 2409 §6, value 4.</summary>
    Ec2n185 = 4,

    /// <summary>RFC 3526, value 5.</summary>
    Modp1536 = 5,

    /// <summary>RFC 3526, value 14.</summary>
    Modp2048 = 14,

    /// <summary>RFC 3526, value 15.</summary>
    Modp3072 = 15,

    /// <summary>RFC 3526, value 16.</summary>
    Modp4096 = 16,

    /// <summary>RFC 3526, value 17.</summary>
    Modp6144 = 17,

    /// <summary>RFC 3526, value 18.</summary>
    Modp8192 = 18,

    /// <summary>RFC 5903, value 19.</summary>
    Ecp256 = 19,

    /// <summary>RFC 5903, value 20.</summary>
    Ecp384 = 20,

    /// <summary>RFC 5903, value 21.</summary>
    Ecp521 = 21,

    /// <summary>RFC 5114, value 22.</summary>
    Modp1024Subgroup160 = 22,

    /// <summary>RFC 5114, value 23.</summary>
    Modp2048Subgroup224 = 23,

    /// <summary>RFC 5114, value 24.</summary>
    Modp2048Subgroup256 = 24,

    /// <summary>RFC 5114, value 25.</summary>
    Ecp192 = 25,

    /// <summary>RFC 5114, value 26.</summary>
    Ecp224 = 26,

    /// <summary>RFC 6932, value 27.</summary>
    Brainpool224 = 27,

    /// <summary>RFC 6932, value 28.</summary>
    Brainpool256 = 28,

    /// <summary>RFC 6932, value 29.</summary>
    Brainpool384 = 29,

    /// <summary>RFC 6932, value 30.</summary>
    Brainpool512 = 30,
}
