using System.Collections.Immutable;
using RefIke.Cli.Ladders;
using RefIke.Crypto;
using RefIke.Exchanges;
using RefIke.Oracle;
using RefIke.Oracle.Captures;
using RefIke.Oracle.KeyLogs;
using RefIke.Oracle.Machines;
using RefIke.Wire;

namespace RefIke.Cli.Replaying;

/// <summary>One capture and what its replay came to.</summary>
/// <param name="Name">Its file's name, or its folder's.</param>
internal sealed record ReplayedCapture(string Name, TwoSides Sides)
{
    private const string CaptureName = "capture.pcap";
    private static readonly string[] LogNames = ["initiator.log", "responder.log"];

    /// <summary>What became of every message.</summary>
    public ImmutableArray<BothReadings> Messages => Sides.Messages;

    /// <summary>What became of every machine.</summary>
    public ImmutableArray<MachineVerdict> Machines => Sides.Machines;

    /// <summary>How many could be read: as they are, or decrypted by one side at least.</summary>
    public int Read => Messages.Count(m => m.AsInitiator.Fault is null || m.AsResponder.Fault is null);

    /// <summary>How many are encrypted; a retransmission counts once.</summary>
    public int Encrypted => Messages.Count(m => m.AsInitiator is { Header.IsEncrypted: true, IsRepeated: false });

    /// <summary>Messages that fail without an explanation, and machines that part with the record.</summary>
    public int Faults => Messages.Count(m => m.Fault is not null) + Machines.Count(m => m.Fault is not null);

    /// <summary>Messages that one side refuses because the two share no secret.</summary>
    public int Refusals => Messages.Count(m => m.Refusal is not null);

    /// <summary>Messages that could not be judged, and machines for which something is lacking.</summary>
    public int Unverified
        => Messages.Count(m => m.Unverified is not null) + Machines.Count(m => m.Lacking is not null);

    /// <summary>The first refusal or fault, else the notifies that are errors (RFC 2408 §3.14.1).</summary>
    public string Remark => Messages.Select(What).FirstOrDefault(w => w is not null)
        ?? Machines.Where(m => m.Fault is not null).Select(MachineWords.Of).FirstOrDefault()
        ?? string.Join(", ", Messages.SelectMany(m => m.AsInitiator.Notifies).Where(n => (int)n is > 0 and < 8192)
            .Distinct().Select(n => $"notify {RegistryWords.Of(n)}"));

    /// <summary>How many one side decrypts.</summary>
    public int Opened(Role side) => Messages.Count(m => Of(m, side).IsOpened);

    /// <summary>How many HASH and SIG payloads one side verifies.</summary>
    public int Proven(Role side) => Messages.Count(m => Of(m, side).Proof is not null);

    /// <summary>
    /// How many of the other side's messages RefIke's machines accepted in one side's place, and of how many.
    /// </summary>
    public (int Accepted, int Handed) Taken(Role side)
    {
        var machines = Machines.Where(m => m.Side == side).ToArray();
        return (machines.Sum(m => m.Accepted), machines.Sum(m => m.Handed));
    }

    /// <summary>One capture of a file, with the logs of one or both sides.</summary>
    /// <exception cref="InvalidDataException">It is no capture.</exception>
    public static ReplayedCapture Of(string path, string name, IReadOnlyList<string> logs, Secret? preSharedKey)
    {
        var read = logs.Select(l => KeyLog.Read(File.ReadAllText(l))).ToArray();
        return new(name, TwoSides.Run(PcapReader.Read(File.ReadAllBytes(path)), read[0].Of(Role.Initiator),
            read[^1].Of(Role.Responder), preSharedKey));
    }

    /// <summary>The folders of captures that a folder is or has: each with its capture and both logs.</summary>
    public static IEnumerable<(string Path, string Name, string[] Logs)> In(string folder)
        => new[] { folder }.Concat(Directory.EnumerateDirectories(folder).Order(StringComparer.Ordinal))
            .Where(f => File.Exists(Path.Combine(f, CaptureName)))
            .Select(f => (Path.Combine(f, CaptureName), Path.GetFileName(Path.TrimEndingDirectorySeparator(f)),
                LogNames.Select(l => Path.Combine(f, l)).ToArray()));

    private static ReplayedMessage Of(BothReadings message, Role side)
        => side == Role.Initiator ? message.AsInitiator : message.AsResponder;

    private static string? What(BothReadings m)
        => (m.Refusal ?? m.Fault) is { } what ? $"message {m.AsInitiator.Datagram.Frame}: {what}" : null;
}
