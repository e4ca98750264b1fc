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
    private const string Negatives = "Negative/";

    private static readonly Assembly Here = typeof(VectorBook).Assembly;

    /// <summary>The names of all whole exchanges.</summary>
    public static IReadOnlyList<string> Names { get; } = In(Exchanges);

    /// <summary>The names of all files of negative vectors.</summary>
    public static IReadOnlyList<string> NegativeNames { get; } = In(Negatives);

    /// <summary>A whole exchange as its file has it.</summary>
    public static string Text(string name) => Resource($"{Exchanges}{name}.json");

    /// <summary>A whole exchange.</summary>
    public static VectorFile Read(string name) => VectorJson.Parse<VectorFile>(Text(name), name);

    /// <summary>A file of negative vectors.</summary>
    public static NegativeFile Negative(string name) => NegativeFile.Read(Resource($"{Negatives}{name}.json"));

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
        var negative = NegativeVectors.Emit().Select(f => ($"{Negatives}{f.Key}", f.Value));
        var schemas = new[] { VectorFile.SchemaName, NegativeFile.SchemaName }.Select(n => (n["../".Length..], Schema(n)));
        return [.. made, .. recorded, .. negative, .. schemas];
    }

    private static string[] In(string folder) =>
    [
        .. Here.GetManifestResourceNames().Where(n => n.StartsWith(folder, StringComparison.Ordinal))
            .Select(n => n[folder.Length..^".json".Length]).Order(StringComparer.Ordinal),
    ];

    private static string Resource(string name)
    {
        using var reader = new StreamReader(Here.GetManifestResourceStream(name)
            ?? throw new InvalidDataException($"no {name} here"));
        return reader.ReadToEnd();
    }
}
