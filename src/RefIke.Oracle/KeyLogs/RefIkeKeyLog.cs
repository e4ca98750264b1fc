using System.Collections.Immutable;
using System.Text.RegularExpressions;
using RefIke.Exchanges;
using RefIke.Wire;

namespace RefIke.Oracle.KeyLogs;

/// <summary>
/// What <c>refike --keylog</c> writes: comments with shared secrets, with SKEYID and its three, and with KEYMAT;
/// between them Wireshark's lines CKY-I,Ka.
/// </summary>
internal static partial class RefIkeKeyLog
{
    public static KeyLog Read(string text)
    {
        var sets = ImmutableArray.CreateBuilder<LoggedSecrets>();
        var keymat = ImmutableArray.CreateBuilder<LoggedKeymat>();
        var agreements = ImmutableArray.CreateBuilder<LoggedAgreement>();
        Match? comment = null;
        foreach (var line in text.Split('\n').Select(l => l.TrimEnd('\r')))
        {
            if (Comment().Match(line) is { Success: true } found)
            {
                comment = found;
            }
            else if (Keyed().Match(line) is { Success: true } keyed)
            {
                sets.Add(Set(keyed, comment));
            }
            else if (OfPair().Match(line) is { Success: true } sa)
            {
                keymat.Add(new LoggedKeymat(Hex(sa, 1), Hex(sa, 2), null));
            }
            else if (Agreed().Match(line) is { Success: true } agreed)
            {
                agreements.Add(new LoggedAgreement(Hex(agreed, 1), Hex(agreed, 2)));
            }
        }

        return new KeyLog(sets.ToImmutable(), keymat.ToImmutable(), agreements.ToImmutable());
    }

    private static LoggedSecrets Set(Match keyed, Match? comment)
    {
        var CKY_I = Hex(keyed, 1);
        var known = comment is not null && Hex(comment, 2) == CKY_I ? comment : null;
        Octets? Value(int group) => known is null ? default(Octets?) : Hex(known, group);
        return new LoggedSecrets(CKY_I, null, Value(3), Value(4), Value(5), Value(6), Hex(keyed, 2), null)
        {
            Role = known is null ? null : Enum.Parse<Role>(known.Groups[1].Value),
        };
    }

    private static Octets Hex(Match match, int group) => Octets.FromHex(match.Groups[group].Value);

    [GeneratedRegex("^# (Initiator|Responder) ([0-9a-f]{16}) [0-9a-f]{16} SKEYID ([0-9a-f]+) SKEYID_d ([0-9a-f]+) "
        + "SKEYID_a ([0-9a-f]+) SKEYID_e ([0-9a-f]+)$")]
    private static partial Regex Comment();

    [GeneratedRegex("^([0-9a-f]{16}),([0-9a-f]+)$")]
    private static partial Regex Keyed();

    [GeneratedRegex("^# KEYMAT (?:in|out) ([0-9a-f]{8}) ((?:[0-9a-f]{2})+)$")]
    private static partial Regex OfPair();

    [GeneratedRegex(@"^# g\^xy with ((?:[0-9a-f]{2})+) ((?:[0-9a-f]{2})+)$")]
    private static partial Regex Agreed();
}
