using System.Collections.Immutable;
using RefIke.Cli.CommandLine;
using RefIke.Exchanges;
using RefIke.Oracle;
using RefIke.Oracle.Machines;

namespace RefIke.Cli.Replaying;

/// <summary>Replays as a JSON document.</summary>
internal static class ReplayJson
{
    public static string Of(ImmutableArray<ReplayedCapture> captures) => JsonText.Document(new
    {
        Document = "refike replay",
        Version = 1,
        Held = captures.All(c => c.Faults == 0 && c.Unverified == 0),
        Captures = captures.Select(c => new
        {
            c.Name,
            c.Read,
            c.Encrypted,
            AsInitiator = Side(c, Role.Initiator),
            AsResponder = Side(c, Role.Responder),
            c.Refusals,
            c.Unverified,
            c.Faults,
            Messages = c.Messages.Select(Message),
            Machines = c.Machines.Select(Machine),
        }),
    });

    private static object Side(ReplayedCapture c, Role side)
        => new { Decrypted = c.Opened(side), Proven = c.Proven(side), c.Taken(side).Accepted, c.Taken(side).Handed };

    private static object Machine(MachineVerdict v) => new
    {
        As = $"{v.Side}".ToLowerInvariant(),
        InitiatorCookie = $"{v.CKY_I}",
        Exchange = $"{v.Exchange}",
        MessageId = $"{v.M_ID:x8}",
        v.Frame,
        v.End,
        v.Accepted,
        v.Handed,
        KeysEqual = v.Keys,
        KeymatEqual = v.Keymat.Select(spi => $"{spi}"),
        v.Refusal,
        v.Fault,
        v.Lacking,
    };

    private static object Message(BothReadings m) => new
    {
        m.AsInitiator.Datagram.Frame,
        From = $"{m.AsInitiator.Datagram.From}",
        To = $"{m.AsInitiator.Datagram.To}",
        Exchange = m.AsInitiator.Header is { } h ? $"{h.ExchangeType}" : null,
        MessageId = m.AsInitiator.Header is { } i ? $"{i.MessageId:x8}" : null,
        Payloads = m.AsInitiator.Line.Length > 0 ? m.AsInitiator.Line : m.AsResponder.Line,
        Notifies = (m.AsInitiator.IsOpened ? m.AsInitiator : m.AsResponder).Notifies.Select(n => $"{n}"),
        VerifiedAsInitiator = m.AsInitiator.Checks,
        VerifiedAsResponder = m.AsResponder.Checks,
        m.Refusal,
        m.Fault,
        m.Unverified,
    };
}
