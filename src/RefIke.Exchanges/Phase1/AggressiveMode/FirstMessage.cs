using RefIke.Wire;

namespace RefIke.Exchanges.Phase1.AggressiveMode;

/// <summary>Message 1 of Aggressive Mode with a pre-shared key or signatures: offer, KE, nonce and identity at once (RFC 2409 §5).</summary>
internal static class FirstMessage
{
    /// <summary>A transform fits policy and the group of KE, the public value is one of it, and policy knows the identity.</summary>
    public static bool FirstMessageAcceptable(Phase1Turn t) => IsReadable(t) && Identities.IsExpected(t);

    /// <summary>No transform fits policy and the group of KE.</summary>
    public static bool NothingAcceptable(Phase1Turn t) => ChoosingSa.NothingAcceptable(t);

    /// <summary>A transform fits, but the public value is none of its group.</summary>
    public static bool PublicValueInvalid(Phase1Turn t) => ChoosingSa.OfferAcceptable(t) && KeyExchange.PublicValueInvalid(t);

    /// <summary>All fits, but policy does not know the identity.</summary>
    public static bool IdentityRefused(Phase1Turn t) => IsReadable(t) && !Identities.IsExpected(t);

    /// <summary>HDR, SA, KE, Ni, IDii. There is one group in the offer: KE is made before the answer comes (RFC 2409 §5, D-77).</summary>
    [Clause("2409-5-09")]
    public static void SendSaKeyNonceId(Phase1Turn t)
    {
        var offer = ChoosingSa.OfferOrAnswer(t);
        var own = KeyExchange.MakeKeyAndNonce(t, t.Before.Terms!.Offered[0].Group);
        t.SendClear([offer, own.Key, own.Nonce, Identities.Own(t), .. OwnKeys.Requests(t), .. t.Extra(1)]);
    }

    internal static bool IsReadable(Phase1Turn t) => t.Once("first message", () =>
    {
        if (ChoosingSa.NothingAcceptable(t) || KeyExchange.PublicValueInvalid(t))
        {
            return false;
        }

        Identities.Take(t, t.Payloads.One<IdentificationPayload>()!);
        return true;
    });
}
