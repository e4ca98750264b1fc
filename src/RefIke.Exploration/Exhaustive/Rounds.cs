namespace RefIke.Exploration.Exhaustive;

/// <summary>
/// Whether a run can go on for ever: moves that leave clock and budget where they were, and lead back to where they began. Without such a
/// round every run in which what is due fires and what flies arrives or is lost comes to the end of its scenario.
/// </summary>
/// <remarks>
/// States are numbered as they are met, so on every round one move at least leads from a state to one with the same or a lower number: those
/// alone are kept, and from where each leads the round is looked for.
/// </remarks>
internal sealed class Rounds
{
    private readonly List<(int From, int To)> back = [];

    /// <summary>The moves that lead back.</summary>
    public IReadOnlyList<(int From, int To)> Back => back;

    /// <summary>Takes in what one worker has seen.</summary>
    public void Add(IEnumerable<(int From, int To)> seen) => back.AddRange(seen.Where(m => m.To <= m.From));

    /// <summary>A state that lies on a round; null where there is none.</summary>
    /// <param name="next">Where the moves lead that could go round.</param>
    public int? Find(Func<int, IEnumerable<int>> next)
    {
        foreach (var (from, to) in back)
        {
            var (met, open) = (new HashSet<int> { to }, new Stack<int>([to]));
            while (open.TryPop(out var state))
            {
                if (state == from)
                {
                    return from;
                }

                foreach (var then in next(state).Where(met.Add))
                {
                    open.Push(then);
                }
            }
        }

        return null;
    }
}
