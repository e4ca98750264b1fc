using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using RefIke.Cli.Hosting;
using RefIke.Engine;
using RefIke.Exchanges;
using RefIke.Wire;

namespace RefIke.Cli.Ladders;

/// <summary>The ladder of a handshake: each datagram with its payloads opened, and what came of it.</summary>
internal sealed class WireLadder
{
    private readonly object gate = new();
    private readonly List<(bool FromA, Octets Datagram)> datagrams = [];
    private readonly List<(int Order, string Text)> ends = [];
    private readonly List<string> keys = [];
    private readonly Observed observed = new();
    private ImmutableArray<LadderMessage>? opened;

    /// <summary>The messages, opened.</summary>
    public ImmutableArray<LadderMessage> Messages => opened ??= [.. Open()];

    /// <summary>The initiator's keys, one a line.</summary>
    public IReadOnlyList<string> Keys => keys;

    /// <summary>An effect of either endpoint, in the order in which they happened.</summary>
    public void Take(bool isA, Effect effect)
    {
        lock (gate)
        {
            if (effect is Effect.Send { IsResend: false } send)
            {
                datagrams.Add((isA, send.Datagram));
            }
            else if (effect is Effect.KeysDerived derived && isA)
            {
                observed.Learn(derived.Phase1);
            }
            else if (effect is Effect.IsakmpEstablished or Effect.PairEstablished && EventLine.Of(effect) is { } line)
            {
                ends.Add(((effect is Effect.PairEstablished ? 2 : 0) + (isA ? 0 : 1), $"{(isA ? "initiator" : "responder")}: {line}"));
            }

            if (isA)
            {
                keys.AddRange(KeyWords.Of(effect));
            }
        }
    }

    /// <summary>As text for a terminal or a slide.</summary>
    public string Draw(bool showKeys)
    {
        var text = new StringBuilder();
        text.AppendLine("     Initiator                                                              Responder");
        ExchangeType? exchange = null;
        foreach (var (message, number) in Messages.Select((m, i) => (m, i + 1)))
        {
            if (message.Exchange != exchange)
            {
                exchange = message.Exchange;
                text.AppendLine();
                text.AppendLine(CultureInfo.InvariantCulture, $"     {Title(message.Exchange)}");
            }

            var line = new string('─', Math.Max(3, 62 - message.Payloads.Length));
            var body = message.FromInitiator ? $"{message.Payloads} {line}▶" : $"◀{line} {message.Payloads}";
            text.AppendLine(CultureInfo.InvariantCulture, $"{number,3}  {body,-66} {message.Octets,5} octets");
            foreach (var detail in message.Details)
            {
                text.AppendLine(CultureInfo.InvariantCulture, $"          {detail}");
            }
        }

        text.AppendLine();
        foreach (var end in ends.OrderBy(e => e.Order).Select(e => e.Text).Concat(showKeys ? ["", .. keys] : []))
        {
            text.AppendLine(end);
        }

        return text.ToString();
    }

    private static string Title(ExchangeType exchange) => exchange switch
    {
        ExchangeType.MainMode => "Main Mode with a pre-shared key (RFC 2409 §5.4)",
        ExchangeType.QuickMode => "Quick Mode (RFC 2409 §5.5); * means encrypted",
        _ => $"{exchange}",
    };

    private IEnumerable<LadderMessage> Open()
    {
        var counts = new Dictionary<(ExchangeType, uint), int>();
        foreach (var (fromA, datagram) in datagrams)
        {
            if (observed.Open(datagram) is not var (header, payloads))
            {
                yield return new LadderMessage(fromA, datagram.Length, default, "?", []);
                continue;
            }

            var number = counts[(header.ExchangeType, header.MessageId)] = counts.GetValueOrDefault((header.ExchangeType, header.MessageId)) + 1;
            var names = PayloadWords.Names(payloads, header.ExchangeType, fromA, number);
            yield return new LadderMessage(fromA, datagram.Length, header.ExchangeType,
                $"{(header.IsEncrypted ? "HDR*" : "HDR")}, {string.Join(", ", names)}",
                [.. payloads.Zip(names).SelectMany(p => PayloadWords.Content(p.First).Select(c => $"{p.Second,-7} {c}"))]);
        }
    }
}

/// <summary>One message of a ladder.</summary>
/// <param name="Payloads">As the RFC writes it: <c>HDR*, HASH(1), SA, Ni</c>.</param>
/// <param name="Details">A payload's name and content, one a line.</param>
internal sealed record LadderMessage(bool FromInitiator, int Octets, ExchangeType Exchange, string Payloads, ImmutableArray<string> Details);
