using RefIke.Wire;

namespace RefIke.Exchanges.Phase1.AggressiveMode;

/// <summary>Messages 1 and 2 of Aggressive Mode with public key encryption (RFC 2409 §5.2): identities are hidden even here.</summary>
internal static class EncryptedMessages
{
    /// <summary>Message 1 can be read and answered. Who sent it is judged after HASH_I (D-114).</summary>
    public static bool Answerable(Phase1Turn t) => ChoosingSa.OfferAcceptable(t) && EncryptedPayloads.Answerable(t);

    /// <summary>The public value of message 1 is none of its group.</summary>
    public static bool PublicValueOfOfferInvalid(Phase1Turn t) => ChoosingSa.OfferAcceptable(t) && KeyExchange.PublicValueInvalid(t);

    /// <summary>HASH(1) names no certificate of ours.</summary>
    public static bool OwnKeyUnknown(Phase1Turn t) => ChoosingSa.OfferAcceptable(t) && EncryptedPayloads.OwnKeyUnknown(t);

    /// <summary>Message 1 is fine, but there is no key to encrypt the answer to.</summary>
    public static bool Unanswerable(Phase1Turn t) => ChoosingSa.OfferAcceptable(t) && EncryptedPayloads.Unanswerable(t);

    /// <summary>HASH_R verifies and the identity is the expected one.</summary>
    public static bool HashMatches(Phase1Turn t) => IsReadable(t) && Hashes.HashMatches(t);

    /// <summary>HASH_R does not verify.</summary>
    public static bool HashDiffers(Phase1Turn t) => IsReadable(t) && Hashes.HashDiffers(t);

    /// <summary>HASH_R verifies, but policy expects somebody else.</summary>
    public static bool IdentityRefused(Phase1Turn t) => IsReadable(t) && Hashes.IdentityRefused(t);

    /// <summary>HDR, SA, [HASH(1),] KE, &lt;IDii_b&gt;PubKey_r, &lt;Ni_b&gt;PubKey_r.</summary>
    public static void SendSaKeyIdNonce(Phase1Turn t)
    {
        var (offer, first) = (ChoosingSa.OfferOrAnswer(t), t.Before.Terms!.Offered[0]);
        var own = EncryptedPayloads.Make(t, first.Group);
        t.SendClear([offer, .. OwnKeys.NamePeerCertificate(t, first.Hash), own.Key, own.Id, own.Nonce, .. t.Extra(1)]);
    }

    /// <summary>HDR, SA, KE, &lt;IDir_b&gt;PubKey_i, &lt;Nr_b&gt;PubKey_i, HASH_R.</summary>
    public static void SendSaKeyIdNonceHash(Phase1Turn t)
    {
        var answer = ChoosingSa.OfferOrAnswer(t);
        EncryptedPayloads.Take(t);
        var own = EncryptedPayloads.Make(t, t.After.Suite!.Group);
        KeyExchange.DeriveKeys(t);
        t.SendClear([answer, own.Key, own.Id, own.Nonce, new HashPayload(Hashes.Of(t, Role.Responder)), .. t.Extra(2)]);
    }

    private static bool IsReadable(Phase1Turn t) => t.Once("second message", () =>
    {
        if (ChoosingSa.ChoiceNotOffered(t) || KeyExchange.PublicValueInvalid(t))
        {
            return false;
        }

        EncryptedPayloads.Take(t);
        t.Learn(2);
        KeyExchange.DeriveKeys(t);
        return true;
    });
}
