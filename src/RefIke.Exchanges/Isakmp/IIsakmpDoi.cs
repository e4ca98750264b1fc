using RefIke.Crypto;
using RefIke.Wire;

namespace RefIke.Exchanges.Isakmp;

/// <summary>
/// What RFC 2408 leaves to a domain of interpretation and a key exchange definition (RFC 2408 §2.1, §4.1): what is
/// offered and chosen, how keys come of the KE payloads, what AUTH is. The exchanges of §4.4 to §4.7 ask it and nothing
/// else. Each answer is a function of the exchange's record; a fault of the peer is a rejection, never an exception.
/// </summary>
public interface IIsakmpDoi
{
    /// <summary>The payload that AUTH is: HASH or SIG (RFC 2408 §4.1).</summary>
    PayloadType Auth { get; }

    /// <summary>What the initiator offers in message 1.</summary>
    SecurityAssociationPayload Offer(IsakmpState exchange);

    /// <summary>
    /// The responder's choice of an offer; null with the reason where nothing is acceptable (RFC 2408 §5.4).
    /// </summary>
    SecurityAssociationPayload? Choose(IsakmpState exchange, SecurityAssociationPayload offer, out Rejection? why);

    /// <summary>
    /// Why an answer is none of the exchange's <see cref="IsakmpState.Offer"/>; null where it is (RFC 2408 §4.2).
    /// </summary>
    Rejection? CheckChoice(IsakmpState exchange, SecurityAssociationPayload answer);

    /// <summary>A fresh nonce's body (RFC 2408 §3.13).</summary>
    Octets Nonce(IsakmpState exchange);

    /// <summary>A fresh private value, and the key exchange data that is made of it (RFC 2408 §3.7).</summary>
    (Secret Private, Octets Public) MakeKey(IsakmpState exchange);

    /// <summary>Why the peer's key exchange data cannot be used; null where it can (RFC 2408 §5.7).</summary>
    Rejection? CheckKey(IsakmpState exchange, Octets peer);

    /// <summary>What protects messages from here on, once both sides' data and nonces are known.</summary>
    IsakmpKeys Derive(IsakmpState exchange);

    /// <summary>IDii or IDir to send.</summary>
    IdentificationPayload Identity(IsakmpState exchange);

    /// <summary>Our AUTH, a payload of the type <see cref="Auth"/>: what we prove our identity with.</summary>
    Payload Authenticate(IsakmpState exchange);

    /// <summary>
    /// Why the peer's AUTH does not prove the identity that it claims, or that is not whom we expect; null where it
    /// does.
    /// </summary>
    Rejection? Verify(IsakmpState exchange, Payload auth);
}

/// <summary>What HDR* is made with.</summary>
/// <param name="Key">As long as the cipher says.</param>
/// <param name="Iv">The running IV: the last ciphertext block of the message before.</param>
public sealed record IsakmpKeys(Cipher Cipher, Secret Key, Octets Iv);
