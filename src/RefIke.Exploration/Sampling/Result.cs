using RefIke.Exploration.Worlds;

namespace RefIke.Exploration.Sampling;

/// <summary>What exploring one scenario came to.</summary>
/// <param name="Schedules">Runs made.</param>
/// <param name="Different">How many of them made other choices than all before.</param>
/// <param name="Decisions">Turns taken in all.</param>
/// <param name="Found">The first violation, or null where every property held.</param>
public sealed record Result(
    string Scenario, IReadOnlyList<string> Properties, int Schedules, int Different, long Decisions, TimeSpan Time, Violation? Found);
