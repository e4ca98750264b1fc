using RefIke.Crypto;
using RefIke.Wire;

namespace RefIke.Exchanges.Isakmp;

/// <summary>What is awaited in an exchange of RFC 2408 §4.4 to §4.7.</summary>
public enum IsakmpStep
{
    /// <summary>Nothing was sent or received yet.</summary>
    Idle,

    /// <summary>The initiator awaits the responder's choice.</summary>
    AwaitSaR,

    /// <summary>The responder awaits the initiator's KE.</summary>
    AwaitKeI,

    /// <summary>The initiator awaits the responder's KE.</summary>
    AwaitKeR,

    /// <summary>The responder awaits the initiator's AUTH, with what else is in that message.</summary>
    AwaitAuthI,

    /// <summary>The initiator awaits the responder's AUTH, with what else is in that message.</summary>
    AwaitAuthR,

    /// <summary>The peer is authenticated, the SA established.</summary>
    Established,

    /// <summary>Ended without an SA.</summary>
    Failed,
}

/// <summary>What can happen to such an exchange: events are named by the payloads of the message that comes.</summary>
public enum IsakmpEvent
{
    /// <summary>The owner orders the exchange.</summary>
    Initiate,

    /// <summary>SA.</summary>
    Sa,

    /// <summary>SA, NONCE.</summary>
    SaAndNonce,

    /// <summary>KE, NONCE.</summary>
    KeyAndNonce,

    /// <summary>KE, ID, AUTH.</summary>
    KeyIdAndAuth,

    /// <summary>ID, AUTH.</summary>
    IdAndAuth,

    /// <summary>SA, NONCE, ID, AUTH.</summary>
    SaNonceIdAndAuth,

    /// <summary>SA, KE, NONCE, ID.</summary>
    SaKeyNonceAndId,

    /// <summary>SA, KE, NONCE, ID, AUTH.</summary>
    SaKeyNonceIdAndAuth,

    /// <summary>AUTH.</summary>
    Auth,

    /// <summary>The last retransmission went unanswered (RFC 2408 §5.1).</summary>
    RetriesSpent,

    /// <summary>The responder has waited long enough (RFC 2408 §1.7.1).</summary>
    HalfOpenExpired,
}

/// <summary>
/// Everything that is known of one exchange of RFC 2408 §4.4 to §4.7: an immutable value, the state of its machine.
/// </summary>
public sealed record IsakmpState
{
    /// <summary>The machine's state.</summary>
    public IsakmpStep Step { get; init; }

    /// <summary>Which exchange it is.</summary>
    public required ExchangeType Type { get; init; }

    /// <summary>Which side this end plays.</summary>
    public required Role Role { get; init; }

    /// <summary>The initiator's cookie (RFC 2408 §2.5.3).</summary>
    public required Cookie CKY_I { get; init; }

    /// <summary>The responder's cookie; none at the initiator before message 2.</summary>
    public Cookie CKY_R { get; init; }

    /// <summary>The message id: zero where the exchange is a first phase (RFC 2408 §3.1).</summary>
    public uint M_ID { get; init; }

    /// <summary>
    /// The ISAKMP SA under which it is a second phase: then every message is HDR* (RFC 2408 §4.6); null for a first
    /// phase.
    /// </summary>
    public IsakmpKeys? Under { get; init; }

    /// <summary>What the exchange itself has made of its KE payloads; null before, and where it has none.</summary>
    public IsakmpKeys? Keys { get; init; }

    /// <summary>The initiator's SA payload, as sent or received.</summary>
    public SecurityAssociationPayload? Offer { get; init; }

    /// <summary>The responder's.</summary>
    public SecurityAssociationPayload? Choice { get; init; }

    /// <summary>Our private value; erased with the end of the exchange.</summary>
    public Secret? X { get; init; }

    /// <summary>The initiator's key exchange data.</summary>
    public Octets KE_I { get; init; }

    /// <summary>The responder's.</summary>
    public Octets KE_R { get; init; }

    /// <summary>The initiator's nonce body.</summary>
    public Octets Ni_b { get; init; }

    /// <summary>The responder's.</summary>
    public Octets Nr_b { get; init; }

    /// <summary>The initiator's identity, a claim until its AUTH has verified.</summary>
    public IdentificationPayload? IDii { get; init; }

    /// <summary>The responder's, likewise.</summary>
    public IdentificationPayload? IDir { get; init; }

    /// <summary>
    /// The message that our last one answers: a copy of it gets the same octets again (RFC 2408 §5.1).
    /// </summary>
    public Octets? LastReceived { get; init; }

    /// <summary>Our last message.</summary>
    public Octets? LastSent { get; init; }

    /// <summary>Whether this end began the exchange.</summary>
    public bool IsInitiator => Role == Role.Initiator;

    /// <summary>The peer's key exchange data.</summary>
    public Octets PeerKe => IsInitiator ? KE_R : KE_I;

    /// <summary>A fresh exchange of the initiator, a first phase.</summary>
    public static IsakmpState Initiating(ExchangeType type, Cookie CKY_I)
        => new() { Type = type, Role = Role.Initiator, CKY_I = CKY_I };

    /// <summary>A fresh exchange of the responder, a first phase, for a message 1 that has just come.</summary>
    public static IsakmpState Responding(ExchangeType type, Cookie CKY_I, Cookie CKY_R)
        => new() { Type = type, Role = Role.Responder, CKY_I = CKY_I, CKY_R = CKY_R };

    /// <summary>
    /// A fresh exchange as a second phase: under the cookies and keys of an ISAKMP SA, with a message id of its own.
    /// </summary>
    /// <param name="above">The keys, with the IV that this message id begins with.</param>
    public static IsakmpState Protected(
        ExchangeType type, Role role, Cookie CKY_I, Cookie CKY_R, uint M_ID, IsakmpKeys above)
        => new() { Type = type, Role = role, CKY_I = CKY_I, CKY_R = CKY_R, M_ID = M_ID, Under = above };
}
