using System.Diagnostics;
using Xunit;

namespace RefIke.Properties.CommandLine;

/// <summary>Wireshark's terminal form, a reader of captures and key logs that is not ours.</summary>
internal static class Tshark
{
    /// <summary>
    /// For each datagram of a capture between ports 15500: exchange type, payload types (none where it stays
    /// encrypted), and whether the checksums of UDP and IP are right (1).
    /// </summary>
    public static async Task<IReadOnlyList<string>> ReadAsync(string capture, string keyLog)
    {
        Assert.SkipUnless(RefikeProcess.Has("tshark"), "tshark is not installed");
        var table = $"uat:ikev1_decryption_table:{KeyLog.Read(keyLog).Table.Single()}";
        using var tshark = Process.Start(new ProcessStartInfo("tshark",
        [
            "-r", capture, "-d", "udp.port==15500,isakmp", "-o", table,
            "-o", "udp.check_checksum:TRUE", "-o", "ip.check_checksum:TRUE", "-T", "fields",
            "-e", "isakmp.exchangetype", "-e", "isakmp.typepayload",
            "-e", "udp.checksum.status", "-e", "ip.checksum.status",
        ])
        { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var text = await tshark.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        return text.TrimEnd().Split('\n');
    }
}
