using RefIke.Exploration.Monitors;

namespace RefIke.Exploration.Worlds;

/// <summary>One run through a scenario: at each turn somebody says which is taken, and it is kept.</summary>
internal sealed class Walk(Moves moves, Func<JointState?, IReadOnlyList<Turn>, int> choose)
{
    /// <summary>A run that takes more turns than this does not come to rest.</summary>
    private const int MostTurns = 20_000;

    private readonly List<int> way = [];
    private readonly List<TurnName> names = [];
    private readonly List<Move> made = [];

    /// <summary>The number of each turn among those that were possible.</summary>
    public IReadOnlyList<int> Way => way;

    /// <summary>What was done.</summary>
    public IReadOnlyList<TurnName> Names => names;

    /// <summary>What came of it, move by move.</summary>
    public IReadOnlyList<Move> Made => made;

    /// <summary>Along a given way, and on as an honest network would.</summary>
    public static Walk Along(Moves moves, IReadOnlyList<int> way)
    {
        var at = 0;
        return new Walk(moves, (_, turns) => at < way.Count ? Math.Min(way[at++], turns.Count - 1) : 0);
    }

    /// <summary>A violation as a way that leads there again.</summary>
    public Violation Of(Fault fault) => Violation.Of(fault, way, Drawing.Of(moves, made));

    /// <summary>To the end of the scenario, or to the first fault; null where every property held.</summary>
    /// <param name="after">Told of every move.</param>
    public Fault? Run(Action<Move>? after = null)
    {
        JointState? state = null;
        while (state is null || !moves.IsOver(state))
        {
            Turn[] turns = [.. state is null ? moves.Begin() : moves.From(state)];
            var which = choose(state, turns);
            if (which < 0)
            {
                return null;
            }

            var move = moves.Take(turns[which]);
            way.Add(which);
            names.Add(turns[which].Name);
            made.Add(move);
            after?.Invoke(move);
            if (move.Fault is { } fault)
            {
                return fault;
            }

            if (way.Count > MostTurns)
            {
                return new Fault("L-15", "the run does not come to rest");
            }

            state = move.After;
        }

        return state.OpenExchanges > 0 ? new Fault("L-01", "an exchange is still open when the scenario has ended") : null;
    }
}
