using System.Collections.Immutable;
using RefIke.Wire;

namespace RefIke.Exchanges.Negotiation;

/// <summary>Lists of phase 1 suites that have a name of their own in a policy.</summary>
public static class SuitePresets
{
    /// <summary>
    /// RFC 4109 §3 (D-75): 3DES, SHA-1 and group 2 must be there, AES-128 and group 14 should; the better ones first.
    /// Its AES-XCBC prf is not spoken.
    /// </summary>
    [Clause("4109-3-01")]
    [Clause("4109-3-02")]
    public static ImmutableArray<string> Rfc4109 { get; } =
        ["aes128-sha1-modp2048", "3des-sha1-modp2048", "aes128-sha1-modp1024", "3des-sha1-modp1024"];

    /// <summary>The suites that a name in a list stands for: those of a preset, else the name itself.</summary>
    public static IEnumerable<string> Expand(string name) => name == "rfc4109" ? Rfc4109 : [name];
}
