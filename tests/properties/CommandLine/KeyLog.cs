using System.Text.RegularExpressions;

namespace RefIke.Properties.CommandLine;

/// <summary>A key log as <c>--keylog</c> writes it.</summary>
/// <param name="Table">The lines for Wireshark: CKY-I and Ka.</param>
/// <param name="Keymat">By direction and SPI, <c>in 1b69973e</c>.</param>
/// <param name="All">Every key in it, as hex.</param>
internal sealed partial record KeyLog(
    IReadOnlyList<string> Table, IReadOnlyDictionary<string, string> Keymat, IReadOnlyList<string> All)
{
    public static KeyLog Read(string path)
    {
        var lines = File.ReadAllLines(path);
        return new KeyLog(
            [.. lines.Where(l => !l.StartsWith('#'))],
            lines.Select(l => KeymatLine().Match(l)).Where(m => m.Success)
                .ToDictionary(m => m.Groups[1].Value, m => m.Groups[2].Value),
            [.. lines.SelectMany(l => Octets().Matches(l)).Select(m => m.Value)]);
    }

    [GeneratedRegex("^# KEYMAT ((?:in|out) [0-9a-f]{8}) ([0-9a-f]+)$")]
    private static partial Regex KeymatLine();

    /// <summary>Anything longer than a cookie, but the public value that tells which g^xy it is.</summary>
    [GeneratedRegex(@"(?<!g\^xy with |[0-9a-f])[0-9a-f]{32,}")]
    private static partial Regex Octets();
}
