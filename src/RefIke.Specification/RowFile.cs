using System.Text.RegularExpressions;

namespace RefIke.Specification;

/// <summary>Reads a <c>.rows</c> file: the same text that SPIN's preprocessor includes.</summary>
public static partial class RowFile
{
    /// <summary>Every row of every table of a repository.</summary>
    public static IReadOnlyList<Row> ReadAll(string repository)
        => [.. ReadTables(repository).OrderBy(t => t.Key, StringComparer.Ordinal).SelectMany(t => t.Value)];

    /// <summary>Every table of a repository by its file's name.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<Row>> ReadTables(string repository)
        => Directory.GetFiles(Path.Combine(repository, "spec", "exchanges"), "*.rows")
            .ToDictionary(f => Path.GetFileName(f)!, f => Parse(File.ReadAllText(f), Path.GetFileName(f)));

    /// <summary>The rows of one file's text.</summary>
    /// <exception cref="FormatException">A line is neither a row nor a comment; the message names file and line.</exception>
    public static IReadOnlyList<Row> Parse(string text, string name)
    {
        var rows = new List<Row>();
        var number = 0;
        foreach (var line in text.Split('\n').Select(l => l.Trim()))
        {
            number++;
            if (line.Length == 0 || line.StartsWith("//", StringComparison.Ordinal))
            {
                continue;
            }

            var m = Shape().Match(line);
            if (!m.Success)
            {
                throw new FormatException($"{name}:{number}: not ROW(exchange, role, state, event, guard, next, sends, \"payloads\", clause)");
            }

            rows.Add(new Row(m.Groups[1].Value, m.Groups[2].Value, m.Groups[3].Value, m.Groups[4].Value, m.Groups[5].Value,
                m.Groups[6].Value, m.Groups[7].Value, m.Groups[8].Value, m.Groups[9].Value, number));
        }

        return rows;
    }

    /// <summary>The folder at or above this one that has <c>spec/exchanges</c>; null where there is none.</summary>
    public static string? FindRepository(string start)
    {
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
        {
            if (Directory.Exists(Path.Combine(folder.FullName, "spec", "exchanges")))
            {
                return folder.FullName;
            }
        }

        return null;
    }

    [GeneratedRegex("""^ROW\(\s*(\w+)\s*,\s*(\w+)\s*,\s*(\w+)\s*,\s*(\w+)\s*,\s*(\w+)\s*,\s*(\w+)\s*,\s*(\w+)\s*,\s*"([^"]*)"\s*,\s*(\w+)\s*\)$""")]
    private static partial Regex Shape();
}
