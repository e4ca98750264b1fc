using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using RefIke.Exchanges;
using RefIke.Oracle;
using RefIke.Oracle.Captures;
using RefIke.Oracle.KeyLogs;
using RefIke.Wire;
using Xunit;
using OracleKeyLog = RefIke.Oracle.KeyLogs.KeyLog;

namespace RefIke.Properties.CommandLine;

/// <summary><c>refike replay</c>: RefIke's own captures read, opened and verified; what is wrong is told.</summary>
public sealed class ReplayTests
{
    private static readonly string[] OfQuickMode = ["HASH(1)", "HASH(2)", "HASH(3)"];

    public static TheoryData<string, string, string, int, string> Handshakes => new()
    {
        { "psk", "main", "aes256", 0, "HASH_I HASH_R" },
        { "psk", "aggressive", "camellia128", 0, "HASH_R HASH_I" },
        { "ecdsa-256", "main", "3des", 3, "" },
        { "rsa-sig", "aggressive", "aes128", 3, "" },
        { "rsa-enc", "main", "blowfish128", 3, "" },
        { "rsa-rev-enc", "aggressive", "aes192", 3, "" },
    };

    /// <summary>
    /// RFC 2409 §5, §5.5: every HASH verifies as either side. With raw keys SIG_I and SIG_R cannot be verified, and
    /// what is encrypted to a peer's key cannot be read: that is said, and is no success.
    /// </summary>
    [Theory]
    [MemberData(nameof(Handshakes))]
    [Clause("2409-5.5-14")]
    public async Task CaptureOfAHandshakeVerifies(string auth, string mode, string cipher, int expected, string proofs)
    {
        using var folder = new TestFolder();
        await MakeAsync(folder, "--auth", auth, "--mode", mode, "--cipher", cipher);
        var (code, text, error) = await RefikeProcess.RunAsync(
            folder.Name, "replay", "h.pcap", "--log", "h.keys", "--psk", "refike handshake", "--format", "json");
        Assert.Equal((expected, ""), (code, error));
        using var json = JsonDocument.Parse(text);
        foreach (var side in new[] { "verifiedAsInitiator", "verifiedAsResponder" })
        {
            var verified = Verified(json, side);
            Assert.Equal([.. proofs.Split(' ', StringSplitOptions.RemoveEmptyEntries), .. OfQuickMode],
                verified.Where(v => v.StartsWith("HASH", StringComparison.Ordinal)));
            Assert.Contains("Ka", verified);
            Assert.Equal(!auth.EndsWith("-enc", StringComparison.Ordinal), verified.Contains("SKEYID"));
        }

        var captured = json.RootElement.GetProperty("captures")[0];
        Assert.Equal((0, expected == 0 ? 0 : 4),
            (captured.GetProperty("faults").GetInt32(), captured.GetProperty("unverified").GetInt32()));
    }

    /// <summary>A replay can fail: one octet of any encrypted message or of a logged key is enough.</summary>
    [Fact]
    public async Task ChangedCaptureOrKeyIsTold()
    {
        using var folder = new TestFolder();
        await MakeAsync(folder);
        var stop = TestContext.Current.CancellationToken;
        var capture = PcapReader.Read(await File.ReadAllBytesAsync(folder.File("h.pcap"), stop));
        var log = OracleKeyLog.Read(await File.ReadAllTextAsync(folder.File("h.keys"), stop));
        Assert.DoesNotContain(Both(capture, log), m => m.Fault is not null);
        foreach (var (n, datagram) in capture.Index().Where(d => (d.Item.Octets.Span[19] & 1) != 0))
        {
            var octets = datagram.Octets.ToArray();
            octets[Header.Size + 5] ^= 1;
            var altered = capture.ToArray();
            altered[n] = datagram with { Octets = octets };
            Assert.Contains(Both(altered, log), m => m.Fault is not null);
        }

        var set = log.Isakmp[0];
        Assert.Contains(Both(capture, With(log, set with { SKEYID_a = new byte[32] })), m => m.Fault is not null);
        Assert.Contains(Both(capture, With(log, set with { Ka = new byte[32] })), m => m.Fault is not null);
        Assert.Contains(Both(capture, With(log)), m => m.Unverified is not null);
    }

    /// <summary>
    /// RFC 2408 §5.11: where the two sides logged different SKEYID, what one refuses is a refusal; with the same SKEYID
    /// and another key it is a fault.
    /// </summary>
    [Fact]
    public async Task OtherSecretIsARefusalAndOtherKeyAFault()
    {
        using var folder = new TestFolder();
        await MakeAsync(folder);
        var stop = TestContext.Current.CancellationToken;
        var capture = PcapReader.Read(await File.ReadAllBytesAsync(folder.File("h.pcap"), stop));
        var log = OracleKeyLog.Read(await File.ReadAllTextAsync(folder.File("h.keys"), stop));
        var otherKey = log.Isakmp[0] with { SKEYID_e = null, Ka = new byte[32] };
        var otherSecret = otherKey with { SKEYID = new byte[32] };
        var refused = TwoSides.Run(capture, log, With(log, otherSecret), null).Messages;
        Assert.Contains(refused, m => m.Refusal?.StartsWith("the responder", StringComparison.Ordinal) == true);
        Assert.DoesNotContain(refused, m => m.Fault is not null);
        var faulty = TwoSides.Run(capture, log, With(log, otherKey), null).Messages;
        Assert.DoesNotContain(faulty, m => m.Refusal is not null);
        Assert.Contains(faulty, m => m.Fault?.StartsWith("as responder", StringComparison.Ordinal) == true);
    }

    /// <summary>
    /// A folder of captures is a table with a row for each; one octet changed is code 1: HASH(3) does not verify, the
    /// machine that is handed it refuses it, and the other sends another.
    /// </summary>
    [Fact]
    public async Task FolderOfCapturesIsATable()
    {
        using var folder = new TestFolder();
        foreach (var mode in new[] { "main", "aggressive" })
        {
            await MakeAsync(folder, "--mode", mode);
            Directory.CreateDirectory(folder.File(mode));
            File.Move(folder.File("h.pcap"), folder.File($"{mode}/capture.pcap"));
            File.Copy(folder.File("h.keys"), folder.File($"{mode}/initiator.log"));
            File.Move(folder.File("h.keys"), folder.File($"{mode}/responder.log"));
        }

        var (code, text, _) = await RefikeProcess.RunAsync(folder.Name, "replay", ".");
        Assert.Equal(0, code);
        Assert.Matches(@"(?m)^ *aggressive +([0-9]+) +\1 +4 +4 / 5 / 2 of 2 +4 / 5 / 4 of 4", text);
        Assert.Matches(@"(?m)^ *main +([0-9]+) +\1 +5 +5 / 5 / 4 of 4 +5 / 5 / 5 of 5", text);
        Assert.Matches("2 captures, [0-9]+ messages, 9 encrypted", text);
        var stop = TestContext.Current.CancellationToken;
        var octets = await File.ReadAllBytesAsync(folder.File("main/capture.pcap"), stop);
        octets[^1] ^= 1;
        await File.WriteAllBytesAsync(folder.File("main/capture.pcap"), octets, stop);
        (code, text, _) = await RefikeProcess.RunAsync(folder.Name, "replay", ".");
        Assert.Equal(1, code);
        Assert.Contains("3 faults", text, StringComparison.Ordinal);
    }

    /// <summary>charon's dumps: sixteen octets a line, a set ends with the first IV; made here in its layout.</summary>
    [Fact]
    public void CharonLogIsRead()
    {
        byte[] Value(int first, int length) => [.. Enumerable.Range(first, length).Select(n => (byte)n)];
        (string Name, byte[] Octets)[] values =
        [
            ("shared Diffie Hellman secret", Value(1, 40)), ("SKEYID", Value(2, 20)), ("SKEYID_d", Value(3, 20)),
            ("SKEYID_a", Value(4, 20)), ("SKEYID_e", Value(5, 20)), ("encryption key Ka", Value(6, 24)),
            ("initial IV", Value(7, 8)),
        ];
        var text = new StringBuilder("08[IKE] sending DPD vendor ID\n");
        foreach (var (name, octets) in values)
        {
            text.Append(CultureInfo.InvariantCulture, $"16[IKE] {name} => {octets.Length} bytes @ 0x7f16e0002b30\n");
            foreach (var (n, line) in octets.Chunk(16).Index())
            {
                var digits = string.Join(' ', line.Select(o => $"{o:X2}"));
                text.Append(CultureInfo.InvariantCulture, $"16[IKE] {16 * n,4}: {digits}  ................\n");
            }
        }

        var log = OracleKeyLog.Read(text.ToString());
        var read = Assert.Single(log.Isakmp);
        Assert.Equal([.. values.Select(v => (Octets)v.Octets)],
            new[] { read.g_xy, read.SKEYID, read.SKEYID_d, read.SKEYID_a, read.SKEYID_e, read.Ka, read.Iv }
                .Select(v => v!.Value));
        Assert.Single(log.Of(Role.Responder).Isakmp);
    }

    [Fact]
    public async Task WhatIsNoCaptureIsBadInput()
    {
        using var folder = new TestFolder();
        folder.Write("h.pcap", "no capture");
        folder.Write("h.keys", "");
        Assert.Equal(2, (await RefikeProcess.RunAsync(folder.Name, "replay", "h.pcap", "--log", "h.keys")).Code);
        Assert.Equal(2, (await RefikeProcess.RunAsync(folder.Name, "replay", "none", "--log", "h.keys")).Code);
        Assert.Equal(2, (await RefikeProcess.RunAsync(folder.Name, "replay", "h.pcap")).Code);
        Assert.Equal(2, (await RefikeProcess.RunAsync(folder.Name, "replay", ".", "--log", "h.keys")).Code);
        Assert.Equal(3, (await RefikeProcess.RunAsync(folder.Name, "replay", ".")).Code);
    }

    private static ImmutableArray<BothReadings> Both(IReadOnlyList<CapturedDatagram> capture, OracleKeyLog log)
        => TwoSides.Run(capture, log, log, null).Messages;

    private static OracleKeyLog With(OracleKeyLog log, params ImmutableArray<LoggedSecrets> sets)
        => log with { Isakmp = sets };

    private static string[] Verified(JsonDocument json, string side)
        => [.. json.RootElement.GetProperty("captures")[0].GetProperty("messages").EnumerateArray()
            .SelectMany(m => m.GetProperty(side).EnumerateArray()).Select(v => v.GetString()!)];

    private static async Task MakeAsync(TestFolder folder, params string[] options)
    {
        var (code, _, _) = await RefikeProcess.RunAsync(folder.Name,
            ["handshake", "--group", "ecp256", "--pcap", "h.pcap", "--keylog", "h.keys", .. options]);
        Assert.Equal(0, code);
    }
}
