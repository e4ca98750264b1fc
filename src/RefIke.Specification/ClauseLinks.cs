namespace RefIke.Specification;

/// <summary>One clause and all that cites it.</summary>
public sealed record ClauseLinks(Clause Clause, IReadOnlyList<Citation> Citations)
{
    /// <summary>How often code that obeys it cites it.</summary>
    public int Code => Count(CitationKind.Code);

    /// <summary>How many lines of tables have it: rows, and what a state drops.</summary>
    public int Rows => Count(CitationKind.Row);

    /// <summary>How often models cite it, SPIN's and Maude's.</summary>
    public int Models => Count(CitationKind.Model);

    /// <summary>How often tests cite it, known answers aside.</summary>
    public int Tests => Count(CitationKind.Test);

    /// <summary>How many vectors show it: negative cases, whole exchanges, files and tests of known answers.</summary>
    public int Vectors => Count(CitationKind.Vector);

    /// <summary>Whether code or a row obeys it.</summary>
    public bool IsObeyed => Code + Rows > 0;

    /// <summary>Whether a test or a vector shows it.</summary>
    public bool IsShown => Tests + Vectors > 0;

    /// <summary>What is wrong with it; null where nothing is.</summary>
    public string? Fault => this switch
    {
        { IsObeyed: false, Clause.Exception: null } => "nothing obeys it, and no reason is given",
        { IsObeyed: true, Clause.Exception: not null } => "something obeys it, and a reason says that nothing does",
        { IsShown: false, Clause: { Exception: null, Untested: null } } => "no test shows it, and no reason is given",
        { IsShown: true, Clause.Untested: not null } => "a test shows it, and a reason says that none does",
        _ => null,
    };

    /// <summary>The files that cite it in one way, and how often each does.</summary>
    public IEnumerable<(string File, int Times)> Files(CitationKind kind)
        => Citations.Where(c => c.Kind == kind).GroupBy(c => c.File).Select(g => (g.Key, g.Count())).OrderBy(f => f.Key, StringComparer.Ordinal);

    private int Count(CitationKind kind) => Citations.Count(c => c.Kind == kind);
}

/// <summary>What a citation says by where it stands.</summary>
public enum CitationKind
{
    /// <summary>It is obeyed here.</summary>
    Code,

    /// <summary>A transition of a table, or what a state of it drops.</summary>
    Row,

    /// <summary>A model of SPIN or Maude has it.</summary>
    Model,

    /// <summary>It is shown here.</summary>
    Test,

    /// <summary>Octets or values that show it to any implementation.</summary>
    Vector,

    /// <summary>No link: a seeded fault that breaks the clause, or the maker of vectors that writes it into their files.</summary>
    None,
}

/// <summary>A clause's id as it stands in a source.</summary>
/// <param name="File">From the repository on; the folder for vectors of whole exchanges.</param>
public sealed record Citation(string Id, string File)
{
    /// <summary>What it says.</summary>
    public CitationKind Kind => this switch
    {
        _ when File.Contains("/Mutants/", StringComparison.Ordinal) || Under("src/RefIke.Vectors/") => CitationKind.None,
        _ when Under("src/") => CitationKind.Code,
        _ when Under("spec/exchanges/") => CitationKind.Row,
        _ when Under("spec/") => CitationKind.Model,
        _ when Under("tests/vectors/") => CitationKind.Vector,
        _ => CitationKind.Test,
    };

    private bool Under(string folder) => File.StartsWith(folder, StringComparison.Ordinal);
}
