using RefIke.Engine;
using RefIke.Exploration.Scenarios;
using RefIke.Wire;

namespace RefIke.Exploration.Worlds;

/// <summary>One line of a ladder diagram: a message between A and B, or what happened at one of them.</summary>
public sealed record LadderLine(Instant At, Side Peer, string Text, bool IsMessage, string Note)
{
    /// <summary>A message that <paramref name="from"/> sent.</summary>
    public static LadderLine Message(Instant at, Side from, Octets datagram, string note)
    {
        var text = "?";
        if (Header.TryRead(datagram.Span, out var header, out _))
        {
            var stars = header.IsEncrypted ? "HDR*" : "HDR";
            text = $"{stars} {header.ExchangeType}" + (header.MessageId == 0 ? "" : $" {header.MessageId:x8}");
            if (!header.IsEncrypted && MessageReader.TryRead(datagram.Memory, out var message, out _))
            {
                text += " " + string.Join(' ', message!.Payloads.Select(p => p.Type));
            }
        }

        return new(at, from, text, true, note);
    }

    /// <summary>Something at one peer.</summary>
    public static LadderLine Event(Instant at, Side peer, string text) => new(at, peer, text, false, "");

    /// <summary>An effect in few words.</summary>
    public static string Words(Effect effect) => effect switch
    {
        Effect.PairEstablished e => $"pair {e.Pair.Spi:x8}/{e.Pair.PeerSpi:x8} up",
        Effect.PairDeleted e => $"pair {e.Pair.Spi:x8} gone: {e.Why}",
        Effect.IsakmpEstablished e => $"ISAKMP SA {e.Phase1.CKY_I} up",
        Effect.IsakmpDeleted e => $"ISAKMP SA {e.CKY_I} gone: {e.Why}",
        Effect.ExchangeFailed e => $"{e.Kind} failed: {e.Why}",
        _ => effect.GetType().Name,
    };

    /// <summary>A ladder of two columns.</summary>
    public static string Draw(IEnumerable<LadderLine> lines)
    {
        var drawing = new System.Text.StringBuilder();
        drawing.AppendLine("    time  A                                                                  B");
        foreach (var line in lines)
        {
            var body = line.IsMessage
                ? line.Peer == Side.A ? $"|─── {line.Text} {Tail(line)}▶|" : $"|◀{Tail(line)} {line.Text} ───|"
                : line.Peer == Side.A ? $"* {line.Text}" : $"{"",40}{line.Text} *";
            drawing.AppendLine(System.Globalization.CultureInfo.InvariantCulture, $"{line.At,8}  {body}{(line.Note.Length > 0 ? "   ← " + line.Note : "")}");
        }

        return drawing.ToString();
    }

    private static string Tail(LadderLine line) => new('─', Math.Max(2, 58 - line.Text.Length));
}
