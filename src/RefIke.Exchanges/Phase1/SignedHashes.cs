using System.Collections.Immutable;
using RefIke.Crypto;
using RefIke.Crypto.Signatures;
using RefIke.Exchanges.Profiles.Xauth;
using RefIke.Wire;

namespace RefIke.Exchanges.Phase1;

/// <summary>
/// SIG_I and SIG_R over HASH_I and HASH_R, which are made with the HMAC of the hash to which the signature is tied, if it is tied to
/// one (RFC 2409 §5.1, RFC 4754).
/// </summary>
internal static class SignedHashes
{
    /// <summary>There is a key to trust, the signature is its, and the identity is its owner's and the expected one.</summary>
    public static bool SignatureMatches(Phase1Turn t) => Verifies(t) && Identities.IsExpected(t) && Identities.Vouched(t);

    /// <summary>No key to trust: no certificate, or one that is refused.</summary>
    public static bool CertificateRefused(Phase1Turn t) => Key(t) is null;

    /// <summary>The signature is not the key's.</summary>
    public static bool SignatureDiffers(Phase1Turn t) => Key(t) is not null && !Verifies(t);

    /// <summary>The signature is good, but policy or the certificate names somebody else.</summary>
    public static bool SignerRefused(Phase1Turn t) => Verifies(t) && !Identities.IsExpected(t);

    /// <summary>Messages 5 and 6 of Main Mode: HDR*, ID, [CERT,] SIG.</summary>
    [Clause("4945-3.2.5-01")]
    public static void SendIdAndSignature(Phase1Turn t)
    {
        if (t.IsInitiator)
        {
            KeyExchange.CompleteKeys(t);
        }

        t.SendEncrypted([Identities.Own(t), .. Proof(t), .. t.IsInitiator ? OwnKeys.Requests(t) : []]);
    }

    /// <summary>[CERT,] SIG.</summary>
    [Clause("2409-5.1-03")]
    [Clause("4945-3.3.5-01")]
    [Clause("2409-5.1-07")]
    [Clause("2409-5.1-08")]
    internal static ImmutableArray<Payload> Proof(Phase1Turn t)
    {
        var method = Method(t);
        var (key, certificates) = OwnKeys.Choose(t, method.Takes);
        var SIG = t.Means.OwnSignatures.Sign(method, key, Hashes.Of(t, t.Before.Role, method.HashPrf(t.After.Suite!.Prf)));
        return [.. certificates, new SignaturePayload(SIG)];
    }

    private static Crypto.Keys.PublicKey? Key(Phase1Turn t)
    {
        if (t.Payloads.One<IdentificationPayload>() is { } id)
        {
            Identities.Take(t, id);
        }

        return PeerKeys.ForSignature(t);
    }

    [Clause("2408-5.12-01")]
    [Clause("2409-5.1-08")]
    private static bool Verifies(Phase1Turn t) => t.Once("SIG", () =>
    {
        if (Key(t) is not { } key)
        {
            return false;
        }

        var method = Method(t);
        var HASH = Hashes.Of(t, t.PeerRole, method.HashPrf(t.After.Suite!.Prf));
        var fault = method.Verify(key, HASH, t.Payloads.One<SignaturePayload>()!.Data.Span);
        t.Rejection = fault is null ? t.Rejection : new Rejection.SignatureRefused(fault);
        return fault is null;
    });

    private static SignatureMethod Method(Phase1Turn t)
        => SignatureMethod.TryGet((int)XauthMethods.Alone(t.Before.Method), out var method) ? method : throw new InvalidOperationException($"{t.Before.Method}");
}
