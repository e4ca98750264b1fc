using RefIke.Crypto;
using RefIke.Crypto.Keys;
using RefIke.Crypto.PublicKeyEncryption;
using RefIke.Wire;

namespace RefIke.Exchanges.Phase1;

/// <summary>
/// Identity and nonce, each encrypted to the peer's RSA key (RFC 2409 §5.2). Who can read them proves it by HASH. A body that does
/// not decrypt is replaced by octets that nobody knows, and the exchange fails at HASH like any other (D-114, M-94).
/// </summary>
internal static class EncryptedPayloads
{
    /// <summary>There is a key to encrypt to, and one block of it holds our identity (D-112).</summary>
    [Clause("2409-5.2-05")]
    public static bool PeerKeyUsable(Phase1Turn t) => t.Once("peer's key usable", () =>
    {
        if (PeerKeys.ForEncryption(t) is not { } key)
        {
            return false;
        }

        var (length, longest) = (t.Before.Terms!.OwnIdentity.Body.Length, RsaEncryption.LongestBody(key));
        t.Rejection = length > longest ? new Rejection.CertificateRefused(new CryptoFault.BodyTooLong(length, longest)) : t.Rejection;
        return length <= longest;
    });

    /// <summary>There is none, or it cannot hold our identity.</summary>
    public static bool PeerKeyUnusable(Phase1Turn t) => !PeerKeyUsable(t);

    /// <summary>The responder can read message 3 and answer it: the public value is valid, HASH(1) names a key of ours or is absent.</summary>
    public static bool Answerable(Phase1Turn t) => KeyExchange.PublicValueValid(t) && OwnKeys.ForDecryption(t) is not null && PeerKeyUsable(t);

    /// <summary>HASH(1) names no certificate of ours.</summary>
    public static bool OwnKeyUnknown(Phase1Turn t) => KeyExchange.PublicValueValid(t) && OwnKeys.ForDecryption(t) is null;

    /// <summary>All is fine, but there is no key to encrypt the answer to.</summary>
    public static bool Unanswerable(Phase1Turn t)
        => KeyExchange.PublicValueValid(t) && OwnKeys.ForDecryption(t) is not null && PeerKeyUnusable(t);

    /// <summary>Messages 3 and 4 of Main Mode: HDR, KE, [HASH(1),] &lt;ID_b&gt;PubKey, &lt;N_b&gt;PubKey.</summary>
    public static void SendKeyIdNonce(Phase1Turn t)
    {
        var number = t.IsInitiator ? 2 : 3;
        if (!t.IsInitiator)
        {
            Take(t);
        }

        t.Learn(number);
        var own = Make(t, t.After.Suite!.Group);
        if (!t.IsInitiator)
        {
            KeyExchange.DeriveKeys(t);
        }

        t.SendClear([own.Key, .. t.IsInitiator ? OwnKeys.NamePeerCertificate(t, t.After.Suite.Hash) : [], own.Id, own.Nonce,
            .. t.Extra(number + 1)]);
    }

    /// <summary>Message 5 of Main Mode: HDR*, HASH_I.</summary>
    public static void SendHash(Phase1Turn t)
    {
        Take(t);
        KeyExchange.LearnAndDerive(t);
        Hashes.SendHash(t);
    }

    /// <summary>KE, &lt;ID_b&gt;PubKey, &lt;N_b&gt;PubKey of this side.</summary>
    [Clause("2409-5.2-01")]
    internal static (Payload Key, Payload Id, Payload Nonce) Make(Phase1Turn t, Group group)
    {
        var (key, nonce) = KeyExchange.MakeKeyAndNonce(t, group);
        return (key, Encrypt(t, Identities.Own(t)), Encrypt(t, nonce));
    }

    /// <summary>KE, identity and nonce of the peer into the record after.</summary>
    [Clause("2409-5.2-01")]
    internal static void Take(Phase1Turn t)
    {
        var key = OwnKeys.ForDecryption(t)!;
        var nonce = Decrypt(t, key, PayloadType.Nonce, 8, 256);
        KeyExchange.Take(t, t.Payloads.One<KeyExchangePayload>()!.Data, nonce);
        Identities.Take(t, Lenient(Decrypt(t, key, PayloadType.Identification, 4, 4096)));
    }

    /// <summary>One payload with its body encrypted to the peer.</summary>
    [Clause("2409-5.2-07")]
    internal static EncryptedBodyPayload Encrypt(Phase1Turn t, Payload clear)
        => t.Means.Encryption.TryEncrypt(PeerKeys.ForEncryption(t)!, clear.Body.Span,
            length => t.Means.Randomness.Bytes($"padding of {clear.Type}", t.After.Name, length), out var ciphertext, out var fault)
            ? new EncryptedBodyPayload(clear.Type, ciphertext)
            : throw new InvalidOperationException($"the guard has seen that it fits: {fault.Reason}");

    /// <summary>The body of one payload as encrypted to us, or what stands in for it.</summary>
    internal static byte[] Decrypt(Phase1Turn t, RsaPrivateKey key, PayloadType type, int shortest, int longest)
        => t.Means.Encryption.Decrypt(key, t.Payloads.First(p => p.Type == type).Body.Span, shortest, longest).Reveal().ToArray();

    /// <summary>An ID payload of whatever octets: nothing is said before HASH is checked, and then it is nobody whom policy expects.</summary>
    private static IdentificationPayload Lenient(byte[] body)
        => new((IdentificationType)body[0], body[1], (ushort)((body[2] << 8) | body[3]), body[4..]);
}
