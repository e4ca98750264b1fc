using RefIke.Exchanges.Machines;
using RefIke.Exploration.Scenarios;
using RefIke.Specification;

namespace RefIke.Exploration.Sampling;

/// <summary>What of the tables schedules have reached: of those whose exchanges the scenarios speak, and by name what none has.</summary>
public sealed class RowCoverage
{
    private readonly HashSet<string> reached;
    private readonly ILookup<bool, Row> rows;

    /// <summary>Of scenarios.</summary>
    /// <param name="tables">Every row of the tables.</param>
    /// <param name="taken">Those that were taken, each as <see cref="Transition"/> writes it.</param>
    public RowCoverage(IReadOnlyList<Row> tables, IReadOnlyCollection<Scenario> scenarios, IEnumerable<string> taken)
    {
        reached = [.. taken];
        var spoken = scenarios.SelectMany(Explorer.RowsWithoutHarm).Select(r => r.Exchange).ToHashSet();
        rows = tables.ToLookup(r => spoken.Contains(r.Exchange));
    }

    /// <summary>Rows of the exchanges that the scenarios speak.</summary>
    public int Rows => rows[true].Count();

    /// <summary>Those that no schedule took.</summary>
    public IReadOnlyList<string> MissedRows => [.. rows[true].Select(r => r.Transition).Where(r => !reached.Contains(r))];

    /// <summary>Exchange, role, state and event, as they stand together in these rows.</summary>
    public int Pairs => rows[true].Select(Pair).Distinct().Count();

    /// <summary>Those that no schedule met.</summary>
    public IReadOnlyList<string> MissedPairs
        => [.. rows[true].Select(Pair).Distinct().Except(rows[true].Where(r => reached.Contains(r.Transition)).Select(Pair))];

    /// <summary>Exchanges that no scenario speaks, with the rows that they have.</summary>
    public IReadOnlyList<(string Exchange, int Rows)> Unspoken => [.. rows[false].GroupBy(r => r.Exchange).Select(g => (g.Key, g.Count()))];

    /// <summary>A row that was taken as the tables write it.</summary>
    public static string Transition(TraceEntry r) => $"{r.Exchange} {r.Role} {r.State} {r.Event} {r.Guard} {r.Next} {r.Sends}";

    private static string Pair(Row r) => $"{r.Exchange} {r.Role} {r.State} {r.Event}";
}
