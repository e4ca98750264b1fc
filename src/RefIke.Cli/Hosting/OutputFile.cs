namespace RefIke.Cli.Hosting;

/// <summary>A file that the user asked to have written.</summary>
internal static class OutputFile
{
    /// <summary>Makes the file, or empties one that is there.</summary>
    /// <param name="secret">Whether only its owner may read a file that is made.</param>
    /// <exception cref="BadInputException">It cannot be written; the message says why.</exception>
    public static FileStream Create(string path, bool secret = false)
    {
        try
        {
            var how = new FileStreamOptions
            {
                Mode = FileMode.Create,
                Access = FileAccess.Write,
                Share = FileShare.Read,
            };
            if (secret && !OperatingSystem.IsWindows())
            {
                how.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            return new FileStream(path, how);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new BadInputException($"cannot write {path}: {e.Message}");
        }
    }
}
