using System.Collections.Immutable;
using Microsoft.Coyote;

namespace RefIke.Exploration.Sampling;

/// <summary>One of Coyote's ways to draw schedules.</summary>
/// <param name="Name">As on the command line.</param>
/// <param name="Words">What it does, and with which bounds here.</param>
public sealed record Strategy(string Name, string Words)
{
    /// <summary>So many changes of priority, or delays, in one schedule: Coyote's own bound.</summary>
    private const uint Changes = 10;

    /// <summary>An operation goes on with probability 2^-3: Coyote's own.</summary>
    private const uint Level = 3;

    /// <summary>All that Coyote has but depth first, which ends after one schedule here.</summary>
    public static ImmutableArray<Strategy> All { get; } =
    [
        new("random", "any that may go on, each alike") { Set = c => c.WithRandomStrategy() },
        new("probabilistic", "the one that runs goes on, mostly") { Set = c => c.WithProbabilisticStrategy(Level) },
        new("prioritization", "the highest priority goes on; up to 10 change (PCT)") { Set = c => c.WithPrioritizationStrategy(false, Changes) },
        new("fair-prioritization", "the same, and random after a while") { Set = c => c.WithPrioritizationStrategy(true, Changes) },
        new("delay-bounding", "in turn, with up to 10 delays") { Set = c => c.WithDelayBoundingStrategy(false, Changes) },
        new("fair-delay-bounding", "the same, and random after a while") { Set = c => c.WithDelayBoundingStrategy(true, Changes) },
        new("q-learning", "what led to states met seldom") { Set = c => c.WithQLearningStrategy() },
        new("portfolio", "another of the fair ones in each schedule: Coyote's own choice"),
    ];

    /// <summary>What is taken where nothing is said.</summary>
    public static Strategy Random => All[0];

    /// <summary>Those that make up <c>all</c>: each but the mixture.</summary>
    public static ImmutableArray<Strategy> Each { get; } = [.. All.Where(s => s.Name != "portfolio")];

    /// <summary>How Coyote is told.</summary>
    internal Func<Configuration, Configuration> Set { get; init; } = c => c;
}
