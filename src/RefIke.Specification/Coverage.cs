using System.Text.RegularExpressions;

namespace RefIke.Specification;

/// <summary>
/// Clause × (code, rows, models, tests, vectors): the ids that stand in the sources, held against the ledger. C# cites a clause
/// by its id in quotes, most often in a <c>[Clause]</c> attribute; a comment of any source by the word clause before
/// the id; a line of a table by its last column; a vector by its <c>clause</c> or <c>clauses</c>.
/// </summary>
public static class Coverage
{
    /// <summary>Every clause with its links, and the citations of ids that no ledger knows.</summary>
    public static (IReadOnlyList<ClauseLinks> Links, IReadOnlyList<Citation> Unknown) Of(string repository)
        => Of(repository, Places(repository));

    /// <summary>The same with citations that are read already.</summary>
    public static (IReadOnlyList<ClauseLinks> Links, IReadOnlyList<Citation> Unknown) Of(
        string repository, IReadOnlyList<Citation> places)
    {
        var clauses = Ledger.Read(repository);
        var known = clauses.Select(c => c.Id).ToHashSet();
        var byId = places.ToLookup(p => p.Id);
        return ([.. clauses.Select(c => new ClauseLinks(c, [.. byId[c.Id]]))],
            [.. places.Where(p => !known.Contains(p.Id)).Distinct()]);
    }

    /// <summary>Every citation of the sources, each as often as it stands there.</summary>
    public static IReadOnlyList<Citation> Places(string repository)
    {
        var documents = string.Join('|', Ledger.Documents(repository));
        var cited = new Regex($"""(?:"|\bclause\s+)((?:{documents})-[0-9A-Z][0-9A-Z.]*-\d\d)""");
        return [.. Cited("src", "*.cs").Concat(Cited("tests", "*.cs")).Concat(Cited("spec/models", "*.pml"))
            .Concat(Cited("spec/symbolic", "*.maude"))
            .Concat(VectorCitations.Of(repository, documents))
            .Concat(Directory.GetFiles(Path.Combine(repository, "spec", "exchanges"), "*.rows").SelectMany(
                f => RowFile.Clauses(File.ReadAllText(f), Path.GetFileName(f))
                    .Select(c => new Citation(Id(c), Path.GetRelativePath(repository, f)))))];

        IEnumerable<Citation> Cited(string folder, string files)
            => Directory.GetFiles(Path.Combine(repository, folder), files, SearchOption.AllDirectories)
                .Where(f => !f.Contains("/obj/", StringComparison.Ordinal))
                .Where(f => !f.Contains("/bin/", StringComparison.Ordinal))
                .SelectMany(f => cited.Matches(File.ReadAllText(f))
                    .Select(m => new Citation(m.Groups[1].Value, Path.GetRelativePath(repository, f))));
    }

    /// <summary><c>2409_5_4_02</c> as the ledger has it: <c>2409-5.4-02</c>.</summary>
    public static string Id(string inRow)
    {
        var parts = inRow.Split('_');
        return $"{parts[0]}-{string.Join('.', parts[1..^1])}-{parts[^1]}";
    }
}
