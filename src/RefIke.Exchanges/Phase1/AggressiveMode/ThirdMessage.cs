using System.Collections.Immutable;
using RefIke.Wire;

namespace RefIke.Exchanges.Phase1.AggressiveMode;

/// <summary>
/// Message 3 of Aggressive Mode, the initiator's proof. It is sent as HDR*, or as HDR where policy says so, and taken as either
/// (RFC 2409 §5, D-15). After a clear one no ciphertext exists, and phase 2's IVs come from phase 1's first IV, which the record still has (App. B, D-16).
/// </summary>
internal static class ThirdMessage
{
    /// <summary>HASH_I verifies. That its identity is the expected one was seen with message 1.</summary>
    public static bool HashMatches(Phase1Turn t) => !Hashes.HashDiffers(t) && Identities.Vouched(t) && Learnt(t);

    /// <summary>It does not.</summary>
    public static bool HashDiffers(Phase1Turn t) => Hashes.HashDiffers(t);

    /// <summary>There is a key to trust, and SIG_I is its.</summary>
    public static bool SignatureMatches(Phase1Turn t) => SignedHashes.SignatureMatches(t) && Learnt(t);

    /// <summary>No key to trust.</summary>
    public static bool CertificateRefused(Phase1Turn t) => SignedHashes.CertificateRefused(t);

    /// <summary>SIG_I is not the key's.</summary>
    public static bool SignatureDiffers(Phase1Turn t) => SignedHashes.SignatureDiffers(t);

    /// <summary>SIG_I is good, but the certificate does not name who message 1 said it was.</summary>
    public static bool SignerRefused(Phase1Turn t) => SignedHashes.SignerRefused(t);

    /// <summary>HDR*, HASH_I.</summary>
    [Clause("2409-5-07")]
    public static void SendHash(Phase1Turn t) => Send(t, [new HashPayload(Hashes.Of(t, Role.Initiator)), .. t.Extra(3)]);

    /// <summary>HDR*, [CERT,] SIG_I.</summary>
    [Clause("2409-5-07")]
    public static void SendSignature(Phase1Turn t) => Send(t, [.. SignedHashes.Proof(t), .. t.Extra(3)]);

    /// <summary>The message is good: what it tells a profile is taken. Always true, for the end of a guard.</summary>
    internal static bool Learnt(Phase1Turn t)
    {
        t.Learn(3);
        return true;
    }

    private static void Send(Phase1Turn t, ImmutableArray<Payload> payloads)
    {
        if (t.Before.Terms!.ClearThirdMessage)
        {
            t.SendClear(payloads);
        }
        else
        {
            t.SendEncrypted(payloads);
        }
    }
}
