namespace RefIke.Wire;

/// <summary>Situations (RFC 2407 §4.2).</summary>
[Flags]
public enum Situation : uint
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>SIT_IDENTITY_ONLY.</summary>
    IdentityOnly = 1,

    /// <summary>SIT_SECRECY.</summary>
    Secrecy = 2,

    /// <summary>SIT_INTEGRITY.</summary>
    Integrity = 4,
}
