using RefIke.Wire;

namespace RefIke.Exchanges.Phase1.AggressiveMode;

/// <summary>Message 2 of Aggressive Mode with a pre-shared key or signatures: answer, KE, nonce, identity and proof (RFC 2409 §5).</summary>
internal static class SecondMessage
{
    /// <summary>HASH_R verifies and the identity is the expected one.</summary>
    public static bool HashMatches(Phase1Turn t) => IsReadable(t) && Hashes.HashMatches(t);

    /// <summary>HASH_R does not verify.</summary>
    public static bool HashDiffers(Phase1Turn t) => IsReadable(t) && Hashes.HashDiffers(t);

    /// <summary>HASH_R verifies, but policy expects somebody else.</summary>
    public static bool IdentityRefused(Phase1Turn t) => IsReadable(t) && Hashes.IdentityRefused(t);

    /// <summary>There is a key to trust, SIG_R is its, and the identity is its owner's and the expected one.</summary>
    public static bool SignatureMatches(Phase1Turn t) => IsReadable(t) && SignedHashes.SignatureMatches(t);

    /// <summary>No key to trust.</summary>
    public static bool CertificateRefused(Phase1Turn t) => IsReadable(t) && SignedHashes.CertificateRefused(t);

    /// <summary>SIG_R is not the key's.</summary>
    public static bool SignatureDiffers(Phase1Turn t) => IsReadable(t) && SignedHashes.SignatureDiffers(t);

    /// <summary>SIG_R is good, but policy or the certificate names somebody else.</summary>
    public static bool SignerRefused(Phase1Turn t) => IsReadable(t) && SignedHashes.SignerRefused(t);

    /// <summary>The choice is none of ours.</summary>
    public static bool ChoiceNotOffered(Phase1Turn t) => ChoosingSa.ChoiceNotOffered(t);

    /// <summary>It is, but the public value is none of its group.</summary>
    public static bool PublicValueInvalid(Phase1Turn t) => ChoosingSa.ChoiceWasOffered(t) && KeyExchange.PublicValueInvalid(t);

    /// <summary>HDR, SA, KE, Nr, IDir, HASH_R.</summary>
    public static void SendSaKeyNonceIdHash(Phase1Turn t)
    {
        var (sa, key, nonce, id) = Answer(t);
        t.SendClear([sa, key, nonce, id, new HashPayload(Hashes.Of(t, Role.Responder)), .. t.Extra(2)]);
    }

    /// <summary>HDR, SA, KE, Nr, IDir, [CERT,] SIG_R.</summary>
    public static void SendSaKeyNonceIdSignature(Phase1Turn t)
    {
        var (sa, key, nonce, id) = Answer(t);
        t.SendClear([sa, key, nonce, id, .. SignedHashes.Proof(t), .. OwnKeys.Requests(t), .. t.Extra(2)]);
    }

    /// <summary>All of message 2 but the proof; the record after has the keys.</summary>
    internal static (Payload Sa, Payload Key, Payload Nonce, Payload Id) Answer(Phase1Turn t)
    {
        var sa = ChoosingSa.OfferOrAnswer(t);
        KeyExchange.TakeKeyAndNonce(t);
        var own = KeyExchange.MakeKeyAndNonce(t, t.After.Suite!.Group);
        KeyExchange.DeriveKeys(t);
        return (sa, own.Key, own.Nonce, Identities.Own(t));
    }

    /// <summary>The answer is one of ours and the public value is valid: then the keys can be made and the proof be checked.</summary>
    internal static bool IsReadable(Phase1Turn t) => t.Once("second message", () =>
    {
        if (ChoosingSa.ChoiceNotOffered(t) || KeyExchange.PublicValueInvalid(t))
        {
            return false;
        }

        KeyExchange.TakeKeyAndNonce(t);
        t.Learn(2);
        KeyExchange.DeriveKeys(t);
        return true;
    });
}
