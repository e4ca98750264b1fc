using Tomlyn;
using Tomlyn.Model;

namespace RefIke.Specification;

/// <summary>A table that no model includes, and why not.</summary>
/// <param name="File">Its file under <c>spec/exchanges</c>.</param>
public sealed record UnmodelledTable(string File, string Reason)
{
    /// <summary>Every one that <c>spec/models/checks.toml</c> lists.</summary>
    public static IReadOnlyList<UnmodelledTable> ReadAll(string repository)
    {
        var text = System.IO.File.ReadAllText(Path.Combine(repository, "spec", "models", "checks.toml"));
        return TomlSerializer.Deserialize<TomlTable>(text)!.TryGetValue("unmodelled", out var tables)
            ? [.. ((TomlTableArray)tables).Select(t => new UnmodelledTable((string)t["table"], (string)t["reason"]))]
            : [];
    }

    /// <summary>The rows of all of them: no model takes them.</summary>
    public static IReadOnlySet<Row> Rows(string repository)
        => ReadAll(repository).SelectMany(t => RowFile.Parse(
            System.IO.File.ReadAllText(Path.Combine(repository, "spec", "exchanges", t.File)), t.File)).ToHashSet();
}
