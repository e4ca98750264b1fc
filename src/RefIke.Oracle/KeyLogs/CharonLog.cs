using System.Globalization;
using System.Text.RegularExpressions;
using RefIke.Wire;

namespace RefIke.Oracle.KeyLogs;

/// <summary>
/// The log of strongSwan's charon with <c>ike = 4</c>: named values as hexadecimal dumps, in the order in which it
/// derives them. A set ends with the first IV.
/// </summary>
internal static partial class CharonLog
{
    public static IReadOnlyList<LoggedSecrets> Read(string text)
    {
        var sets = new List<LoggedSecrets>();
        var values = new Dictionary<string, Octets>();
        var lines = text.Split('\n');
        for (var at = 0; at < lines.Length; at++)
        {
            if (Named().Match(lines[at]) is not { Success: true } named)
            {
                continue;
            }

            var length = int.Parse(named.Groups[2].Value, CultureInfo.InvariantCulture);
            values[named.Groups[1].Value] = Dump(lines, at + 1, length);
            if (named.Groups[1].Value == "initial IV" && values.TryGetValue("encryption key Ka", out var Ka))
            {
                sets.Add(new LoggedSecrets(
                    null, Value("shared Diffie Hellman secret"), Value("SKEYID"), Value("SKEYID_d"), Value("SKEYID_a"),
                    Value("SKEYID_e"), Ka, values["initial IV"]));
                values.Clear();
            }
        }

        return sets;

        Octets? Value(string name) => values.TryGetValue(name, out var octets) ? octets : default(Octets?);
    }

    /// <summary>Lines of sixteen octets with an offset before them and characters behind.</summary>
    private static Octets Dump(string[] lines, int at, int length)
    {
        var octets = new List<byte>();
        for (; at < lines.Length && octets.Count < length && Line().Match(lines[at]) is { Success: true } line; at++)
        {
            var digits = line.Groups[1].Value.Replace(" ", "", StringComparison.Ordinal);
            octets.AddRange(Convert.FromHexString(digits[..Math.Min(digits.Length, 2 * (length - octets.Count))]));
        }

        return octets.ToArray();
    }

    [GeneratedRegex(
        @"\[IKE\] (shared Diffie Hellman secret|SKEYID(?:_[dae])?|encryption key Ka|initial IV) => (\d+) bytes")]
    private static partial Regex Named();

    [GeneratedRegex(@"\[IKE\] +\d+: ((?:[0-9A-F]{2} ){1,16})")]
    private static partial Regex Line();
}
