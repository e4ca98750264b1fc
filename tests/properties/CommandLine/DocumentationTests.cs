using System.Text.Json;
using System.Text.RegularExpressions;
using RefIke.Cli.Configuration;
using RefIke.Crypto;
using RefIke.Crypto.Certificates;
using RefIke.Crypto.Keys;
using RefIke.Engine;
using RefIke.Exchanges.Negotiation;
using RefIke.Properties.Engine;
using Xunit;

namespace RefIke.Properties.CommandLine;

/// <summary>What <c>docs/</c> says of files, keys and names is what is there.</summary>
public sealed partial class DocumentationTests
{
    private static readonly string Folder = Path.Combine(Pair.Repository, "docs");

    public static TheoryData<string> Pages
        => [.. Directory.GetFiles(Folder, "*.md").Select(p => Path.GetFileName(p)).Order(StringComparer.Ordinal)];

    public static TheoryData<string> Tables => [.. ConfigurationFile.Keys.Keys.Where(k => k.Length > 0)];

    /// <summary>Each key stands in the table under its header, and no other does.</summary>
    [Theory]
    [MemberData(nameof(Tables))]
    public void EveryConfigurationKeyIsDescribed(string table)
    {
        var header = table.Contains("connection", StringComparison.Ordinal) ? $"## [[{table}]]" : $"## [{table}]";
        var section = Page("configuration.md").Split("\n## ")
            .Single(s => $"## {s}".StartsWith($"{header}\n", StringComparison.Ordinal));
        var keys = section.Split('\n').Where(l => l.StartsWith("| `", StringComparison.Ordinal))
            .SelectMany(l => Code().Matches(l.Split('|')[1])).Select(m => m.Groups[1].Value);
        Assert.Equal(ConfigurationFile.Keys[table].Order(StringComparer.Ordinal), keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void ExampleOfAConfigurationLoads()
    {
        using var folder = new TestFolder();
        var example = Page("configuration.md").Split("```toml\n")[1].Split("```")[0];
        var setup = ConfigurationFile.Load(folder.Write("example.toml", example), new NamedRandomness(1, "test"));
        Assert.Equal(["office", "lab"], setup.Connections.Select(c => c.Name));
        Assert.Equal(2, setup.Connections[0].Children.Length);
    }

    /// <summary>The second example, with the files that it names.</summary>
    [Fact]
    public void ExampleWithCertificatesLoads()
    {
        using var folder = new TestFolder();
        var ca = KeyMaker.Rsa("example CA"u8, 1024);
        var here = KeyMaker.Rsa("example here"u8, 1024);
        var recipe = new CertificateRecipe { Subject = "C=CH, O=RefIke, CN=CA", NotBefore = 0, NotAfter = 1, IsCa = true };
        var anchor = CertificateMaker.SelfSigned(recipe, ca);
        folder.Write("ca.pem", anchor.ToPem());
        folder.Write("here.pem", CertificateMaker.Issue(recipe with { IsCa = false }, here.PublicKey, anchor, ca).ToPem());
        folder.Write("here.key", Pem.Write("PRIVATE KEY", here.Reveal().Reveal().ToArray()));
        var example = Page("configuration.md").Split("```toml\n")[2].Split("```")[0];
        var setup = ConfigurationFile.Load(folder.Write("example.toml", example), new NamedRandomness(1, "test"));
        Assert.Equal(["gateway", "traveller"], setup.Connections.Select(c => c.Name));
    }

    /// <summary>Every name of <c>auth</c> is explained.</summary>
    [Fact]
    public void EveryAuthenticationMethodIsNamed()
    {
        var paragraph = Page("configuration.md").Split("The names of `auth`:")[1].Split("\n\n")[0];
        Assert.Subset(Code().Matches(paragraph).Select(m => m.Groups[1].Value).ToHashSet(), AuthenticationNames.Names.ToHashSet());
    }

    /// <summary>Each name is there, of a cipher with many key lengths the longest one that is named to users.</summary>
    [Fact]
    public void EveryAlgorithmIsNamed()
    {
        var names = Code().Matches(Page("configuration.md").Split("## Algorithms")[1].Split("Weak, spoken")[0])
            .Select(m => m.Groups[1].Value).ToHashSet();
        var known = GroupList.All.Select(g => g.Name).Concat(SuiteNames.HashNames)
            .Concat(EspAlgorithms.AuthenticationNames)
            .Concat(SuiteNames.CipherNames).Concat(EspAlgorithms.CipherNames).ToHashSet();
        var families = names.Select(Family).ToHashSet();
        Assert.DoesNotContain(known, name => !names.Contains(name) && !families.Contains(Family(name)));
        Assert.Subset(known, names);

        static string Family(string name) => Variable().Match(name) is { Success: true } m ? m.Groups[1].Value : name;
    }

    [Fact]
    public void WeakAlgorithmsAreNamedAsSuch()
    {
        var names = Code().Matches(Page("configuration.md").Split("Weak, spoken")[1]).Select(m => m.Groups[1].Value);
        Assert.Equal(WeakChoices.Names.Order(StringComparer.Ordinal), names.Order(StringComparer.Ordinal));
    }

    /// <summary>A path in backquotes is one of the repository; a star stands for any name.</summary>
    [Theory]
    [MemberData(nameof(Pages))]
    public void EveryFileThatIsNamedIsThere(string page)
    {
        foreach (var path in Code().Matches(Page(page)).Select(m => m.Groups[1].Value).Where(c => Place().IsMatch(c)))
        {
            var full = Path.Combine(Pair.Repository, path);
            Assert.True(path.Contains('*', StringComparison.Ordinal)
                ? Directory.GetFiles(Path.GetDirectoryName(full)!, Path.GetFileName(full)).Length > 0
                : File.Exists(full) || Directory.Exists(full), $"docs/{page} names {path}");
        }
    }

    /// <summary>The names of the handshake's and the exploration's documents are in docs/command-line.md.</summary>
    [Theory]
    [InlineData("handshake", "--group", "ecp256", "--show-keys")]
    [InlineData("explore", "--schedules", "20", "--mutant", "M-70")]
    [InlineData("explore", "--list")]
    public async Task EveryNameOfADocumentIsDescribed(params string[] arguments)
    {
        using var folder = new TestFolder();
        var (_, text, _) = await RefikeProcess.RunAsync(folder.Name, [.. arguments, "--format", "json"]);
        AllDescribed(JsonDocument.Parse(text).RootElement);
    }

    /// <summary>The same for <c>refike spec coverage</c>, which looks at the repository.</summary>
    [Fact]
    public async Task EveryNameOfTheCoverageIsDescribed()
    {
        var (_, text, _) = await RefikeProcess.RunAsync(Pair.Repository, "spec", "coverage", "--format", "json");
        AllDescribed(JsonDocument.Parse(text).RootElement);
    }

    /// <summary>Every name in a piece of JSON is in docs/command-line.md.</summary>
    internal static void AllDescribed(JsonElement json)
    {
        var described = Code().Matches(Page("command-line.md")).SelectMany(m => Name().Matches(m.Groups[1].Value))
            .Select(m => m.Value).ToHashSet();
        Assert.Empty(Names(json).Except(described));
    }

    private static IEnumerable<string> Names(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => json.EnumerateObject().SelectMany(p => Names(p.Value).Prepend(p.Name)),
        JsonValueKind.Array => json.EnumerateArray().SelectMany(Names),
        _ => [],
    };

    private static string Page(string name) => File.ReadAllText(Path.Combine(Folder, name)).ReplaceLineEndings("\n");

    [GeneratedRegex("`([^`\n]+)`")]
    private static partial Regex Code();

    [GeneratedRegex("[A-Za-z0-9]+")]
    private static partial Regex Name();

    [GeneratedRegex("^(src|spec|tests|docs)/[^ ]+$")]
    private static partial Regex Place();

    [GeneratedRegex("^(blowfish|cast|rc5_)[0-9]+$")]
    private static partial Regex Variable();
}
