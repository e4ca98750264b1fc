using System.Collections.Immutable;
using RefIke.Exploration.Mutants;
using RefIke.Exploration.Scenarios;

namespace RefIke.Exploration.Sampling;

/// <summary>How many schedules each strategy needs in each shape to find a seeded fault.</summary>
public static class StrategyComparison
{
    /// <summary>Faults that some schedules of a scenario show and others do not.</summary>
    public static ImmutableArray<(string Mutant, string Scenario)> Faults { get; } =
    [
        ("M-36", "alteration"), ("M-82", "altered-delete"), ("M-96", "simultaneous-initiation"), ("M-118", "loss"), ("M-120", "alteration"), ("M-122", "loss"),
        ("M-128", "loss"), ("M-133", "replay"), ("M-145", "rekey"), ("M-155", "duplication"), ("M-904", "alteration"), ("M-906", "alteration"),
    ];

    /// <summary>A fault, and for each shape and strategy the number of the schedule that shows it.</summary>
    /// <param name="Seam">Through the driver: the median over the seeds, in the order of <see cref="Strategy.Each"/>; null where more are needed than were allowed.</param>
    /// <param name="Actors">Among actors, likewise.</param>
    public sealed record Line(string Mutant, string Scenario, ImmutableArray<int?> Seam, ImmutableArray<int?> Actors);

    /// <summary>Of one fault.</summary>
    /// <param name="most">Schedules allowed.</param>
    /// <param name="seeds">An odd number of seeds, one after the other.</param>
    public static Line Of(Explorer explorer, (string Mutant, string Scenario) fault, int most, uint seed, int seeds, CancellationToken stop)
    {
        var mutant = Mutant.All.Single(m => m.Id == fault.Mutant);
        var scenario = Scenario.All.Single(s => s.Name == fault.Scenario);
        return new(fault.Mutant, fault.Scenario, [.. Strategy.Each.Select(s => Median(Shape.Seam, s))], [.. Strategy.Each.Select(s => Median(Shape.Actors, s))]);

        int? Median(Shape shape, Strategy strategy)
        {
            var needed = new List<int>();
            for (var n = 0; n < seeds && needed.Count(i => i > most) <= seeds / 2; n++)
            {
                var plan = new SamplingPlan(most, unchecked(seed + (uint)n)) { Variation = mutant, Shape = shape, Strategies = [strategy] };
                var result = explorer.Explore(scenario, plan, null, stop);
                needed.Add(result.Found is null ? int.MaxValue : result.Schedules);
            }

            // more than half of the seeds without a finding decide the median, whatever the others would say
            return needed.Count(i => i > most) > seeds / 2 ? null : needed.Order().ElementAt(seeds / 2);
        }
    }
}
