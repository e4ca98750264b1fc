namespace RefIke.Exchanges.Negotiation;

/// <summary>Lives in kilobytes, where null is a life without such a limit.</summary>
internal static class Lives
{
    /// <summary>The shorter of two.</summary>
    public static ulong? Shorter(ulong? a, ulong? b) => (a, b) is ({ } x, { } y) ? Math.Min(x, y) : a ?? b;

    /// <summary>Whether an answered life is no longer than the offered one (D-66).</summary>
    public static bool Within(ulong? answered, ulong? offered) => offered is null || answered <= offered;
}
