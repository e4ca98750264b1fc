namespace RefIke.Cli.Hosting;

/// <summary>A file that the user asked to have written.</summary>
internal static class OutputFile
{
    /// <summary>Makes the file, or empties one that is there.</summary>
    /// <exception cref="BadInputException">It cannot be written; the message says why.</exception>
    public static FileStream Create(string path)
    {
        try
        {
            return new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new BadInputException($"cannot write {path}: {e.Message}");
        }
    }
}
