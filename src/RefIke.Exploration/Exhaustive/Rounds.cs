namespace RefIke.Exploration.Exhaustive;

/// <summary>
/// Whether a run can go on for ever: moves that leave clock and budget where they were, and lead back to where they began. Without such a
/// round every run in which what is due fires and what flies arrives or is lost comes to the end of its scenario.
/// </summary>
internal sealed class Rounds
{
    private readonly List<(int From, int To)> moves = [];

    /// <summary>Takes in what one worker has seen.</summary>
    public void Add(IEnumerable<(int From, int To)> seen) => moves.AddRange(seen);

    /// <summary>A state that lies on a round; null where there is none.</summary>
    public int? Find(int states)
    {
        var into = new int[states];
        foreach (var (_, to) in moves)
        {
            into[to]++;
        }

        var byFrom = moves.ToLookup(m => m.From, m => m.To);
        var free = new Stack<int>(Enumerable.Range(0, states).Where(s => into[s] == 0));
        var left = states;
        while (free.TryPop(out var state))
        {
            left--;
            foreach (var next in byFrom[state])
            {
                if (--into[next] == 0)
                {
                    free.Push(next);
                }
            }
        }

        return left == 0 ? null : Array.FindIndex(into, n => n > 0);
    }
}
