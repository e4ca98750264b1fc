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

    /// <summary>What every state of every table of a repository drops.</summary>
    public static IReadOnlyList<Drop> ReadAllDrops(string repository)
        => [.. Directory.GetFiles(Path.Combine(repository, "spec", "exchanges"), "*.rows").Order(StringComparer.Ordinal)
            .SelectMany(f => ParseDrops(File.ReadAllText(f), Path.GetFileName(f)))];

    /// <summary>The rows of one file's text.</summary>
    /// <exception cref="FormatException">A line is of no known form; the message names file and line.</exception>
    public static IReadOnlyList<Row> Parse(string text, string name)
        => [.. Lines(text, name).Where(l => l.Row.Success).Select(l => new Row(
            l.Row.Groups[1].Value, l.Row.Groups[2].Value, l.Row.Groups[3].Value, l.Row.Groups[4].Value, l.Row.Groups[5].Value,
            l.Row.Groups[6].Value, l.Row.Groups[7].Value, l.Row.Groups[8].Value, l.Row.Groups[9].Value, l.Number))];

    /// <summary>What its states drop.</summary>
    /// <exception cref="FormatException">A line is of no known form; the message names file and line.</exception>
    public static IReadOnlyList<Drop> ParseDrops(string text, string name)
        => [.. Lines(text, name).Where(l => l.Drop.Success).Select(l => new Drop(
            l.Drop.Groups[1].Value, l.Drop.Groups[2].Value, l.Drop.Groups[3].Value, l.Drop.Groups[4].Value.Split(' '),
            l.Drop.Groups[5].Value, l.Number))];

    /// <summary>The clause of each line of one file's text, rows and what is dropped alike.</summary>
    /// <exception cref="FormatException">A line is of no known form; the message names file and line.</exception>
    public static IReadOnlyList<string> Clauses(string text, string name)
        => [.. Lines(text, name).Select(l => (l.Row.Success ? l.Row.Groups[9] : l.Drop.Groups[5]).Value)];

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

    private static IEnumerable<(int Number, Match Row, Match Drop)> Lines(string text, string name)
    {
        var number = 0;
        foreach (var line in text.Split('\n').Select(l => l.Trim()))
        {
            number++;
            if (line.Length == 0 || line.StartsWith("//", StringComparison.Ordinal))
            {
                continue;
            }

            var (row, drop) = (Shape().Match(line), DropShape().Match(line));
            if (!row.Success && !drop.Success)
            {
                throw new FormatException(
                    $"{name}:{number}: neither ROW(exchange, role, state, event, guard, next, sends, \"payloads\", clause) "
                    + "nor DROPS(exchange, role, state, \"events\", clause)");
            }

            yield return (number, row, drop);
        }
    }

    [GeneratedRegex("""^ROW\(\s*(\w+)\s*,\s*(\w+)\s*,\s*(\w+)\s*,\s*(\w+)\s*,\s*(\w+)\s*,\s*(\w+)\s*,\s*(\w+)\s*,\s*"([^"]*)"\s*,\s*(\w+)\s*\)$""")]
    private static partial Regex Shape();

    [GeneratedRegex("""^DROPS\(\s*(\w+)\s*,\s*(\w+)\s*,\s*(\w+)\s*,\s*"(\w+(?: \w+)*)"\s*,\s*(\w+)\s*\)$""")]
    private static partial Regex DropShape();
}
