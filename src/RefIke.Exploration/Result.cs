namespace RefIke.Exploration;

/// <summary>What exploring one scenario came to.</summary>
/// <param name="Schedules">Runs made.</param>
/// <param name="Different">How many of them made other choices than all before.</param>
/// <param name="Decisions">Choices made in all.</param>
/// <param name="Found">The first violation, or null where every property held.</param>
public sealed record Result(string Scenario, IReadOnlyList<string> Properties, int Schedules, int Different, long Decisions, TimeSpan Time, Finding? Found);

/// <summary>A violation: which property, in which run, drawn, and the choices that lead to it again.</summary>
public sealed record Finding(string Property, string What, string Ladder, IReadOnlyList<int> Choices);
