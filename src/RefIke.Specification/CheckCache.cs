using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace RefIke.Specification;

/// <summary>
/// What a tool found before, by a digest of all that it was given: sources, options, the tool's own version. What cannot be read
/// again is worked out again.
/// </summary>
/// <param name="Folder">Where the findings are kept; null keeps none.</param>
public sealed record CheckCache(string? Folder)
{
    /// <summary>A cache that keeps nothing.</summary>
    public static CheckCache None { get; } = new((string?)null);

    /// <summary>The digest of some texts, in their order.</summary>
    public static string Key(params IEnumerable<string> texts)
        => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\0', texts))));

    /// <summary>What was found under a key; null where nothing was.</summary>
    public T? Find<T>(string key)
        where T : class
    {
        try
        {
            return Folder is not null && File.Exists(PathOf(key)) ? JsonSerializer.Deserialize<T>(File.ReadAllText(PathOf(key))) : null;
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Keeps a finding. A folder that cannot be written to is no reason to fail.</summary>
    public void Keep<T>(string key, T found)
        where T : class
    {
        if (Folder is null)
        {
            return;
        }

        try
        {
            Directory.CreateDirectory(Folder);
            var written = $"{PathOf(key)}.{Guid.NewGuid():N}";
            File.WriteAllText(written, JsonSerializer.Serialize(found));
            File.Move(written, PathOf(key), true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
        }
    }

    private string PathOf(string key) => Path.Combine(Folder!, $"{key}.json");
}
