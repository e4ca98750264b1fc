using System.Collections.Immutable;
using System.Reflection;
using RefIke.Vectors.Making;
using RefIke.Vectors.Making.Recipes;
using RefIke.Vectors.Negative;

namespace RefIke.Vectors;

/// <summary>The vectors that the library has in it, so that they are there outside the repository too.</summary>
internal static class VectorBook
{
    private const string Exchanges = "Exchanges/";

    private static readonly Assembly Here = typeof(VectorBook).Assembly;

    /// <summary>The names of all whole exchanges.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        .. Here.GetManifestResourceNames().Where(n => n.StartsWith(Exchanges, StringComparison.Ordinal))
            .Select(n => n[Exchanges.Length..^".json".Length]).Order(StringComparer.Ordinal),
    ];

    /// <summary>A whole exchange as its file has it.</summary>
    public static string Text(string name) => Resource($"{Exchanges}{name}.json");

    /// <summary>A whole exchange.</summary>
    public static VectorFile Read(string name) => VectorJson.Parse<VectorFile>(Text(name), name);

    /// <summary>The schema that a file names.</summary>
    public static string Schema(string schemaName) => Resource(schemaName["../".Length..]);

    /// <summary>
    /// Every file by its path under the folder: RefIke's made again from their seeds, those of others as recorded.
    /// </summary>
    public static IEnumerable<(string Path, string Text)> Emit()
    {
        ImmutableArray<(string, string)> made = [.. RecipeBook.All.AsParallel().AsOrdered().Select(
            r => ($"{Exchanges}{r.Name}.json", Recorder.Run(r).Write()))];
        var recorded = Names.Except(RecipeBook.All.Select(r => r.Name)).Select(n => ($"{Exchanges}{n}.json", Text(n)));
        var negative = NegativeVectors.Emit().Select(f => ($"Negative/{f.Key}", f.Value));
        var schemas = new[] { VectorFile.SchemaName, NegativeFile.SchemaName }.Select(n => (n["../".Length..], Schema(n)));
        return [.. made, .. recorded, .. negative, .. schemas];
    }

    private static string Resource(string name)
    {
        using var reader = new StreamReader(Here.GetManifestResourceStream(name)
            ?? throw new InvalidDataException($"no {name} here"));
        return reader.ReadToEnd();
    }
}
