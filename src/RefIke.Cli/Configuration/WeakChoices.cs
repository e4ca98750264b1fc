using System.Text.RegularExpressions;
using RefIke.Engine;

namespace RefIke.Cli.Configuration;

/// <summary>
/// Algorithms that RFC 8247 §2 and RFC 8221 §5, §6 tell IPsec not to use, or that are as short. RefIke speaks them
/// because RFC 2409 or its peers do, and says so where a user chooses them.
/// </summary>
internal static partial class WeakChoices
{
    private static readonly Dictionary<string, string> Reasons = new()
    {
        ["des"] = "56-bit keys",
        ["desiv64"] = "56-bit keys",
        ["desiv32"] = "56-bit keys",
        ["desmac"] = "56-bit keys",
        ["3des"] = "64-bit blocks",
        ["idea"] = "64-bit blocks",
        ["blowfish"] = "64-bit blocks",
        ["rc5_"] = "64-bit blocks",
        ["cast"] = "64-bit blocks",
        ["md5"] = "collisions are easy",
        ["ec2n155"] = "too short",
        ["ec2n185"] = "too short",
        ["modp768"] = "broken",
        ["modp1024"] = "within reach of precomputation",
        ["modp1536"] = "too short",
        ["modp1024s160"] = "too short",
        ["modp2048s224"] = "a prime of unknown origin",
        ["modp2048s256"] = "a prime of unknown origin",
        ["ecp192"] = "too short",
    };

    /// <summary>Their names; of a cipher with variable keys what stands before the number of bits.</summary>
    public static IEnumerable<string> Names => Reasons.Keys;

    /// <summary>One line about the weak parts of some suites; null where there are none.</summary>
    public static string? Warning(IEnumerable<string> suites)
    {
        var weak = suites.SelectMany(s => s.Split('-', ' ')).Distinct().Select(p => (Part: p, Reason: Reason(p)))
            .Where(p => p.Reason is not null)
            .Select(p => $"{p.Part} ({p.Reason})").ToArray();
        return weak.Length == 0 ? null
            : $"warning: weak: {string.Join(", ", weak)}; not for traffic that matters (RFC 8247 §2, RFC 8221 §5)";
    }

    /// <summary>The same for all that a configuration accepts.</summary>
    public static string? Warning(EndpointSetup setup)
        => Warning(setup.Connections.SelectMany(
            c => c.Suites.Select(s => s.Name).Concat(c.Children.SelectMany(k => k.Suites.Select(s => s.Name)))));

    private static string? Reason(string part)
        => Reasons.GetValueOrDefault(part)
            ?? (Variable().Match(part) is { Success: true } m ? Reasons.GetValueOrDefault(m.Groups[1].Value) : null);

    /// <summary>A cipher whose name ends in the bits of its key: <c>blowfish448</c>, <c>rc5_128</c>.</summary>
    [GeneratedRegex("^(blowfish|cast|rc5_)[0-9]+$")]
    private static partial Regex Variable();
}
