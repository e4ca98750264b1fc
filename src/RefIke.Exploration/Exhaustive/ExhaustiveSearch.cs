using System.Collections.Immutable;
using System.Diagnostics;
using RefIke.Exploration.Monitors;
using RefIke.Exploration.Mutants;
using RefIke.Exploration.Scenarios;
using RefIke.Exploration.Worlds;
using RefIke.Specification;

namespace RefIke.Exploration.Exhaustive;

/// <summary>How far a search may go.</summary>
/// <param name="States">After so many states it stops without a verdict.</param>
/// <param name="Workers">How many threads look.</param>
/// <param name="Part">Which part of a search that is split, from 1.</param>
/// <param name="Of">Into how many parts it is split.</param>
public sealed record SearchLimits(int States = 20_000_000, int Workers = 2, int Part = 1, int Of = 1);

/// <summary>How far a search has come.</summary>
public sealed record SearchProgress(long States, long Transitions, int Depth, int Frontier);

/// <summary>
/// Every state of a scenario that the real core can reach within its budget, breadth first: so the first violation that is found is one of
/// the shortest.
/// </summary>
/// <remarks>
/// A step of an endpoint is a function of state, time and input, so each is made once, by the real core, and remembered; a joint state
/// is the two local ones, what flies, the clock and what is left of the budget. Random octets are functions of their names, so runs
/// that differ in the order of steps alone meet in the same state without any renaming. A search is split by its first choices: every
/// part goes the same way until enough states lie in front, takes its share of them, and all that follows.
/// </remarks>
public sealed class ExhaustiveSearch(Scenario scenario, TraceAcceptance? tables, Mutant? mutant = null)
{
    /// <summary>A search is split where so many states lie in front for each part.</summary>
    private const int FrontierToSplit = 16;

    private readonly Known known = new();
    private readonly LocalSteps.Memory memory = new();
    private readonly Reached reached = new();
    private readonly Rounds rounds = new();
    private readonly Lock gate = new();
    private (int Before, int Move, Fault Fault)? found;
    private long transitions;
    private long ends;

    /// <summary>Looks until all is seen, a property fails, a limit is reached, or it is cancelled.</summary>
    public ExhaustiveResult Run(SearchLimits limits, Action<SearchProgress>? progress = null, CancellationToken stop = default)
    {
        var watch = Stopwatch.StartNew();
        var workers = Enumerable.Range(0, limits.Workers).Select(_ => new Worker(this)).ToArray();
        var frontier = Begin(workers[0]);
        var (depth, isSplit) = (0, limits.Of == 1);
        while (frontier.Count > 0 && found is null && reached.Count < limits.States && !stop.IsCancellationRequested)
        {
            if (!isSplit && frontier.Count >= FrontierToSplit * limits.Of)
            {
                isSplit = true;
                frontier = [.. frontier.Where(f => f.State.Digest() % (UInt128)limits.Of == (UInt128)(limits.Part - 1))];
            }

            depth++;
            Parallel.For(0, workers.Length, w =>
            {
                for (var i = w; i < frontier.Count && !stop.IsCancellationRequested; i += workers.Length)
                {
                    workers[w].Expand(frontier[i].Number, frontier[i].State);
                }
            });
            frontier = [.. workers.SelectMany(w => w.Next)];
            Array.ForEach(workers, w => w.Rest(rounds));
            progress?.Invoke(new(reached.Count, transitions, depth, frontier.Count));
        }

        var isWhole = frontier.Count == 0 && found is null && !stop.IsCancellationRequested;
        var round = isWhole ? rounds.Find(reached.Count) : null;
        var violation = found is { } f ? Explain(f.Before, f.Move, f.Fault)
            : round is { } on ? Explain(on, -1, new Fault("L-01", "a run can go round here for ever")) : null;
        return new(scenario.Name, isWhole && violation is null, reached.Count, transitions, ends, depth, known.States, known.Messages,
            memory.Steps.Count, watch.Elapsed, GC.GetTotalMemory(false), $"{scenario.InSearch}, resends {Cast.Retries}", violation)
        {
            Reached = reached.Sorted(),
        };
    }

    private Moves MovesOfItsOwn() => new(scenario, scenario.InSearch, new LocalSteps(scenario, mutant, tables, known, memory), known);

    private List<(int Number, JointState State)> Begin(Worker worker)
    {
        var beginnings = new List<(int, JointState)>();
        foreach (var (move, n) in worker.Moves.Begin().Select((t, n) => (t.Take(), n)))
        {
            if (move.Fault is { } fault)
            {
                found ??= (-1, n, fault);
            }
            else
            {
                worker.Reach(move.After, -1, n, beginnings);
            }
        }

        worker.Rest(rounds);
        return beginnings;
    }

    /// <summary>The way to a violation, made again by the real core, and drawn.</summary>
    private Violation Explain(int before, int last, Fault fault)
    {
        List<int> way = [.. before < 0 ? [] : reached.WayTo(before), .. last >= 0 ? [last] : ImmutableArray<int>.Empty];
        var moves = MovesOfItsOwn();
        var at = 0;
        var walk = new Walk(moves, (_, _) => at < way.Count ? way[at++] : -1);
        walk.Run();
        return new Violation(fault.Property, $"{fault.Property}: {fault.What}", way, Drawing.Of(moves, walk.Made));
    }

    /// <summary>One thread's endpoints, and what it has found in this round.</summary>
    private sealed class Worker
    {
        private readonly ExhaustiveSearch search;
        private readonly List<(int, int)> seen = [];
        private long transitions;
        private long ends;

        public Worker(ExhaustiveSearch search)
        {
            this.search = search;
            Moves = search.MovesOfItsOwn();
        }

        public Moves Moves { get; }

        public List<(int Number, JointState State)> Next { get; private set; } = [];

        public void Expand(int number, JointState state)
        {
            if (Moves.IsOver(state))
            {
                ends++;
            }

            var n = 0;
            foreach (var turn in Moves.From(state))
            {
                var move = turn.Take();
                transitions++;
                if (move.Fault is { } fault)
                {
                    lock (search.gate)
                    {
                        search.found = search.found is { } f && (f.Before, f.Move).CompareTo((number, n)) < 0 ? f : (number, n, fault);
                    }
                }
                else
                {
                    var to = Reach(move.After, number, n, Next);
                    if (move.Keeps)
                    {
                        seen.Add((number, to));
                    }
                }

                n++;
            }
        }

        public int Reach(JointState state, int before, int move, List<(int, JointState)> to)
        {
            var (number, isNew) = search.reached.Add(state.Digest(), before, move);
            if (isNew)
            {
                to.Add((number, state));
            }

            return number;
        }

        /// <summary>Hands over what was found; the next round begins.</summary>
        public void Rest(Rounds rounds)
        {
            rounds.Add(seen);
            search.transitions += transitions;
            search.ends += ends;
            (transitions, ends, Next) = (0, 0, []);
            seen.Clear();
        }
    }
}
