namespace RefIke.Exchanges.Phase1.AggressiveMode;

/// <summary>Message 3 of Aggressive Mode with public key encryption: only now may an initiator be told that nobody knows him.</summary>
internal static class EncryptedThirdMessage
{
    /// <summary>HASH_I verifies, and message 1 said who is expected.</summary>
    public static bool HashMatches(Phase1Turn t) => Hashes.HashMatches(t) && ThirdMessage.Learnt(t);

    /// <summary>HASH_I verifies, but policy does not know who message 1 said it was.</summary>
    public static bool IdentityRefused(Phase1Turn t) => Hashes.IdentityRefused(t);
}
