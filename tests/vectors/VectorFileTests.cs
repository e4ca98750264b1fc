using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Xunit;

namespace RefIke.Vectors;

/// <summary>The files themselves: schema, layout, flags, how many, and that README.md knows them.</summary>
public sealed class VectorFileTests
{
    public static TheoryData<string> Names => [.. VectorFile.All.Select(v => v.Name)];

    /// <summary>exchange.schema.json is kept.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void FileKeepsTheSchema(string name)
        => Assert.Empty(Schema.Read("exchange.schema.json")
            .Faults(JsonNode.Parse(File.ReadAllText(VectorFile.PathOf(name)))));

    /// <summary>A value a line in one order: what is read and written again is the same text.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void FileIsLaidOutAsTheWriterDoes(string name)
        => Assert.Equal(File.ReadAllText(VectorFile.PathOf(name)), VectorFile.Of(name).Write());

    /// <summary>Flags follow from the content, none is missing and none is too much.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void FlagsSayWhatIsThere(string name)
        => Assert.Equal(Flags.Of(VectorFile.Of(name)), VectorFile.Of(name).Flags);

    /// <summary>The schema finds what is wrong: a value missing, one too much, one of another shape.</summary>
    [Fact]
    public void SchemaRefusesWhatIsNotAVector()
    {
        var schema = Schema.Read("exchange.schema.json");
        JsonObject Good() => JsonNode.Parse(File.ReadAllText(VectorFile.PathOf(VectorFile.All[0].Name)))!.AsObject();
        var (missing, surplus, shape, word) = (Good(), Good(), Good(), Good());
        missing["phase1"]!.AsObject().Remove("SKEYID");
        surplus["phase1"]!["SKEYID_x"] = "00";
        shape["messages"]![0]!["datagram"] = "0g";
        word["messages"]![0]!["from"] = "nobody";
        Assert.All([missing, surplus, shape, word], bad => Assert.Single(schema.Faults(bad)));
    }

    /// <summary>
    /// Both halves: at least four by a foreign implementation and four by RefIke, small enough to be read.
    /// </summary>
    [Fact]
    public void ThereAreEnoughOfBothKinds()
    {
        Assert.InRange(VectorFile.All.Count(v => v.IsForeign), 6, 100);
        Assert.InRange(VectorFile.All.Count(v => !v.IsForeign), 6, 100);
        Assert.InRange(VectorFile.All.Sum(v => new FileInfo(VectorFile.PathOf(v.Name)).Length), 1, 1_000_000);
    }

    /// <summary>What the vectors cover together, so that none can go without notice.</summary>
    [Fact]
    public void TogetherTheyCoverTheAlgorithmsAndShapes()
    {
        var parts = VectorFile.All.SelectMany(v => v.QuickModes.Select(q => q.Suite ?? "").Append(v.Phase1.Suite))
            .SelectMany(s => s.Split('-')).ToHashSet();
        string[] algorithms =
            ["des", "3des", "aes128", "aes192", "aes256", "null", "md5", "sha1", "sha256", "sha384", "sha512"];
        string[] groups =
        [
            "modp768", "modp1024", "modp1536", "modp2048", "modp3072", "modp4096", "modp2048s256",
            "ecp224", "ecp256", "ecp384", "ecp521",
        ];
        Assert.Superset(new HashSet<string>([.. algorithms, .. groups]), parts);
        Assert.Equal(FlagNames(), VectorFile.All.SelectMany(v => v.Flags).ToHashSet());
        Assert.Contains(VectorFile.All, v => v.Phase1.g_xy.Span[0] == 0);
        Assert.Contains(VectorFile.All, v => v.QuickModes.Any(q => q.g_qm_xy is { } secret && secret.Span[0] == 0));
    }

    /// <summary>README.md explains every flag and lists every file.</summary>
    [Fact]
    public void ReadmeKnowsEveryFlagAndFile()
    {
        var readme = File.ReadAllText(Path.Combine(VectorJson.Folder, "README.md"));
        Assert.All(FlagNames().Concat(VectorFile.All.Select(v => v.Name)),
            word => Assert.Contains($"`{word}`", readme, StringComparison.Ordinal));
        var files = Directory.GetFiles(Path.Combine(VectorJson.Folder, "Primitives"), "*.json")
            .Select(f => Path.GetFileName(f));
        Assert.All(files, file => Assert.Contains($"`{file}`", readme, StringComparison.Ordinal));
        Assert.All(Regex.Matches(readme, @"`((refike|strongswan)-[a-z0-9-]+)`").Select(m => m.Groups[1].Value),
            name => Assert.Contains(name, VectorFile.All.Select(v => v.Name)));
    }

    private static HashSet<string> FlagNames()
    {
        var schema = JsonNode.Parse(File.ReadAllText(Path.Combine(VectorJson.Folder, "exchange.schema.json")))!;
        return [.. schema["properties"]!["flags"]!["items"]!["enum"]!.AsArray().Select(n => n!.GetValue<string>())];
    }
}
