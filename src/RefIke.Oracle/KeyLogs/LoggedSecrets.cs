using RefIke.Exchanges;
using RefIke.Wire;

namespace RefIke.Oracle.KeyLogs;

/// <summary>What an implementation logged of one phase 1 exchange; absent where it does not log it.</summary>
/// <param name="CKY_I">The initiator's cookie, where the log says it.</param>
/// <param name="Iv">The first IV of phase 1, where the log says it: from it the exchange is known.</param>
internal sealed record LoggedSecrets(
    Octets? CKY_I, Octets? g_xy, Octets? SKEYID, Octets? SKEYID_d, Octets? SKEYID_a, Octets? SKEYID_e, Octets Ka,
    Octets? Iv)
{
    /// <summary>Whose they are; null where the log does not say it: then of the side whose log it is.</summary>
    public Role? Role { get; init; }
}

/// <summary>Key logs of either kind.</summary>
internal static class KeyLog
{
    public static IReadOnlyList<LoggedSecrets> Read(string text)
        => text.Contains("encryption key Ka =>", StringComparison.Ordinal)
            ? CharonLog.Read(text)
            : RefIkeKeyLog.Read(text);

    /// <summary>What one side logged, out of a log of both; what one side alone logged is for both.</summary>
    public static IReadOnlyList<LoggedSecrets> Of(Role side, IReadOnlyList<LoggedSecrets> log)
        => [.. log.Where(s => s.Role is null || s.Role == side
            || !log.Any(other => other.CKY_I == s.CKY_I && other.Role == side))];
}
