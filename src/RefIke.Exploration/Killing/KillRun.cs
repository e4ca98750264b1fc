using System.Collections.Immutable;
using RefIke.Exploration.Mutants;
using RefIke.Exploration.Scenarios;
using RefIke.Specification.Promela;
using RefIke.Specification.Symbolic;

namespace RefIke.Exploration.Killing;

/// <summary>
/// Makes the columns of the kill matrix that need no tests: each judge is asked again for each fault that it has found, and may search for the others.
/// </summary>
/// <param name="judges">Who looks.</param>
/// <param name="matrix">What is known.</param>
/// <param name="asked">Which columns; the others keep what they have.</param>
/// <param name="searches">Whether what nobody has found yet is searched for.</param>
public sealed class KillRun(Judges judges, KillMatrix matrix, ImmutableHashSet<Judge> asked, bool searches)
{
    /// <summary>The columns that are made here.</summary>
    public static ImmutableHashSet<Judge> Columns { get; } = [Judge.Rows, Judge.Spin, Judge.Maude, Judge.Exhaustive, Judge.Coyote];

    /// <summary>Each fault's line, as soon as it is made; so many at once as there are processors, models one at a time.</summary>
    /// <param name="told">Told of each line, one after the other.</param>
    public void Faults(IReadOnlyList<Mutant> faults, Action<MatrixRow> told, CancellationToken stop)
    {
        var models = new Lock();
        Each(faults, fault => Of(fault, models, stop), (_, row) => told(row), stop);
    }

    /// <summary>For each scenario a fault that it finds: none that <paramref name="plain"/> finds too, where there is another.</summary>
    /// <param name="plain">The scenario in which nothing is done to anybody.</param>
    /// <param name="told">Told of each scenario and what it finds; null for nothing.</param>
    public void OfScenarios(IReadOnlyList<Scenario> scenarios, Scenario plain, Action<Scenario, string?> told, CancellationToken stop)
    {
        var plainly = searches ? Mutant.All.AsParallel().Where(f => judges.Sampled(f, plain, stop) is not null).Select(f => f.Id).ToHashSet() : [];
        Each(scenarios, scenario => Of(scenario, plainly, stop), told, stop);
    }

    /// <summary>What comes of each, so many at once as there are processors, and told one after the other.</summary>
    private static void Each<T, TResult>(IReadOnlyList<T> all, Func<T, TResult> make, Action<T, TResult> told, CancellationToken stop)
    {
        var gate = new Lock();
        Parallel.ForEach(all, new ParallelOptions { CancellationToken = stop, MaxDegreeOfParallelism = Environment.ProcessorCount }, one =>
        {
            var made = make(one);
            stop.ThrowIfCancellationRequested();
            lock (gate)
            {
                told(one, made);
            }
        });
    }

    private MatrixRow Of(Mutant fault, Lock models, CancellationToken stop)
    {
        var row = matrix.Of(fault);
        row = Ask(row, Judge.Rows, _ => judges.Rows(fault));
        row = Ask(row, Judge.Coyote, before => judges.Coyote(fault, before, stop));
        row = Ask(row, Judge.Exhaustive, before => judges.Exhaustive(fault, before, row[Judge.Coyote], stop));
        lock (models)
        {
            row = SpinRunner.IsInstalled ? Ask(row, Judge.Spin, before => judges.Spin(fault, before, stop)) : row;
            return MaudeRunner.IsInstalled ? Ask(row, Judge.Maude, _ => judges.Maude(fault, stop)) : row;
        }
    }

    /// <summary>What was found is asked for again where it was found, and everywhere only where it is no longer there.</summary>
    private MatrixRow Ask(MatrixRow row, Judge judge, Func<string?, string?> finding)
    {
        var before = row[judge] == MatrixRow.None ? null : row[judge];
        return !asked.Contains(judge) ? row
            : before is null ? (searches ? row.With(judge, finding(null)) : row)
            : row.With(judge, finding(before) ?? (searches ? finding(null) : null));
    }

    /// <summary>Those faults first that the matrix gives to the scenario.</summary>
    private string? Of(Scenario scenario, HashSet<string> plainly, CancellationToken stop)
    {
        var known = matrix.Scenarios.GetValueOrDefault(scenario.Name)?.Split(' ')[0];
        var candidates = Mutant.All.Where(f => searches || f.Id == known)
            .OrderByDescending(f => f.Id == known).ThenBy(f => plainly.Contains(f.Id)).ThenByDescending(f => matrix.Of(f)[Judge.Coyote].StartsWith($"{scenario.Name} ", StringComparison.Ordinal));
        foreach (var fault in candidates.TakeWhile(_ => !stop.IsCancellationRequested))
        {
            if (judges.Sampled(fault, scenario, stop) is { } property)
            {
                return $"{fault.Id} {property}";
            }
        }

        return null;
    }
}
