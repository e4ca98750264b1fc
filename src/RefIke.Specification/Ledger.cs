using Tomlyn;
using Tomlyn.Model;

namespace RefIke.Specification;

/// <summary>A testable requirement of an RFC, in our own words.</summary>
/// <param name="Id">Document, section and number: <c>2409-5.5-04</c>. Permanent.</param>
/// <param name="Level">
/// MUST, SHOULD, MAY, with NOT where it forbids; rule for what an RFC states without such a word.
/// </param>
/// <param name="Who">Whom it binds: initiator, responder, sender, receiver, or both.</param>
/// <param name="Seen">
/// How somebody outside can see whether it is kept: on the wire; decrypted, with a key log or as the peer; by the answer to a message made
/// for the purpose; by keys that equal those calculated; by time; or inside alone, in the device's own state or log.
/// </param>
/// <param name="Exception">Why nothing obeys it yet; null where something does.</param>
/// <param name="Untested">Why no test shows it; null where one does.</param>
public sealed record Clause(string Id, string Level, string Words, string Who, string Seen, string? Exception, string? Untested);

/// <summary>The ledger of <c>spec/clauses</c>.</summary>
public static class Ledger
{
    /// <summary>Every clause of every file.</summary>
    public static IReadOnlyList<Clause> Read(string repository)
        => [.. Files(repository)
            .SelectMany(f => (TomlTableArray)TomlSerializer.Deserialize<TomlTable>(File.ReadAllText(f))!["clause"])
            .Select(c => new Clause(
                (string)c["id"], (string)c["level"], (string)c["words"], (string)c["who"], (string)c["seen"], Text(c, "exception"),
                Text(c, "untested")))];

    /// <summary>Whom a clause can bind.</summary>
    public static IReadOnlyList<string> Bound { get; } = ["initiator", "responder", "sender", "receiver", "both"];

    /// <summary>How one can be seen to be kept.</summary>
    public static IReadOnlyList<string> Observed { get; } = ["wire", "decrypted", "answer", "keys", "time", "inside"];

    /// <summary>What the ids of each file begin with, and what document that is, as its first line says: RFCs by number, then others.</summary>
    public static IReadOnlyList<(string Document, string Title)> Titles(string repository)
        => [.. Files(repository).OrderBy(Prefix, StringComparer.Ordinal)
            .Select(f => (Prefix(f), File.ReadLines(f).First().TrimStart('#', ' ').Split(": ")[0].TrimEnd('.')))];

    /// <summary>What the ids of each file begin with: an RFC's number, or the name of another document.</summary>
    public static IReadOnlyList<string> Documents(string repository)
        => [.. Files(repository).Select(Prefix)];

    private static IEnumerable<string> Files(string repository)
        => Directory.GetFiles(Path.Combine(repository, "spec", "clauses"), "*.toml").Order(StringComparer.Ordinal);

    private static string Prefix(string file) => Path.GetFileNameWithoutExtension(file).Replace("rfc", "", StringComparison.Ordinal);

    private static string? Text(TomlTable clause, string key)
        => clause.TryGetValue(key, out var value) ? (string)value : null;
}
