using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace RefIke.Vectors;

/// <summary>
/// JSON Schema as far as exchange.schema.json uses it (draft 2020-12). A keyword that is not known here is an
/// exception, so that none can be there without being checked.
/// </summary>
internal sealed class Schema(JsonObject root)
{
    public static Schema Read(string file)
        => new(JsonNode.Parse(File.ReadAllText(Path.Combine(VectorJson.Folder, file)))!.AsObject());

    /// <summary>Every fault with its place; none where the document is valid.</summary>
    public IEnumerable<string> Faults(JsonNode? document) => Faults(root, document, "$");

    private IEnumerable<string> Faults(JsonObject schema, JsonNode? value, string at)
        => schema.SelectMany(keyword => Faults(schema, keyword.Key, keyword.Value!, value, at));

    private IEnumerable<string> Faults(JsonObject schema, string keyword, JsonNode demand, JsonNode? value, string at)
    {
        switch (keyword)
        {
            case "$schema" or "$defs" or "title" or "description":
                return [];
            case "$ref":
                return Faults(root["$defs"]![demand.GetValue<string>()["#/$defs/".Length..]]!.AsObject(), value, at);
            case "type":
                return If(!IsA(demand.GetValue<string>(), value), at, $"is no {demand}");
            case "enum":
                return If(!demand.AsArray().Any(allowed => JsonNode.DeepEquals(allowed, value)), at,
                    $"{value} is not allowed");
            case "pattern":
                var fits = value is JsonValue text && Regex.IsMatch(text.GetValue<string>(), demand.GetValue<string>());
                return If(!fits, at, $"{value} is not like {demand}");
            case "minimum":
                return If(value is not JsonValue number || number.GetValue<long>() < demand.GetValue<long>(), at,
                    $"{value} is below {demand}");
            case "minItems":
                return If(value is not JsonArray list || list.Count < demand.GetValue<int>(), at, "has too few items");
            case "items":
                return value is JsonArray items
                    ? items.SelectMany((item, i) => Faults(demand.AsObject(), item, $"{at}[{i}]"))
                    : [];
            case "required":
                return demand.AsArray().Where(name => value?[name!.GetValue<string>()] is null)
                    .Select(name => $"{at}: {name} is missing");
            case "properties":
                return value is JsonObject has
                    ? demand.AsObject().Where(p => has.ContainsKey(p.Key))
                        .SelectMany(p => Faults(p.Value!.AsObject(), has[p.Key], $"{at}.{p.Key}"))
                    : [];
            case "additionalProperties" when !demand.GetValue<bool>():
                var known = schema["properties"]!.AsObject();
                return value is JsonObject o
                    ? o.Where(p => !known.ContainsKey(p.Key)).Select(p => $"{at}: {p.Key} is not known")
                    : [];
            default:
                throw new NotSupportedException($"the schema uses {keyword}");
        }
    }

    private static IEnumerable<string> If(bool wrong, string at, string words) => wrong ? [$"{at}: {words}"] : [];

    private static bool IsA(string type, JsonNode? value) => type switch
    {
        "object" => value is JsonObject,
        "array" => value is JsonArray,
        "string" => value is JsonValue v && v.TryGetValue<string>(out _),
        "integer" => value is JsonValue v && v.TryGetValue<long>(out _),
        "boolean" => value is JsonValue v && v.TryGetValue<bool>(out _),
        _ => throw new NotSupportedException($"the schema uses the type {type}"),
    };
}
