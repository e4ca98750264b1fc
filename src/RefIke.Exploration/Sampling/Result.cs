using RefIke.Exchanges.Machines;
using RefIke.Exploration.Worlds;

namespace RefIke.Exploration.Sampling;

/// <summary>What exploring one scenario came to.</summary>
/// <param name="Schedules">Runs made.</param>
/// <param name="Different">How many of them were other ones than all before.</param>
/// <param name="Decisions">Turns taken in all; among actors, what endpoints and network did.</param>
/// <param name="Found">The first violation, or null where every property held.</param>
public sealed record Result(
    string Scenario, IReadOnlyList<string> Properties, int Schedules, long Different, long Decisions, TimeSpan Time, Violation? Found)
{
    /// <summary>How the schedules were drawn.</summary>
    public required SamplingPlan Plan { get; init; }

    /// <summary>Whether <see cref="Different"/> is an estimate: so many were not kept apart.</summary>
    public bool IsEstimate { get; init; }

    /// <summary>The rows of the tables that were taken.</summary>
    public IReadOnlyCollection<TraceEntry> Rows { get; init; } = [];

    /// <summary>By which Coyote makes the run with the violation again, where its scheduler decided; else null.</summary>
    public string? Trace { get; init; }
}
