using System.Reflection;
using RefIke.Specification;

namespace RefIke.Cli.Exploring;

/// <summary>
/// The tables of <c>spec/exchanges</c> as they were when the tool was built: it needs no repository to judge a trace.
/// </summary>
internal static class SpecificationTables
{
    public static IReadOnlyList<Row> Rows { get; } =
    [
        .. Assembly.GetExecutingAssembly().GetManifestResourceNames()
            .Where(n => n.EndsWith(".rows", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal).SelectMany(n => RowFile.Parse(Text(n), n)),
    ];

    private static string Text(string name)
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
