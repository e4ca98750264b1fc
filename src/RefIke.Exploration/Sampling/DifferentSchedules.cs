namespace RefIke.Exploration.Sampling;

/// <summary>
/// How many different ones there were, in memory that does not grow: the smallest digests are kept. Up to <see cref="MostKept"/> the count is exact;
/// beyond it follows from how close together they lie, with a standard error of 0.6 %.
/// </summary>
internal sealed class DifferentSchedules
{
    /// <summary>So many are counted exactly.</summary>
    public const int MostKept = 32_768;

    private readonly HashSet<ulong> kept = [];
    private readonly PriorityQueue<ulong, ulong> largestFirst = new(Comparer<ulong>.Create((x, y) => y.CompareTo(x)));

    /// <summary>Whether <see cref="Count"/> is an estimate.</summary>
    public bool IsEstimate { get; private set; }

    /// <summary>How many.</summary>
    public long Count => IsEstimate ? (long)((MostKept - 1) / ((largestFirst.Peek() + 1.0) / (1UL << 32) / (1UL << 32))) : kept.Count;

    /// <summary>One more, by the numbers of its turns.</summary>
    public void Add(IEnumerable<int> turns)
    {
        var digest = 17UL;
        foreach (var turn in turns)
        {
            digest = Mixed(digest ^ unchecked((uint)turn + 1UL));
        }

        Add(digest);
    }

    /// <summary>One more, by a digest that is spread evenly.</summary>
    public void Add(ulong digest)
    {
        if ((IsEstimate && digest >= largestFirst.Peek()) || !kept.Add(digest))
        {
            return;
        }

        largestFirst.Enqueue(digest, digest);
        if (kept.Count > MostKept)
        {
            kept.Remove(largestFirst.Dequeue());
            IsEstimate = true;
        }
    }

    /// <summary>A step of SplitMix64: each bit of what comes in moves half of the bits that go out.</summary>
    public static ulong Mixed(ulong value)
    {
        unchecked
        {
            value += 0x9e3779b97f4a7c15;
            value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9;
            value = (value ^ (value >> 27)) * 0x94d049bb133111eb;
            return value ^ (value >> 31);
        }
    }
}
