namespace RefIke.Exchanges.Phase1;

/// <summary>What can happen to a phase 1 exchange: a message by its payloads, an order, a time-out.</summary>
public enum Phase1Event
{
    /// <summary>The owner orders the exchange.</summary>
    Initiate,

    /// <summary>HDR, SA.</summary>
    SaPayload,

    /// <summary>HDR, KE, N.</summary>
    KeyAndNonce,

    /// <summary>HDR*, ID, HASH.</summary>
    IdAndHash,

    /// <summary>HDR, SA, KE, N, ID: message 1 of Aggressive Mode.</summary>
    SaKeyNonceId,

    /// <summary>HDR, SA, KE, N, ID, HASH: message 2 of Aggressive Mode.</summary>
    SaKeyNonceIdHash,

    /// <summary>HDR* or HDR, HASH: the initiator's proof that ends Aggressive Mode.</summary>
    Hash,

    /// <summary>The last retransmission went unanswered (RFC 2408 §5.1).</summary>
    RetriesSpent,

    /// <summary>The responder has waited too long for the initiator (RFC 2408 §2.5.3).</summary>
    HalfOpenExpired,
}
