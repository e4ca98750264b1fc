using System.Text.Json;
using System.Text.Json.Nodes;
using RefIke.Crypto;
using RefIke.Exchanges.Negotiation;
using RefIke.Wire;
using Xunit;

namespace RefIke.Vectors.Tests;

/// <summary>The files themselves: schema, layout, flags, how many, what they cover.</summary>
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

    /// <summary>
    /// So do the clauses that are shown. REFIKE_ACCEPT=1 writes them; the files that RefIke makes have them from their makers.
    /// </summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void ClausesSayWhatIsShown(string name)
    {
        var vector = VectorFolder.Exchange(name);
        if (Environment.GetEnvironmentVariable("REFIKE_ACCEPT") == "1")
        {
            File.WriteAllText(VectorFolder.PathOf(name), (vector with { Clauses = ShownClauses.Of(vector) }).Write());
            return;
        }

        Assert.Equal(ShownClauses.Of(vector), vector.Clauses);
    }

    /// <summary>Every clause that a vector may show is shown by one, and not each by all.</summary>
    [Fact]
    public void EveryShownClauseIsShownSomewhere()
    {
        Assert.Equal(Set(ShownClauses.All), Set(VectorFolder.Exchanges.SelectMany(v => v.Clauses)));
        Assert.True(ShownClauses.All.Count(c => VectorFolder.Exchanges.Any(v => !v.Clauses.Contains(c))) > 60);
    }

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
    /// Both halves: several by a foreign implementation, at least 60 by RefIke, small enough to be read.
    /// </summary>
    [Fact]
    public void ThereAreEnoughOfBothKinds()
    {
        Assert.InRange(VectorFolder.Exchanges.Count(v => v.IsForeign), 6, 100);
        Assert.InRange(VectorFolder.Exchanges.Count(v => !v.IsForeign), 60, 200);
        Assert.InRange(VectorFolder.Exchanges.Sum(v => new FileInfo(VectorFolder.PathOf(v.Name)).Length), 1, 4_000_000);
    }

    /// <summary>What the vectors cover together, so that none can go without notice.</summary>
    [Fact]
    public void TogetherTheyCoverTheAlgorithmsAndShapes()
    {
        var suites = VectorFolder.Exchanges.Select(v => v.Phase1.Suite.Split('-')).ToArray();
        Assert.Superset(
            Set(["des", "idea", "blowfish", "rc5", "3des", "cast", "aes128", "aes192", "aes256", "camellia"]),
            Set(suites.Select(s => s[0] is ['a', 'e', 's', ..] or "3des" ? s[0] : s[0].Split('_')[0].TrimEnd([.. "0123456789"]))
                .Concat(suites.Where(s => s[0].StartsWith("rc5", StringComparison.Ordinal)).Select(_ => "rc5"))));
        Assert.Superset(Set(SuiteNames.HashNames), Set(suites.Select(s => s[1])));
        Assert.Equal(Set(GroupList.All.Select(g => g.Name)), Set(suites.Select(s => s[2])));
        Assert.Superset(Set(GroupList.All.Select(g => g.Name)),
            Set(VectorFolder.Exchanges.SelectMany(v => v.QuickModes).Select(q => q.Group ?? "")));
        var ways = VectorFolder.Exchanges.Select(v => (v.Inputs.Mode, v.Inputs.Method, v.Phase1.Method)).ToHashSet();
        foreach (var mode in new[] { ExchangeType.MainMode, ExchangeType.Aggressive })
        {
            Assert.All(
                [
                    AuthenticationMethod.PreSharedKey, AuthenticationMethod.RsaSignatures,
                    AuthenticationMethod.DssSignatures, AuthenticationMethod.EcdsaP256, AuthenticationMethod.EcdsaP384,
                    AuthenticationMethod.EcdsaP521, AuthenticationMethod.RsaEncryption,
                    AuthenticationMethod.RevisedRsaEncryption,
                ], method => Assert.Contains((mode, method, method), ways));
            Assert.Contains((mode, AuthenticationMethod.RsaSignatures, AuthenticationMethod.HybridInitRsa), ways);
            Assert.Contains((mode, AuthenticationMethod.DssSignatures, AuthenticationMethod.HybridInitDss), ways);
            Assert.Contains((mode, AuthenticationMethod.PreSharedKey, AuthenticationMethod.XauthInitPreShared), ways);
        }

        Assert.Equal(Set(Flags.Names()), Set(VectorFolder.Exchanges.SelectMany(v => v.Flags)));
        Assert.Contains(VectorFolder.Exchanges, v => v.Phase1.g_xy.Span[0] == 0);
        Assert.Contains(
            VectorFolder.Exchanges, v => v.QuickModes.Any(q => q.g_qm_xy is { } secret && secret.Span[0] == 0));
    }

    /// <summary>The schema knows the flags that are made, and no others.</summary>
    [Fact]
    public void SchemaKnowsTheFlags()
    {
        var schema = JsonNode.Parse(File.ReadAllText(VectorFolder.In("exchange.schema.json")))!;
        Assert.Equal(Flags.Names(),
            schema["properties"]!["flags"]!["items"]!["enum"]!.AsArray().Select(n => n!.GetValue<string>()));
    }

    private static HashSet<string> Set(IEnumerable<string> words) => [.. words];
}
