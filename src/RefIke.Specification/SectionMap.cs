using System.Text;
using System.Text.RegularExpressions;
using Tomlyn;
using Tomlyn.Model;

namespace RefIke.Specification;

/// <summary>A section of RFC 2409 and what a reader looks for in the paths of <c>src/</c>.</summary>
/// <param name="Number">As the RFC numbers it; A and B are the appendices.</param>
/// <param name="Name">The name of a file or folder; null where nothing obeys the section.</param>
/// <param name="Nowhere">Why nothing does; null where something does.</param>
public sealed record Section(string Number, string Title, string? Name, string? Nowhere);

/// <summary>Where one section is obeyed, modelled and tested: paths from the repository on.</summary>
/// <param name="Found">The files of <c>src/</c> whose path has the name.</param>
/// <param name="Here">Those of them that cite the section.</param>
/// <param name="Elsewhere">The other files of <c>src/</c> that cite it.</param>
/// <param name="Tables">The tables with a row of one of its clauses.</param>
public sealed record SectionPlaces(
    Section Section, IReadOnlyList<string> Found, IReadOnlyList<string> Here, IReadOnlyList<string> Elsewhere,
    IReadOnlyList<string> Tables, IReadOnlyList<string> Models, IReadOnlyList<string> Tests);

/// <summary>
/// From a section of RFC 2409 to its files by their paths alone: what <c>docs/map.md</c> is made of, and what holds the
/// names of files to it.
/// </summary>
public static class SectionMap
{
    private const int MostShown = 8;

    /// <summary>The sections of <c>spec/sections.toml</c>.</summary>
    public static IReadOnlyList<Section> Sections(string repository)
        => [.. ((TomlTableArray)TomlSerializer.Deserialize<TomlTable>(
            File.ReadAllText(Path.Combine(repository, "spec", "sections.toml")))!["section"])
            .Select(s => new Section((string)s["number"], (string)s["title"], Text(s, "name"), Text(s, "nowhere")))];

    /// <summary>Every section with its places.</summary>
    public static IReadOnlyList<SectionPlaces> Of(string repository)
    {
        var sources = Sources(repository, "src", "*.cs");
        (string, string)[] models = [.. Sources(repository, "spec/models", "*.pml"), .. Sources(repository, "spec/symbolic", "*.maude")];
        var tests = Sources(repository, "tests", "*.cs");
        var tables = Sources(repository, "spec/exchanges", "*.rows");
        return [.. Sections(repository).Select(s => Places(s, sources, tables, models, tests))];
    }

    /// <summary>The places of one section among files, each a path and its text.</summary>
    public static SectionPlaces Places(
        Section section, IReadOnlyList<(string Path, string Text)> sources,
        IReadOnlyList<(string Path, string Text)> tables, IReadOnlyList<(string Path, string Text)> models,
        IReadOnlyList<(string Path, string Text)> tests)
    {
        string[] found = [.. sources.Select(s => s.Path).Where(p => section.Name is { } name && Has(p, name))];
        var citing = Citing(section, sources);
        return new(section, found, [.. found.Where(citing.Contains)], [.. citing.Except(found)],
            Citing(section, tables), Citing(section, models), Citing(section, tests));
    }

    /// <summary>The whole map in Markdown, with links that hold from <c>docs/</c>.</summary>
    public static string Markdown(string repository)
    {
        var text = new StringBuilder(
            """
            # RFC 2409, section by section

            Made by `refike spec map` from `spec/sections.toml` and the sources; a test holds it against them. To find a section's
            code, look for its name among the files and folders of `src/`.

            | § | what it is | look for | there | cited also in | tables | models | tests |
            |---|---|---|---|---|---|---|---|

            """);
        foreach (var p in Of(repository))
        {
            var s = p.Section;
            var (name, there) = s.Name is null ? ("–", s.Nowhere!) : ($"`{s.Name}`", Links(p.Here));
            text.Append(System.Globalization.CultureInfo.InvariantCulture,
                $"| {s.Number} | {s.Title} | {name} | {there} | {Links(p.Elsewhere)} | {Links(p.Tables)} | {Links(p.Models)} | {Links(p.Tests)} |\n");
        }

        return text.ToString();
    }

    /// <summary>Whether a file or a folder on this path has this name.</summary>
    private static bool Has(string path, string name)
        => path.Split('/').Any(part => Path.GetFileNameWithoutExtension(part) == name || part == name);

    /// <summary>The files that name the section after RFC 2409, or one of its clauses.</summary>
    private static List<string> Citing(Section section, IReadOnlyList<(string Path, string Text)> files)
    {
        var number = Regex.Escape(section.Number);
        var isAppendix = char.IsAsciiLetter(section.Number[0]);
        var cited = new Regex(
            $"""(?:RFC 2409 {(isAppendix ? @"App\. " : "§")}{number}(?![0-9]|\.[0-9])|2409-{number}-\d\d|2409_{number.Replace(@"\.", "_", StringComparison.Ordinal)}_\d\d)""");
        return [.. files.Where(f => cited.IsMatch(f.Text)).Select(f => f.Path)];
    }

    private static string Links(IReadOnlyList<string> paths)
        => string.Join(", ", paths.Take(MostShown).Select(p => $"[{Path.GetFileNameWithoutExtension(p)}](../{p})"))
            + (paths.Count > MostShown ? $" and {paths.Count - MostShown} more" : "");

    private static List<(string Path, string Text)> Sources(string repository, string folder, string files)
        => [.. Directory.GetFiles(Path.Combine(repository, folder), files, SearchOption.AllDirectories)
            .Select(f => Path.GetRelativePath(repository, f).Replace('\\', '/'))
            .Where(f => !f.Contains("/obj/", StringComparison.Ordinal) && !f.Contains("/bin/", StringComparison.Ordinal))
            .Where(f => !f.EndsWith("/ShownClauses.cs", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(f => (f, File.ReadAllText(Path.Combine(repository, f))))];

    private static string? Text(TomlTable table, string key)
        => table.TryGetValue(key, out var value) ? (string)value : null;
}
