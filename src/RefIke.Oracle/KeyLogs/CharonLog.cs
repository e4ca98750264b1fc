using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using RefIke.Wire;

namespace RefIke.Oracle.KeyLogs;

/// <summary>
/// The log of strongSwan's charon with <c>ike = 4</c> and <c>chd = 4</c>: named values as hexadecimal dumps, in the
/// order in which it derives them. A phase 1 set ends with the first IV. Of a child the seeds of KEYMAT come first
/// (RFC 2409 §5.5: g(qm)^xy, protocol, SPI, nonces), then the keys that are cut from it, named by who encrypts.
/// </summary>
internal static partial class CharonLog
{
    private static readonly string[] Directions = ["initiator", "responder"];

    public static KeyLog Read(string text)
    {
        var sets = ImmutableArray.CreateBuilder<LoggedSecrets>();
        var keymat = ImmutableArray.CreateBuilder<LoggedKeymat>();
        var values = new Dictionary<string, Octets>();
        var lines = text.Split('\n');
        for (var at = 0; at < lines.Length; at++)
        {
            if (Named().Match(lines[at]) is { Success: true } named)
            {
                var length = int.Parse(named.Groups[2].Value, CultureInfo.InvariantCulture);
                values[named.Groups[1].Value] = Dump(lines, at + 1, length);
                if (named.Groups[1].Value == "initial IV" && values.ContainsKey("encryption key Ka"))
                {
                    sets.Add(Set(values));
                    values.Clear();
                }
            }
            else if (lines[at].Contains("[CHD] adding inbound", StringComparison.Ordinal)
                && values.ContainsKey("initiator SA seed"))
            {
                keymat.AddRange(Directions.Where(d => values.ContainsKey($"{d} SA seed")).Select(d => Pair(values, d)));
                values.Clear();
            }
        }

        return new KeyLog(sets.ToImmutable(), keymat.ToImmutable(), []);
    }

    private static LoggedSecrets Set(Dictionary<string, Octets> values) => new(
        null, Value(values, "shared Diffie Hellman secret"), Value(values, "SKEYID"), Value(values, "SKEYID_d"),
        Value(values, "SKEYID_a"), Value(values, "SKEYID_e"), values["encryption key Ka"], values["initial IV"]);

    private static LoggedKeymat Pair(Dictionary<string, Octets> values, string direction)
    {
        var secret = Value(values, "DH secret");
        var spi = values[$"{direction} SA seed"].Slice((secret?.Length ?? 0) + 1, 4);
        byte[] keys =
        [
            .. (Value(values, $"encryption {direction} key") ?? Octets.Empty).Span,
            .. (Value(values, $"integrity {direction} key") ?? Octets.Empty).Span,
        ];
        return new LoggedKeymat(spi, keys, secret);
    }

    private static Octets? Value(Dictionary<string, Octets> values, string name)
        => values.TryGetValue(name, out var octets) ? octets : default(Octets?);

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

    [GeneratedRegex(@"\[(?:IKE|CHD)\] (shared Diffie Hellman secret|SKEYID(?:_[dae])?|encryption key Ka|initial IV"
        + "|DH secret|(?:initiator|responder) SA seed|(?:encryption|integrity) (?:initiator|responder) key)"
        + @" => (\d+) bytes")]
    private static partial Regex Named();

    [GeneratedRegex(@"\[(?:IKE|CHD)\] +\d+: ((?:[0-9A-F]{2} ){1,16})")]
    private static partial Regex Line();
}
