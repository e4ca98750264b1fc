using RefIke.Exchanges.Negotiation;

namespace RefIke.Cli.Ladders;

/// <summary>The ESP suite of the built-in peers: the algorithms of their phase 1.</summary>
internal static class BuiltInEsp
{
    /// <summary>A hash that ESP has no authentication algorithm for (Tiger) is phase 1's alone: ESP takes SHA.</summary>
    public static EspSuite Suite(string cipher, string hash, string group, bool pfs)
    {
        var authentication = EspAlgorithms.AuthenticationNames.Contains(hash) ? hash : "sha1";
        return SuiteNames.Esp($"{cipher}-{authentication}" + (pfs ? $"-{group}" : ""), 3600)!;
    }
}
