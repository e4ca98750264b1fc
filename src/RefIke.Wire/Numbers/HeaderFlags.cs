namespace RefIke.Wire;

/// <summary>Flags of the header (RFC 2408 §3.1); the other five bits are reserved.</summary>
[Flags]
public enum HeaderFlags : byte
{
    /// <summary>No flag (RFC 2408 §3.1).</summary>
    None = 0,

    /// <summary>E: all payloads are encrypted (RFC 2408 §3.1).</summary>
    Encryption = 1,

    /// <summary>C: wait for CONNECTED (RFC 2408 §3.1).</summary>
    Commit = 2,

    /// <summary>A: authenticated, not encrypted (RFC 2408 §3.1).</summary>
    AuthenticationOnly = 4,
}
