using System.Globalization;
using System.Text;
using System.Text.Json;
using RefIke.Oracle;
using RefIke.Oracle.Captures;
using RefIke.Oracle.KeyLogs;
using RefIke.Wire;
using Xunit;

namespace RefIke.Properties.CommandLine;

    /// <summary>
    /// RFC 2409 §5.4, §5.5: every HASH of a Main and an Aggressive Mode and of Quick Mode verifies.
    /// </summary>
public sealed class ReplayTests
{
    /// <summary>RFC 2409 §5.4, §5.5: every HASH of a Main and an Aggressive Mode and of Quick Mode verifies.</summary>
    [Theory]
    [InlineData("main", "aes256", "HASH_I", "HASH_R", "HASH(1)", "HASH(2)", "HASH(3)")]
    [InlineData("aggressive", "camellia128", "HASH_R", "HASH_I", "HASH(1)", "HASH(2)", "HASH(3)")]
    [Clause("2409-5.5-14")]
    public async Task CaptureOfAHandshakeVerifies(string mode, string cipher, params string[] hashes)
    {
        using var folder = new TestFolder();
        await MakeAsync(folder, "--mode", mode, "--cipher", cipher);
        var (code, text, error) = await RefikeProcess.RunAsync(
            folder.Name, "replay", "h.pcap", "--keylog", "h.keys", "--psk", "refike handshake", "--format", "json");
        Assert.Equal((0, ""), (code, error));
        using var json = JsonDocument.Parse(text);
        var verified = json.RootElement.GetProperty("messages").EnumerateArray()
            .SelectMany(m => m.GetProperty("verified").EnumerateArray()).Select(v => v.GetString()!).ToArray();
        Assert.Equal(hashes, verified.Where(v => v.StartsWith("HASH", StringComparison.Ordinal)));
        Assert.Contains("SKEYID", verified);
        Assert.Contains("Ka", verified);
    }

    /// <summary>A replay can fail: whichever octet of an encrypted message or of the logged keys is changed, it is told.</summary>
    [Fact]
    public async Task ChangedCaptureOrKeyIsTold()
    {
        using var folder = new TestFolder();
        await MakeAsync(folder);
        var stop = TestContext.Current.CancellationToken;
        var capture = PcapReader.Read(await File.ReadAllBytesAsync(folder.File("h.pcap"), stop));
        var keys = await File.ReadAllTextAsync(folder.File("h.keys"), stop);
        Assert.DoesNotContain(CaptureReplay.Run(capture, KeyLog.Read(keys), null), m => m.Fault is not null);
        foreach (var (n, datagram) in capture.Index().Where(d => (d.Item.Octets.Span[19] & 1) != 0))
        {
            var octets = datagram.Octets.ToArray();
            octets[Header.Size + 5] ^= 1;
            var altered = capture.ToArray();
            altered[n] = datagram with { Octets = octets };
            Assert.Contains(CaptureReplay.Run(altered, KeyLog.Read(keys), null), m => m.Fault is not null);
        }

        var log = KeyLog.Read(keys);
        var other = log[0] with { SKEYID_a = new byte[32] };
        Assert.Contains(CaptureReplay.Run(capture, [other], null), m => m.Fault is not null);
        Assert.Contains(CaptureReplay.Run(capture, [], null), m => m.Unverified is not null);
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

        var read = Assert.Single(KeyLog.Read(text.ToString()));
        Assert.Equal([.. values.Select(v => (Octets)v.Octets)],
            new[] { read.g_xy, read.SKEYID, read.SKEYID_d, read.SKEYID_a, read.SKEYID_e, read.Ka, read.Iv }
                .Select(v => v!.Value));
    }

    [Fact]
    public async Task WhatIsNoCaptureIsBadInput()
    {
        using var folder = new TestFolder();
        await File.WriteAllTextAsync(folder.File("h.pcap"), "no capture", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(folder.File("h.keys"), "", TestContext.Current.CancellationToken);
        Assert.Equal(2, (await RefikeProcess.RunAsync(folder.Name, "replay", "h.pcap", "--keylog", "h.keys")).Code);
        Assert.Equal(2, (await RefikeProcess.RunAsync(folder.Name, "replay", "none", "--keylog", "h.keys")).Code);
    }

    private static async Task MakeAsync(TestFolder folder, params string[] options)
    {
        var (code, _, _) = await RefikeProcess.RunAsync(folder.Name,
            ["handshake", "--group", "ecp256", "--pcap", "h.pcap", "--keylog", "h.keys", .. options]);
        Assert.Equal(0, code);
    }
}
