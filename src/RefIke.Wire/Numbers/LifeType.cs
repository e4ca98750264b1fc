namespace RefIke.Wire;

/// <summary>Life types, phase 1 and 2 alike (RFC 2409 App. A, RFC 2407 §4.5).</summary>
public enum LifeType : ushort
{
    /// <summary>Seconds (RFC 2409 App. A, RFC 2407 §4.5).</summary>
    Seconds = 1,

    /// <summary>Kilobytes (RFC 2409 App. A, RFC 2407 §4.5).</summary>
    Kilobytes = 2,
}
