using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Xunit;

namespace RefIke.Vectors.Tests;

/// <summary>The files themselves: schema, layout, flags, how many, and that README.md knows them.</summary>
public sealed class VectorFileTests
{
    public static TheoryData<string> Names => [.. VectorFolder.Exchanges.Select(v => v.Name)];

    private static readonly VectorSchema Schema = VectorSchema.Parse(File.ReadAllText(VectorFolder.In("exchange.schema.json")));

    /// <summary>exchange.schema.json is kept.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void FileKeepsTheSchema(string name)
        => Assert.Empty(Schema.Faults(JsonElement.Parse(File.ReadAllText(VectorFolder.PathOf(name)))));

    /// <summary>A value a line in one order: what is read and written again is the same text.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void FileIsLaidOutAsTheWriterDoes(string name)
        => Assert.Equal(File.ReadAllText(VectorFolder.PathOf(name)), VectorFolder.Exchange(name).Write());

    /// <summary>Flags follow from the content, none is missing and none is too much.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void FlagsSayWhatIsThere(string name)
        => Assert.Equal(Flags.Of(VectorFolder.Exchange(name)), VectorFolder.Exchange(name).Flags);

    /// <summary>The schema finds what is wrong: a value missing, one too much, one of another shape.</summary>
    [Fact]
    public void SchemaRefusesWhatIsNotAVector()
    {
        JsonObject Good() => JsonNode.Parse(File.ReadAllText(VectorFolder.PathOf(VectorFolder.Exchanges[0].Name)))!.AsObject();
        var (missing, surplus, shape, word) = (Good(), Good(), Good(), Good());
        missing["phase1"]!.AsObject().Remove("SKEYID");
        surplus["phase1"]!["SKEYID_x"] = "00";
        shape["messages"]![0]!["datagram"] = "0g";
        word["messages"]![0]!["from"] = "nobody";
        Assert.All([missing, surplus, shape, word], bad => Assert.NotEmpty(Schema.Faults(JsonSerializer.SerializeToElement(bad))));
    }

    /// <summary>
    /// Both halves: at least four by a foreign implementation and four by RefIke, small enough to be read.
    /// </summary>
    [Fact]
    public void ThereAreEnoughOfBothKinds()
    {
        Assert.InRange(VectorFolder.Exchanges.Count(v => v.IsForeign), 6, 100);
        Assert.InRange(VectorFolder.Exchanges.Count(v => !v.IsForeign), 6, 100);
        Assert.InRange(VectorFolder.Exchanges.Sum(v => new FileInfo(VectorFolder.PathOf(v.Name)).Length), 1, 1_000_000);
    }

    /// <summary>What the vectors cover together, so that none can go without notice.</summary>
    [Fact]
    public void TogetherTheyCoverTheAlgorithmsAndShapes()
    {
        var parts = VectorFolder.Exchanges.SelectMany(v => v.QuickModes.Select(q => q.Suite ?? "").Append(v.Phase1.Suite))
            .SelectMany(s => s.Split('-')).ToHashSet();
        string[] algorithms =
            ["des", "3des", "aes128", "aes192", "aes256", "null", "md5", "sha1", "sha256", "sha384", "sha512"];
        string[] groups =
        [
            "modp768", "modp1024", "modp1536", "modp2048", "modp3072", "modp4096", "modp2048s256",
            "ecp224", "ecp256", "ecp384", "ecp521",
        ];
        Assert.Superset(new HashSet<string>([.. algorithms, .. groups]), parts);
        Assert.Equal(FlagNames(), VectorFolder.Exchanges.SelectMany(v => v.Flags).ToHashSet());
        Assert.Contains(VectorFolder.Exchanges, v => v.Phase1.g_xy.Span[0] == 0);
        Assert.Contains(VectorFolder.Exchanges, v => v.QuickModes.Any(q => q.g_qm_xy is { } secret && secret.Span[0] == 0));
    }

    /// <summary>README.md explains every flag and lists every file.</summary>
    [Fact]
    public void ReadmeKnowsEveryFlagAndFile()
    {
        var readme = File.ReadAllText(VectorFolder.In("README.md"));
        Assert.All(FlagNames().Concat(VectorFolder.Exchanges.Select(v => v.Name)),
            word => Assert.Contains($"`{word}`", readme, StringComparison.Ordinal));
        var files = Directory.GetFiles(VectorFolder.In("Primitives"), "*.json")
            .Select(f => Path.GetFileName(f));
        Assert.All(files, file => Assert.Contains($"`{file}`", readme, StringComparison.Ordinal));
        Assert.All(Regex.Matches(readme, @"`((refike|strongswan)-[a-z0-9-]+)`").Select(m => m.Groups[1].Value),
            name => Assert.Contains(name, VectorFolder.Exchanges.Select(v => v.Name)));
    }

    private static HashSet<string> FlagNames()
    {
        var schema = JsonNode.Parse(File.ReadAllText(VectorFolder.In("exchange.schema.json")))!;
        return [.. schema["properties"]!["flags"]!["items"]!["enum"]!.AsArray().Select(n => n!.GetValue<string>())];
    }
}
