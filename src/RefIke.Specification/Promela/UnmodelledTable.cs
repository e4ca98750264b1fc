using Tomlyn;
using Tomlyn.Model;

namespace RefIke.Specification.Promela;

/// <summary>A table that no model includes, and why not.</summary>
/// <param name="File">Its file under <c>spec/exchanges</c>.</param>
public sealed record UnmodelledTable(string File, string Reason)
{
    /// <summary>Every one that <c>spec/models/checks.toml</c> lists.</summary>
    public static IReadOnlyList<UnmodelledTable> ReadAll(string repository)
        => Parse(System.IO.File.ReadAllText(Path.Combine(repository, "spec", "models", "checks.toml")));

    /// <summary>Every one that a list of checks names.</summary>
    public static IReadOnlyList<UnmodelledTable> Parse(string text)
        => TomlSerializer.Deserialize<TomlTable>(text)!.TryGetValue("unmodelled", out var tables)
            ? [.. ((TomlTableArray)tables).Select(t => new UnmodelledTable((string)t["table"], (string)t["reason"]))]
            : [];

    /// <summary>The tables of the list by their rows, and what is wrong with the list.</summary>
    /// <param name="tables">All tables there are, by file name.</param>
    /// <param name="taken">The transitions that a model took.</param>
    public static (IReadOnlySet<Row> Rows, IReadOnlyList<string> Faults) Judge(
        IReadOnlyList<UnmodelledTable> listed, IReadOnlyDictionary<string, IReadOnlyList<Row>> tables, IReadOnlySet<string> taken)
    {
        var rows = new HashSet<Row>();
        var faults = new List<string>();
        foreach (var (file, _) in listed)
        {
            if (!tables.TryGetValue(file, out var table))
            {
                faults.Add($"{file} is listed as unmodelled, and there is no such table");
                continue;
            }

            rows.UnionWith(table);
            if (table.FirstOrDefault(r => taken.Contains(r.Transition)) is { } row)
            {
                faults.Add($"{file} is listed as unmodelled, but a model takes {row.Transition}");
            }
        }

        return (rows, faults);
    }
}
