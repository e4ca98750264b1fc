using RefIke.Exploration.Worlds;

namespace RefIke.Exploration.Exhaustive;

/// <summary>
/// Makes states again by their numbers: from the nearest state before them that was made again already. Many ways share their beginnings, so of
/// a whole frontier each move is made about once.
/// </summary>
internal sealed class Retrace(Moves moves, WayLog log)
{
    /// <summary>With more states than this, what was made is forgotten.</summary>
    private const int MostKept = 500_000;

    private readonly Dictionary<int, JointState> made = [];

    /// <summary>The state with a number.</summary>
    public JointState Of(int number)
    {
        if (made.Count > MostKept)
        {
            made.Clear();
        }

        var ahead = new Stack<int>();
        for (var at = number; at >= 0 && !made.ContainsKey(at); at = log.At(at).Before)
        {
            ahead.Push(at);
        }

        foreach (var next in ahead)
        {
            var (before, move) = log.At(next);
            made[next] = moves.Take((before < 0 ? moves.Begin() : moves.From(made[before])).ElementAt(move)).After;
        }

        return made[number];
    }
}
