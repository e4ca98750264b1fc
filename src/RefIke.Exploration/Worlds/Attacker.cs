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

    /// <summary>Where he is himself.</summary>
    private static readonly IPEndPoint Elsewhere = new(new IPAddress([198, 51, 100, 66]), 4500);

    private static readonly ImmutableArray<NotifyType> Clear =
        [NotifyType.InvalidCookie, NotifyType.NoProposalChosen, NotifyType.PayloadMalformed, NotifyType.InitialContact];

    private static readonly ImmutableArray<ExchangeType> Types =
        [ExchangeType.MainMode, ExchangeType.Aggressive, ExchangeType.QuickMode, ExchangeType.Informational];

    /// <summary>The ways that take two datagrams.</summary>
    public const Attacks OfPairs = Attacks.Splice | Attacks.CrossSession;

    /// <summary>The same datagram to another place, or from one.</summary>
    private static IEnumerable<(string, Effect.Send)> AsItIs(Attacks ways, Effect.Send seen, ImmutableArray<IPEndPoint> endpoints)
    {
        if (ways.HasFlag(Attacks.Reflect))
        {
            yield return ("reflected", seen with { Local = seen.Remote, Remote = seen.Local });
        }

        if (ways.HasFlag(Attacks.Move))
        {
            yield return ("from elsewhere", seen with { Local = Elsewhere });
        }

        if (ways.HasFlag(Attacks.Redirect))
        {
            foreach (var other in endpoints.Where(e => !e.Address.Equals(seen.Remote.Address) && !e.Address.Equals(seen.Local.Address)))
            {
                yield return ("redirected", seen with { Remote = other });
            }
        }
    }

    /// <summary>What he can make of one datagram, always in the same order.</summary>
    /// <param name="spent">How often he has acted.</param>
    public static IEnumerable<(string Words, Effect.Send Datagram)> OfOne(
        Attacks ways, Effect.Send seen, int spent, ImmutableArray<IPEndPoint> endpoints)
    {
        if (!Header.TryRead(seen.Datagram.Span, out var header, out _))
        {
            yield break;
        }

        foreach (var again in AsItIs(ways, seen, endpoints))
        {
            yield return again;
        }

        if (ways.HasFlag(Attacks.Forge))
        {
            foreach (var forged in Forged(seen, header))
            {
                yield return forged;
            }
        }

        var isPhase1 = header.ExchangeType is ExchangeType.MainMode or ExchangeType.Aggressive;
        if (ways.HasFlag(Attacks.Flood) && header.ResponderCookie.IsZero && isPhase1)
        {
            Octets first = WithHeader(seen.Datagram, header with { InitiatorCookie = new Cookie(FreshCookie + (ulong)spent) });
            yield return ("flood", seen with { Datagram = first });
            yield return ("flood from nowhere", seen with { Local = Nobody(spent), Datagram = first });
        }

        if (ways.HasFlag(Attacks.Readdress) && isPhase1)
        {
            foreach (var other in endpoints.Where(e => !e.Address.Equals(seen.Remote.Address) && !e.Address.Equals(seen.Local.Address)))
            {
                yield return ("from another address", seen with { Local = other });
            }
        }

        if (ways.HasFlag(Attacks.Impersonate) && isPhase1 && !header.IsEncrypted && !header.ResponderCookie.IsZero
            && header.NextPayload == PayloadType.SecurityAssociation)
        {
            yield return ("forged message 2", seen with { Datagram = WithHeader(seen.Datagram, header with { ResponderCookie = new Cookie(FreshCookie + (ulong)spent) }) });
        }

        if (ways.HasFlag(Attacks.Relabel))
        {
            foreach (var type in Types.Where(t => t != header.ExchangeType))
            {
                yield return ($"as {type}", seen with { Datagram = WithHeader(seen.Datagram, header with { ExchangeType = type }) });
            }
        }
    }

    private static IPEndPoint Nobody(int number) => new(new IPAddress([203, 0, 113, (byte)(number + 1)]), 500);

    /// <summary>What he can make of two, always in the same order.</summary>
    public static IEnumerable<(string Words, Effect.Send Datagram)> OfTwo(Attacks ways, Effect.Send one, Effect.Send other)
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
            octets[n] = unchecked((byte)((n * 167) ^ 0x5a));
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
