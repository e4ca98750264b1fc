using RefIke.Specification;

namespace RefIke.Cli.Covering;

/// <summary>The clauses of one document, or of all, as the page has them: totals and a line each.</summary>
internal sealed record CoveredPart(string Id, string Title, IReadOnlyList<CoveredClause> Clauses)
{
    public static CoveredPart Of(string id, string title, IEnumerable<ClauseLinks> links)
        => new(id, title, [.. links.Select(CoveredClause.Of)]);

    public int Total => Clauses.Count;

    public int Obeyed => Clauses.Count(c => c.Links.IsObeyed);

    public int Shown => Clauses.Count(c => c.Links is { IsObeyed: true, IsShown: true });

    public int InRows => Clauses.Count(c => c.Links.Rows > 0);

    public int Modelled => Clauses.Count(c => c.Links.Models > 0);

    public int Tested => Clauses.Count(c => c.Links.Tests > 0);

    public int InVectors => Clauses.Count(c => c.Links.Vectors > 0);

    /// <summary>Obeyed and shown, of a hundred.</summary>
    public string Percent => Total == 0 ? "–" : string.Create(null, $"{100.0 * Shown / Total:0.0}");

    /// <summary>Those that are not obeyed, or not shown.</summary>
    public IReadOnlyList<CoveredClause> Excepted => [.. Clauses.Where(c => c.Reason is not null)];
}

/// <summary>A clause: how often each kind of source cites it, and where.</summary>
internal sealed record CoveredClause(ClauseLinks Links, IReadOnlyList<CitingFiles> Kinds)
{
    private static readonly (CitationKind Kind, string Name)[] Columns =
    [
        (CitationKind.Code, "code"), (CitationKind.Row, "rows"), (CitationKind.Model, "models"), (CitationKind.Test, "tests"),
        (CitationKind.Vector, "vectors"),
    ];

    public static CoveredClause Of(ClauseLinks links) => new(links, [.. Columns.Select(c => new CitingFiles(
        c.Name, [.. links.Files(c.Kind).Select(f => new CitingFile(f.File, f.Times))]))]);

    public string Id => Links.Clause.Id;

    public string Level => Links.Clause.Level;

    public string Words => Links.Clause.Words;

    public string Who => Links.Clause.Who;

    public string Seen => Links.Clause.Seen;

    public string? Reason => Links.Clause.Exception ?? Links.Clause.Untested;

    public string Lacks => Links.Clause.Exception is not null ? "not obeyed" : "not shown";

    public string? Fault => Links.Fault;

    /// <summary>In how many files it is cited.</summary>
    public int Places => Kinds.Sum(k => k.Files.Count);
}

/// <summary>What of one kind cites a clause.</summary>
internal sealed record CitingFiles(string Name, IReadOnlyList<CitingFile> Files)
{
    public int Times => Files.Sum(f => f.Times);
}

/// <summary>A file, and how often it cites the clause.</summary>
internal sealed record CitingFile(string Path, int Times);
