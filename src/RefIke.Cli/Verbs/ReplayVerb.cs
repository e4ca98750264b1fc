using System.Collections.Immutable;
using System.CommandLine;
using System.Text;
using RefIke.Cli.CommandLine;
using RefIke.Cli.Replaying;
using RefIke.Crypto;

namespace RefIke.Cli.Verbs;

/// <summary>
/// <c>refike replay</c>: captures with the secrets that somebody logged, through RefIke's reader, encryption, formulas
/// and machines, as either side.
/// </summary>
internal static class ReplayVerb
{
    private static readonly Argument<string> Capture = new("capture")
    {
        Description = "a classic pcap; or a folder with capture.pcap, initiator.log, responder.log, or of such folders",
    };

    private static readonly Option<string[]> Logs = new("--log")
    {
        Description = "what refike --keylog wrote, or the log of strongSwan's charon with ike = 4, chd = 4; "
            + "given twice: the initiator's, then the responder's",
        HelpName = "file",
    };

    private static readonly Option<string?> PreSharedKey = new("--psk")
    {
        Description = "the pre-shared key as text: SKEYID is computed from it too",
        HelpName = "text",
    };

    private static readonly WordOption Format = WordOption.Format();

    public static Command Create()
    {
        var verb = new Verb("replay",
            "Reads, decrypts and verifies every message of a capture, and has RefIke stand in for either side.",
            "refike replay h.pcap --log h.keys", "refike replay captures/main-psk/capture.pcap --log i.log --log r.log",
            "refike replay captures")
        {
            Capture, Logs, PreSharedKey, Format,
        };
        verb.SetAction(parsed => Run(parsed));
        return verb;
    }

    private static int Run(ParseResult parsed)
    {
        var path = parsed.GetValue(Capture)!;
        var logs = parsed.GetValue(Logs) ?? [];
        var isFolder = Directory.Exists(path);
        if (isFolder ? logs.Length > 0 : logs.Length is < 1 or > 2)
        {
            throw new BadInputException(isFolder
                ? $"{path} is a folder: its captures have their logs beside them"
                : "replay: --log is needed, once or twice");
        }

        var secret = parsed.GetValue(PreSharedKey) is { } psk ? Secret.Of(Encoding.UTF8.GetBytes(psk)) : null;
        ImmutableArray<ReplayedCapture> captures =
            [.. (isFolder ? ReplayedCapture.In(path) : [(path, Path.GetFileName(path), logs)])
                .Select(c => Replay(c.Path, c.Name, c.Logs, secret))];
        if (parsed.GetValue(Format) == "json")
        {
            Console.Out.WriteLine(ReplayJson.Of(captures));
        }
        else if (isFolder)
        {
            ReplayText.WriteTable(captures);
        }
        else
        {
            ReplayText.WriteMessages(captures[0]);
        }

        return captures.Any(c => c.Faults > 0) ? ExitCodes.Failed
            : captures.IsEmpty || captures.Any(c => c.Messages.IsEmpty || c.Unverified > 0) ? ExitCodes.Undecided
            : ExitCodes.Held;
    }

    private static ReplayedCapture Replay(string path, string name, IReadOnlyList<string> logs, Secret? secret)
    {
        try
        {
            return ReplayedCapture.Of(path, name, logs, secret);
        }
        catch (InvalidDataException e)
        {
            throw new BadInputException($"{path}: {e.Message}");
        }
    }
}
