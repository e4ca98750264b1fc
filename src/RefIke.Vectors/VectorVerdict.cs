using System.Collections.Immutable;
using System.Text.Json;
using RefIke.Vectors.Negative;

namespace RefIke.Vectors;

/// <summary>What came of checking one file, whose kind its $schema says.</summary>
/// <param name="Kind">exchange or negative.</param>
/// <param name="Vectors">How many it has: a whole exchange is one, a negative file has its cases.</param>
internal sealed record VectorVerdict(string Kind, int Vectors, ImmutableArray<string> Faults)
{
    private static readonly Lazy<VectorSchema> OfExchanges = Schema(VectorFile.SchemaName);

    private static readonly Lazy<VectorSchema> OfNegative = Schema(NegativeFile.SchemaName);

    /// <summary>Checks a file's text; null where it is no vector of a kind that is known here.</summary>
    public static VectorVerdict? Of(string text)
    {
        try
        {
            var document = JsonElement.Parse(text);
            return KindOf(document) switch
            {
                VectorFile.SchemaName => Exchange(document, text),
                NegativeFile.SchemaName => Negative(document, text),
                _ => null,
            };
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? KindOf(JsonElement document)
        => document.ValueKind == JsonValueKind.Object && document.TryGetProperty("$schema", out var schema)
            && schema.ValueKind == JsonValueKind.String ? schema.GetString() : null;

    private static VectorVerdict Exchange(JsonElement document, string text)
    {
        var faults = OfExchanges.Value.Faults(document);
        return new VectorVerdict("exchange", 1, faults.IsEmpty ? Replayed(text) : faults);
    }

    /// <summary>
    /// What the schema lets through may still be no exchange at all: whatever stops the replay of it is told as its
    /// fault.
    /// </summary>
    private static ImmutableArray<string> Replayed(string text)
    {
        try
        {
            var v = VectorJson.Parse<VectorFile>(text, "the file");
            ImmutableArray<string> flags = v.Flags.SequenceEqual(Flags.Of(v)) ? []
                : [$"flags: {string.Join(' ', Flags.Of(v))} is what is there"];
            ImmutableArray<string> clauses = v.Clauses.SequenceEqual(ShownClauses.Of(v)) ? []
                : [$"clauses: {string.Join(' ', ShownClauses.Of(v))} is what is shown"];
            return [.. flags, .. clauses, .. VectorCheck.Formulas(v), .. VectorCheck.Roles(v)];
        }
        catch (Exception e) when (e is not (OutOfMemoryException or StackOverflowException))
        {
            return [$"cannot be replayed: {e.Message}"];
        }
    }

    private static VectorVerdict Negative(JsonElement document, string text)
    {
        var faults = OfNegative.Value.Faults(document);
        return faults.IsEmpty
            ? new VectorVerdict("negative", document.GetProperty("numberOfCases").GetInt32(), [.. NegativeVectors.Faults(text)])
            : new VectorVerdict("negative", 0, faults);
    }

    private static Lazy<VectorSchema> Schema(string name) => new(() => VectorSchema.Parse(VectorBook.Schema(name)));
}
