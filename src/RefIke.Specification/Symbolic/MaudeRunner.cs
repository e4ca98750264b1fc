using System.Collections.Concurrent;

namespace RefIke.Specification.Symbolic;

/// <summary>
/// Runs the searches of <c>spec/symbolic</c>, two variants at a time, and holds them against what is recorded.
/// </summary>
public static class MaudeRunner
{
    /// <summary>Whether maude is on the path.</summary>
    public static bool IsInstalled => Programs.OnPath("maude");

    /// <summary>What every search found, in the order of the files.</summary>
    /// <param name="model">Only this variant.</param>
    /// <param name="only">Only these searches.</param>
    /// <param name="change">What is done to the text of each file first, by its name: for seeded faults.</param>
    /// <param name="ladders">Whether every violation is drawn; otherwise one that is not recorded alone.</param>
    /// <param name="begun">Told of each variant that begins.</param>
    /// <param name="cache">What was found before; it does not count where there is a change.</param>
    public static IEnumerable<SearchVerdict> Run(
        string repository, CancellationToken stop, string? model = null, Func<MaudeSearch, bool>? only = null,
        Func<string, string, string>? change = null, bool ladders = false, Action<MaudeVariant>? begun = null,
        CheckCache? cache = null)
    {
        var recorded = MaudeRecord.Read(repository);
        var variants = MaudeVariant.ReadAll(repository).Where(v => model is null || v.Name == model)
            .Where(v => only is null || v.Searches.Any(only)).ToArray();
        return Partitioner.Create(variants, EnumerablePartitionerOptions.NoBuffering).AsParallel().AsOrdered()
            .WithDegreeOfParallelism(2).WithMergeOptions(ParallelMergeOptions.NotBuffered).WithCancellation(stop)
            .SelectMany(variant =>
            {
                begun?.Invoke(variant);
                using var maude = new MaudeModel(repository, variant, change, stop);
                MaudeSearch[] searches = [.. variant.Searches.Where(only ?? (_ => true))];
                var kept = change is null && cache?.Folder is not null ? cache : CheckCache.None;
                var key = kept.Folder is null ? "" : maude.Key(searches);
                var before = kept.Find<MaudeResults>(key);
                var (results, faults) = before ?? maude.Ask(searches);
                if (before is null && faults.Count == 0)
                {
                    kept.Keep(key, new MaudeResults(results, faults));
                }

                return searches
                    .Select((s, i) => faults.Count > 0
                        ? Judge(s, "no model", 0, default, i == 0 ? faults : [])
                        : Judge(s, s.Verdict(results[i].Found), results[i].States, results[i].Time, []) with { Cached = before is not null })
                    .Select(v => Drawn(v, maude)).ToArray();
            });

        SearchVerdict Judge(MaudeSearch search, string verdict, long states, TimeSpan time, IReadOnlyList<string> detail)
        {
            var (expected, expectedStates) = recorded.GetValueOrDefault((search.Model, search.Key), ("", 0));
            return new(search, expected, expectedStates, verdict, states, time, detail);
        }

        SearchVerdict Drawn(SearchVerdict v, MaudeModel maude)
            => v.Verdict == "violated" && (ladders || v.Expected != "violated") ? v with { Detail = maude.Draw(v.Search) } : v;
    }
}
