namespace RefIke.Exchanges.Phase1.MainMode;

/// <summary>What can happen to a Main Mode exchange: a message by its payloads, an order, a time-out.</summary>
public enum MainModeEvent
{
    /// <summary>The owner orders the exchange.</summary>
    Initiate,

    /// <summary>HDR, SA.</summary>
    SaPayload,

    /// <summary>HDR, KE, N.</summary>
    KeyAndNonce,

    /// <summary>HDR*, ID, HASH.</summary>
    IdAndHash,

    /// <summary>The last retransmission went unanswered (RFC 2408 §5.1).</summary>
    RetriesSpent,

    /// <summary>The responder has waited too long for the initiator (RFC 2408 §2.5.3).</summary>
    HalfOpenExpired,
}
