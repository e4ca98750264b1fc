using System.Collections.Immutable;
using RefIke.Exchanges;
using RefIke.Wire;

namespace RefIke.Oracle.KeyLogs;

/// <summary>What one implementation, or both, logged of their secrets.</summary>
/// <param name="Agreements">Shared secrets by public value, where the log tells them so.</param>
internal sealed record KeyLog(
    ImmutableArray<LoggedSecrets> Isakmp, ImmutableArray<LoggedKeymat> Keymat,
    ImmutableArray<LoggedAgreement> Agreements)
{
    /// <summary>A log of either kind.</summary>
    public static KeyLog Read(string text)
        => text.Contains("encryption key Ka =>", StringComparison.Ordinal)
            ? CharonLog.Read(text)
            : RefIkeKeyLog.Read(text);

    /// <summary>What one side logged, out of a log of both; what one side alone logged is for both.</summary>
    public KeyLog Of(Role side) => this with
    {
        Isakmp = [.. Isakmp.Where(s => s.Role is null || s.Role == side
            || !Isakmp.Any(other => other.CKY_I == s.CKY_I && other.Role == side))],
    };

    /// <summary>The shared secret of two public values; null where the log does not say it.</summary>
    public Octets? SharedSecret(Octets g_xi, Octets g_xr)
        => Agreements.FirstOrDefault(a => a.Peer == g_xi || a.Peer == g_xr)?.g_xy;

    /// <summary>What was logged of the SA with an SPI, which is the newest with it.</summary>
    public LoggedKeymat? Of(Octets spi) => Keymat.LastOrDefault(k => k.Spi == spi);
}
