using System.Collections.Immutable;

namespace RefIke.Vectors.Tests;

/// <summary>This test project's folder in the source tree: tests read and, where told to, write their files there.</summary>
internal static class VectorFolder
{
    public static string Path { get; } = Find();

    /// <summary>Every whole exchange, by name.</summary>
    public static ImmutableArray<VectorFile> Exchanges { get; } =
        [.. Directory.GetFiles(In("Exchanges"), "*.json").Select(VectorJson.Read<VectorFile>)
            .OrderBy(v => v.Name, StringComparer.Ordinal)];

    public static VectorFile Exchange(string name) => Exchanges.Single(v => v.Name == name);

    public static string PathOf(string exchange) => In("Exchanges", $"{exchange}.json");

    /// <summary>A place under the folder.</summary>
    public static string In(params string[] parts) => System.IO.Path.Combine([Path, .. parts]);

    private static string Find()
    {
        var at = new DirectoryInfo(AppContext.BaseDirectory);
        while (at is not null && !File.Exists(System.IO.Path.Combine(at.FullName, "RefIke.sln")))
        {
            at = at.Parent;
        }

        return System.IO.Path.Combine(at?.FullName ?? throw new DirectoryNotFoundException("not inside the repository"),
            "tests", "vectors");
    }
}
