using System.Collections.Immutable;
using RefIke.Exploration.Worlds;

namespace RefIke.Exploration.Sampling;

/// <summary>What of a scenario is run, and who decides.</summary>
public enum Shape
{
    /// <summary>One driver, and one question at each turn: which of all that may happen is next.</summary>
    Seam,

    /// <summary>Endpoints, network, clock and owner as Coyote's actors: its scheduler decides who is next.</summary>
    Actors,
}

/// <summary>How schedules of a scenario are drawn.</summary>
/// <param name="Schedules">How many.</param>
/// <param name="Seed">Of Coyote's choices.</param>
public sealed record SamplingPlan(int Schedules, uint Seed)
{
    /// <summary>The fault in A, or null.</summary>
    public Variation? Variation { get; init; }

    /// <summary>Which ways of Coyote's; each has its share of the schedules.</summary>
    public ImmutableArray<Strategy> Strategies { get; init; } = [Strategy.Random];

    /// <summary>Who decides.</summary>
    public Shape Shape { get; init; }

    /// <summary>Which part of all schedules, from 1: the first turns decide to which one a schedule belongs.</summary>
    public int Part { get; init; } = 1;

    /// <summary>Of how many parts.</summary>
    public int Of { get; init; } = 1;
}
