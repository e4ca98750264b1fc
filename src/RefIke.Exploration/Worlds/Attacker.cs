using System.Collections.Immutable;
using System.Net;
using RefIke.Engine;
using RefIke.Exploration.Scenarios;
using RefIke.Wire;

namespace RefIke.Exploration.Worlds;

/// <summary>
/// What somebody on the network can make of what he has seen. He has no key: what is protected he can only send elsewhere, or write
/// as noise.
/// </summary>
internal static class Attacker
{
    /// <summary>Cookies and addresses that floods use, one after the other.</summary>
    private const ulong FreshCookie = 0xf100d000_00000000;

    private static readonly ImmutableArray<NotifyType> Clear =
        [NotifyType.InvalidCookie, NotifyType.NoProposalChosen, NotifyType.PayloadMalformed, NotifyType.InitialContact];

    /// <summary>Every datagram that he could send next, always in the same order.</summary>
    /// <param name="seen">What he has seen, each once.</param>
    /// <param name="spent">How often he has acted.</param>
    public static IEnumerable<(string Words, Effect.Send Datagram)> Of(
        Attacks ways, IReadOnlyList<Effect.Send> seen, int spent, ImmutableArray<IPEndPoint> endpoints)
        => seen.SelectMany(s => OfOne(ways, s, spent, endpoints)).Concat(seen.SelectMany(s => seen.SelectMany(o => OfTwo(ways, s, o))));

    private static IEnumerable<(string, Effect.Send)> OfOne(Attacks ways, Effect.Send seen, int spent, ImmutableArray<IPEndPoint> endpoints)
    {
        if (!Header.TryRead(seen.Datagram.Span, out var header, out _))
        {
            yield break;
        }

        if (ways.HasFlag(Attacks.Reflect))
        {
            yield return ("reflected", seen with { Local = seen.Remote, Remote = seen.Local });
        }

        if (ways.HasFlag(Attacks.Redirect))
        {
            foreach (var other in endpoints.Where(e => !e.Address.Equals(seen.Remote.Address) && !e.Address.Equals(seen.Local.Address)))
            {
                yield return ("redirected", seen with { Remote = other });
            }
        }

        if (ways.HasFlag(Attacks.Forge))
        {
            foreach (var forged in Forged(seen, header))
            {
                yield return forged;
            }
        }

        if (ways.HasFlag(Attacks.Flood) && header.ResponderCookie.IsZero)
        {
            var cookie = new Cookie(FreshCookie + (ulong)spent);
            var nobody = new IPEndPoint(new IPAddress([203, 0, 113, (byte)(spent + 1)]), 500);
            yield return ("flood", seen with { Local = nobody, Datagram = WithHeader(seen.Datagram, header with { InitiatorCookie = cookie }) });
        }
    }

    private static IEnumerable<(string, Effect.Send)> OfTwo(Attacks ways, Effect.Send one, Effect.Send other)
    {
        if (ReferenceEquals(one, other) || !Header.TryRead(one.Datagram.Span, out var mine, out _)
            || !Header.TryRead(other.Datagram.Span, out var theirs, out _) || mine.ExchangeType != theirs.ExchangeType)
        {
            yield break;
        }

        if (ways.HasFlag(Attacks.CrossSession) && (mine.InitiatorCookie, mine.ResponderCookie) != (theirs.InitiatorCookie, theirs.ResponderCookie) && one.Local.Equals(other.Local))
        {
            yield return ("under other cookies", one with
            {
                Datagram = WithHeader(one.Datagram, mine with { InitiatorCookie = theirs.InitiatorCookie, ResponderCookie = theirs.ResponderCookie }),
            });
        }

        if (ways.HasFlag(Attacks.Splice) && !mine.IsEncrypted && !theirs.IsEncrypted
            && MessageReader.TryRead(one.Datagram.Memory, out var to, out _) && MessageReader.TryRead(other.Datagram.Memory, out var from, out _))
        {
            for (var n = 0; n < to!.Payloads.Length; n++)
            {
                if (from!.Payloads.FirstOrDefault(p => p.Type == to.Payloads[n].Type) is { } payload && !payload.Equals(to.Payloads[n]))
                {
                    yield return ($"spliced {payload.Type}", one with { Datagram = MessageWriter.Write(mine, to.Payloads.SetItem(n, payload)) });
                }
            }
        }
    }

    private static IEnumerable<(string, Effect.Send)> Forged(Effect.Send seen, Header header)
    {
        Octets cookies = seen.Datagram.Span[..16].ToArray();
        foreach (var type in Clear)
        {
            yield return ($"forged {type}", Informational(new NotificationPayload(Doi.Ipsec, Protocol.Isakmp, cookies, type, default)));
        }

        yield return ("forged Delete", Informational(new DeletePayload(Doi.Ipsec, Protocol.Isakmp, 16, [cookies])));
        yield return ("noise", seen with { Datagram = WithHeader(Noise(seen.Datagram), header with { Flags = header.Flags | HeaderFlags.Encryption }) });

        Effect.Send Informational(Payload payload) => seen with
        {
            Datagram = MessageWriter.Write(Header.Of(header.InitiatorCookie, header.ResponderCookie, ExchangeType.Informational, 1), [payload]),
        };
    }

    private static byte[] Noise(Octets datagram)
    {
        var octets = datagram.ToArray();
        for (var n = Header.Size; n < octets.Length; n++)
        {
            octets[n] = (byte)((n * 167) ^ 0x5a);
        }

        return octets;
    }

    private static byte[] WithHeader(Octets datagram, Header header)
    {
        var octets = datagram.ToArray();
        header.Write(octets);
        return octets;
    }
}
