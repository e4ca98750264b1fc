namespace RefIke.Cli.Exploring;

/// <summary>What every merge asks of its parts.</summary>
internal static class MergedParts
{
    /// <summary>All parts are of one work, and none of it is missing.</summary>
    /// <param name="what">What they are parts of, for a complaint.</param>
    /// <param name="likeness">What must be alike, in words.</param>
    /// <param name="whose">Whose parts are missing, where they are.</param>
    /// <param name="parts">Of each its file, all by which it must be like the others, and its number.</param>
    /// <param name="of">How many there should be, by the first.</param>
    /// <param name="ended">Whether the work was ended before all of it was done: then parts may be missing.</param>
    /// <returns>The numbers of those that are.</returns>
    /// <exception cref="BadInputException">One is of another work, or missing.</exception>
    public static int[] Check(
        string what, string likeness, string whose, IReadOnlyList<(string File, object Is, int Number)> parts, int of, bool ended = false)
    {
        var (first, work, _) = parts[0];
        if (parts.FirstOrDefault(p => !p.Is.Equals(work)) is { File: not null } other)
        {
            throw new BadInputException($"--merge: {other.File} is of another {what} than {first}: version, {likeness} or number of parts differ");
        }

        var missing = Enumerable.Range(1, of).Except(parts.Select(p => p.Number)).ToArray();
        return missing.Length > 0 && !ended
            ? throw new BadInputException($"--merge: {whose}the parts {string.Join(", ", missing)} of {of} are missing") : missing;
    }
}
