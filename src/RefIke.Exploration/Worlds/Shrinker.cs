using RefIke.Exploration.Monitors;
using RefIke.Exploration.Scenarios;
using RefIke.Specification;

namespace RefIke.Exploration.Worlds;

/// <summary>
/// Makes a violating run small: turns are left out, half of them, a quarter, at last each by itself, as long as the run still violates the same
/// property and does not grow. What is left out the network does as an honest one would.
/// </summary>
public sealed class Shrinker
{
    private readonly Moves moves;

    /// <summary>For runs of a scenario within a budget.</summary>
    public Shrinker(Scenario scenario, Budget budget, TraceAcceptance? tables, Variation? variation = null)
        => moves = Moves.Alone(scenario, budget, tables, variation);

    /// <summary>The smallest run that was found; no turn of it can be left out alone.</summary>
    public Violation Of(Violation found)
    {
        var walk = Walk.Along(moves, found.Way);
        if (walk.Run() is not { } fault)
        {
            return found;
        }

        var (best, names) = (walk, walk.Names.ToArray());
        for (var piece = Math.Max(1, names.Length / 2); ;)
        {
            var smaller = Without(names, piece).Select(n => (Names: n, Run: Guided(n, found.Property)))
                .FirstOrDefault(t => t.Run is { } run && IsSmaller(run.Walk, t.Names, best, names));
            if (smaller.Run is { } run)
            {
                (best, fault, names) = (run.Walk, run.Fault, smaller.Names);
                piece = Math.Min(piece, Math.Max(1, names.Length / 2));
            }
            else if (piece == 1)
            {
                break;
            }
            else
            {
                piece /= 2;
            }
        }

        return best.Of(fault);
    }

    private static IEnumerable<TurnName[]> Without(TurnName[] names, int piece)
    {
        for (var from = 0; from < names.Length; from += piece)
        {
            yield return [.. names[..from], .. names[Math.Min(from + piece, names.Length)..]];
        }
    }

    /// <summary>A run that takes the named turns as soon as they come up in their order; null where it violates something else or nothing.</summary>
    private (Walk Walk, Fault Fault)? Guided(TurnName[] names, string property)
    {
        var at = 0;
        var walk = new Walk(moves, (_, turns) =>
        {
            for (; at < names.Length; at++)
            {
                for (var n = 0; n < turns.Count; n++)
                {
                    if (turns[n].Name == names[at])
                    {
                        at++;
                        return n;
                    }
                }
            }

            return Math.Max(0, turns.ToList().FindIndex(t => !t.Name.IsHarm));
        });
        return walk.Run() is Fault fault && fault.Property == property ? (walk, fault) : null;
    }

    /// <summary>Less harm, or as much of it in fewer turns, or the same with fewer of them asked for.</summary>
    private static bool IsSmaller(Walk run, TurnName[] names, Walk best, TurnName[] named)
        => (Harm(run), run.Way.Count, names.Length).CompareTo((Harm(best), best.Way.Count, named.Length)) < 0;

    private static int Harm(Walk walk) => walk.Names.Count(n => n.IsHarm);
}
