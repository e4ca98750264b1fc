using RefIke.Properties.Engine;
using RefIke.Specification;
using Xunit;

namespace RefIke.Properties.Specification;

/// <summary>
/// The ten-second test: whoever has RFC 2409 open at a section finds its code by the path alone, and docs/map.md says
/// the same.
/// </summary>
public sealed class SectionMapTests
{
    /// <summary>More files than these nobody looks through in ten seconds.</summary>
    private const int AtAGlance = 8;

    private static readonly string[] OfTheRfc =
    [
        "1", "2", "3.1", "3.2", "3.3", "3.4", "4", "5", "5.1", "5.2", "5.3", "5.4", "5.5", "5.6", "5.7", "6", "6.1", "6.2", "6.3",
        "6.4", "7.1", "7.2", "8", "9", "10", "11", "12", "13", "A", "B",
    ];

    [Fact]
    public void EverySectionOfTheRfcIsThere()
        => Assert.Equal(OfTheRfc, SectionMap.Sections(Pair.Repository).Select(s => s.Number));

    [Fact]
    public void EachIsFoundByItsPathAlone()
    {
        foreach (var places in SectionMap.Of(Pair.Repository))
        {
            Assert.Null(Fault(places));
        }
    }

    /// <summary>What the test above would say of a file that was renamed, or whose citation is gone.</summary>
    [Fact]
    public void LostFileOrCitationIsSeen()
    {
        var section = SectionMap.Sections(Pair.Repository).Single(s => s.Number == "5.4");
        (string, string)[] there = [("src/RefIke.Exchanges/Phase1/MainMode/PreSharedKey.cs", "// RFC 2409 §5.4")];
        Assert.Null(Fault(SectionMap.Places(section, there, [], [], [])));
        Assert.NotNull(Fault(SectionMap.Places(section, [("src/RefIke.Exchanges/Phase1/Secrets.cs", "// RFC 2409 §5.4")], [], [], [])));
        Assert.NotNull(Fault(SectionMap.Places(section, [(there[0].Item1, "// RFC 2409 §5.41, §5.5")], [], [], [])));
    }

    /// <summary>docs/map.md is what <c>refike spec map</c> says; REFIKE_ACCEPT=1 writes it.</summary>
    [Fact]
    public void MapIsUpToDate()
    {
        var file = Path.Combine(Pair.Repository, "docs", "map.md");
        var map = SectionMap.Markdown(Pair.Repository);
        if (Environment.GetEnvironmentVariable("REFIKE_ACCEPT") == "1")
        {
            File.WriteAllText(file, map);
        }

        Assert.Equal(File.ReadAllText(file), map);
    }

    private static string? Fault(SectionPlaces places) => places switch
    {
        { Section: { Name: null, Nowhere: not null } } => null,
        { Here.Count: 0 } => $"§{places.Section.Number}: no file named {places.Section.Name} cites it",
        { Here.Count: > AtAGlance } => $"§{places.Section.Number}: {places.Here.Count} files to look through",
        _ => null,
    };
}
