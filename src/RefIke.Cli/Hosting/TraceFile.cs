using RefIke.Cli.CommandLine;
using RefIke.Cli.Ladders;
using RefIke.Engine;
using RefIke.Exchanges;

namespace RefIke.Cli.Hosting;

/// <summary>
/// What an endpoint told, one JSON object a line, without keys. The form is in <c>docs/command-line.md</c>.
/// </summary>
/// <exception cref="BadInputException">The file cannot be written.</exception>
internal sealed class TraceFile(string path) : IDisposable
{
    private readonly StreamWriter file = new(OutputFile.Create(path)) { AutoFlush = true };

    public void Write(Instant now, Effect effect)
    {
        if (Entry(now.Milliseconds, effect) is { } entry)
        {
            lock (file)
            {
                file.WriteLine(JsonText.Line(entry));
            }
        }
    }

    public void Dispose() => file.Dispose();

    private static object? Entry(long at, Effect effect) => effect switch
    {
        Effect.Traced e => new
        {
            At = at,
            What = "row",
            Exchange = $"{e.Exchange}",
            Table = e.Entry.Exchange,
            e.Entry.Role,
            e.Entry.State,
            e.Entry.Event,
            e.Entry.Guard,
            e.Entry.Next,
            e.Entry.Sends,
        },
        Effect.ExchangeFailed e => new
        {
            At = at,
            What = "exchange failed",
            Exchange = $"{e.Exchange}",
            e.Kind,
            Reason = e.Why,
        },
        _ => OfMessages(at, effect) ?? OfSas(at, effect),
    };

    /// <summary>What was sent, and what became of what came.</summary>
    private static object? OfMessages(long at, Effect effect) => effect switch
    {
        Effect.Send e => new
        {
            At = at,
            What = e.IsResend ? "sent again" : "sent",
            Exchange = Name(e),
            From = $"{e.Local}",
            To = $"{e.Remote}",
            Octets = e.Datagram.Length,
        },
        Effect.Rejected e => new
        {
            At = at,
            What = "rejected",
            Exchange = $"{e.Exchange}",
            e.Why.Kind,
            e.Why.Clause,
            Notify = e.Why.Notify is { } n ? RegistryWords.Of(n) : null,
            e.Why.Reason,
            Field = e.Why is Rejection.BadSyntax { Fault: var fault }
                ? new { Payload = (byte)fault.Payload, Name = fault.Field, fault.Offset }
                : null,
        },
        Effect.Noted e => new
        {
            At = at,
            What = "notified",
            Exchange = $"{e.Exchange}",
            Notify = RegistryWords.Of(e.Type),
            e.Authenticated,
        },
        Effect.FragmentKept e => new
        {
            At = at,
            What = "fragment",
            Exchange = $"{e.Exchange}",
            e.Number,
            e.Held,
        },
        _ => null,
    };

    /// <summary>What becomes of SAs and of the peer.</summary>
    private static object? OfSas(long at, Effect effect) => effect switch
    {
        Effect.IsakmpEstablished e => new
        {
            At = at,
            What = "isakmp sa up",
            Exchange = $"{e.Phase1.Name}",
            e.Connection,
            Suite = e.Phase1.Suite!.Name,
            e.Phase1.Suite.LifeSeconds,
            Peer = $"{e.Phase1.Remote}",
        },
        Effect.IsakmpDeleted e => new
        {
            At = at,
            What = "isakmp sa gone",
            Exchange = $"{new ExchangeName(e.CKY_I, e.CKY_R, 0)}",
            Reason = e.Why,
        },
        Effect.XauthEnded e => new { At = at, What = "xauth", e.Connection, e.Passed },
        Effect.Configured e => new { At = at, What = "mode config", e.Connection, Address = $"{e.Configuration.Address}", e.ByUs },
        Effect.GroupAgreed e => new { At = at, What = "group agreed", Exchange = $"{e.Exchange}", Group = e.Number },
        Effect.PeerMoved e => new { At = at, What = "peer moved", e.Connection, From = $"{e.From}", To = $"{e.To}" },
        Effect.PeerDied e => new { At = at, What = "peer dead", e.Connection, Peer = $"{e.Remote}" },
        Effect.Keepalive e => new { At = at, What = "keepalive", From = $"{e.Local}", To = $"{e.Remote}" },
        Effect.PairEstablished e => Pair(at, "ipsec pair up", e.Pair, e.Replaces, null),
        Effect.PairDeleted e => Pair(at, "ipsec pair gone", e.Pair, null, e.Why),
        _ => null,
    };

    private static object Pair(long at, string what, IpsecPair pair, uint? replaces, string? reason) => new
    {
        At = at,
        What = what,
        Exchange = $"{pair.Exchange}",
        pair.Connection,
        pair.Child,
        SpiIn = $"{pair.Spi:x8}",
        SpiOut = $"{pair.PeerSpi:x8}",
        Suite = pair.Suite.Name,
        Mode = RegistryWords.Of(pair.Suite.Mode),
        pair.Suite.LifeSeconds,
        Own = $"{pair.Own}",
        Peer = $"{pair.Peer}",
        Replaces = replaces is { } r ? $"{r:x8}" : null,
        Reason = reason,
    };

    private static string? Name(Effect.Send send)
        => Wire.Header.TryRead(send.Datagram.Span, out var h, out _)
            ? $"{new ExchangeName(h.InitiatorCookie, h.ResponderCookie, h.MessageId)}" : null;
}
