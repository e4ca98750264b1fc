using Tomlyn;
using Tomlyn.Model;

namespace RefIke.Specification;

/// <summary>A testable requirement of an RFC, in our own words.</summary>
/// <param name="Level">MUST, SHOULD, MAY, or rule for what an RFC states without such a word.</param>
/// <param name="Exception">Why nothing in code obeys it yet; null where something does.</param>
public sealed record Clause(string Id, string Level, string Words, string? Exception);

/// <summary>The ledger of <c>spec/clauses</c>.</summary>
public static class Ledger
{
    /// <summary>Every clause of every file.</summary>
    public static IReadOnlyList<Clause> Read(string repository)
        => [.. Directory.GetFiles(Path.Combine(repository, "spec", "clauses"), "*.toml").Order(StringComparer.Ordinal)
            .SelectMany(f => (TomlTableArray)TomlSerializer.Deserialize<TomlTable>(File.ReadAllText(f))!["clause"])
            .Select(c => new Clause((string)c["id"], (string)c["level"], (string)c["words"], c.TryGetValue("exception", out var e) ? (string)e : null))];
}
