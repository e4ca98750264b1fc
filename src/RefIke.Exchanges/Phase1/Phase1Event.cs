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

    /// <summary>HDR, KE, [HASH(1),] &lt;ID_b&gt;PubKey, &lt;N_b&gt;PubKey.</summary>
    KeyIdNonce,

    /// <summary>HDR, [HASH(1),] &lt;N_b&gt;PubKey, &lt;KE_b&gt;Ke, &lt;ID_b&gt;Ke [, &lt;Cert-I_b&gt;Ke_i].</summary>
    NonceKeyId,

    /// <summary>HDR*, ID, HASH.</summary>
    IdAndHash,

    /// <summary>HDR*, ID, [CERT,] SIG.</summary>
    IdAndSignature,

    /// <summary>HDR, SA, KE, N, ID: message 1 of Aggressive Mode.</summary>
    SaKeyNonceId,

    /// <summary>HDR, SA, KE, N, ID, HASH: message 2 of Aggressive Mode.</summary>
    SaKeyNonceIdHash,

    /// <summary>HDR, SA, KE, N, ID, [CERT,] SIG: message 2 of Aggressive Mode with signatures.</summary>
    SaKeyNonceIdSignature,

    /// <summary>HDR*, HASH: the proof of Main Mode with encryption, or HDR* or HDR, HASH: the initiator's that ends Aggressive Mode.</summary>
    Hash,

    /// <summary>HDR* or HDR, [CERT,] SIG: the same with signatures.</summary>
    Signature,

    /// <summary>The last retransmission went unanswered (RFC 2408 §5.1).</summary>
    RetriesSpent,

    /// <summary>The responder has waited too long for the initiator (RFC 2408 §2.5.3).</summary>
    HalfOpenExpired,
}
