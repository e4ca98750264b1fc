using System.Collections.Immutable;
using RefIke.Exchanges.Phase1.AggressiveMode;
using RefIke.Wire;

namespace RefIke.Exchanges.Phase1;

/// <summary>
/// The user's side of hybrid authentication (draft-zegman-ike-hybrid-auth-01 §4.2, D-192): HASH where the edge device
/// has SIG. It proves that the keys are the same and no more; who the user is, XAUTH says after phase 1, so no identity
/// is looked for here.
/// </summary>
internal static class HybridProofs
{
    /// <summary>HASH_I or HASH_R of the user verifies.</summary>
    [Clause("hybrid-4.2-01")]
    public static bool UserHashMatches(Phase1Turn t) => !Hashes.HashDiffers(t) && Identities.Vouched(t);

    /// <summary>It does not.</summary>
    public static bool UserHashDiffers(Phase1Turn t) => Hashes.HashDiffers(t);

    /// <summary>The same in message 3 of Aggressive Mode.</summary>
    public static bool LastHashMatches(Phase1Turn t) => UserHashMatches(t) && ThirdMessage.Learnt(t);

    /// <summary>Message 2 of Aggressive Mode from the user.</summary>
    public static bool SecondHashMatches(Phase1Turn t) => SecondMessage.IsReadable(t) && UserHashMatches(t);

    /// <summary>Its HASH_R does not verify.</summary>
    public static bool SecondHashDiffers(Phase1Turn t) => SecondMessage.IsReadable(t) && Hashes.HashDiffers(t);

    /// <summary>Message 1 of Aggressive Mode from a user, whoever it says that it is.</summary>
    public static bool FirstMessageReadable(Phase1Turn t) => FirstMessage.IsReadable(t);

    /// <summary>The user's message of Main Mode: HDR*, ID, HASH.</summary>
    public static void SendIdAndHash(Phase1Turn t)
    {
        if (t.IsInitiator)
        {
            KeyExchange.CompleteKeys(t);
        }

        var id = Identities.Own(t);
        t.SendEncrypted(
            [id, new HashPayload(Hashes.Of(t, t.Before.Role)), .. EmptyCertificate(t), .. t.IsInitiator ? OwnKeys.Requests(t) : []]);
    }

    /// <summary>The edge device's message 2 of Aggressive Mode: it asks the user for no certificate.</summary>
    public static void SendSaKeyNonceIdSignature(Phase1Turn t)
    {
        var (sa, key, nonce, id) = SecondMessage.Answer(t);
        t.SendClear([sa, key, nonce, id, .. SignedHashes.Proof(t), .. t.Extra(2)]);
    }

    /// <summary>The user's message 2 of Aggressive Mode: it asks the edge device for its certificate.</summary>
    public static void SendSaKeyNonceIdHash(Phase1Turn t)
    {
        var (sa, key, nonce, id) = SecondMessage.Answer(t);
        t.SendClear([sa, key, nonce, id, new HashPayload(Hashes.Of(t, Role.Responder)), .. EmptyCertificate(t), .. OwnKeys.Requests(t),
            .. t.Extra(2)]);
    }

    /// <summary>A user that is asked for a certificate says that it has none (§4.2).</summary>
    [Clause("hybrid-4.2-02")]
    private static ImmutableArray<Payload> EmptyCertificate(Phase1Turn t)
        => t.After.CertificateRequests.IsEmpty ? [] : [new CertificatePayload(CertificateEncoding.X509Signature, Octets.Empty)];
}
