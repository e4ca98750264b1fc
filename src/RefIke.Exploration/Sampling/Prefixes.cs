using RefIke.Exploration.Worlds;

namespace RefIke.Exploration.Sampling;

/// <summary>
/// How schedules are split: the ways to begin, as many turns deep as it takes to have enough of them, and each part has every n-th. No schedule has two
/// beginnings and each has one, so parts are disjoint and together complete.
/// </summary>
internal static class Prefixes
{
    /// <summary>So many beginnings for each part, that parts are about alike.</summary>
    public const int ForEachPart = 16;

    /// <summary>The beginnings of one part, in an order that is the same in every run.</summary>
    public static IReadOnlyList<IReadOnlyList<int>> Of(Moves moves, int part, int of)
        => of == 1 ? [[]] : [.. All(moves, ForEachPart * of).Where((_, n) => n % of == part - 1)];

    /// <summary>At least so many beginnings, or all schedules where there are not so many.</summary>
    public static IReadOnlyList<IReadOnlyList<int>> All(Moves moves, int least)
    {
        List<(int[] Way, JointState? At, bool Ended)> ways = [([], null, false)];
        while (ways.Count < least && ways.Any(w => !w.Ended))
        {
            ways = [.. ways.SelectMany(w => w.Ended ? [w] : Longer(moves, w.Way, w.At))];
        }

        return [.. ways.Select(w => w.Way)];
    }

    private static IEnumerable<(int[] Way, JointState? At, bool Ended)> Longer(Moves moves, int[] way, JointState? at)
        => (at is null ? moves.Begin() : moves.From(at)).Select((turn, n) => (Turn: turn, Number: n)).ToArray().Select(t =>
        {
            var move = moves.Take(t.Turn);
            return ((int[])[.. way, t.Number], (JointState?)move.After, move.Fault is not null || moves.IsOver(move.After));
        });
}
