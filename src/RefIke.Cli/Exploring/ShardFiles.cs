using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.Json;
using RefIke.Cli.CommandLine;
using RefIke.Cli.Verbs;
using RefIke.Exploration.Exhaustive;

namespace RefIke.Cli.Exploring;

/// <summary>
/// The parts of a search that was split: for each a file with what it came to, and one with the digests of the states that it reached,
/// sixteen octets each, in rising order.
/// </summary>
internal static class ShardFiles
{
    private const string Described = ".part.json";
    private const string States = ".states";

    /// <summary>What one part says of itself.</summary>
    /// <param name="Violated">Where a property failed, which ended the part, and the run that it belonged to.</param>
    internal sealed record Description(
        string Version, string Scenario, string Bounds, int Part, int Of, long States, long Transitions, Violation? Violated = null);

    /// <summary>A property that failed in a part.</summary>
    /// <param name="Way">One of the shortest ways there; the replay file beside the part has it too.</param>
    internal sealed record Violation(int Part, string Property, string What, IReadOnlyList<int> Way);

    /// <summary>What the parts of one search come to together.</summary>
    /// <param name="Digest">Null where a property failed, or a part is missing.</param>
    /// <param name="Violated">By part; empty where every property holds in every state.</param>
    /// <param name="Missing">The parts that a violation in another search has left out.</param>
    internal sealed record Merged(
        string Scenario, string Bounds, int Parts, long States, long Reached, string? Digest, IReadOnlyList<Violation> Violated, IReadOnlyList<int> Missing);

    /// <summary><c>2/4</c>, or the whole.</summary>
    /// <exception cref="BadInputException">It is neither.</exception>
    public static (int Part, int Of) Part(string? text)
    {
        if (text is null)
        {
            return (1, 1);
        }

        return text.Split('/') is [var i, var n] && int.TryParse(i, NumberStyles.None, CultureInfo.InvariantCulture, out var part)
            && int.TryParse(n, NumberStyles.None, CultureInfo.InvariantCulture, out var of) && part >= 1 && part <= of && of <= 4096
            ? (part, of) : throw new BadInputException($"--shard: {text} is not i/n with i from 1 to n and n up to 4096");
    }

    /// <summary>Whether a folder has parts of a search.</summary>
    public static bool AreIn(string folder) => Directory.Exists(folder) && Directory.GetFiles(folder, $"*{Described}").Length > 0;

    /// <summary>Writes a part.</summary>
    public static void Write(string folder, ExhaustiveResult result, int part, int of)
    {
        Directory.CreateDirectory(folder);
        var name = Path.Combine(folder, $"{result.Scenario}.{part}-of-{of}");
        var octets = new byte[16 * result.Reached.Count];
        for (var i = 0; i < result.Reached.Count; i++)
        {
            BinaryPrimitives.WriteUInt128BigEndian(octets.AsSpan(16 * i), result.Reached[i]);
        }

        File.WriteAllBytes(name + States, octets);
        var violated = result.Found is { } found ? new Violation(part, found.Property, found.What, found.Way) : null;
        File.WriteAllText(name + Described, JsonSerializer.Serialize(
            new Description(ExhaustiveVerb.Version, result.Scenario, result.Bounds, part, of, result.Reached.Count, result.Transitions, violated)));
    }

    /// <summary>Joins the parts of every search in a folder.</summary>
    /// <exception cref="BadInputException">A part is missing or damaged, or the parts are not of one search.</exception>
    public static IReadOnlyList<Merged> Merge(string folder)
    {
        if (!Directory.Exists(folder))
        {
            throw new BadInputException($"--merge: there is no folder {folder}");
        }

        var parts = Directory.GetFiles(folder, $"*{Described}").Order(StringComparer.Ordinal).Select(f => (File: f, Is: Read(f))).ToArray();
        var ended = parts.Any(p => p.Is.Violated is not null);
        return parts.Length == 0
            ? throw new BadInputException($"--merge: {folder} has no part of a search")
            : [.. parts.GroupBy(p => p.Is.Scenario).Select(g => Join(g.Key, [.. g], ended))];
    }

    /// <summary>For people.</summary>
    public static string Text(IReadOnlyList<Merged> merged)
    {
        var text = new StringBuilder();
        foreach (var m in merged)
        {
            text.Append(CultureInfo.InvariantCulture, $"{m.Scenario}: {Verdict(m)}\n  bounds        {m.Bounds}\n");
            text.Append(CultureInfo.InvariantCulture, $"  states        {m.States:#,0}, the parts together {m.Reached:#,0}\n");
            text.Append(m.Digest is { } digest ? $"  digest        {digest}\n" : "");
            foreach (var v in m.Violated)
            {
                text.Append(CultureInfo.InvariantCulture, $"  part {v.Part}        {v.What}\n  turns         {string.Join(' ', v.Way)}\n");
            }
        }

        return text.ToString();
    }

    /// <summary>As one document.</summary>
    public static string Json(IReadOnlyList<Merged> merged) => JsonText.Document(new { document = "refike explore merge", version = 1, searches = merged });

    private static string Verdict(Merged m)
        => m.Violated is [var first, ..] ? $"{first.Property} violated"
            : m.Missing.Count == 0 ? $"{m.Parts} parts" : $"no verdict, the parts {string.Join(", ", m.Missing)} of {m.Parts} are missing";

    /// <param name="ended">Whether a violation ended a run before all of its searches had their turn.</param>
    private static Merged Join(string scenario, (string File, Description Is)[] parts, bool ended)
    {
        var first = parts[0].Is;
        var missing = MergedParts.Check(
            "search", "bounds", $"of {scenario} ", [.. parts.Select(p => (p.File, (object)(p.Is.Version, p.Is.Bounds, p.Is.Of), p.Is.Part))], first.Of, ended);
        UInt128[] all = [.. parts.SelectMany(p => Digests(p.File, p.Is)).Distinct()];
        Array.Sort(all);
        Violation[] violated = [.. parts.Select(p => p.Is.Violated).OfType<Violation>().OrderBy(v => v.Part)];
        var digest = violated.Length + missing.Length == 0 ? SetDigest.Of(all) : null;
        return new(scenario, first.Bounds, first.Of, all.Length, parts.Sum(p => p.Is.States), digest, violated, missing);
    }

    private static Description Read(string file)
    {
        try
        {
            return JsonSerializer.Deserialize<Description>(File.ReadAllText(file)) ?? throw new BadInputException($"--merge: {file} is empty");
        }
        catch (JsonException e)
        {
            throw new BadInputException($"--merge: {file} is no part of a search: {e.Message}");
        }
    }

    private static IEnumerable<UInt128> Digests(string file, Description part)
    {
        var states = file[..^Described.Length] + States;
        var octets = File.Exists(states) ? File.ReadAllBytes(states) : [];
        return octets.Length == 16 * part.States
            ? Enumerable.Range(0, octets.Length / 16).Select(i => BinaryPrimitives.ReadUInt128BigEndian(octets.AsSpan(16 * i)))
            : throw new BadInputException($"--merge: {states} has {octets.Length} octets where {16 * part.States} are due");
    }
}
