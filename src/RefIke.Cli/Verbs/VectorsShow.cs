using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;
using RefIke.Cli.CommandLine;
using RefIke.Vectors;

namespace RefIke.Cli.Verbs;

/// <summary><c>refike vectors show</c>: one whole exchange for a reader, every value with its name.</summary>
internal static class VectorsShow
{
    private const int Width = 128;

    private static readonly Argument<string> Name = new("name") { Description = "as refike vectors list has it" };

    private static readonly Option<bool> Json = new("--json") { Description = "the file as it is" };

    public static Command Create()
    {
        var verb = new Verb("show", "One whole exchange, every value with its name; or one negative vector, by FILE/CASE.",
            "refike vectors show refike-rsa-sig-main", "refike vectors show refike-rsa-sig-main --json",
            "refike vectors show hash/main-psk-5.first-bit")
        {
            Name, Json,
        };
        verb.SetAction(parsed => Show(parsed.GetValue(Name)!, parsed.GetValue(Json)));
        return verb;
    }

    private static int Show(string name, bool json)
    {
        if (!VectorBook.Names.Contains(name))
        {
            if (!json && VectorsNegative.Show(name) is { } negative)
            {
                Console.Write(negative);
                return ExitCodes.Held;
            }

            throw new BadInputException($"no vector {name}: refike vectors list has them all");
        }

        var text = VectorBook.Text(name);
        Console.Write(json ? text : Readable(text));
        return ExitCodes.Held;
    }

    private static string Readable(string text)
    {
        var lines = new StringBuilder();
        foreach (var property in JsonElement.Parse(text).EnumerateObject().Where(p => p.Name != "$schema"))
        {
            Write(lines, property.Name, property.Value, 0);
        }

        return lines.ToString();
    }

    private static void Write(StringBuilder lines, string name, JsonElement value, int depth)
    {
        var indent = new string(' ', 2 * depth);
        if (value.ValueKind == JsonValueKind.Object)
        {
            Line(lines, $"{indent}{name}");
            foreach (var property in value.EnumerateObject())
            {
                Write(lines, property.Name, property.Value, depth + 1);
            }
        }
        else if (value.ValueKind == JsonValueKind.Array && value.EnumerateArray().Any(IsNested))
        {
            foreach (var (n, item) in value.EnumerateArray().Index())
            {
                Write(lines, $"{name} {n + 1}", item, depth);
            }
        }
        else
        {
            var words = value.ValueKind == JsonValueKind.Array
                ? string.Join("  ", value.EnumerateArray().Select(v => v.ToString()))
                : value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
            Value(lines, $"{indent}{name,-18} ", words);
        }
    }

    private static bool IsNested(JsonElement value) => value.ValueKind is JsonValueKind.Object or JsonValueKind.Array;

    /// <summary>A value behind its name, on as many lines as it needs.</summary>
    private static void Value(StringBuilder lines, string head, string words)
    {
        var room = Width - head.Length;
        for (var at = 0; at == 0 || at < words.Length; at += room)
        {
            Line(lines, $"{head}{words.AsSpan(at, Math.Min(room, words.Length - at))}");
            head = new string(' ', head.Length);
        }
    }

    private static void Line(StringBuilder lines, string line)
        => lines.Append(CultureInfo.InvariantCulture, $"{line.TrimEnd()}\n");
}
