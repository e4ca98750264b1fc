namespace RefIke.Specification;

/// <summary>
/// <c>spec/links.txt</c>: every citation of a clause as it was recorded, so that one that goes is missed, though others of the same
/// clause may be left.
/// </summary>
/// <param name="Lost">Recorded, and no longer there.</param>
/// <param name="New">There, and not recorded.</param>
public sealed record RecordedLinks(IReadOnlyList<string> Lost, IReadOnlyList<string> New)
{
    /// <summary>Whether record and sources are the same.</summary>
    public bool Hold => Lost.Count == 0 && New.Count == 0;

    /// <summary>The record held against the sources; where there is none, everything is new.</summary>
    public static RecordedLinks Compare(string repository)
    {
        var recorded = File.Exists(PathIn(repository)) ? File.ReadAllLines(PathIn(repository)) : [];
        var found = Coverage.Citations(repository);
        return new RecordedLinks([.. recorded.Except(found)], [.. found.Except(recorded)]);
    }

    /// <summary>Records what the sources cite now.</summary>
    public static void Write(string repository)
        => File.WriteAllText(PathIn(repository), string.Concat(Coverage.Citations(repository).Select(l => l + "\n")));

    private static string PathIn(string repository) => Path.Combine(repository, "spec", "links.txt");
}
