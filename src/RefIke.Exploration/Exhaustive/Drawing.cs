namespace RefIke.Exploration.Exhaustive;

/// <summary>A way through a scenario, made again and drawn as a ladder.</summary>
internal static class Drawing
{
    public static string Of(Moves moves, IReadOnlyList<int> way)
    {
        var lines = new List<LadderLine>();
        JointState? at = null;
        foreach (var n in way)
        {
            var move = (at is null ? moves.Begin() : moves.From(at)).ElementAt(n);
            if (move.Message is { } message)
            {
                lines.Add(LadderLine.Message(move.After.Now, move.ByA ? "A" : "B", message.Sent.Datagram, move.Words));
            }
            else if (move.Words.Length > 0)
            {
                lines.Add(LadderLine.Event(move.After.Now, at is null || move.After.A != at.A ? "A" : "B", move.Words));
            }

            if (at is not null)
            {
                lines.AddRange(Changes(at, move.After));
            }

            at = move.After;
        }

        return LadderLine.Draw(lines);
    }

    private static IEnumerable<LadderLine> Changes(JointState before, JointState after)
    {
        foreach (var (name, was, now) in new[] { ("A", before.A.State, after.A.State), ("B", before.B.State, after.B.State) })
        {
            foreach (var pair in now.Pairs.Values.Where(p => !was.Pairs.ContainsKey(p.Spi)))
            {
                yield return LadderLine.Event(after.Now, name, $"pair {pair.Spi:x8}/{pair.PeerSpi:x8} up");
            }

            foreach (var pair in was.Pairs.Values.Where(p => !now.Pairs.ContainsKey(p.Spi)))
            {
                yield return LadderLine.Event(after.Now, name, $"pair {pair.Spi:x8} gone");
            }

            foreach (var entry in now.Isakmp.Values.Where(e => e.Established is not null && was.Isakmp.GetValueOrDefault(e.Own.Value)?.Established is null))
            {
                yield return LadderLine.Event(after.Now, name, $"ISAKMP SA {entry.Phase1.CKY_I} up");
            }
        }
    }
}
