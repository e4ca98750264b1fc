using System.Text.RegularExpressions;

namespace RefIke.Specification.Symbolic;

/// <summary>A file of <c>spec/symbolic</c> with searches.</summary>
/// <param name="Name">The file, without <c>.maude</c>.</param>
/// <param name="Text">What stands in it.</param>
/// <param name="Searches">In the order of the file.</param>
public sealed partial record MaudeVariant(string Name, string Text, IReadOnlyList<MaudeSearch> Searches)
{
    /// <summary>How the name of a file of a model ends.</summary>
    public const string Extension = ".maude";

    /// <summary>Where the models are.</summary>
    public static string Folder(string repository) => Path.Combine(repository, "spec", "symbolic");

    /// <summary>Every variant, by name.</summary>
    public static IReadOnlyList<MaudeVariant> ReadAll(string repository)
    {
        var texts = Directory.GetFiles(Folder(repository), $"*{Extension}").Order(StringComparer.Ordinal)
            .ToDictionary(f => Path.GetFileNameWithoutExtension(f), File.ReadAllText);
        return [.. texts.Keys.Select(name => Read(name, texts)).Where(v => v.Searches.Count > 0)];
    }

    /// <summary>The modules alone, without a search.</summary>
    internal string Modules => string.Concat(Text.Split('\n').Where(l => !SearchLine().IsMatch(l)).Select(l => $"{l}\n"));

    /// <summary>The texts of the file and of all that it loads, each as often as it is loaded.</summary>
    internal IEnumerable<string> Loads(string folder) => All(Text, folder);

    private static IEnumerable<string> All(string text, string folder)
        => Load().Matches(text).SelectMany(m => All(File.ReadAllText(Path.Combine(folder, m.Groups[1].Value + Extension)), folder))
            .Prepend(text);

    private static MaudeVariant Read(string name, Dictionary<string, string> texts)
    {
        var starts = Starts(name, texts);
        var searches = new List<MaudeSearch>();
        var note = "";
        var above = "";
        foreach (var line in texts[name].Split('\n'))
        {
            if (SearchLine().Match(line) is { Success: true } m)
            {
                // A search right under another shares its note.
                note = above.Length > 0 ? above : note;
                var start = m.Groups[2].Value;
                searches.Add(new(
                    name, m.Groups[1].Value, start, m.Groups[3].Value, note,
                    starts.GetValueOrDefault(start.Split('(')[0], "")));
                above = "";
            }
            else
            {
                above = line.StartsWith("*** ", StringComparison.Ordinal) ? $"{above} {line["*** ".Length..]}".TrimStart() : "";
            }
        }

        return new(name, texts[name], searches);
    }

    /// <summary>What a file and all that it loads say of each start, in the comment beside it.</summary>
    private static Dictionary<string, string> Starts(string name, Dictionary<string, string> texts)
    {
        var starts = Commented().Matches(texts[name])
            .GroupBy(m => m.Groups[1].Value, m => m.Groups[2].Value).ToDictionary(g => g.Key, g => g.First());
        foreach (Match loaded in Load().Matches(texts[name]))
        {
            foreach (var (start, words) in Starts(loaded.Groups[1].Value, texts))
            {
                starts.TryAdd(start, words);
            }
        }

        return starts;
    }

    [GeneratedRegex(@"^search \[1\] (?:in (\S+) : )?(.+) =>\* C:Conf such that (.+) \.$")]
    internal static partial Regex SearchLine();

    [GeneratedRegex(@"^  (?:op|eq) (\w+)\b[^\n]*? \*\*\* ([^\n]+)$", RegexOptions.Multiline)]
    private static partial Regex Commented();

    [GeneratedRegex(@"^load (\S+)\.maude\r?$", RegexOptions.Multiline)]
    private static partial Regex Load();
}
