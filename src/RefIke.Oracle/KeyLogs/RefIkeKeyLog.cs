using System.Text.RegularExpressions;
using RefIke.Exchanges;
using RefIke.Wire;

namespace RefIke.Oracle.KeyLogs;

/// <summary>
/// What <c>refike --keylog</c> writes: a comment with SKEYID and its three, then Wireshark's line CKY-I,Ka.
/// </summary>
internal static partial class RefIkeKeyLog
{
    public static IReadOnlyList<LoggedSecrets> Read(string text)
    {
        var sets = new List<LoggedSecrets>();
        Match? comment = null;
        foreach (var line in text.Split('\n').Select(l => l.TrimEnd('\r')))
        {
            if (Comment().Match(line) is { Success: true } found)
            {
                comment = found;
            }
            else if (Keyed().Match(line) is { Success: true } keyed)
            {
                var CKY_I = Octets.FromHex(keyed.Groups[1].Value);
                var known = comment is not null && Octets.FromHex(comment.Groups[2].Value) == CKY_I ? comment : null;
                Octets? Value(int group)
                    => known is null ? default(Octets?) : Octets.FromHex(known.Groups[group].Value);
                sets.Add(new LoggedSecrets(
                    CKY_I, null, Value(3), Value(4), Value(5), Value(6), Octets.FromHex(keyed.Groups[2].Value), null)
                {
                    Role = known is null ? null : Enum.Parse<Role>(known.Groups[1].Value),
                });
            }
        }

        return sets;
    }

    [GeneratedRegex("^# (Initiator|Responder) ([0-9a-f]{16}) [0-9a-f]{16} SKEYID ([0-9a-f]+) SKEYID_d ([0-9a-f]+) "
        + "SKEYID_a ([0-9a-f]+) SKEYID_e ([0-9a-f]+)$")]
    private static partial Regex Comment();

    [GeneratedRegex("^([0-9a-f]{16}),([0-9a-f]+)$")]
    private static partial Regex Keyed();
}
