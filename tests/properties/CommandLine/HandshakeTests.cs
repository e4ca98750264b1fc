using System.Runtime.Versioning;
using System.Text.Json;
using Xunit;
using static VerifyXunit.Verifier;

namespace RefIke.Properties.CommandLine;

/// <summary>
/// <c>refike handshake</c>: the ladder of RFC 2409 §5.4 and §5.5 as a user gets it, its JSON, its files.
/// </summary>
public sealed class HandshakeTests
{
    /// <summary>
    /// Every message as the RFC writes it, each payload's content, each key with its formula; all of it is in the seed.
    /// </summary>
    [Fact]
    public async Task LadderHasEveryPayloadAndKey()
    {
        var (code, text, error) = await Refike(
            "handshake", "--cipher", "aes256", "--hash", "sha1", "--pfs", "--show-keys");
        Assert.Equal((0, ""), (code, error));
        await Verify(text);
    }

    /// <summary>The same without keys, for a slide: no line is wider than 100 columns.</summary>
    [Fact]
    public async Task LadderFitsOnASlide()
    {
        var (code, text, _) = await Refike("handshake");
        Assert.Equal(0, code);
        Assert.All(text.Split('\n'), line => Assert.True(line.Length <= 100, line));
        await Verify(text);
    }

    /// <summary>
    /// Tiger is a hash of phase 1 that ESP does not have; EC2N groups and old ciphers are taken by name, and of a
    /// cipher with variable keys any length.
    /// </summary>
    [Theory]
    [InlineData("idea", "tiger", "ec2n185")]
    [InlineData("blowfish40", "md5", "modp1024")]
    [InlineData("rc5_2040", "sha1", "brainpool224")]
    [InlineData("camellia192", "sha512", "ecp521")]
    public async Task HandshakeTakesWhatIsSpoken(string cipher, string hash, string group)
    {
        var (code, text, _) = await Refike("handshake", "--cipher", cipher, "--hash", hash, "--group", group, "--pfs");
        Assert.Equal(0, code);
        Assert.Contains("Both ends hold the same KEYMAT.", text, StringComparison.Ordinal);
        Assert.DoesNotContain("transform id", text, StringComparison.Ordinal);
        Assert.DoesNotContain("cipher ", text, StringComparison.Ordinal);
    }

    /// <summary>RFC 2409 §5.1 to §5.4: the messages as drawn there, with the payloads' own names.</summary>
    [Theory]
    [InlineData("psk", "aggressive", "HDR, SA, KE, Ni, IDii", "HDR, SA, KE, Nr, IDir, HASH_R", "HDR*, HASH_I")]
    [InlineData("rsa-sig", "aggressive", "HDR, SA, KE, Ni, IDii", "HDR, SA, KE, Nr, IDir, SIG_R", "HDR*, SIG_I")]
    [InlineData("ecdsa-256", "main", "HDR, SA", "HDR*, IDii, SIG_I", "HDR*, IDir, SIG_R")]
    [InlineData("rsa-enc", "main", "HDR, SA", "HDR, KE, <IDii>, <Ni>", "HDR, KE, <IDir>, <Nr>", "HDR*, HASH_I", "HDR*, HASH_R")]
    [InlineData("rsa-rev-enc", "main", "HDR, SA", "HDR, <Ni>, <KE>, <IDii>", "HDR, <Nr>, <KE>, <IDir>", "HDR*, HASH_I", "HDR*, HASH_R")]
    public async Task EveryMethodIsDrawn(string auth, string mode, params string[] lines)
    {
        var (code, text, _) = await Refike("handshake", "--auth", auth, "--mode", mode, "--group", "ecp256");
        Assert.Equal(0, code);
        Assert.All(lines, line => Assert.Contains(line, text, StringComparison.Ordinal));
        Assert.Contains("Both ends hold the same KEYMAT.", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("text")]
    [InlineData("json")]
    public async Task SameSeedGivesTheSameBytes(string format)
    {
        var runs = new List<string>();
        foreach (var seed in new[] { "7", "7", "8" })
        {
            var (_, text, _) = await Refike(
                "handshake", "--seed", seed, "--group", "ecp256", "--show-keys", "--format", format);
            runs.Add(text);
        }

        Assert.Equal(runs[0], runs[1]);
        Assert.NotEqual(runs[0], runs[2]);
    }

    [Theory]
    [InlineData("text")]
    [InlineData("json")]
    public async Task KeysAreNotPrintedUnlessAskedFor(string format)
    {
        using var folder = new TestFolder();
        var (_, text, _) = await RefikeProcess.RunAsync(
            folder.Name, "handshake", "--group", "ecp256", "--keylog", "keys", "--format", format);
        var keys = KeyLog.Read(folder.File("keys"));
        Assert.NotEmpty(keys.All);
        Assert.All(keys.All, key => Assert.DoesNotContain(key, text, StringComparison.Ordinal));
    }

    /// <summary>docs/command-line.md: what the document has.</summary>
    [Fact]
    public async Task JsonIsOneDocumentWithDatagramsAndKeys()
    {
        var (code, text, _) = await Refike("handshake", "--group", "ecp256", "--show-keys", "--format", "json");
        using var json = JsonDocument.Parse(text);
        var root = json.RootElement;
        Assert.Equal(0, code);
        Assert.True(root.GetProperty("held").GetBoolean());
        string[] lines =
        [
            "HDR, SA", "HDR, SA", "HDR, KE, Ni", "HDR, KE, Nr", "HDR*, IDii, HASH_I", "HDR*, IDir, HASH_R",
            "HDR*, HASH(1), SA, Ni, IDci, IDcr", "HDR*, HASH(2), SA, Nr, IDci, IDcr", "HDR*, HASH(3)",
        ];
        var messages = root.GetProperty("messages").EnumerateArray().ToArray();
        Assert.Equal(lines, messages.Select(m => m.GetProperty("line").GetString()));
        Assert.Equal(messages.Select(m => m.GetProperty("octets").GetInt32()),
            messages.Select(m => m.GetProperty("datagram").GetString()!.Length / 2));
        Assert.Equal(["pre-shared-key", "SKEYID", "SKEYID_d", "SKEYID_a", "SKEYID_e", "Ka"],
            root.GetProperty("keys").EnumerateArray().Take(6).Select(k => k.GetProperty("name").GetString()));
    }

    /// <summary>RFC 2409 §8 asks that keys be kept from others: only the owner may read a key log.</summary>
    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task OnlyItsOwnerReadsAKeyLog()
    {
        using var folder = new TestFolder();
        await RefikeProcess.RunAsync(folder.Name, "handshake", "--group", "ecp256", "--keylog", "keys");
        Assert.SkipWhen(OperatingSystem.IsWindows(), "no file modes here");
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(folder.File("keys")));
    }

    /// <summary>RFC 8247 §2 and RFC 8221 §5 say not to use them; they are spoken, and it is said.</summary>
    [Theory]
    [InlineData("--cipher", "des")]
    [InlineData("--hash", "md5")]
    [InlineData("--group", "modp768")]
    [InlineData("--group", "modp1024")]
    public async Task WeakChoiceIsWarnedOfInOneLine(string option, string value)
    {
        var (code, _, error) = await Refike("handshake", option, value);
        Assert.Equal(0, code);
        Assert.Single(error.TrimEnd().Split('\n'));
        Assert.Contains($"weak: {value} ", error, StringComparison.Ordinal);
    }

    /// <summary>Capture and key log are what Wireshark wants: every message opens, to HASH(3).</summary>
    [Theory]
    [InlineData("aes256", "sha256", "modp2048", true)]
    [InlineData("3des", "sha1", "modp1024", false)]
    [InlineData("des", "md5", "modp768", true)]
    [InlineData("aes192", "sha384", "ecp384", false)]
    [InlineData("aes256", "sha1", "ecp256", true)]
    public async Task TsharkDecryptsTheCaptureWithTheKeyLog(string cipher, string hash, string group, bool pfs)
    {
        using var folder = new TestFolder();
        var (code, _, _) = await RefikeProcess.RunAsync(folder.Name,
            [
                "handshake", "--cipher", cipher, "--hash", hash, "--group", group, "--pcap", "h.pcap",
                "--keylog", "h.keys", .. pfs ? new[] { "--pfs" } : [],
            ]);
        Assert.Equal(0, code);
        var lines = await Tshark.ReadAsync(folder.File("h.pcap"), folder.File("h.keys"));
        var ke = pfs ? "4," : "";
        Assert.Equal(
        [
            "2\t1,2,3\t1\t1", "2\t1,2,3\t1\t1", "2\t4,10\t1\t1", "2\t4,10\t1\t1", "2\t5,8\t1\t1", "2\t5,8\t1\t1",
            $"32\t8,1,2,3,10,{ke}5,5\t1\t1", $"32\t8,1,2,3,10,{ke}5,5\t1\t1", "32\t8\t1\t1",
        ], lines);
    }

    private static async Task<(int Code, string Out, string Error)> Refike(params string[] arguments)
    {
        using var folder = new TestFolder();
        return await RefikeProcess.RunAsync(folder.Name, arguments);
    }
}
