using RefIke.Wire;

namespace RefIke.Oracle.KeyLogs;

/// <summary>What an implementation logged of one phase 1 exchange; absent where it does not log it.</summary>
/// <param name="CKY_I">The initiator's cookie, where the log says it.</param>
/// <param name="Iv">The first IV of phase 1, where the log says it: from it the exchange is known.</param>
internal sealed record LoggedSecrets(
    Octets? CKY_I, Octets? g_xy, Octets? SKEYID, Octets? SKEYID_d, Octets? SKEYID_a, Octets? SKEYID_e, Octets Ka,
    Octets? Iv);

/// <summary>Key logs of either kind.</summary>
internal static class KeyLog
{
    public static IReadOnlyList<LoggedSecrets> Read(string text)
        => text.Contains("encryption key Ka =>", StringComparison.Ordinal)
            ? CharonLog.Read(text)
            : RefIkeKeyLog.Read(text);
}
