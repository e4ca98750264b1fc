using RefIke.Exploration.Worlds;

namespace RefIke.Exploration.Sampling;

/// <summary>What the schedules so far came to.</summary>
/// <param name="told">Told how many there are, after each.</param>
internal sealed class Tally(Action<int>? told)
{
    /// <summary>The different ones.</summary>
    public DifferentSchedules Different { get; } = new();

    /// <summary>Schedules.</summary>
    public int Runs { get; private set; }

    /// <summary>Turns taken.</summary>
    public long Decisions { get; private set; }

    /// <summary>The first violation.</summary>
    public Violation? Found { get; set; }

    /// <summary>One more schedule.</summary>
    public void Ran(int decisions)
    {
        Runs++;
        Decisions += decisions;
        told?.Invoke(Runs);
    }
}
