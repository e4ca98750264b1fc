using System.Reflection;
using RefIke.Specification;
using RefIke.Specification.Drawing;

namespace RefIke.Cli.Exploring;

/// <summary>
/// The tables of <c>spec/exchanges</c> as they were when the tool was built: it needs no repository to judge a trace.
/// </summary>
internal static class SpecificationTables
{
    /// <summary>Each table by its name.</summary>
    public static IReadOnlyList<DrawnTable> Drawn { get; } =
    [
        .. Assembly.GetExecutingAssembly().GetManifestResourceNames()
            .Where(n => n.EndsWith(".rows", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal).Select(n => DrawnTable.Read(n[..^".rows".Length], Text(n))),
    ];

    /// <summary>All of their rows.</summary>
    public static IReadOnlyList<Row> Rows { get; } = [.. Drawn.SelectMany(t => t.Rows)];

    private static string Text(string name)
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
