using System.Text.Json;
using RefIke.Properties.Engine;
using RefIke.Vectors;
using Xunit;

namespace RefIke.Properties.CommandLine;

/// <summary><c>refike vectors</c>: found, read, replayed and made again, outside the repository.</summary>
public sealed class VectorsTests
{
    private static readonly string Repository = Path.Combine(Pair.Repository, "tests", "vectors");

    /// <summary>Each filter leaves those that have what it asks for, and all together fewer.</summary>
    [Fact]
    public async Task ListFilters()
    {
        using var folder = new TestFolder();
        var all = await ListAsync(folder);
        Assert.Equal(Directory.GetFiles(Path.Combine(Repository, "Exchanges")).Length, all.GetArrayLength());
        var some = await ListAsync(folder, "--method", "rsa-enc", "--mode", "aggressive", "--cipher", "aes192",
            "--hash", "sha256", "--group", "modp2048", "--flag", "publicKeyEncryption", "--flag", "aggressive");
        Assert.InRange(some.GetArrayLength(), 1, 3);
        Assert.All(some.EnumerateArray(), v => Assert.Equal("rsa-enc", v.GetProperty("method").GetString()));
        var pfs = await ListAsync(folder, "--group", "ecp224");
        Assert.Contains(pfs.EnumerateArray(),
            v => v.GetProperty("name").GetString() == "refike-aes256-sha384-modp2048s256-responder-starts");
        DocumentationTests.AllDescribed(all);
        var (code, _, error) = await RefikeProcess.RunAsync(folder.Name, "vectors", "list", "--flag", "sandwich");
        Assert.Equal(2, code);
        Assert.Contains("sandwich is unknown", error, StringComparison.Ordinal);
    }

    /// <summary>Every value stands behind its name; --json is the file.</summary>
    [Fact]
    public async Task ShowNamesEveryValue()
    {
        using var folder = new TestFolder();
        const string Name = "refike-rsa-rev-enc-main";
        var (code, text, _) = await RefikeProcess.RunAsync(folder.Name, "vectors", "show", Name);
        Assert.Equal(0, code);
        Assert.All(new[] { "SKEYID", "HASH_I", "Ke_r", "KEYMAT_i", "g_xy" },
            value => Assert.Contains($"\n  {value}", text.Replace("    ", "  ", StringComparison.Ordinal), StringComparison.Ordinal));
        var (_, json, _) = await RefikeProcess.RunAsync(folder.Name, "vectors", "show", Name, "--json");
        Assert.Equal(await ReadAsync(Path.Combine(Repository, "Exchanges", $"{Name}.json")), json);
        Assert.Equal(2, (await RefikeProcess.RunAsync(folder.Name, "vectors", "show", "no-such")).Code);
    }

    /// <summary>Negative vectors are found by each filter and shown by file and case.</summary>
    [Fact]
    public async Task NegativeVectorsAreListedAndShown()
    {
        using var folder = new TestFolder();
        async Task<JsonElement> CasesAsync(params string[] filters)
        {
            var (code, text, _) = await RefikeProcess.RunAsync(
                folder.Name, ["vectors", "list", "--negative", "--format", "json", .. filters]);
            Assert.Equal(0, code);
            return JsonElement.Parse(text).GetProperty("cases");
        }

        var some = await CasesAsync("--exchange", "QuickMode", "--kind", "HashMismatch", "--notify", "23", "--flag", "hash");
        Assert.InRange(some.GetArrayLength(), 10, 500);
        Assert.All(some.EnumerateArray(), c => Assert.Equal("INVALID-HASH-INFORMATION", c.GetProperty("notify").GetString()));
        DocumentationTests.AllDescribed(some);
        var (shown, text, _) = await RefikeProcess.RunAsync(folder.Name, "vectors", "show", "hash/main-psk-5.first-bit");
        Assert.Equal(0, shown);
        Assert.Contains("is refused: HashMismatch", text, StringComparison.Ordinal);
        Assert.Equal(2, (await RefikeProcess.RunAsync(folder.Name, "vectors", "show", "hash/no-such")).Code);
    }

    /// <summary>A file that was changed is told, with what fails; one that is no vector is bad input.</summary>
    [Fact]
    public async Task VerifySaysWhatFails()
    {
        using var folder = new TestFolder();
        var good = VectorBook.Text("refike-psk-main");
        folder.Write("good.json", good);
        Assert.Equal(0, (await RefikeProcess.RunAsync(folder.Name, "vectors", "verify", ".")).Code);
        var p = VectorBook.Read("refike-psk-main").Phase1;
        folder.Write("key.json", good.Replace(p.SKEYID_d.ToHex(), p.SKEYID_a.ToHex(), StringComparison.Ordinal));
        folder.Write("schema.json", good.Replace("\"SKEYID_d\"", "\"SKEYID_x\"", StringComparison.Ordinal));
        folder.Write("random.json", good.Replace("\"purpose\": \"Ni\"", "\"purpose\": \"Nr\"", StringComparison.Ordinal));
        var (code, text, _) = await RefikeProcess.RunAsync(folder.Name, "vectors", "verify", ".");
        Assert.Equal(1, code);
        Assert.Contains("FAULT ./key.json: SKEYID_d is", text, StringComparison.Ordinal);
        Assert.Contains("FAULT ./schema.json: /phase1", text, StringComparison.Ordinal);
        Assert.Contains("FAULT ./random.json: as Initiator: ", text, StringComparison.Ordinal);
        Assert.DoesNotContain("good.json", text, StringComparison.Ordinal);
        folder.Write("other.json", "{}");
        Assert.Equal(2, (await RefikeProcess.RunAsync(folder.Name, "vectors", "verify", "other.json")).Code);
        Directory.CreateDirectory(folder.File("empty"));
        Assert.Equal(3, (await RefikeProcess.RunAsync(folder.Name, "vectors", "verify", "empty")).Code);
    }

    /// <summary>What is made again is what the repository has, octet for octet, and it holds.</summary>
    [Fact]
    public async Task EmitGivesTheFilesOfTheRepository()
    {
        using var folder = new TestFolder();
        Assert.Equal(0, (await RefikeProcess.RunAsync(folder.Name, "vectors", "emit", "made")).Code);
        string[] made = [.. Files(folder.File("made"))];
        Assert.Equal(Files(Repository).Where(f => f.EndsWith(".schema.json", StringComparison.Ordinal)
            || f.StartsWith("Exchanges", StringComparison.Ordinal) || f.StartsWith("Negative", StringComparison.Ordinal)), made);
        foreach (var file in made)
        {
            Assert.Equal(await ReadAsync(Path.Combine(Repository, file)), await ReadAsync(folder.File(Path.Combine("made", file))));
        }

        var (code, text, _) = await RefikeProcess.RunAsync(folder.Name, "vectors", "verify", "made", "--format", "json");
        Assert.Equal(0, code);
        using var json = JsonDocument.Parse(text);
        Assert.True(json.RootElement.GetProperty("held").GetBoolean());
        Assert.Equal(made.Length - 2, json.RootElement.GetProperty("files").GetArrayLength());
        DocumentationTests.AllDescribed(json.RootElement);
    }

    private static async Task<JsonElement> ListAsync(TestFolder folder, params string[] filters)
    {
        var (code, text, _) = await RefikeProcess.RunAsync(
            folder.Name, ["vectors", "list", "--format", "json", .. filters]);
        Assert.Equal(0, code);
        return JsonElement.Parse(text).GetProperty("vectors");
    }

    private static Task<string> ReadAsync(string file)
        => File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);

    private static IEnumerable<string> Files(string folder)
        => Directory.EnumerateFiles(folder, "*.json", SearchOption.AllDirectories)
            .Select(f => Path.GetRelativePath(folder, f)).Order(StringComparer.Ordinal);
}
