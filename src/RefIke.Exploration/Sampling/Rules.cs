using System.Collections.Concurrent;
using RefIke.Exchanges.Machines;
using RefIke.Exploration.Scenarios;
using RefIke.Exploration.Worlds;
using RefIke.Specification;

namespace RefIke.Exploration.Sampling;

/// <summary>The rules of a scenario with what is remembered of the core's steps; it is made anew when that is too much.</summary>
internal sealed class Rules(Scenario scenario, Variation? variation, TraceAcceptance? tables)
{
    /// <summary>With more states than this what is remembered of them is forgotten: memory does not grow with the schedules.</summary>
    private const int MostRemembered = 50_000;

    private readonly ConcurrentDictionary<TraceEntry, bool> rows = [];
    private Known known = new();
    private LocalSteps? steps;
    private Moves? moves;

    /// <summary>What is explored.</summary>
    public Scenario Scenario => scenario;

    /// <summary>The rows of the tables that were taken, also in what is forgotten.</summary>
    public IReadOnlyCollection<TraceEntry> Rows => [.. rows.Keys];

    /// <summary>All that may happen next.</summary>
    public Moves Moves => moves!;

    /// <summary>The core's steps.</summary>
    public LocalSteps Steps => steps!;

    /// <summary>States and datagrams.</summary>
    public Known Known => known;

    /// <summary>Before a run: as they are, or anew.</summary>
    public Rules Fresh()
    {
        if (moves is null || known.States > MostRemembered)
        {
            known = new();
            steps = new LocalSteps(scenario, variation, tables, known, new() { Rows = rows });
            moves = new Moves(scenario, scenario.Budget, steps, known);
        }

        return this;
    }
}
