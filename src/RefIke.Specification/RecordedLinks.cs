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
    public static RecordedLinks Compare(string repository) => Compare(repository, Coverage.Places(repository));

    /// <summary>The same with citations that are read already.</summary>
    public static RecordedLinks Compare(string repository, IReadOnlyList<Citation> places)
    {
        var recorded = File.Exists(PathIn(repository)) ? File.ReadAllLines(PathIn(repository)) : [];
        var found = Lines(places);
        return new RecordedLinks([.. recorded.Except(found)], [.. found.Except(recorded)]);
    }

    /// <summary>Records what the sources cite now.</summary>
    public static void Write(string repository)
        => File.WriteAllText(PathIn(repository), string.Concat(Lines(Coverage.Places(repository)).Select(l => l + "\n")));

    /// <summary>As they are recorded: <c>2409-5.5-04 src/RefIke.Engine/Steps/QuickModes.cs 1</c>, with how often it stands there.</summary>
    public static IReadOnlyList<string> Lines(IEnumerable<Citation> places)
        => [.. places.GroupBy(p => p).Select(g => $"{g.Key.Id} {g.Key.File} {g.Count()}").Order(StringComparer.Ordinal)];

    private static string PathIn(string repository) => Path.Combine(repository, "spec", "links.txt");
}
