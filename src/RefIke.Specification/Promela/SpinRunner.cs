using System.Collections.Concurrent;

namespace RefIke.Specification.Promela;

/// <summary>What is run, and how.</summary>
public sealed record SpinOptions
{
    /// <summary>Only this model.</summary>
    public string? Model { get; init; }

    /// <summary>Whether the larger bounds count, where a run has some.</summary>
    public bool Night { get; init; }

    /// <summary>
    /// What is done to each row first, null to leave it out: for seeded faults. Models without a changed row are not run, and
    /// recorded states do not count.
    /// </summary>
    public Func<Row, Row?>? Change { get; init; }

    /// <summary>
    /// Whether each violation is drawn, the expected ones too.
    /// </summary>
    public bool Ladders { get; init; }

    /// <summary>Whether a violation that is not expected is drawn.</summary>
    public bool Explains { get; init; }

    /// <summary>What was found before.</summary>
    public CheckCache Cache { get; init; } = CheckCache.None;

    /// <summary>Told of each run that begins.</summary>
    public Action<ModelRun>? Begun { get; init; }
}

/// <summary>
/// Compiles the models of <c>spec/models</c> and puts to each what <c>checks.toml</c> asks, two runs at a time.
/// </summary>
public static class SpinRunner
{
    /// <summary>Whether spin and gcc are on the path.</summary>
    public static bool IsInstalled => Programs.OnPath("spin") && Programs.OnPath("gcc");

    /// <summary>Every verdict, in the order of the file.</summary>
    public static IEnumerable<ModelVerdict> Run(string repository, SpinOptions how, CancellationToken stop)
    {
        var changed = how.Change is not { } change ? null : RowFile.ReadTables(repository)
            .Where(t => !t.Value.Select(change).SequenceEqual(t.Value))
            .ToDictionary(t => t.Key, t => string.Concat(t.Value.Select(change).OfType<Row>().Select(r => $"{r}\n")));
        var runs = ModelRun.ReadAll(repository, how.Night)
            .Where(r => how.Model is null || r.Model == how.Model)
            .Where(r => changed is null || SpinModel.Reads(repository, r).Any(changed.ContainsKey)).ToArray();
        var recorded = changed is null ? SpinRecord.Read(repository) : new Dictionary<(string, string), long>();
        return Partitioner.Create(runs, EnumerablePartitionerOptions.NoBuffering).AsParallel().AsOrdered()
            .WithDegreeOfParallelism(2).WithMergeOptions(ParallelMergeOptions.NotBuffered).WithCancellation(stop)
            .SelectMany(run =>
            {
                how.Begun?.Invoke(run);
                using var spin = new SpinModel(repository, run, changed, how.Night, stop);
                return run.Questions.Select(q => Asked(spin, run, q)).ToArray();
            });

        ModelVerdict Asked(SpinModel spin, ModelRun run, ModelQuestion question)
        {
            var ladder = how.Ladders || (how.Explains && question.Expected == "holds");
            var key = how.Cache.Folder is null ? "" : spin.Key(question, ladder);
            var before = how.Cache.Find<SpinModel.Answer>(key);
            var answer = before ?? spin.Ask(question, ladder);
            if (before is null)
            {
                how.Cache.Keep(key, answer);
            }

            return new(run.Name, run.Model, answer.Bounds, question.Property, question.Expected, answer.Verdict, answer.States,
                answer.Depth, answer.Time, answer.RowsTaken.ToHashSet(), answer.Detail)
            {
                Cached = before is not null,
                ExpectedStates = recorded.TryGetValue((run.Name, question.Property), out var states) ? states : null,
            };
        }
    }

    /// <summary>The tables that a model can include, by file name; which of them a run does depends on its defines.</summary>
    public static IEnumerable<string> Includes(string repository, ModelRun run)
        => RowFile.ReadTables(repository).Keys.Where(
            f => File.ReadAllText(Path.Combine(repository, "spec", "models", $"{run.Model}.pml"))
                .Contains($"\"{f}\"", StringComparison.Ordinal));
}
