using System.CommandLine;
using RefIke.Cli.CommandLine;
using RefIke.Cli.Hosting;

namespace RefIke.Cli.Verbs;

/// <summary>The options that <c>respond</c> and <c>initiate</c> share.</summary>
internal static class LiveOptions
{
    private static readonly FileOption Config =
        new("--config", "configuration in TOML (docs/configuration.md)", required: true);
    private static readonly FileOption Pcap = new("--pcap", "write every datagram to this capture");
    private static readonly FileOption KeyLog =
        new("--keylog", "write the keys to this file, as Wireshark's ikev1_decryption_table (these are secrets)");
    private static readonly FileOption EspKeyLog =
        new("--esp-keylog", "write the keys of ESP to this file, as Wireshark's esp_sa (these are secrets)");
    private static readonly FileOption Trace =
        new("--trace", "write what happens to this file, one JSON object a line, no keys");
    private static readonly FileOption Events =
        new("--events", "write SAs as they come and go to this file, with their keys, as JSON lines (docs/events.md)");
    private static readonly NumberOption For = NumberOption.Seconds("--for", "stop after so many seconds");

    public static void AddTo(Command verb)
    {
        foreach (var option in new Option[] { Config, Pcap, KeyLog, EspKeyLog, Trace, Events, For })
        {
            verb.Add(option);
        }
    }

    public static LiveFiles Of(ParseResult parsed)
        => new(parsed.GetValue(Config)!, parsed.GetValue(Pcap), parsed.GetValue(KeyLog), parsed.GetValue(EspKeyLog),
            parsed.GetValue(Trace), parsed.GetValue(Events), Seconds(parsed.GetValue(For)));

    /// <summary>A time that may be left out.</summary>
    public static TimeSpan? Seconds(ulong? count) => count is { } n ? TimeSpan.FromSeconds(n) : null;
}
