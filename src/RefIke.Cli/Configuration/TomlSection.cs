using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using Tomlyn.Model;

namespace RefIke.Cli.Configuration;

/// <summary>
/// One table of a configuration, read key by key. A key that is not known, a value of another type or out of its range
/// is a <see cref="BadInputException"/> that names the table and the key.
/// </summary>
internal sealed class TomlSection
{
    private readonly TomlTable table;

    public TomlSection(TomlTable table, string where, IReadOnlyList<string> keys)
    {
        (this.table, Where) = (table, where);
        if (table.Keys.FirstOrDefault(k => !keys.Contains(k)) is { } unknown)
        {
            throw Bad($"unknown key {unknown}; known are {string.Join(", ", keys)}");
        }
    }

    /// <summary>The table's name, for messages; empty for the file itself.</summary>
    public string Where { get; }

    public BadInputException Bad(string what) => new(Where.Length == 0 ? what : $"{Where}: {what}");

    public bool Has(string key) => table.ContainsKey(key);

    /// <summary>Whether it is there and true or false, where it may be something else too.</summary>
    public bool IsFlag(string key) => table.TryGetValue(key, out var value) && value is bool;

    /// <summary>True, false, or a word, which is null.</summary>
    public bool? FlagOrWord(string key, bool otherwise, string word) => !Has(key) ? otherwise : Get(key) switch
    {
        bool flag => flag,
        string text when text == word => null,
        var other => throw Bad($"{key} must be true, false or \"{word}\", not {Word(other)}"),
    };

    public string Text(string key) => Get(key) switch
    {
        string { Length: > 0 } text => text,
        var other => throw Bad($"{key} must be a text in quotes, not {Word(other)}"),
    };

    public ImmutableArray<string> Texts(string key)
        => Get(key) is TomlArray { Count: > 0 } list && list.All(v => v is string)
            ? [.. list.Cast<string>()]
            : throw Bad($"{key} must be a list of texts, such as [\"…\"], with at least one");

    /// <summary>A text that must be one of some words.</summary>
    public string Word(string key, string otherwise, ImmutableArray<string> words)
        => !Has(key) ? otherwise
            : words.Contains(Text(key)) ? Text(key)
            : throw Bad($"{key} must be one of {string.Join(", ", words)}, not \"{Text(key)}\"");

    public IPAddress Address(string key, string form = "an IP address")
        => IPAddress.TryParse(Text(key), out var address)
            ? address : throw Bad($"{key} must be {form}, not {Text(key)}");

    public int Number(string key, int otherwise, int least, int most) => !Has(key) ? otherwise : Get(key) switch
    {
        long n when n >= least && n <= most => (int)n,
        var other => throw Bad($"{key} must be a number from {least} to {most}, not {Word(other)}"),
    };

    /// <summary>The number of a group of New Group Mode (RFC 2409 §5.6).</summary>
    public int PrivateGroup(string key) => Number(key, 0, Crypto.PrivateGroup.FirstNumber, ushort.MaxValue);

    public bool Flag(string key, bool otherwise) => !Has(key) ? otherwise : Get(key) switch
    {
        bool flag => flag,
        var other => throw Bad($"{key} must be true or false, not {Word(other)}"),
    };

    /// <summary>
    /// A time in milliseconds: a number of seconds, or a text such as <c>500ms</c>, <c>90s</c>, <c>20m</c>, <c>8h</c>.
    /// </summary>
    public long Milliseconds(string key, string otherwise)
    {
        var value = Has(key) ? Get(key) : otherwise;
        var text = value is long n ? $"{n}s" : value as string ?? "";
        var (unit, digits) = text switch
        {
            [.. var d, 'm', 's'] => (1L, d),
            [.. var d, 's'] => (1000L, d),
            [.. var d, 'm'] => (60_000L, d),
            [.. var d, 'h'] => (3_600_000L, d),
            _ => (0L, ""),
        };
        return int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count > 0
            ? count * unit
            : throw Bad($"{key} must be a time such as 500ms, 90s, 20m, 8h, not {Word(value)}");
    }

    /// <summary>A time in whole seconds.</summary>
    public ulong Seconds(string key, string otherwise)
        => Milliseconds(key, otherwise) is var time && time % 1000 == 0
            ? (ulong)(time / 1000)
            : throw Bad($"{key} must be whole seconds (RFC 2407 §4.5)");

    public TomlSection Section(string key, IReadOnlyList<string> keys) => Get(key) is TomlTable inner
        ? new TomlSection(inner, $"[{key}]", keys)
        : throw Bad($"{key} must be a table, [{key}]");

    /// <summary>The tables of an array, each named by its <c>name</c>.</summary>
    public IEnumerable<TomlSection> Sections(string key, string header, IReadOnlyList<string> keys)
    {
        if (!Has(key))
        {
            yield break;
        }

        if (Get(key) is not TomlTableArray tables)
        {
            throw Bad($"{key} must be an array of tables, [[{header}]]");
        }

        foreach (var (inner, n) in tables.Select((t, n) => (t, n + 1)))
        {
            var name = inner.TryGetValue("name", out var v) && v is string text ? text : $"number {n}";
            yield return new TomlSection(inner, Where.Length == 0 ? $"{key} {name}" : $"{Where}, {key} {name}", keys);
        }
    }

    /// <summary>Refuses names of which two are the same.</summary>
    public void Distinct(string what, IEnumerable<string> names)
    {
        if (names.GroupBy(n => n).FirstOrDefault(g => g.Count() > 1) is { } twice)
        {
            throw Bad($"two {what} are {twice.Key}");
        }
    }

    private object Get(string key) => table.TryGetValue(key, out var value) ? value : throw Bad($"{key} is missing");

    private static string Word(object? value) => value switch
    {
        string text => $"\"{text}\"",
        TomlTable or TomlArray or TomlTableArray or null => "that",
        bool flag => flag ? "true" : "false",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "that",
    };
}
