using RefIke.Wire;

namespace RefIke.Exchanges.Phase1.AggressiveMode;

/// <summary>Messages 1 and 2 of Aggressive Mode with the revised mode of public key encryption (RFC 2409 §5.3).</summary>
internal static class RevisedMessages
{
    /// <summary>Message 1 can be read and answered. Who sent it is judged after HASH_I (D-114).</summary>
    public static bool Answerable(Phase1Turn t) => ChoosingSa.OfferAcceptable(t) && RevisedPayloads.Answerable(t);

    /// <summary>What followed the nonce of message 1 cannot be read.</summary>
    public static bool OfferUnreadable(Phase1Turn t) => ChoosingSa.OfferAcceptable(t) && RevisedPayloads.Unreadable(t);

    /// <summary>The public value of message 1 is none of its group.</summary>
    public static bool PublicValueOfOfferInvalid(Phase1Turn t) => ChoosingSa.OfferAcceptable(t) && RevisedPayloads.PublicValueInvalid(t);

    /// <summary>HASH(1) names no certificate of ours.</summary>
    public static bool OwnKeyUnknown(Phase1Turn t) => ChoosingSa.OfferAcceptable(t) && RevisedPayloads.OwnKeyUnknown(t);

    /// <summary>Message 1 is fine, but there is no key to encrypt the answer to.</summary>
    public static bool Unanswerable(Phase1Turn t) => ChoosingSa.OfferAcceptable(t) && RevisedPayloads.Unanswerable(t);

    /// <summary>What followed the nonce of message 2 cannot be read.</summary>
    public static bool AnswerUnreadable(Phase1Turn t) => ChoosingSa.ChoiceWasOffered(t) && RevisedPayloads.Unreadable(t);

    /// <summary>The public value of message 2 is none of its group.</summary>
    public static bool PublicValueInvalid(Phase1Turn t) => ChoosingSa.ChoiceWasOffered(t) && RevisedPayloads.PublicValueInvalid(t);

    /// <summary>HASH_R verifies and the identity is the expected one.</summary>
    public static bool HashMatches(Phase1Turn t) => IsReadable(t) && Hashes.HashMatches(t);

    /// <summary>HASH_R does not verify.</summary>
    public static bool HashDiffers(Phase1Turn t) => IsReadable(t) && Hashes.HashDiffers(t);

    /// <summary>HASH_R verifies, but policy expects somebody else.</summary>
    public static bool IdentityRefused(Phase1Turn t) => IsReadable(t) && Hashes.IdentityRefused(t);

    /// <summary>HDR, SA, [HASH(1),] &lt;Ni_b&gt;PubKey_r, &lt;KE_b&gt;Ke_i, &lt;IDii_b&gt;Ke_i [, &lt;Cert-I_b&gt;Ke_i]. Vendor ids stand before the nonce.</summary>
    public static void SendSaNonceKeyId(Phase1Turn t)
    {
        var (offer, first) = (ChoosingSa.OfferOrAnswer(t), t.Before.Terms!.Offered[0]);
        var own = KeyExchange.MakeKeyAndNonce(t, first.Group);
        t.SendClear([offer, .. t.Extra(1), .. OwnKeys.NamePeerCertificate(t, first.Hash),
            .. RevisedPayloads.Make(t, first, own, [])]);
    }

    /// <summary>HDR, SA, &lt;Nr_b&gt;PubKey_i, &lt;KE_b&gt;Ke_r, &lt;IDir_b&gt;Ke_r, HASH_R.</summary>
    public static void SendSaNonceKeyIdHash(Phase1Turn t)
    {
        var answer = ChoosingSa.OfferOrAnswer(t);
        var suite = t.After.Suite!;
        var extra = t.Extra(2);
        var hidden = RevisedPayloads.Make(t, suite, KeyExchange.MakeKeyAndNonce(t, suite.Group), []);
        KeyExchange.DeriveKeys(t);
        t.SendClear([answer, .. extra, .. hidden, new HashPayload(Hashes.Of(t, Role.Responder))]);
    }

    private static bool IsReadable(Phase1Turn t) => t.Once("second message", () =>
    {
        if (ChoosingSa.ChoiceNotOffered(t) || !RevisedPayloads.PublicValueValid(t))
        {
            return false;
        }

        t.Learn(2);
        KeyExchange.DeriveKeys(t);
        return true;
    });
}
