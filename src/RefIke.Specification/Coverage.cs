using System.Text.RegularExpressions;

namespace RefIke.Specification;

/// <summary>Where one clause is met.</summary>
public sealed record ClauseLinks(Clause Clause, int Code, int Rows, int Models)
{
    /// <summary>A clause without a link in code or rows, and without a reason.</summary>
    public bool IsLost => Code + Rows == 0 && Clause.Exception is null;
}

/// <summary>Clause × (code, row, model): the ids that stand in the sources, held against the ledger.</summary>
public static partial class Coverage
{
    /// <summary>Every clause with its links, and the ids that no ledger knows.</summary>
    public static (IReadOnlyList<ClauseLinks> Links, IReadOnlyList<string> Unknown) Of(string repository)
    {
        var code = Directory.GetFiles(Path.Combine(repository, "src"), "*.cs", SearchOption.AllDirectories)
            .Where(f => !f.Contains("/obj/", StringComparison.Ordinal) && !f.Contains("/bin/", StringComparison.Ordinal))
            .SelectMany(f => Quoted().Matches(File.ReadAllText(f)).Select(m => m.Groups[1].Value)).ToLookup(id => id);
        var rows = RowFile.ReadAll(repository).Select(r => Id(r.Clause)).ToLookup(id => id);
        var models = Directory.GetFiles(Path.Combine(repository, "spec", "models"), "*.pml")
            .SelectMany(f => InModel().Matches(File.ReadAllText(f)).Select(m => m.Groups[1].Value)).ToLookup(id => id);
        var clauses = Ledger.Read(repository);
        var known = clauses.Select(c => c.Id).ToHashSet();
        return ([.. clauses.Select(c => new ClauseLinks(c, code[c.Id].Count(), rows[c.Id].Count(), models[c.Id].Count()))],
            [.. code.Concat(rows).Concat(models).Select(g => g.Key).Distinct().Where(id => !known.Contains(id)).Order(StringComparer.Ordinal)]);
    }

    /// <summary><c>2409_5_4_02</c> as the ledger has it: <c>2409-5.4-02</c>.</summary>
    public static string Id(string inRow)
    {
        var parts = inRow.Split('_');
        return $"{parts[0]}-{string.Join('.', parts[1..^1])}-{parts[^1]}";
    }

    [GeneratedRegex("""(?<!\w)"((?:2407|2408|2409|3947|modecfg|msikee)-[0-9A-Z.]+-\d\d)"(?!,\s*"[A-Z]{4})""")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"clause (\d{4}-[0-9A-Z.]+-\d\d)")]
    private static partial Regex InModel();
}
