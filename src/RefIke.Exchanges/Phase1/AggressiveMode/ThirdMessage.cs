using RefIke.Wire;

namespace RefIke.Exchanges.Phase1.AggressiveMode;

/// <summary>
/// Message 3 of Aggressive Mode, the initiator's proof. It is sent as HDR* and taken as HDR or HDR* (RFC 2409 §5, D-15). After a
/// clear one no ciphertext exists, and phase 2's IVs come from phase 1's first IV, which the record still has (App. B, D-16).
/// </summary>
internal static class ThirdMessage
{
    /// <summary>HASH_I verifies.</summary>
    public static bool HashMatches(Phase1Turn t)
    {
        var matches = Hashes.HashMatches(t);
        t.After = matches ? t.Means.Profile.Learn(3, t.After, t.Payloads) : t.After;
        return matches;
    }

    /// <summary>It does not.</summary>
    public static bool HashDiffers(Phase1Turn t) => Hashes.HashDiffers(t);

    /// <summary>HDR*, HASH_I.</summary>
    [Clause("2409-5-07")]
    public static void SendHash(Phase1Turn t)
        => t.SendEncrypted([new HashPayload(Hashes.Of(t, Role.Initiator)), .. t.Means.Profile.Extra(3, t.After)]);
}
