using System.Collections.Concurrent;
using System.Diagnostics;

namespace RefIke.Specification.Promela;

/// <summary>Tries the mutants of the models, two at a time.</summary>
public static class MutantRunner
{
    /// <summary>What became of each, in their order.</summary>
    /// <param name="all">Whether every property is asked; otherwise the recorded ones, until one is violated.</param>
    /// <param name="begun">Told of each that begins.</param>
    public static IEnumerable<MutantVerdict> Run(
        string repository, IReadOnlyList<ModelMutant> mutants, bool all, CancellationToken stop, Action<ModelMutant>? begun = null)
        => Partitioner.Create(mutants, EnumerablePartitionerOptions.NoBuffering).AsParallel().AsOrdered()
            .WithDegreeOfParallelism(2).WithMergeOptions(ParallelMergeOptions.NotBuffered).WithCancellation(stop)
            .Select(mutant =>
            {
                begun?.Invoke(mutant);
                return Try(repository, mutant, all, stop);
            });

    private static MutantVerdict Try(string repository, ModelMutant mutant, bool all, CancellationToken stop)
    {
        var watch = Stopwatch.StartNew();
        if (mutant.Changed(repository) is not { } text)
        {
            return new(mutant, [], [$"{mutant.File} does not have once: {mutant.Take}"], watch.Elapsed);
        }

        var (kills, faults) = (new List<string>(), new List<string>());
        foreach (var run in mutant.Runs(repository))
        {
            using var spin = new SpinModel(repository, run, new Dictionary<string, string> { [mutant.File] = text }, false, stop);
            foreach (var question in run.Questions.Where(q => !kills.Contains(q.Property) && (all || mutant.Kills.Contains(q.Property))))
            {
                var answer = spin.Ask(question, false);
                if (answer.Verdict == "violated")
                {
                    kills.Add(question.Property);
                }
                else if (answer.Verdict != "holds")
                {
                    faults.Add($"{run.Name} {question.Property}: {answer.Verdict} {string.Join(' ', answer.Detail.Take(2))}");
                }

                if (!all && kills.Count > 0)
                {
                    return new(mutant, kills, faults, watch.Elapsed);
                }
            }
        }

        return new(mutant, [.. kills.Order(StringComparer.Ordinal)], faults, watch.Elapsed);
    }
}
