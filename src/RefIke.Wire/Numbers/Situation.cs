namespace RefIke.Wire;

/// <summary>Situations, a bit mask (RFC 2407 §4.2).</summary>
[Flags]
public enum Situation : uint
{
    /// <summary>No bit (RFC 2407 §4.2).</summary>
    None = 0,

    /// <summary>SIT_IDENTITY_ONLY (RFC 2407 §4.2.1).</summary>
    IdentityOnly = 1,

    /// <summary>SIT_SECRECY (RFC 2407 §4.2.2).</summary>
    Secrecy = 2,

    /// <summary>SIT_INTEGRITY (RFC 2407 §4.2.3).</summary>
    Integrity = 4,
}
