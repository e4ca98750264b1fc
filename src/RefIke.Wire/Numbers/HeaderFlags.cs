namespace RefIke.Wire;

/// <summary>Flags of the header (RFC 2408 §3.1).</summary>
[Flags]
public enum HeaderFlags : byte
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>E: all payloads are encrypted.</summary>
    Encryption = 1,

    /// <summary>C: wait for CONNECTED.</summary>
    Commit = 2,

    /// <summary>A: authenticated, not encrypted.</summary>
    AuthenticationOnly = 4,
}
