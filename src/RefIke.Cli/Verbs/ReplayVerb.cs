using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using System.Text;
using RefIke.Cli.CommandLine;
using RefIke.Crypto;
using RefIke.Oracle;
using RefIke.Oracle.Captures;
using RefIke.Oracle.KeyLogs;

namespace RefIke.Cli.Verbs;

/// <summary>
/// <c>refike replay</c>: a capture with the secrets that somebody logged, through RefIke's reader, encryption and
/// formulas.
/// </summary>
internal static class ReplayVerb
{
    private static readonly Argument<string> Capture = new("capture") { Description = "a classic pcap" };
    private static readonly FileOption Keys = new(
        "--keylog", "what refike --keylog wrote, or the log of strongSwan's charon with ike = 4", required: true);
    private static readonly Option<string?> PreSharedKey = new("--psk")
    {
        Description = "the pre-shared key as text: SKEYID is computed from it too",
        HelpName = "text",
    };

    private static readonly WordOption Format = WordOption.Format();

    public static Command Create()
    {
        var verb = new Verb("replay",
            "Reads, decrypts and verifies every message of a capture: each HASH and SIG of both sides.",
            "refike replay h.pcap --keylog h.keys")
        {
            Capture, Keys, PreSharedKey, Format,
        };
        verb.SetAction(parsed => Run(parsed));
        return verb;
    }

    private static int Run(ParseResult parsed)
    {
        ImmutableArray<ReplayedMessage> messages;
        try
        {
            var secret = parsed.GetValue(PreSharedKey) is { } psk ? Secret.Of(Encoding.UTF8.GetBytes(psk)) : null;
            messages = CaptureReplay.Run(PcapReader.Read(File.ReadAllBytes(parsed.GetValue(Capture)!)),
                KeyLog.Read(File.ReadAllText(parsed.GetValue(Keys)!)), secret);
        }
        catch (InvalidDataException e)
        {
            throw new BadInputException($"{parsed.GetValue(Capture)}: {e.Message}");
        }

        Console.Out.Write(parsed.GetValue(Format) == "json" ? ToJson(messages) : ToText(messages));
        return messages.Any(m => m.Fault is not null) ? ExitCodes.Failed
            : messages.IsEmpty || messages.Any(m => m.Unverified is not null) ? ExitCodes.Undecided
            : ExitCodes.Held;
    }

    private static string ToText(ImmutableArray<ReplayedMessage> messages)
    {
        var text = new StringBuilder();
        foreach (var m in messages)
        {
            var what = m.Header is { } h ? $"{h.ExchangeType} {h.MessageId:x8}{(h.IsEncrypted ? "*" : "")}" : "?";
            var result = m.Fault is not null ? $"FAULT {m.Fault}"
                : m.Unverified is not null ? $"not verified: {m.Unverified}"
                : string.Join(' ', m.Checks.Select(c => $"{c} ok"));
            Line(text, $"{m.Datagram.Frame,4}  {m.Datagram.From} > {m.Datagram.To}  {what}  {m.Line}  {result}");
        }

        Line(text, $"{messages.Length} messages, {messages.Sum(m => m.Checks.Length)} values verified, "
            + $"{messages.Count(m => m.Unverified is not null)} not verified, "
            + $"{messages.Count(m => m.Fault is not null)} faults");
        return text.ToString();
    }

    private static string ToJson(ImmutableArray<ReplayedMessage> messages) => JsonText.Document(new
    {
        Document = "refike replay",
        Version = 1,
        Held = messages.All(m => m.Fault is null && m.Unverified is null),
        Messages = messages.Select(m => new
        {
            m.Datagram.Frame,
            From = $"{m.Datagram.From}",
            To = $"{m.Datagram.To}",
            Exchange = m.Header is { } h ? $"{h.ExchangeType}" : null,
            MessageId = m.Header is { } i ? $"{i.MessageId:x8}" : null,
            Payloads = m.Line,
            Verified = m.Checks,
            m.Fault,
            m.Unverified,
        }),
    }) + "\n";

    private static void Line(StringBuilder text, string line)
        => text.Append(CultureInfo.InvariantCulture, $"{line.TrimEnd()}\n");
}
