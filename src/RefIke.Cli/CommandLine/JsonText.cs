using System.Text.Encodings.Web;
using System.Text.Json;

namespace RefIke.Cli.CommandLine;

/// <summary>How RefIke writes JSON: names in camelCase, non-ASCII letters as they are.</summary>
internal static class JsonText
{
    private static readonly JsonSerializerOptions OnOneLine = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static readonly JsonSerializerOptions Indented = new(OnOneLine) { WriteIndented = true, NewLine = "\n" };

    /// <summary>On one line, for files of lines.</summary>
    public static string Line(object value) => JsonSerializer.Serialize(value, OnOneLine);

    /// <summary>Indented, for a document.</summary>
    public static string Document(object value) => JsonSerializer.Serialize(value, Indented);

    /// <summary>Reads what <see cref="Line"/> wrote.</summary>
    public static T? Read<T>(string text) => JsonSerializer.Deserialize<T>(text, OnOneLine);
}
