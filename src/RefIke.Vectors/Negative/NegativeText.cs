using System.Globalization;
using System.Text;

namespace RefIke.Vectors.Negative;

/// <summary>Which cases are wanted; null for any.</summary>
/// <param name="Flag">A flag that the case has.</param>
/// <param name="Kind">A kind of rejection among its results.</param>
/// <param name="Exchange">The exchange of its setup.</param>
/// <param name="Notify">The notify that names a fault of it, by name or number.</param>
internal sealed record NegativeFilter(
    string? Flag = null, string? Kind = null, string? Exchange = null, string? Notify = null)
{
    public bool Takes(NegativeGroup group, NegativeCase one)
        => (Flag is null || one.Flags.Contains(Flag))
            && (Exchange is null || Same(group.Setup.Exchange, Exchange))
            && (Kind is null || one.Result.Rejections.Any(r => Same(r.Kind, Kind)))
            && (Notify is null || one.Result.Rejections.Any(r => r.Notify is { } n && IsMeant(n)));

    private bool IsMeant(Notice notice)
        => Same(notice.Type, Notify!) || notice.Number.ToString(CultureInfo.InvariantCulture) == Notify;

    private static bool Same(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}

/// <summary>Negative vectors for people.</summary>
internal static class NegativeText
{
    /// <summary>A line for each case that is wanted.</summary>
    public static IEnumerable<string> List(NegativeFile file, NegativeFilter filter)
        => file.Groups.SelectMany(g => g.Cases.Where(c => filter.Takes(g, c))).Select(c => Line(file, c));

    /// <summary>One case in a line: file and id, what it is refused as, the notify, what is wrong.</summary>
    public static string Line(NegativeFile file, NegativeCase one)
    {
        var last = one.Result.Rejections[^1];
        var notify = last.Notify is { } n ? $" ({n.Type} {n.Number})" : "";
        return $"{file.Name}/{one.Id}  {last.Kind}{notify}  {one.Comment}";
    }

    /// <summary>One case with its setup, datagrams whole; null where the file has none of that id.</summary>
    public static string? Show(NegativeFile file, string id)
    {
        if (file.Groups.FirstOrDefault(g => g.Cases.Any(c => c.Id == id)) is not { } group)
        {
            return null;
        }

        var one = group.Cases.First(c => c.Id == id);
        var (setup, text) = (group.Setup, new StringBuilder());
        Line(text, $"{one.Id}: {one.Comment}");
        Line(text, $"clause {one.Clause}, flags {string.Join(", ", one.Flags)}");
        Line(text, $"the {setup.Role} of {setup.Exchange} awaits {setup.Awaits}; configuration {setup.Configuration}");
        foreach (var what in setup.Before)
        {
            Line(text, $"  at {what.At} ms {what.What} {what.Order}{Route(what.From, what.To)}");
            Line(text, what.Datagram is { } datagram ? $"    {datagram}" : "");
        }

        Line(text, setup.Keys is { } k ? $"  Ka {k.Ka}, SKEYID_a {k.SKEYID_a}, iv {k.Iv}" : "");
        foreach (var arrival in one.Sent)
        {
            Line(text, $"is sent{Route(arrival.From, arrival.To)}");
            Line(text, $"    {arrival.Datagram}");
            Line(text, arrival.Clear is { } clear ? $"    in clear {clear}" : "");
        }

        Result(text, one.Result);
        return $"{text}";
    }

    private static void Result(StringBuilder text, Outcome result)
    {
        foreach (var r in result.Rejections)
        {
            var place = r.Field is null ? "" : $" at {r.Offset}, {r.Field} of {r.Payload ?? "the header"}";
            Line(text, $"is refused: {r.Kind} ({r.Clause}){place}: {r.Reason}");
            Line(text, r.Notify is { } n ? $"  notify {n.Type} ({n.Number})" : "");
        }

        Line(text, result.Answers.IsEmpty
            ? $"no answer{(result.MayAnswer ? ", though one is allowed" : "")}" : $"RefIke answers {string.Join(' ', result.Answers)}");
        Line(text, $"state {result.State}");
        foreach (var change in result.Changes)
        {
            Line(text, $"  {change}");
        }

        Line(text, $"ISAKMP SAs that remain: {Names(result.Remains.IsakmpSas)}");
        Line(text, $"IPsec SAs that remain: {Names(result.Remains.IpsecSas)}");
    }

    private static string Names(IReadOnlyCollection<string> names) => names.Count == 0 ? "none" : string.Join(", ", names);

    private static string Route(string? from, string? to) => from is null ? "" : $" from {from} to {to}";

    /// <summary>A line; nothing where it is empty.</summary>
    private static void Line(StringBuilder text, string line)
    {
        if (line.Length > 0)
        {
            text.Append(line).Append('\n');
        }
    }
}
