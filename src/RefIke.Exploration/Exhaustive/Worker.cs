using RefIke.Exploration.Monitors;
using RefIke.Exploration.Worlds;

namespace RefIke.Exploration.Exhaustive;

/// <summary>One thread of a search: its own endpoints, and what it has found in this round.</summary>
internal sealed class Worker(Moves moves, Reached reached, SearchLimits limits)
{
    /// <summary>The rules.</summary>
    public Moves Moves { get; } = moves;

    /// <summary>States met for the first time.</summary>
    public Frontier Next { get; } = new();

    /// <summary>Moves that leave clock and budget where they were.</summary>
    public List<(int From, int To)> Keeping { get; } = [];

    /// <summary>The first violation in the order of the search, if there is one.</summary>
    public (int Before, int Move, Fault Fault)? Found { get; private set; }

    /// <summary>Moves made.</summary>
    public long Transitions { get; private set; }

    /// <summary>States in which the scenario had ended.</summary>
    public long Ends { get; private set; }

    /// <summary>The beginnings.</summary>
    public void Begin()
    {
        foreach (var (turn, n) in Moves.Begin().Select((t, n) => (t, n)))
        {
            Take(-1, n, Moves.Take(turn));
        }

        Transitions = 0;
    }

    /// <summary>Every turn from a state that is this part's.</summary>
    public void Expand(int number, JointState state)
    {
        if (Moves.IsOver(state))
        {
            Ends++;
        }

        var n = 0;
        foreach (var turn in Moves.From(state))
        {
            if (limits.Has(state, turn.Name))
            {
                Take(number, n, Moves.Take(turn));
            }

            n++;
        }
    }

    /// <summary>The round is over: what was found is handed over, and the next one begins.</summary>
    public (long Transitions, long Ends) Rest(Frontier found)
    {
        found.AddRange(Next);
        var rest = (Transitions, Ends);
        (Transitions, Ends) = (0, 0);
        Next.Clear();
        Keeping.Clear();
        return rest;
    }

    private void Take(int number, int n, Move move)
    {
        Transitions++;
        if (move.Fault is { } fault)
        {
            Found = Found is { } f && (f.Before, f.Move).CompareTo((number, n)) < 0 ? f : (number, n, fault);
            return;
        }

        var (to, isNew) = reached.Add(move.After.Digest(), number, n);
        if (isNew)
        {
            Next.Add(to, move.After);
        }

        if (move.Keeps)
        {
            Keeping.Add((number, to));
        }
    }
}
