using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using RefIke.Exchanges;
using RefIke.Oracle;
using Spectre.Console;

namespace RefIke.Cli.Replaying;

/// <summary>Replays for people: the messages of one capture, or a table of many.</summary>
internal static class ReplayText
{
    /// <summary>A line for each message, then what they come to.</summary>
    public static void WriteMessages(ReplayedCapture capture)
    {
        var text = new StringBuilder();
        foreach (var m in capture.Messages)
        {
            var seen = m.AsInitiator.IsOpened || m.AsInitiator.Fault is null ? m.AsInitiator : m.AsResponder;
            var what = seen.Header is { } h ? $"{h.ExchangeType} {h.MessageId:x8}{(h.IsEncrypted ? "*" : "")}" : "?";
            Line(text, $"{seen.Datagram.Frame,4}  {seen.Datagram.From} > {seen.Datagram.To}  {what}  {seen.Line}  "
                + Result(m));
        }

        foreach (var verdict in capture.Machines)
        {
            Line(text, MachineWords.Of(verdict));
        }

        Console.Out.Write(text);
        Console.Out.WriteLine(Sum([capture]));
    }

    /// <summary>A row for each capture, then the sum.</summary>
    public static void WriteTable(ImmutableArray<ReplayedCapture> captures)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings());
        console.Profile.Width = Math.Max(console.Profile.Width, 160);
        var table = new Table().Border(TableBorder.Simple);
        table.AddColumn(new TableColumn("capture").NoWrap());
        foreach (var name in new[] { "messages", "read", "encrypted", "as initiator", "as responder" })
        {
            table.AddColumn(new TableColumn(name).RightAligned().NoWrap());
        }

        table.AddColumn(new TableColumn("remark"));
        foreach (var c in captures)
        {
            table.AddRow(Markup.Escape(c.Name), N(c.Messages.Length), N(c.Read), N(c.Encrypted),
                Side(c, Role.Initiator), Side(c, Role.Responder),
                c.Faults > 0 ? $"[red]{Markup.Escape(c.Remark)}[/]" : Markup.Escape(c.Remark));
        }

        console.Write(table);
        Console.Out.WriteLine("as initiator, as responder: messages decrypted / HASH or SIG verified with its secrets "
            + "/ messages of the other side that RefIke's machines accept in its place");
        Console.Out.WriteLine(Sum(captures));
    }

    private static string Side(ReplayedCapture c, Role side)
        => $"{c.Opened(side)} / {c.Proven(side)} / {c.Taken(side).Accepted} of {c.Taken(side).Handed}";

    private static string Result(BothReadings m)
        => m.Fault is not null ? $"FAULT {m.Fault}"
            : m.Refusal is not null ? $"refused: {m.Refusal}"
            : m.Unverified is not null ? $"not verified: {m.Unverified}"
            : string.Join(' ', m.AsInitiator.Checks.Select(c => $"{c} ok"));

    private static string Sum(ImmutableArray<ReplayedCapture> captures)
    {
        int Of(Func<ReplayedCapture, int> what) => captures.Sum(what);
        return $"{(captures.Length == 1 ? "" : $"{captures.Length} captures, ")}{Of(c => c.Messages.Length)} messages, "
            + $"{Of(c => c.Encrypted)} encrypted; "
            + $"as initiator {Of(c => c.Opened(Role.Initiator))} decrypted, "
            + $"{Of(c => c.Proven(Role.Initiator))} HASH or SIG verified; "
            + $"as responder {Of(c => c.Opened(Role.Responder))} and {Of(c => c.Proven(Role.Responder))}; "
            + $"{Of(c => c.Machines.Length)} machines, {Of(c => c.Machines.Count(m => m.Refusal is not null))} refuse "
            + "rightly, "
            + $"{Of(c => c.Machines.Sum(m => m.Accepted))} of {Of(c => c.Machines.Sum(m => m.Handed))} messages "
            + "accepted, "
            + $"KEYMAT of {Of(c => c.Machines.Sum(m => m.Keymat.Length))} SAs equal; "
            + $"{Of(c => c.Refusals)} refused, {Of(c => c.Unverified)} not verified, {Of(c => c.Faults)} faults";
    }

    private static string N(int n) => n.ToString(CultureInfo.InvariantCulture);

    private static void Line(StringBuilder text, string line)
        => text.Append(CultureInfo.InvariantCulture, $"{line.TrimEnd()}\n");
}
