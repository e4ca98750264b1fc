using Tomlyn;
using Tomlyn.Model;

namespace RefIke.Specification.Promela;

/// <summary>How many states each search of <c>spec/models</c> had when it was recorded: <c>states.toml</c>.</summary>
public static class SpinRecord
{
    /// <summary>The states, by the run's name and the property.</summary>
    public static IReadOnlyDictionary<(string Run, string Property), long> Read(string repository)
        => File.Exists(FilePath(repository)) ? Parse(File.ReadAllText(FilePath(repository))) : new Dictionary<(string, string), long>();

    /// <summary>As <see cref="Read"/>, of a text.</summary>
    public static IReadOnlyDictionary<(string Run, string Property), long> Parse(string text)
        => TomlSerializer.Deserialize<TomlTable>(text)!
            .SelectMany(run => (TomlTable)run.Value, (run, found) => (run.Key, found))
            .ToDictionary(p => (p.Key, p.found.Key), p => (long)p.found.Value);

    /// <summary>The text that records some verdicts.</summary>
    public static string Write(IEnumerable<(string Run, string Property, long States)> verdicts)
        => """
            # States that SPIN stored for each property when it was recorded; which verdict it must have, checks.toml says. Written by
            # refike spec check --record, and held against by refike spec check.

            """
            + string.Concat(verdicts.GroupBy(v => v.Run).OrderBy(g => g.Key, StringComparer.Ordinal).Select(run
                => $"\n[\"{run.Key}\"]\n{string.Concat(run.Select(v => $"{v.Property} = {v.States}\n"))}"));

    /// <summary>Where it is.</summary>
    public static string FilePath(string repository) => Path.Combine(repository, "spec", "models", "states.toml");
}
