using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace RefIke.Specification.Symbolic;

/// <summary>
/// A path that Maude found, as a ladder: a lane for each session, E's beside the first, a line for each message. Every
/// message goes through E's hands.
/// </summary>
internal static partial class MaudeLadder
{
    private const int Width = 9;

    /// <summary>The lines.</summary>
    /// <param name="path">What <c>show path</c> printed, of a search that keeps events.</param>
    public static IReadOnlyList<string> Draw(MaudeSearch search, string path)
    {
        var states = State().Matches(path).Select(m => m.Value).ToArray();
        var rules = Rule().Matches(path).Select(m => Words().Match(m.Value).Groups[1].Value).ToArray();
        Session[] sessions = [.. Session.All(states[^1])];
        var lanes = new Lanes(sessions);
        var lines = new List<string> { search.Note, "", lanes.Head };
        var sent = new HashSet<string>();
        for (var i = 1; i < states.Length; i++)
        {
            if (rules[i - 1].Length > 0)
            {
                lines.Add($"{lanes.Empty}   * {rules[i - 1]}");
                continue;
            }

            var (session, got, answer) = Event(states[i]);
            if (got is not null && MessageWords.Of(got) is { Length: > 0 } words)
            {
                lines.Add($"{lanes.Arrow(session, toSession: true)}   {words}{(sent.Contains($"{got}") ? "" : "   <- E's own")}");
            }

            if (MessageWords.Of(answer) is { Length: > 0 } answered)
            {
                lines.Add($"{lanes.Arrow(session, toSession: false)}   {answered}");
                sent.Add($"{answer}");
            }
        }

        return [.. lines, "", .. sessions.Select(s => s.Words)];
    }

    /// <summary>The last event that a state keeps; what was got is null where it was the owner's order.</summary>
    private static (int Session, MaudeTerm? Got, MaudeTerm Sent) Event(string state)
    {
        var from = state.IndexOf("told(", StringComparison.Ordinal) + "told".Length;
        var told = MaudeTerm.Parse(MaudeTerm.Balanced(state, from)[1..^1]);
        var order = told.Args[3] is { Head: ":", Args: [{ Head: "\"begin with\"" or "\"tell\"" }, _] };
        return (int.Parse(told.Args[0].Head, CultureInfo.InvariantCulture), order ? null : told.Args[3], told.Args[4]);
    }

    [GeneratedRegex(@"^state \d+, Conf: .*$", RegexOptions.Multiline)]
    private static partial Regex State();

    [GeneratedRegex(@"^===\[.*$", RegexOptions.Multiline)]
    private static partial Regex Rule();

    [GeneratedRegex("metadata \"([^\"]*)\"")]
    private static partial Regex Words();

    /// <summary>A session as it stands in the end.</summary>
    private sealed partial record Session(int Number, bool Began, string Owner, string Peer, string State)
    {
        public string Lane => $"{Owner}({Number})";

        /// <summary>What has become of it.</summary>
        public string Words => $"{Lane} " + (Began, State) switch
        {
            (true, "done" or "past" or "told") => $"began with {Peer} and is done",
            (true, "idle") => "has not begun",
            (true, _) => $"began with {Peer} and waits",
            (false, "done" or "past" or "let") => $"answered {Peer} and is done",
            (false, "idle") => "has not answered",
            (false, _) => $"answers {(Peer == "?" ? "whom it does not know yet" : Peer)} and waits",
        };

        public static IEnumerable<Session> All(string state) => Each().Matches(state)
            .Select(m => m.Groups).Select(g => new Session(
                int.Parse(g[1].ValueSpan, CultureInfo.InvariantCulture), g[2].Value == "I", g[3].Value.ToUpperInvariant(),
                g[4].Value.ToUpperInvariant(), g[5].Value))
            .OrderBy(s => s.Number);

        [GeneratedRegex(@"\bs\(\w+, (\d+), ([IR]), (\w+), ([\w?]+), (\w+), ")]
        private static partial Regex Each();
    }

    /// <summary>The columns: the first session, E, the other sessions.</summary>
    private sealed class Lanes(Session[] sessions)
    {
        private int Count => sessions.Length + 1;

        public string Head => Row(i => i == 1 ? "E" : sessions[i == 0 ? 0 : i - 1].Lane).TrimEnd();

        public string Empty => Row(_ => "|");

        public string Arrow(int session, bool toSession)
        {
            var index = Array.FindIndex(sessions, s => s.Number == session);
            var lane = index == 0 ? 0 : index + 1;
            var (from, to) = (Math.Min(lane, 1) * Width, Math.Max(lane, 1) * Width);
            var line = new StringBuilder(Empty);
            for (var i = from + 1; i < to; i++)
            {
                line[i] = i % Width == 0 ? '┼' : '─';
            }

            var rightwards = toSession == (lane > 1);
            line[rightwards ? to - 1 : from + 1] = rightwards ? '▶' : '◀';
            return line.ToString();
        }

        private string Row(Func<int, string> cell)
        {
            var row = new StringBuilder();
            for (var i = 0; i < Count; i++)
            {
                row.Append(i == Count - 1 ? cell(i) : cell(i).PadRight(Width));
            }

            return row.ToString();
        }
    }
}
