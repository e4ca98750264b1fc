using System.Reflection;
using System.Text.RegularExpressions;
using RefIke.Specification;
using RefIke.Wire;
using Xunit;

namespace RefIke.Properties.Wire.Refused;

/// <summary>
/// The table of malformed datagrams. It is complete: a fault can only be told with a <see cref="Defect"/>, each defect
/// has one place in the reader, and each defect has a row here, which therefore reaches that place.
/// </summary>
public sealed partial class MalformedTests
{
    private static readonly IReadOnlyDictionary<string, MalformedRow> Rows =
        HeaderRows.All.Concat(ChainRows.All).Concat(SecurityAssociationRows.All).Concat(BodyRows.All)
            .ToDictionary(r => r.Words);

    public static TheoryData<string> Words => [.. Rows.Keys];

    private static IEnumerable<Defect> Defects
        => typeof(Defect).GetProperties(BindingFlags.Public | BindingFlags.Static)
            .Select(p => (Defect)p.GetValue(null)!);

    /// <summary>RFC 2408 §5: each fault is told with its payload, field, place, clause and notify.</summary>
    [Theory]
    [MemberData(nameof(Words))]
    [Clause("2408-2.5.2-02")]
    public void MalformedDatagramIsToldAsAValue(string words)
    {
        var row = Rows[words];
        Assert.False(MessageReader.TryRead(row.Datagram, out var message, out var malformed));
        Assert.Null(message);
        Assert.Equal(
            (row.Defect, row.Payload, row.Field, row.Offset, row.Clause, row.Notify),
            (malformed!.Defect, malformed.Payload, malformed.Field, malformed.Offset, malformed.Clause,
                malformed.Notify));
        Assert.NotEmpty(malformed.Reason);
    }

    /// <summary>A new rule of the reader needs a row.</summary>
    [Fact]
    public void EveryDefectHasARow() => Assert.Empty(Defects.Except(Rows.Values.Select(r => r.Defect)));

    /// <summary>Two places that refuse are two defects, so that a row stands for a place.</summary>
    [Fact]
    public void EveryDefectHasOnePlaceInTheReader()
    {
        var reader = Path.Combine(RowFile.FindRepository(AppContext.BaseDirectory)!, "src", "RefIke.Wire");
        var uses = Directory.GetFiles(reader, "*.cs", SearchOption.AllDirectories)
            .Where(f => Path.GetFileName(f) != "Defect.cs" && !f.Contains("/obj/", StringComparison.Ordinal))
            .SelectMany(f => Use().Matches(File.ReadAllText(f)).Select(m => m.Groups[1].Value))
            .ToLookup(name => name);
        Assert.All(Defects, d => Assert.True(uses[d.Name].Count() == 1, $"{d} has {uses[d.Name].Count()} places"));
    }

    /// <summary>DESIGN's rule that every clause cited is in the ledger.</summary>
    [Fact]
    public void EveryClauseOfADefectIsInTheLedger()
        => Assert.Empty(Defects.Select(d => d.Clause).Except(Ledger.Read(RowFile.FindRepository(AppContext.BaseDirectory)!).Select(c => c.Id)));

    [GeneratedRegex(@"Defect\.([A-Z]\w+)")]
    private static partial Regex Use();
}
