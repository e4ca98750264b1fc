using RefIke.Crypto;
using RefIke.Wire;

namespace RefIke.Exchanges.Phase1;

/// <summary>HASH_I and HASH_R: what authenticates the exchange with a pre-shared key or with public key encryption (RFC 2409 §5).</summary>
internal static class Hashes
{
    /// <summary>HASH verifies and the identity is the expected one.</summary>
    public static bool HashMatches(Phase1Turn t) => Verifies(t) && Identities.IsExpected(t) && Identities.Vouched(t);

    /// <summary>HASH does not verify.</summary>
    public static bool HashDiffers(Phase1Turn t) => !Verifies(t);

    /// <summary>HASH verifies, but policy expects somebody else.</summary>
    public static bool IdentityRefused(Phase1Turn t) => Verifies(t) && !Identities.IsExpected(t);

    /// <summary>Messages 5 and 6 of Main Mode: HDR*, ID, HASH.</summary>
    [Clause("2407-4.2.1-01")]
    public static void SendIdAndHash(Phase1Turn t)
    {
        if (t.IsInitiator)
        {
            KeyExchange.CompleteKeys(t);
        }

        var id = Identities.Own(t);
        t.SendEncrypted(id, new HashPayload(Of(t, t.Before.Role)));
    }

    /// <summary>Messages 5 and 6 of Main Mode with public key encryption: HDR*, HASH.</summary>
    public static void SendHash(Phase1Turn t) => t.SendEncrypted(new HashPayload(Of(t, t.Before.Role)));

    /// <summary>
    /// HASH_I or HASH_R over SAi_b (D-97) and the ID body (D-87) as they stand on the wire, and no more of the messages
    /// (RFC 2409 §5; D-98).
    /// </summary>
    [Clause("2409-5-17")]
    [Clause("2409-5-18")]
    [Clause("2409-5-19")]
    internal static byte[] Of(Phase1Turn t, Role whose) => Of(t, whose, t.After.Suite!.Prf);

    /// <summary>The same with the prf to which a signature is tied (RFC 2409 §5.1).</summary>
    internal static byte[] Of(Phase1Turn t, Role whose, Prf prf)
    {
        var p = t.After;
        byte[] CKY_I = p.CKY_I.ToArray(), CKY_R = p.CKY_R.ToArray();
        return whose == Role.Initiator
            ? t.Means.Formulas.HASH_I(prf, p.Keys!.SKEYID, p.g_xi.Span, p.g_xr.Span, CKY_I, CKY_R, p.SAi_b.Span, p.IDii!.Body.Span)
            : t.Means.Formulas.HASH_R(prf, p.Keys!.SKEYID, p.g_xr.Span, p.g_xi.Span, CKY_R, CKY_I, p.SAi_b.Span, p.IDir!.Body.Span);
    }

    [Clause("2408-5.11-01")]
    private static bool Verifies(Phase1Turn t) => t.Once("HASH", () =>
    {
        if (t.Payloads.One<IdentificationPayload>() is { } id)
        {
            Identities.Take(t, id);
        }

        var right = ConstantTime.Equal(Of(t, t.PeerRole), t.Payloads.One<HashPayload>()!.Data.Span);
        t.Rejection = right ? t.Rejection : new Rejection.HashMismatch(t.IsInitiator ? "HASH_R" : "HASH_I");
        return right;
    });
}
