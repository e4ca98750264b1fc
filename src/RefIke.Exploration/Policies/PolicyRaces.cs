using System.Collections.Immutable;
using RefIke.Exploration.Exhaustive;
using RefIke.Exploration.Scenarios;
using RefIke.Specification;

namespace RefIke.Exploration.Policies;

/// <summary>What one policy makes of one race.</summary>
/// <param name="AtBothEnds">Whether both ends follow it, or A alone, with RefIke at B.</param>
/// <param name="Violated">The first property that fails, by one of the shortest ways; null where all hold in every state.</param>
/// <param name="Length">Turns of that way.</param>
public sealed record RaceOutcome(LifePolicy Policy, string Race, bool AtBothEnds, long States, string? Violated, int Length);

/// <summary>Policy × race → outcome: every race is searched whole with each policy at both ends, and with it at one end and RefIke at the other.</summary>
public static class PolicyRaces
{
    /// <summary>The races of the life cycle: those in which SAs follow one another, or end.</summary>
    public static ImmutableArray<string> Races { get; } =
    [
        "rekey", "simultaneous-rekey", "simultaneous-initiation", "delete", "delete-crossing-rekey", "parent-deleted", "isakmp-renewal", "simultaneous-renewal",
        "renewal-beside-rekey",
    ];

    /// <summary>All outcomes: of each policy at both ends and at one, race by race.</summary>
    public static IReadOnlyList<RaceOutcome> All(TraceAcceptance tables, Action<RaceOutcome>? done = null, CancellationToken stop = default)
    {
        var pairs = LifePolicy.All.SelectMany(_ => Races, (policy, race) => (Policy: policy, Race: race)).ToArray();
        (LifePolicy, string, bool)[] wanted =
            [.. pairs.Select(p => (p.Policy, p.Race, true)), .. pairs[Races.Length..].Select(p => (p.Policy, p.Race, false))];
        var outcomes = new RaceOutcome[wanted.Length];
        Parallel.For(0, wanted.Length, new ParallelOptions { CancellationToken = stop, MaxDegreeOfParallelism = Environment.ProcessorCount }, n =>
        {
            var (policy, race, both) = wanted[n];
            outcomes[n] = Of(policy, race, both, tables, stop);
            done?.Invoke(outcomes[n]);
        });
        return outcomes;
    }

    /// <summary>One outcome.</summary>
    public static RaceOutcome Of(LifePolicy policy, string race, bool atBothEnds, TraceAcceptance tables, CancellationToken stop = default)
    {
        var scenario = Scenario.All.Single(s => s.Name == race);
        scenario = scenario with { Bounded = scenario.Budget with { Losses = Math.Min(1, scenario.Budget.Losses) } };
        var result = new ExhaustiveSearch(scenario, tables, policy with { AtBothEnds = atBothEnds }).Run(new SearchLimits(Workers: 1), stop: stop);
        return new(policy, race, atBothEnds, result.States, result.Found?.Property, result.Found?.Way.Count ?? 0);
    }
}
