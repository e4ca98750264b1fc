using System.Collections.Immutable;
using RefIke.Crypto;
using RefIke.Crypto.PublicKeyEncryption;
using RefIke.Exchanges.Negotiation;
using RefIke.Wire;

namespace RefIke.Exchanges.Phase1;

/// <summary>
/// The nonce encrypted to the peer's RSA key, and all that follows it with Ke_i or Ke_r, which is made of the nonce (RFC 2409 §5.3).
/// Ne and Ke live in one call only. What does not open is dropped without an answer, whatever the reason (D-114).
/// </summary>
internal static class RevisedPayloads
{
    /// <summary>There is a key to encrypt to.</summary>
    public static bool PeerKeyKnown(Phase1Turn t) => PeerKeys.IsKnown(t);

    /// <summary>There is none.</summary>
    public static bool PeerKeyUnknown(Phase1Turn t) => !PeerKeys.IsKnown(t);

    /// <summary>What followed the nonce could be read, the public value is valid, and there is a key to encrypt the answer to.</summary>
    public static bool Answerable(Phase1Turn t) => PublicValueValid(t) && PeerKeys.IsKnown(t);

    /// <summary>HASH(1) names no certificate of ours.</summary>
    public static bool OwnKeyUnknown(Phase1Turn t) => OwnKeys.ForDecryption(t) is null;

    /// <summary>All is fine, but there is no key to encrypt the answer to.</summary>
    public static bool Unanswerable(Phase1Turn t) => PublicValueValid(t) && !PeerKeys.IsKnown(t);

    /// <summary>What followed the nonce could be read, and the public value is valid.</summary>
    public static bool PublicValueValid(Phase1Turn t) => Opens(t) && KeyExchange.PublicValueValid(t);

    /// <summary>What followed the nonce could be read, and the public value is not valid.</summary>
    public static bool PublicValueInvalid(Phase1Turn t) => Opens(t) && KeyExchange.PublicValueInvalid(t);

    /// <summary>What followed the nonce could not be read.</summary>
    public static bool Unreadable(Phase1Turn t) => !Opens(t) && (t.IsInitiator || OwnKeys.ForDecryption(t) is not null);

    /// <summary>Messages 3 and 4 of Main Mode: HDR, [HASH(1),] &lt;N_b&gt;PubKey, &lt;KE_b&gt;Ke, &lt;ID_b&gt;Ke [, &lt;Cert-I_b&gt;Ke_i].</summary>
    [Clause("2409-5.3-08")]
    public static void SendNonceKeyId(Phase1Turn t)
    {
        var number = t.IsInitiator ? 2 : 3;
        t.Learn(number);
        var name = t.IsInitiator ? OwnKeys.NamePeerCertificate(t, t.After.Suite!.Hash) : [];
        var own = KeyExchange.MakeKeyAndNonce(t, t.After.Suite!.Group);
        t.SendClear([.. name, .. Make(t, t.After.Suite, own, t.Extra(number + 1))]);
        if (!t.IsInitiator)
        {
            KeyExchange.DeriveKeys(t);
        }
    }

    /// <summary>Message 5 of Main Mode: HDR*, HASH_I.</summary>
    public static void SendHash(Phase1Turn t)
    {
        KeyExchange.LearnAndDerive(t);
        Hashes.SendHash(t);
    }

    /// <summary>The nonce and all that follows it, of this side.</summary>
    [Clause("2409-5.3-01")]
    internal static ImmutableArray<Payload> Make(
        Phase1Turn t, Phase1Suite suite, (KeyExchangePayload Key, NoncePayload Nonce) own, ImmutableArray<Payload> further)
    {
        var certificate = t.IsInitiator ? OwnKeys.CertificateForEncryption(t) : [];
        var cipher = Cipher(t, suite, t.Before.Role, own.Nonce.Body.ToArray());
        var sent = ImmutableArray.CreateBuilder<Payload>();
        sent.Add(EncryptedPayloads.Encrypt(t, own.Nonce));
        foreach (var payload in (ImmutableArray<Payload>)[own.Key, Identities.Own(t), .. certificate, .. further])
        {
            sent.Add(new EncryptedBodyPayload(payload.Type, cipher.Encrypt(payload.Body.Span, out cipher)));
        }

        return sent.ToImmutable();
    }

    /// <summary>
    /// Opens what followed the nonce, in the order received; HASH_R of Aggressive Mode is drawn in clear and left alone. From then on
    /// the turn has the payloads in clear, and the record after has KE, nonce and identity of the peer.
    /// </summary>
    [Clause("2409-5.3-01")]
    [Clause("2409-5.3-08")]
    internal static bool Opens(Phase1Turn t) => t.Once("revised payloads", () =>
    {
        if (OwnKeys.ForDecryption(t) is not { } key)
        {
            return false;
        }

        Octets nonce = EncryptedPayloads.Decrypt(t, key, PayloadType.Nonce, 8, 256);
        var cipher = Cipher(t, t.After.Suite!, t.PeerRole, nonce.ToArray());
        var opened = ImmutableArray.CreateBuilder<Payload>();
        var behindNonce = false;
        foreach (var payload in t.Payloads)
        {
            if (!behindNonce || payload.Type == PayloadType.Hash)
            {
                behindNonce |= payload.Type == PayloadType.Nonce;
                opened.Add(payload);
            }
            else if (cipher.TryDecrypt(payload.Body.Span, out var body, out cipher, out _)
                && EncryptedBodyPayload.Open(payload.Type, body) is { } clear)
            {
                opened.Add(clear);
            }
            else
            {
                return Drop(t);
            }
        }

        return Take(t, opened.ToImmutable(), nonce) || Drop(t);
    });

    private static bool Take(Phase1Turn t, ImmutableArray<Payload> opened, Octets nonce)
    {
        if (opened.One<KeyExchangePayload>() is not { } ke || opened.One<IdentificationPayload>() is not { } id)
        {
            return false;
        }

        t.Payloads = opened;
        KeyExchange.Take(t, ke.Data, nonce);
        Identities.Take(t, id);
        t.TakeCertificates();
        return true;
    }

    private static bool Drop(Phase1Turn t)
    {
        t.Rejection = new Rejection.Undecodable("what follows the nonce does not open with its key");
        return false;
    }

    /// <summary>Ke_i or Ke_r, IV zero.</summary>
    [Clause("2409-5.3-04")]
    private static PayloadCipher Cipher(Phase1Turn t, Phase1Suite suite, Role whose, byte[] nonce)
    {
        var (f, N_b) = (t.Means.RevisedFormulas, Secret.Of(nonce));
        return new PayloadCipher(suite.Cipher, whose == Role.Initiator
            ? f.Ke_i(suite.Prf, f.Ne_i(suite.Prf, N_b, t.After.CKY_I.ToArray()), suite.Cipher)
            : f.Ke_r(suite.Prf, f.Ne_r(suite.Prf, N_b, t.After.CKY_R.ToArray()), suite.Cipher));
    }
}
