namespace RefIke.Exploration.Exhaustive;

/// <summary>
/// The states that were reached, by the first 128 bits of their digests, each with the number of the one before it and of the move between
/// them: sixteen octets of key and eight of way a state.
/// </summary>
internal sealed class Reached
{
    private const int Parts = 64;
    private readonly Dictionary<UInt128, int>[] parts = [.. Enumerable.Range(0, Parts).Select(_ => new Dictionary<UInt128, int>())];
    private readonly List<(int Before, int Move)> ways = [];
    private readonly Lock gate = new();

    /// <summary>How many.</summary>
    public int Count => ways.Count;

    /// <summary>All of their digests, sorted.</summary>
    public UInt128[] Sorted()
    {
        UInt128[] all = [.. parts.SelectMany(p => p.Keys)];
        Array.Sort(all);
        return all;
    }

    /// <summary>The number of a state, and whether it is new.</summary>
    public (int Number, bool IsNew) Add(UInt128 digest, int before, int move)
    {
        var part = parts[(int)(digest & (Parts - 1))];
        lock (part)
        {
            if (part.TryGetValue(digest, out var known))
            {
                return (known, false);
            }

            int number;
            lock (gate)
            {
                number = ways.Count;
                ways.Add((before, move));
            }

            part.Add(digest, number);
            return (number, true);
        }
    }

    /// <summary>The moves that lead to a state, from its beginning.</summary>
    public IReadOnlyList<int> WayTo(int number)
    {
        var moves = new List<int>();
        for (var at = number; at >= 0; at = ways[at].Before)
        {
            moves.Add(ways[at].Move);
        }

        moves.Reverse();
        return moves;
    }
}
