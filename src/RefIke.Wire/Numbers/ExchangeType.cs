namespace RefIke.Wire;

/// <summary>Exchange types (RFC 2408 §3.1, RFC 2409 App. A).</summary>
public enum ExchangeType : byte
{
    /// <summary>None (RFC 2408 §3.1).</summary>
    None = 0,

    /// <summary>Base (RFC 2408 §4.4).</summary>
    Base = 1,

    /// <summary>Identity Protection, which Main Mode instantiates (RFC 2408 §4.5, RFC 2409 §5).</summary>
    MainMode = 2,

    /// <summary>Authentication Only (RFC 2408 §4.6).</summary>
    AuthenticationOnly = 3,

    /// <summary>Aggressive (RFC 2408 §4.7, RFC 2409 §5).</summary>
    Aggressive = 4,

    /// <summary>Informational (RFC 2408 §4.8, RFC 2409 §5.7).</summary>
    Informational = 5,

    /// <summary>Transaction, of Mode Config and XAUTH (draft-dukes-ike-mode-cfg-02 §3.1).</summary>
    Transaction = 6,

    /// <summary>Quick Mode (RFC 2409 §5.5, App. A).</summary>
    QuickMode = 32,

    /// <summary>New Group Mode (RFC 2409 §5.6, App. A).</summary>
    NewGroupMode = 33,
}
