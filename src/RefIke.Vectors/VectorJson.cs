using System.Text.Json;
using System.Text.Json.Serialization;
using RefIke.Wire;

namespace RefIke.Vectors;

/// <summary>
/// How the vector files spell things: RFC 2409's names as there, others in camel case, octets in lower-case
/// hexadecimal.
/// </summary>
internal static class VectorJson
{
    public static JsonSerializerOptions Options { get; } = new()
    {
        PropertyNamingPolicy = new Names(),
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
        NewLine = "\n",
        Converters = { new Hex(), new JsonStringEnumConverter(new Words()) },
    };

    /// <summary>A file of this format.</summary>
    public static T Read<T>(string path) => Parse<T>(File.ReadAllText(path), path);

    /// <summary>A document of this format; its name is for what is said when it is none.</summary>
    public static T Parse<T>(string text, string name)
        => JsonSerializer.Deserialize<T>(text, Options) ?? throw new InvalidDataException($"{name} is empty");

    private sealed class Names : JsonNamingPolicy
    {
        public override string ConvertName(string name)
            => name.Contains('_') || name is "SKEYID" or "Ka" or "HASH" ? name : CamelCase.ConvertName(name);
    }

    /// <summary>Roles and orders begin small; the exchanges keep their names.</summary>
    private sealed class Words : JsonNamingPolicy
    {
        public override string ConvertName(string name)
            => Enum.TryParse<ExchangeType>(name, out _) ? name : JsonNamingPolicy.CamelCase.ConvertName(name);
    }

    private sealed class Hex : JsonConverter<Octets>
    {
        public override Octets Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
            => Octets.FromHex(reader.GetString()!);

        public override void Write(Utf8JsonWriter writer, Octets value, JsonSerializerOptions options)
            => writer.WriteStringValue(value.ToHex());
    }
}

/// <summary>A message id or an SPI: eight hexadecimal digits.</summary>
internal sealed class HexNumber : JsonConverter<uint>
{
    public override uint Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        => Convert.ToUInt32(reader.GetString(), 16);

    public override void Write(Utf8JsonWriter writer, uint value, JsonSerializerOptions options)
        => writer.WriteStringValue($"{value:x8}");
}
