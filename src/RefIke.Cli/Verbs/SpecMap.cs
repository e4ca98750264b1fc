using System.CommandLine;
using RefIke.Cli.CommandLine;
using RefIke.Specification;

namespace RefIke.Cli.Verbs;

/// <summary><c>refike spec map</c>: from each section of RFC 2409 to its files.</summary>
internal static class SpecMap
{
    public static Command Create()
    {
        var map = new Verb(
            "map", "Each section of RFC 2409: where its code, tables, models and tests are; docs/map.md is this.",
            "refike spec map", "refike spec map > docs/map.md");
        map.SetAction(_ =>
        {
            Console.Write(SectionMap.Markdown(SpecVerb.Repository()));
            return ExitCodes.Held;
        });
        return map;
    }
}
