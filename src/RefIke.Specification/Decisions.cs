using System.Text.RegularExpressions;

namespace RefIke.Specification;

/// <summary>
/// The entries of <c>spec/decisions</c>, and whether they are true of code and tests. An entry is a heading
/// <c>### D-nn Title</c> and a list of labelled items; an item goes on in the lines below it that are indented.
/// </summary>
public static partial class Decisions
{
    /// <summary>Where they are.</summary>
    public const string Folder = "spec/decisions";

    private static readonly string[] Cited = ["src", "tests", "spec", "docs"];

    /// <summary>Every entry of every file.</summary>
    public static IReadOnlyList<Decision> Read(string repository)
        => [.. Directory.GetFiles(Path.Combine(repository, Folder), "*.md").Order(StringComparer.Ordinal)
            .SelectMany(f => Parse(File.ReadAllText(f), Path.GetFileName(f)))];

    /// <summary>The entries of one file's text; what stands before the first is for people.</summary>
    /// <exception cref="FormatException">
    /// An entry has other labels than <see cref="Decision.Labels"/>, or in another order.
    /// </exception>
    public static IReadOnlyList<Decision> Parse(string text, string file)
    {
        var entries = new List<Decision>();
        foreach (var part in Start().Split(text).Skip(1))
        {
            var lines = part.Split('\n');
            var heading = Heading().Match(lines[0]);
            if (!heading.Success)
            {
                throw new FormatException($"{file}: not 'D-nn Title': {lines[0]}");
            }

            var items = Items(lines.Skip(1).TakeWhile(l => !l.StartsWith('#')));
            if (!items.Select(i => i.Label).SequenceEqual(Decision.Labels) || items.Any(i => i.Words.Length == 0))
            {
                throw new FormatException($"{file}: {heading.Groups[1].Value} has not the labels "
                    + $"{string.Join(", ", Decision.Labels)}, each with words");
            }

            entries.Add(new Decision(heading.Groups[1].Value, heading.Groups[2].Value, file,
                items.ToDictionary(i => i.Label, i => i.Words)));
        }

        return entries;
    }

    /// <summary>Every id in the sources of code, tables, models, tests and pages, but for the entries.</summary>
    public static IReadOnlyList<DecisionCitation> Citations(string repository)
        => [.. Cited.Select(f => Path.Combine(repository, f)).Where(Directory.Exists)
            .SelectMany(f => Directory.GetFiles(f, "*", SearchOption.AllDirectories))
            .Select(f => (Full: f, Path: Path.GetRelativePath(repository, f).Replace('\\', '/')))
            .Where(f => Path.GetExtension(f.Path) is ".cs" or ".md" or ".rows" or ".pml" or ".toml"
                && !f.Path.Contains("/obj/", StringComparison.Ordinal)
                && !f.Path.Contains("/bin/", StringComparison.Ordinal)
                && !f.Path.StartsWith(Folder, StringComparison.Ordinal))
            .SelectMany(f => Id().Matches(File.ReadAllText(f.Full)).Select(m => new DecisionCitation(m.Value, f.Path)))
            .Distinct()];

    /// <summary>
    /// What is not true: an id without an entry or with two, a file that does not cite the id, a test that is not
    /// there, a place or a test that is missing without a reason.
    /// </summary>
    /// <param name="tests">Every test as <c>Class.Method</c>.</param>
    public static IReadOnlyList<string> Faults(
        IReadOnlyList<Decision> entries, IReadOnlyList<DecisionCitation> citations, IReadOnlySet<string> tests)
    {
        var known = entries.Select(e => e.Id).ToHashSet();
        return
        [
            .. citations.Where(c => !known.Contains(c.Id)).Select(c => $"{c.Id}: no entry, cited in {c.File}"),
            .. entries.GroupBy(e => e.Id).Where(same => same.Count() > 1)
                .Select(same => $"{same.Key}: entries in {string.Join(" and ", same.Select(e => e.File))}"),
            .. entries.SelectMany(e => Faults(e, citations, tests)),
        ];
    }

    private static IEnumerable<string> Faults(
        Decision entry, IReadOnlyList<DecisionCitation> citations, IReadOnlySet<string> tests)
    {
        var citing = citations.Where(c => c.Id == entry.Id).Select(c => c.File).ToHashSet();
        foreach (var (label, names) in new[] { (Decision.CodeLabel, entry.Code), (Decision.TestsLabel, entry.Tests) })
        {
            if (names.Count == 0 && !entry.SaysWhyNot(label))
            {
                yield return $"{entry.Id}: {label} names nothing and does not say why";
            }
        }

        foreach (var file in entry.Code.Where(f => !citing.Contains(f)))
        {
            yield return $"{entry.Id}: {file} does not cite it";
        }

        foreach (var file in citing.Where(f => f.StartsWith("src/", StringComparison.Ordinal) && entry.Code.Count == 0))
        {
            yield return $"{entry.Id}: {file} cites it, and the entry says that nothing does";
        }

        foreach (var test in entry.Tests.Where(t => !tests.Contains(t)))
        {
            yield return $"{entry.Id}: no test {test}";
        }
    }

    /// <summary><c>- **Label:** words</c>, with the words of the indented lines below.</summary>
    private static List<(string Label, string Words)> Items(IEnumerable<string> lines)
    {
        var items = new List<(string Label, string Words)>();
        foreach (var line in lines)
        {
            if (Item().Match(line) is { Success: true } item)
            {
                items.Add((item.Groups[1].Value, item.Groups[2].Value.Trim()));
            }
            else if (items.Count > 0 && line.StartsWith("  ", StringComparison.Ordinal))
            {
                items[^1] = (items[^1].Label, $"{items[^1].Words} {line.Trim()}".Trim());
            }
        }

        return items;
    }

    [GeneratedRegex(@"^### ", RegexOptions.Multiline)]
    private static partial Regex Start();

    [GeneratedRegex(@"^(D-\d{2,3}) (\S.*)$")]
    private static partial Regex Heading();

    [GeneratedRegex(@"^- \*\*([^*]+):\*\*(.*)$")]
    private static partial Regex Item();

    [GeneratedRegex(@"\bD-\d{2,3}\b")]
    private static partial Regex Id();
}
