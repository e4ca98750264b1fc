using System.Globalization;
using System.Text;
using RefIke.Cli.Hosting;
using RefIke.Engine;
using RefIke.Wire;

namespace RefIke.Cli.Verbs;

/// <summary>The ladder of a handshake: each datagram with its payloads, as the tables name them, and what came of it.</summary>
internal sealed class WireLadder
{
    private readonly List<(bool FromA, int Octets, string Exchange, string Payloads)> lines = [];
    private readonly List<string> keys = [];
    private readonly object gate = new();
    private (bool FromA, string Exchange)? last;
    private readonly List<string> ends = [];

    public IEnumerable<object> Messages => lines.Select((l, i) => new
    {
        number = i + 1, from = l.FromA ? "initiator" : "responder", octets = l.Octets, exchange = l.Exchange, payloads = l.Payloads,
    });

    public IReadOnlyList<string> Keys => keys;

    public void Take(bool isA, Effect effect)
    {
        lock (gate)
        {
            switch (effect)
            {
                case Effect.Traced { Entry: var e } when e.Sends != "Nothing":
                    last = (isA, PayloadsOf(e.Exchange, e.Role, e.Sends));
                    break;
                case Effect.Send { IsResend: false } s when Header.TryRead(s.Datagram.Span, out var header, out _):
                    var name = header.ExchangeType == ExchangeType.MainMode ? "Main Mode" : "Quick Mode";
                    lines.Add((isA, s.Datagram.Length, name, last?.Exchange ?? "HDR"));
                    break;
                case Effect.IsakmpEstablished or Effect.PairEstablished when EventLine.Of(effect) is { } line:
                    ends.Add($"{(isA ? "initiator" : "responder")}: {line}");
                    break;
                default:
                    break;
            }

            if (isA)
            {
                keys.AddRange(KeyLogFile.Lines(effect).Select(l => l.StartsWith('#') ? l[2..] : $"Ka {l}"));
            }
        }
    }

    public string Draw(bool showKeys)
    {
        var text = new StringBuilder();
        text.AppendLine("     Initiator                                                              Responder");
        text.AppendLine();
        var exchange = "";
        foreach (var (line, number) in lines.Select((l, i) => (l, i + 1)))
        {
            if (line.Exchange != exchange)
            {
                exchange = line.Exchange;
                text.AppendLine(CultureInfo.InvariantCulture, $"     {exchange} (RFC 2409 {(exchange == "Main Mode" ? "§5.4" : "§5.5")})");
            }

            var arrow = new string('─', Math.Max(3, 62 - line.Payloads.Length));
            var body = line.FromA ? $"{line.Payloads} {arrow}▶" : $"◀{arrow} {line.Payloads}";
            text.AppendLine(CultureInfo.InvariantCulture, $"{number,3}  {body,-66} {line.Octets,5} octets");
        }

        text.AppendLine();
        foreach (var end in ends.Concat(showKeys ? keys : []))
        {
            text.AppendLine(end);
        }

        return text.ToString();
    }

    private static string PayloadsOf(string exchange, string role, string sends) => (exchange, role, sends) switch
    {
        ("MainModePsk", _, "SaPayload") => "HDR, SA",
        ("MainModePsk", "Initiator", "KeyAndNonce") => "HDR, KE, Ni",
        ("MainModePsk", _, "KeyAndNonce") => "HDR, KE, Nr",
        ("MainModePsk", "Initiator", "IdAndHash") => "HDR*, IDii, HASH_I",
        ("MainModePsk", _, "IdAndHash") => "HDR*, IDir, HASH_R",
        ("QuickMode", _, "Hash1SaNonce") => "HDR*, HASH(1), SA, Ni [, KE], IDci, IDcr",
        ("QuickMode", _, "Hash2SaNonce") => "HDR*, HASH(2), SA, Nr [, KE], IDci, IDcr",
        ("QuickMode", _, "Hash3") => "HDR*, HASH(3)",
        _ => "HDR*, HASH(1), N/D",
    };
}
