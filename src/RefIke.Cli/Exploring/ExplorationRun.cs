using System.Collections.Concurrent;
using RefIke.Exploration.Sampling;
using RefIke.Exploration.Scenarios;

namespace RefIke.Cli.Exploring;

/// <summary>
/// Scenarios explored side by side, one engine a processor. What comes out does not depend on which ends first.
/// </summary>
internal static class ExplorationRun
{
    /// <summary>
    /// The results in the order of the scenarios: of all, or up to and with the first in which a property fails.
    /// </summary>
    public static IReadOnlyList<Result> Run(
        Explorer explorer, IReadOnlyList<(Scenario Scenario, SamplingPlan Plan)> scenarios, Progress progress, CancellationToken stop)
    {
        var results = new Result?[scenarios.Count];
        var stops = scenarios.Select(_ => CancellationTokenSource.CreateLinkedTokenSource(stop)).ToArray();
        Parallel.ForEach(Partitioner.Create(scenarios, EnumerablePartitionerOptions.NoBuffering),
            new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount },
            (each, loop, index) =>
            {
                if (loop.LowestBreakIteration < index || stop.IsCancellationRequested)
                {
                    return;
                }

                var result = explorer.Explore(each.Scenario, each.Plan, _ => progress.Ran(), stops[index].Token);
                results[index] = result;
                if (result.Found is not null)
                {
                    loop.Break();
                    foreach (var later in stops[((int)index + 1)..])
                    {
                        later.Cancel();
                    }
                }

                progress.Ended();
            });
        foreach (var source in stops)
        {
            source.Dispose();
        }

        var first = Array.FindIndex(results, r => r?.Found is not null);
        return [.. results.Take(first < 0 ? results.Length : first + 1).OfType<Result>()];
    }
}
