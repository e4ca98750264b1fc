using System.Collections.Immutable;

namespace RefIke.Exploration.Exhaustive;

/// <summary>
/// The states that were reached, by the first 128 bits of their digests. The newest are in memory; where there is a folder and they become too
/// many, the older go to disk, sorted.
/// </summary>
internal sealed class Reached : IDisposable
{
    private const int Parts = 64;
    private readonly Dictionary<UInt128, int>[] parts = [.. Enumerable.Range(0, Parts).Select(_ => new Dictionary<UInt128, int>())];
    private readonly string? folder;
    private readonly int mostInMemory;
    private ImmutableArray<SortedRun> runs = [];

    /// <summary>An empty set.</summary>
    /// <param name="folder">Where it may write; null for memory alone.</param>
    public Reached(string? folder, int mostInMemory)
    {
        (this.folder, this.mostInMemory) = (folder, mostInMemory);
        Log = new WayLog(folder is null ? null : Path.Combine(folder, "ways"));
    }

    /// <summary>Every state in the order of its number.</summary>
    public WayLog Log { get; }

    /// <summary>How many.</summary>
    public int Count => Log.Count;

    /// <summary>How many parts of it are on disk.</summary>
    public int Runs => runs.Length;

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

            foreach (var run in runs)
            {
                if (run.NumberOf(digest) is { } number)
                {
                    return (number, false);
                }
            }

            var added = Log.Add(digest, before, move);
            part.Add(digest, added);
            return (added, true);
        }
    }

    /// <summary>The number of a state that was reached.</summary>
    public int? NumberOf(UInt128 digest)
        => parts[(int)(digest & (Parts - 1))].TryGetValue(digest, out var number) ? number : runs.Select(r => r.NumberOf(digest)).FirstOrDefault(n => n is not null);

    /// <summary>Between two rounds: what is too much for memory goes to disk.</summary>
    public void Spill()
    {
        if (folder is null || parts.Sum(p => (long)p.Count) <= mostInMemory)
        {
            return;
        }

        runs = runs.Add(new SortedRun(Path.Combine(folder, $"states.{runs.Length}"), [.. parts.SelectMany(p => p)]));
        Array.ForEach(parts, p => p.Clear());
    }

    /// <summary>Takes up what a former search wrote.</summary>
    /// <returns>Whether the file is as it was written.</returns>
    public bool TakeUp(int count, string digest)
    {
        if (!Log.TakeUp(count, digest))
        {
            return false;
        }

        foreach (var (state, number) in Log.All())
        {
            parts[(int)(state & (Parts - 1))].Add(state, number);
            if (number % 1_000_000 == 999_999)
            {
                Spill();
            }
        }

        return true;
    }

    /// <summary>All of their digests, sorted.</summary>
    public UInt128[] Sorted()
    {
        var all = new UInt128[Count];
        foreach (var (digest, number) in Log.All())
        {
            all[number] = digest;
        }

        Array.Sort(all);
        return all;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Log.Dispose();
        foreach (var run in runs)
        {
            run.Dispose();
        }
    }
}
