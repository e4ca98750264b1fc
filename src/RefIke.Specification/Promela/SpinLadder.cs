using System.Text.RegularExpressions;

namespace RefIke.Specification.Promela;

/// <summary>
/// A way that SPIN found, as a ladder: a lane for each process that acts, a line for each row that it takes, an arrow for what it
/// sends, and what the network, the clock and the attacker do beside it.
/// </summary>
internal static partial class SpinLadder
{
    private const string Cycle = "START OF CYCLE";

    /// <summary>The lines.</summary>
    /// <param name="replayed">What <c>pan -r</c> printed: each step with its process, and what the model says of it.</param>
    /// <param name="rows">The transitions by which the model prints its rows.</param>
    public static IReadOnlyList<string> Draw(string replayed, IReadOnlySet<string> rows)
    {
        Step[] steps = [.. Steps(replayed)];
        var lanes = steps.Where(s => rows.Contains(s.Said)).Select(s => s.Process).Distinct().Order().ToArray();
        var names = lanes.Select(p => steps.First(s => s.Process == p).Name).ToArray();
        var columns = names.Select((n, i) => names.Count(o => o == n) > 1 ? $"{n} {names[..i].Count(o => o == n)}" : n).ToArray();
        var width = columns.Select(c => c.Length + 3).DefaultIfEmpty(12).Max();
        return lanes.Length == 0 ? [] : [string.Concat(columns.Select(c => c.PadRight(width))).TrimEnd(), .. steps.SelectMany(Lines)];

        IEnumerable<string> Lines(Step step)
        {
            if (step.Said == Cycle)
            {
                return ["and from here for ever:"];
            }

            var lane = Array.IndexOf(lanes, step.Process);
            if (!rows.Contains(step.Said) || step.Said.Split(' ') is not [var exchange, var role, var state, var ev, var guard, var next, var sends])
            {
                return [$"{Marked(lane, '·')}{step.Said.Trim()}"];
            }

            var on = guard == "Always" ? ev : $"{ev} [{guard}]";
            var row = $"{Marked(lane, '●')}{exchange} {role}: {state}, {on} -> {(next == state ? "refused" : next)}";
            return sends == "Nothing" ? [row]
                : lanes.Length == 2 ? [row, $"{Arrow(lane == 0)}{sends}"] : [$"{row}, sends {sends}"];
        }

        string Marked(int lane, char mark) => string.Concat(lanes.Select((_, i) => (i == lane ? $"{mark}" : "|").PadRight(width)));

        string Arrow(bool rightwards) => (rightwards
            ? $"├{new string('─', width - 2)}▶|" : $"|◀{new string('─', width - 2)}┤").PadRight(2 * width);
    }

    private static IEnumerable<Step> Steps(string replayed)
    {
        foreach (var line in replayed.Split('\n').TakeWhile(l => !l.Contains("trail ends", StringComparison.Ordinal)))
        {
            if (line.Contains(Cycle, StringComparison.Ordinal))
            {
                yield return new(-1, "", Cycle);
            }
            else if (Printed().Match(line) is { Success: true } m)
            {
                yield return new(int.Parse(m.Groups[1].ValueSpan, System.Globalization.CultureInfo.InvariantCulture), m.Groups[2].Value, Said(m));
            }
        }
    }

    /// <summary>What is printed, with the name of the message that <c>%e</c> stands for left out.</summary>
    private static string Said(Match m) => m.Groups[3].Value.Replace("%e ", "a message ", StringComparison.Ordinal).TrimEnd();

    [GeneratedRegex(@"proc +(\d+) \(([\w:]+).*\[printf\('(.*?)\\n'")]
    private static partial Regex Printed();

    private sealed record Step(int Process, string Name, string Said);
}
