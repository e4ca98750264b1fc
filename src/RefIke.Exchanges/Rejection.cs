using RefIke.Crypto;
using RefIke.Wire;

namespace RefIke.Exchanges;

/// <summary>Why a received message, or an order, was not obeyed. A peer's fault is always one of these, never an exception.</summary>
/// <param name="Clause">The clause broken, as in the ledger (<c>2409-5.4</c>).</param>
/// <param name="Notify">The notify of RFC 2408 §3.14.1 that names the fault; whether it is sent is the engine's policy.</param>
/// <param name="Reason">One sentence for people.</param>
public abstract record Rejection(string Clause, NotifyType? Notify, string Reason)
{
    /// <summary>The kind's name, for logs and counters.</summary>
    public string Kind => GetType().Name;

    /// <summary>The datagram breaks the wire format: payload, field and offset are in <paramref name="Fault"/> (RFC 2408 §3).</summary>
    public sealed record BadSyntax(Malformed Fault) : Rejection(Fault.Clause, Fault.Notify, Fault.Reason);

    /// <summary>No rule of the exchange's table takes this event in this state (RFC 2408 §5.1).</summary>
    public sealed record Unexpected(string State, string Event)
        : Rejection("2409-5-21", null, $"{Event} is not awaited in state {State}");

    /// <summary>The payloads of the message are none of the exchange's messages (RFC 2409 §5).</summary>
    public sealed record WrongPayloads(string Found, NotifyType Why)
        : Rejection("2409-5-21", Why, $"no message of this exchange has the payloads {Found}");

    /// <summary>
    /// Encrypted where the drawing has HDR, or clear where it has HDR* (RFC 2409 §3.1, RFC 2408 §3.1; D-24, D-38,
    /// D-205).
    /// </summary>
    public sealed record WrongProtection(bool Encrypted)
        : Rejection("2409-5.5-01", NotifyType.InvalidFlags, Encrypted ? "encrypted before there are keys" : "in clear where HDR* is demanded");

    /// <summary>The ciphertext cannot be what the peer sent: no whole blocks, or rubbish after decryption (RFC 2409 App. B).</summary>
    public sealed record Undecodable(string Detail)
        : Rejection("2409-10-03", null, $"not readable with the keys of this SA: {Detail}");

    /// <summary>The SA in the answer is not one that was offered (RFC 2409 §5, RFC 2408 §4.2).</summary>
    public sealed record ChoiceNotOffered(string Detail)
        : Rejection("2409-5-14", NotifyType.BadProposalSyntax, $"the peer's choice was not offered: {Detail}");

    /// <summary>Nothing in the offer is acceptable by local policy (RFC 2408 §5.4, §5.5).</summary>
    public sealed record NothingAcceptable(string Detail, NotifyType Why)
        : Rejection("2408-5.4-03", Why, Detail);

    /// <summary>The Diffie-Hellman public value is not valid for the group (RFC 2409 §5; RFC 6989 §2).</summary>
    public sealed record BadPublicValue(string Fault)
        : Rejection("2409-5-05", NotifyType.InvalidKeyInformation, $"public value refused: {Fault}");

    /// <summary>HASH_I, HASH_R, HASH(1), HASH(2) or HASH(3) does not verify (RFC 2409 §5).</summary>
    public sealed record HashMismatch(string Which)
        : Rejection("2408-5.11-01", NotifyType.InvalidHashInformation, $"{Which} does not verify");

    /// <summary>SIG_I or SIG_R is not the peer's over HASH (RFC 2409 §5.1, RFC 4754).</summary>
    public sealed record SignatureRefused(CryptoFault Fault)
        : Rejection(Fault.Clause, (NotifyType)Fault.Notify, Fault.Reason);

    /// <summary>No certificate, or none that leads to a public key that can be trusted (RFC 2408 §5.9, RFC 4945 §3, §5).</summary>
    public sealed record CertificateRefused(CryptoFault Fault)
        : Rejection(Fault.Clause, (NotifyType)Fault.Notify, Fault.Reason);

    /// <summary>The peer proved to hold the key but is not the identity that policy expects (RFC 2407 §4.6.2).</summary>
    public sealed record WrongIdentity(string Detail)
        : Rejection("2407-4.6.2-02", NotifyType.InvalidIdInformation, Detail);

    /// <summary>The datagram belongs to no SA or exchange of ours (RFC 2408 §5.2).</summary>
    public sealed record UnknownSa(string Detail)
        : Rejection("2408-5.2-01", NotifyType.InvalidCookie, Detail);

    /// <summary>A message id that this ISAKMP SA has seen before, or zero where it must not be (RFC 2408 §3.1).</summary>
    public sealed record BadMessageId(uint M_ID, string Detail)
        : Rejection("2408-3.1-10", NotifyType.InvalidMessageId, $"message id {M_ID:x8}: {Detail}");

    /// <summary>An exchange type that is not spoken here (RFC 2408 §5.2).</summary>
    public sealed record WrongExchangeType(ExchangeType Type)
        : Rejection("2408-5.2-02", NotifyType.UnsupportedExchangeType, $"exchange type {(byte)Type}");

    /// <summary>A copy of something already taken: answered with the same octets or dropped (RFC 2408 §5.1).</summary>
    public sealed record Duplicate(string Detail)
        : Rejection("2408-5.1-06", null, Detail);

    /// <summary>Phase 2 before the peer's last phase 1 message has come: our own last one goes again (RFC 2409 §4, D-216).</summary>
    public sealed record Early(string Detail)
        : Rejection("2409-4-02", null, Detail);

    /// <summary>A table is full: the work is refused before it costs anything (RFC 2408 §1.7.1).</summary>
    public sealed record LimitReached(string Which)
        : Rejection("2408-1.7.1-01", null, $"limit reached: {Which}");

    /// <summary>
    /// A private group that is none, is described wrongly, or is not what policy takes (RFC 2409 §5.6, D-199).
    /// </summary>
    public sealed record GroupRefused(string Fault)
        : Rejection("2409-5.6-04", NotifyType.AttributesNotSupported, $"private group refused: {Fault}");

    /// <summary>No configured connection knows this peer (local policy).</summary>
    public sealed record NoPolicy(string Detail)
        : Rejection("2408-5.4-04", NotifyType.NoProposalChosen, Detail);

    /// <summary>A question or an answer of dead peer detection with a number that is not due (RFC 3706 §6.2).</summary>
    public sealed record BadSequence(uint Number, string Detail)
        : Rejection("3706-6.2-02", null, $"number {Number}: {Detail}");

    /// <summary>A fragment that cannot be of a message with those before it, or makes it too long (D-190).</summary>
    public sealed record BadFragment(string Detail)
        : Rejection("msikee-2.2-04", null, Detail);

    /// <summary>Before XAUTH has let the user in, or Mode Config has ended, nothing else is spoken (draft-beaulieu-ike-xauth-02 §6; S-27).</summary>
    public sealed record AccessPending(string Detail)
        : Rejection("xauth-6-01", null, Detail);

    /// <summary>XAUTH gave no user, or not one who is let in (draft-beaulieu-ike-xauth-02 §6).</summary>
    public sealed record UserRefused(string Detail)
        : Rejection("xauth-6-02", NotifyType.AuthenticationFailed, Detail);

    /// <summary>A child's traffic is the address that Mode Config assigns, and there is none (draft-dukes-ike-mode-cfg-02 §5.1, B-69).</summary>
    public sealed record NoAddress(string Detail)
        : Rejection("modecfg-5.1-02", NotifyType.InvalidIdInformation, Detail);

    /// <summary>The answer is to another configuration transaction (draft-dukes-ike-mode-cfg-02 §3.2).</summary>
    public sealed record OtherTransaction(ushort Found, ushort Expected)
        : Rejection("modecfg-3.2-02", null, $"identifier {Found} where {Expected} was sent");

    /// <summary>Our own message came back to us (reflection); no clause names it, RFC 2409 leaves it open.</summary>
    public sealed record Reflected(string Detail)
        : Rejection("2408-2.5.3-01", null, Detail);
}
