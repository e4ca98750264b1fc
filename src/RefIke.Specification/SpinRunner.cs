using System.Collections.Concurrent;

namespace RefIke.Specification;

/// <summary>
/// Compiles the models of <c>spec/models</c> and puts to each what <c>checks.toml</c> asks, two runs at a time.
/// </summary>
public static class SpinRunner
{
    /// <summary>Whether spin and gcc are on the path.</summary>
    public static bool IsInstalled => Programs.OnPath("spin") && Programs.OnPath("gcc");

    /// <summary>Every verdict, in the order of the file.</summary>
    /// <param name="change">
    /// What is done to each row first, null to leave it out: for seeded faults. Models without a changed row are not
    /// run.
    /// </param>
    /// <param name="model">Only this model.</param>
    /// <param name="trails">Whether an unexpected violation is searched again for its shortest trail.</param>
    /// <param name="begun">Told of each run that begins.</param>
    public static IEnumerable<ModelVerdict> Run(
        string repository, CancellationToken stop, Func<Row, Row?>? change = null, string? model = null,
        bool trails = false, Action<ModelRun>? begun = null)
    {
        var changed = change is null ? null : RowFile.ReadTables(repository)
            .Where(t => !t.Value.Select(change).SequenceEqual(t.Value))
            .ToDictionary(t => t.Key, t => string.Concat(t.Value.Select(change).OfType<Row>().Select(r => $"{r}\n")));
        var runs = ModelRun.ReadAll(repository)
            .Where(r => model is null || r.Model == model)
            .Where(r => changed is null || SpinModel.Reads(repository, r).Any(changed.ContainsKey)).ToArray();
        return Partitioner.Create(runs, EnumerablePartitionerOptions.NoBuffering).AsParallel().AsOrdered()
            .WithDegreeOfParallelism(2).WithMergeOptions(ParallelMergeOptions.NotBuffered).WithCancellation(stop)
            .SelectMany(run =>
            {
                begun?.Invoke(run);
                using var spin = new SpinModel(run, stop);
                spin.Prepare(repository, changed);
                return run.Questions.Select(q => spin.Ask(q, trails)).ToArray();
            });
    }

    /// <summary>The tables that a model can include, by file name; which of them a run does depends on its defines.</summary>
    public static IEnumerable<string> Includes(string repository, ModelRun run)
        => RowFile.ReadTables(repository).Keys.Where(
            f => File.ReadAllText(Path.Combine(repository, "spec", "models", $"{run.Model}.pml"))
                .Contains($"\"{f}\"", StringComparison.Ordinal));
}
