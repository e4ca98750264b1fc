using System.Text.Json;
using System.Text.RegularExpressions;

namespace RefIke.Specification;

/// <summary>
/// The clauses that vectors show, as their files under <c>tests/vectors</c> say: <c>clauses</c> of a whole exchange or of a file of
/// known answers, <c>clause</c> of each negative case. Whole exchanges are many and show much alike: they are cited by their folder.
/// A case that names a section alone cites no clause.
/// </summary>
internal static class VectorCitations
{
    public static IEnumerable<Citation> Of(string repository, string documents)
    {
        var folder = Path.Combine(repository, "tests", "vectors");
        var id = new Regex($@"^(?:{documents})-[0-9A-Z][0-9A-Z.]*-\d\d$");
        return !Directory.Exists(folder) ? []
            : Directory.GetFiles(folder, "*.json", SearchOption.AllDirectories)
                .Where(f => !f.Contains("/obj/", StringComparison.Ordinal))
                .Where(f => !f.Contains("/bin/", StringComparison.Ordinal))
                .SelectMany(f => Clauses(File.ReadAllBytes(f)).Where(c => id.IsMatch(c))
                    .Select(c => new Citation(c, Place(Path.GetRelativePath(repository, f)))));
    }

    private static string Place(string file) => Path.GetDirectoryName(file)! is var folder
        && folder.EndsWith("Exchanges", StringComparison.Ordinal) ? folder : file;

    private static string[] Clauses(byte[] json)
    {
        using var document = JsonDocument.Parse(json);
        var file = document.RootElement;
        return
        [
            .. Items(file, "clauses").Select(c => c.GetString()!),
            .. Items(file, "groups").SelectMany(g => Items(g, "cases").ToArray())
                .Where(c => c.TryGetProperty("clause", out _)).Select(c => c.GetProperty("clause").GetString()!),
        ];
    }

    private static JsonElement.ArrayEnumerator Items(JsonElement owner, string name)
        => owner.TryGetProperty(name, out var items) ? items.EnumerateArray() : default;
}
