using System.Collections.Immutable;
using System.Text.Json;
using RefIke.Vectors.Negative.Cases;

namespace RefIke.Vectors.Negative;

/// <summary>The negative vectors as a whole: made from code, and checked from their text alone.</summary>
internal static class NegativeVectors
{
    /// <summary>Every file that RefIke makes, by name, the same octets each time.</summary>
    public static IReadOnlyDictionary<string, string> Emit()
        => Files.All.AsParallel().AsOrdered().Select(f => f()).ToDictionary(f => $"{f.Name}.json", f => f.Write());

    /// <summary>All that does not hold in one file, with the case's id; nothing where all does.</summary>
    public static IReadOnlyList<string> Faults(string text)
    {
        NegativeFile file;
        try
        {
            file = NegativeFile.Read(text);
        }
        catch (JsonException bad)
        {
            return [$"no file of negative vectors: {bad.Message}"];
        }

        return Faults(file, new NegativeReplay());
    }

    /// <summary>What a case may be flagged with; README.md says what each means.</summary>
    public static ImmutableArray<string> Flags { get; } =
    [
        "malformed", "place", "payloads", "hash", "signature", "certificate", "identity", "impostor", "ciphertext", "publicValue",
        "negotiation", "replay", "reflection", "fragments", "limit", "encrypted", "clear", "sequence", "answered",
    ];

    internal static ImmutableArray<string> Faults(NegativeFile file, NegativeReplay replay)
    {
        var found = file.Groups.Sum(g => g.Cases.Length) is var count && count == file.NumberOfCases
            ? Enumerable.Empty<string>() : [$"{file.Name}: {count} cases where {file.NumberOfCases} are said"];
        var twice = file.Groups.SelectMany(g => g.Cases).GroupBy(c => c.Id).Where(g => g.Count() > 1)
            .Select(g => $"{g.Key}: is there twice");
        return [.. found, .. twice, .. file.Groups.SelectMany(replay.Faults)];
    }
}
