namespace RefIke.Specification;

/// <summary>The tools that check models.</summary>
internal static class Programs
{
    /// <summary>Whether a program is on the path.</summary>
    public static bool OnPath(string program)
        => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')
            .Any(folder => File.Exists(Path.Combine(folder, program)));
}
