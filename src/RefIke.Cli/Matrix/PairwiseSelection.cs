namespace RefIke.Cli.Matrix;

/// <summary>
/// Rows of values, one of each axis: every combination of the first axes some times over, the other axes filled so that
/// every two values of any two axes stand in some row. Greedy: a value is taken that brings the most new pairs.
/// </summary>
internal sealed class PairwiseSelection
{
    private readonly int[] sizes;
    private readonly HashSet<(int, int, int, int)> missing = [];
    private ulong state;

    /// <param name="sizes">How many values each axis has.</param>
    /// <param name="full">How many axes, from the first, are a full product.</param>
    /// <param name="copies">How often each combination of those comes.</param>
    /// <param name="seed">Decides between values that bring equally many pairs.</param>
    public PairwiseSelection(int[] sizes, int full, int copies, ulong seed)
    {
        (this.sizes, state) = (sizes, seed);
        for (var a = 0; a < sizes.Length; a++)
        {
            for (var b = a + 1; b < sizes.Length; b++)
            {
                missing.UnionWith(from v in Enumerable.Range(0, sizes[a])
                                  from w in Enumerable.Range(0, sizes[b])
                                  select (a, v, b, w));
            }
        }

        Pairs = missing.Count;
        var product = sizes.Take(full).Aggregate(1, (n, size) => n * size);
        for (var n = 0; n < product * copies; n++)
        {
            Add(Begun(n % product, full));
        }

        while (missing.Count > 0)
        {
            var (a, v, b, w) = missing.Min();
            var row = Enumerable.Repeat(-1, sizes.Length).ToArray();
            (row[a], row[b]) = (v, w);
            Add(row);
        }
    }

    /// <summary>An index into each axis.</summary>
    public List<int[]> Rows { get; } = [];

    /// <summary>How many pairs of values there are; all of them are in <see cref="Rows"/>.</summary>
    public int Pairs { get; }

    /// <summary>The n-th combination of the full axes; the others, marked by -1, are open.</summary>
    private int[] Begun(int n, int full)
    {
        var row = Enumerable.Repeat(-1, sizes.Length).ToArray();
        for (var a = 0; a < full; a++)
        {
            (row[a], n) = (n % sizes[a], n / sizes[a]);
        }

        return row;
    }

    private void Add(int[] row)
    {
        var open = Enumerable.Range(0, sizes.Length).Where(a => row[a] < 0).OrderBy(_ => Next()).ToArray();
        foreach (var a in open)
        {
            row[a] = Enumerable.Range(0, sizes[a]).Select(v => (Value: v, New: NewPairs(row, a, v), Tie: Next()))
                .OrderByDescending(c => c.New).ThenBy(c => c.Tie).First().Value;
        }

        missing.ExceptWith(from a in Enumerable.Range(0, row.Length)
                           from b in Enumerable.Range(a + 1, row.Length - a - 1)
                           select (a, row[a], b, row[b]));
        Rows.Add(row);
    }

    private int NewPairs(int[] row, int axis, int value)
    {
        var count = 0;
        for (var b = 0; b < row.Length; b++)
        {
            count += row[b] >= 0 && missing.Contains(b < axis ? (b, row[b], axis, value) : (axis, value, b, row[b]))
                ? 1 : 0;
        }

        return count;
    }

    /// <summary>SplitMix64: the same sequence everywhere for a seed.</summary>
    private ulong Next()
    {
        unchecked
        {
            var z = state += 0x9E3779B97F4A7C15;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return z ^ (z >> 31);
        }
    }
}
