using System.Collections.Immutable;
using System.Text.Json;
using Json.Schema;

namespace RefIke.Vectors;

/// <summary>A JSON Schema (draft 2020-12) and what a document has against it.</summary>
internal sealed class VectorSchema
{
    private static readonly EvaluationOptions EveryFault = new() { OutputFormat = OutputFormat.List };

    private readonly JsonSchema schema;

    private VectorSchema(string text)
        => schema = JsonSchema.FromText(text, new BuildOptions { SchemaRegistry = new SchemaRegistry() });

    public static VectorSchema Parse(string text) => new(text);

    /// <summary>Every fault with its place, a JSON pointer; none where the document is valid.</summary>
    public ImmutableArray<string> Faults(JsonElement document)
    {
        var result = schema.Evaluate(document, EveryFault);
        return result.IsValid
            ? []
            : [.. (result.Details ?? []).Prepend(result).Where(d => d.Errors is not null)
                .SelectMany(d => d.Errors!.Values.Select(words => $"{Place(d)}: {words}")).Distinct()];
    }

    private static string Place(EvaluationResults detail)
        => $"{detail.InstanceLocation}" is { Length: > 0 } place ? place : "/";
}
