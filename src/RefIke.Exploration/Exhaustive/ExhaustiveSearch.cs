using System.Diagnostics;
using RefIke.Exploration.Monitors;
using RefIke.Exploration.Scenarios;
using RefIke.Exploration.Worlds;
using RefIke.Specification;

namespace RefIke.Exploration.Exhaustive;

/// <summary>
/// Every state of a scenario that the real core can reach within its budget, breadth first: so the first violation that is found is one of
/// the shortest.
/// </summary>
/// <remarks>
/// A step of an endpoint is a function of state, time and input, so each is made once, by the real core, and remembered; a joint state
/// is the local ones, what flies, the clock and what is left of the budget. Random octets are functions of their names, so runs
/// that differ in the order of steps alone meet in the same state without any renaming. A search is split by the first harm that is done
/// in a run (<see cref="SearchLimits.Part"/>).
/// </remarks>
public sealed class ExhaustiveSearch(Scenario scenario, TraceAcceptance? tables, Variation? variation = null)
{
    private const int Batch = 16;

    private readonly Known known = new();
    private readonly LocalSteps.Memory memory = new();
    private readonly Rounds rounds = new();
    private Frontier frontier = new();
    private Frontier found = new();
    private long transitions;
    private long ends;
    private int depth;

    private string Bounds => $"{scenario.InSearch}, resends {Cast.Retries}{(variation is null ? "" : $", with {variation.Label}")}"
        + (scenario.InSearch.Delivers(Cast.Retries) ? "" : " (fewer than losses and premature timers: what assumes delivery may fail)");

    /// <summary>Looks until all is seen, a property fails, a limit is reached, or it is cancelled.</summary>
    /// <exception cref="CheckpointException">The folder holds another search, or a damaged one.</exception>
    public ExhaustiveResult Run(SearchLimits limits, Action<SearchProgress>? progress = null, CancellationToken stop = default)
    {
        var watch = Stopwatch.StartNew();
        if (limits.Folder is { } folder)
        {
            Directory.CreateDirectory(folder);
        }

        var identity = new SearchIdentity(limits.Version, scenario.Name, Bounds, limits.Part, limits.Of);
        var checkpoint = limits.Folder is null ? null : Checkpoint.Read(limits.Folder, identity);
        using var reached = new Reached(limits.Folder, limits.MostInMemory);
        var workers = Enumerable.Range(0, limits.Workers).Select(_ => new Worker(MovesOfItsOwn(), reached, limits)).ToArray();
        Begin(workers, reached, checkpoint, limits);
        var (takenUp, written) = (checkpoint is null ? 0 : reached.Count, watch.Elapsed);
        while (frontier.Count > 0 && Violated(workers) is null && reached.Count < limits.States && !stop.IsCancellationRequested)
        {
            Round(workers, limits, stop);
            reached.Spill();
            progress?.Invoke(new(reached.Count, transitions, depth, frontier.Count + found.Count));
            if (limits.Folder is not null && watch.Elapsed - written > limits.Between)
            {
                WriteDown(limits.Folder, identity, reached);
                written = watch.Elapsed;
            }
        }

        if (limits.Folder is not null && Violated(workers) is null)
        {
            WriteDown(limits.Folder, identity, reached);
        }

        return Judged(workers, reached, watch, takenUp);
    }

    private ExhaustiveResult Judged(Worker[] workers, Reached reached, Stopwatch watch, int takenUp)
    {
        var isWhole = frontier.Count == 0 && Violated(workers) is null;
        var violation = Violated(workers) is { } f ? Explain(reached, f.Before, f.Move, f.Fault)
            : isWhole && Endless(workers[0].Moves, reached) is { } on
                ? Explain(reached, on, -1, new Fault("L-01", "a run can go round here for ever")) : null;
        return new(scenario.Name, isWhole && violation is null, reached.Count, transitions, ends, depth, known.States, known.Messages,
            memory.Steps.Count, watch.Elapsed, GC.GetTotalMemory(false), Bounds, violation)
        {
            Reached = reached.Sorted(),
            TakenUp = takenUp,
            OnDisk = reached.Runs,
        };
    }

    private Moves MovesOfItsOwn() => new(scenario, scenario.InSearch, new LocalSteps(scenario, variation, tables, known, memory), known);

    private void Begin(Worker[] workers, Reached reached, Checkpoint? checkpoint, SearchLimits limits)
    {
        if (checkpoint is null)
        {
            workers[0].Begin();
            workers[0].Rest(frontier);
            return;
        }

        if (!reached.TakeUp(checkpoint.States, checkpoint.Ways))
        {
            throw new CheckpointException($"{Path.Combine(limits.Folder!, "ways")} is damaged: its digest is not the one that was written down");
        }

        var states = FrontierFile.Read(
            Checkpoint.FrontierIn(limits.Folder!), checkpoint.Frontier, known, new Retrace(workers[0].Moves, reached.Log).Of);
        foreach (var (number, state) in states)
        {
            (frontier.Count < checkpoint.Left ? frontier : found).Add(number, state);
        }

        (transitions, ends, depth) = (checkpoint.Transitions, checkpoint.Ends, checkpoint.Depth);
        rounds.Add(checkpoint.Back.Select(b => (b[0], b[1])));
        OnwardWhereNoneIsLeft();
    }

    /// <summary>Every state in front is expanded, or as many as there is time for: then the rest stays in front.</summary>
    private void Round(Worker[] workers, SearchLimits limits, CancellationToken stop)
    {
        depth += found.Count == 0 ? 1 : 0;
        var next = 0;
        Parallel.For(0, workers.Length, new ParallelOptions { MaxDegreeOfParallelism = limits.Workers }, w =>
        {
            while (!stop.IsCancellationRequested && Interlocked.Add(ref next, Batch) - Batch is var from && from < frontier.Count)
            {
                for (var i = from; i < Math.Min(from + Batch, frontier.Count); i++)
                {
                    var (number, state) = frontier.At(i, known);
                    workers[w].Expand(number, state);
                }
            }
        });
        foreach (var worker in workers)
        {
            rounds.Add(worker.Keeping);
            var (made, over) = worker.Rest(found);
            (transitions, ends) = (transitions + made, ends + over);
        }

        var left = new Frontier();
        left.AddRange(frontier, next);
        frontier = left;
        OnwardWhereNoneIsLeft();
    }

    /// <summary>What was found is in front now, where nothing is left of the round.</summary>
    private void OnwardWhereNoneIsLeft()
    {
        if (frontier.Count == 0)
        {
            (frontier, found) = (found, frontier);
        }
    }

    private void WriteDown(string folder, SearchIdentity identity, Reached reached)
    {
        var digest = FrontierFile.Write(Checkpoint.FrontierIn(folder) + ".new", frontier.All(known).Concat(found.All(known)));
        var checkpoint = new Checkpoint(identity, reached.Count, transitions, ends, depth, reached.Log.Seal(), digest, frontier.Count,
            [.. rounds.Back.Select(b => new[] { b.From, b.To })]);
        File.Move(Checkpoint.FrontierIn(folder) + ".new", Checkpoint.FrontierIn(folder), true);
        checkpoint.Write(folder);
    }

    private static (int Before, int Move, Fault Fault)? Violated(Worker[] workers)
        => workers.Where(w => w.Found is not null).Select(w => w.Found).MinBy(f => (f!.Value.Before, f.Value.Move));

    /// <summary>A state that a run can come back to without clock or budget having moved; null where there is none.</summary>
    private int? Endless(Moves moves, Reached reached)
    {
        var again = new Retrace(moves, reached.Log);
        return rounds.Find(number => moves.From(again.Of(number)).Select(moves.Take)
            .Where(m => m.Keeps && m.Fault is null).Select(m => reached.NumberOf(m.After.Digest())).OfType<int>());
    }

    /// <summary>The way to a violation, made again by the real core, and drawn.</summary>
    private Violation Explain(Reached reached, int before, int last, Fault fault)
    {
        IReadOnlyList<int> way = [.. before < 0 ? [] : reached.Log.WayTo(before), .. last >= 0 ? new[] { last } : []];
        var moves = MovesOfItsOwn();
        var at = 0;
        var walk = new Walk(moves, (_, _) => at < way.Count ? way[at++] : -1);
        walk.Run();
        return walk.Of(fault);
    }
}
