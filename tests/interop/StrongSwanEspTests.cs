using Xunit;
using ClauseAttribute = RefIke.Wire.ClauseAttribute;

namespace RefIke.Interop;

/// <summary>
/// The ESP that strongSwan sends on an SA that RefIke negotiated is opened by a third program, with the keys that RefIke hands out:
/// KEYMAT, SPI, direction and the split into two keys are what an IPsec stack takes them for (RFC 2409 §5.5, RFC 2407 §4.5).
/// </summary>
[Clause("2409-B-12")]
public sealed class StrongSwanEspTests(InteropTable table)
{
    private readonly StrongSwanCase live = new(table);

    /// <summary>Wireshark decrypts the pings that go into the tunnel and finds their authentication data right.</summary>
    [Theory]
    [InlineData("responder", "null-sha1")]
    [InlineData("initiator", "des-md5")]
    [InlineData("responder", "3des-sha1")]
    [InlineData("initiator", "cast128-sha1")]
    [InlineData("responder", "blowfish128-sha1")]
    [InlineData("initiator", "aes128-sha256")]
    [InlineData("responder", "aes192-sha384")]
    [InlineData("initiator", "aes256-sha512")]
    public void WiresharkDecryptsWhatStrongSwanSends(string role, string esp)
    {
        Assert.SkipUnless(Shell.Has("tshark") && Shell.Has("ping"), "tshark and ping (iputils-ping) are not installed");
        var keys = Path.GetTempFileName();
        try
        {
            live.Run(role, new() { Esp = esp, Options = ["--esp-keylog", keys] }, (refike, swan, network) =>
            {
                refike.Demand("IPsec pair up");
                Assert.True(swan.WaitFor("CHILD_SA c1", 5), "charon has no CHILD_SA");
                Shell.Run("ip", "netns", "exec", network.B, "ping", "-c", "3", "-i", "0.2", "-W", "1", "-I", "10.77.2.1", "10.77.1.1");
                var seen = EchoRequests(refike.Capture, keys);
                Assert.True(seen.Length == 3, $"{seen.Length} pings were decrypted: {string.Join(" / ", seen)}");
                Assert.All(seen, line => Assert.Equal("8 10.77.2.1 10.77.1.1", line));
                return "tshark opens 3 pings in strongSwan's ESP with RefIke's esp_sa log";
            });
        }
        finally
        {
            File.Delete(keys);
        }
    }

    /// <summary>Type, inner source and inner destination of each ICMP message in ESP whose check held.</summary>
    private static string[] EchoRequests(string capture, string keys)
    {
        var table = File.ReadAllLines(keys).Where(l => !l.StartsWith('#')).SelectMany(l => new[] { "-o", $"uat:esp_sa:{l}" });
        var (_, output) = Shell.Run("tshark",
        [
            "-r", capture, "-o", "esp.enable_encryption_decode:TRUE", "-o", "esp.enable_authentication_check:TRUE", .. table,
            "-Y", "icmp && esp.icv_good == 1", "-T", "fields", "-E", "occurrence=l", "-e", "icmp.type", "-e", "ip.src", "-e", "ip.dst",
        ]);
        return [.. output.Split('\n').Where(l => l.Contains('\t', StringComparison.Ordinal)).Select(l => l.Replace('\t', ' '))];
    }
}
