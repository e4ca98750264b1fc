using RefIke.Engine;
using RefIke.Wire;

namespace RefIke.Vectors.Negative.Cases;

/// <summary>
/// Honest datagrams at the wrong time: again, too early, back to who sent them, or of another SA (RFC 2408 §2.5.3,
/// §3.1, §5.1).
/// </summary>
internal static class ReplayCases
{
    /// <summary>Each datagram that the endpoint has received comes again.</summary>
    public static IEnumerable<Trial> Again(Scene scene, string kinds)
    {
        var received = scene.Subject.Past.Where(o => o.What == "received").Select(o => o.Datagram!.Value).ToArray();
        for (var n = 0; n < received.Length; n++)
        {
            var newest = n == received.Length - 1;
            yield return new Trial($"again-{n + 1}", $"Datagram {n + 1} of those that it has received comes again.",
                kinds, received[n])
            {
                Flags = ["replay"],
                State = scene.Exchange is not "MainMode" ? Any : newest ? Outcome.Counted : Outcome.Unchanged,
            };
        }
    }

    /// <summary>After the end of everything each datagram comes again, and the SAs stand.</summary>
    public static IEnumerable<Trial> AfterTheEnd(Scene scene, string kinds)
    {
        var received = scene.Subject.Past.Where(o => o.What == "received").Select(o => o.Datagram!.Value).ToArray();
        return received.Select((d, n) => new Trial($"again-{n + 1}",
            $"Datagram {n + 1} of those that it has received comes again.", kinds, d)
        {
            Flags = ["replay"],
            State = Any,
        });
    }

    /// <summary>Each datagram that the endpoint has sent comes back to it.</summary>
    public static IEnumerable<Trial> Reflected(Scene scene, string kinds)
    {
        var sent = scene.Subject.Past.Where(o => o.What == "sent").Select(o => o.Datagram!.Value).ToArray();
        return sent.Select((d, n) => new Trial($"back-{n + 1}",
            $"Datagram {n + 1} of those that it has sent comes back.", kinds, d)
        { Flags = ["reflection"] });
    }

    /// <summary>Messages of exchanges that need an ISAKMP SA, before there is one.</summary>
    public static IEnumerable<Trial> Early(Scene scene)
    {
        foreach (var (type, kinds) in new[]
        {
            (ExchangeType.QuickMode, "Unexpected|Early"),
            (ExchangeType.NewGroupMode, "Unexpected"),
            (ExchangeType.Transaction, "WrongExchangeType"),
            (ExchangeType.Informational, "WrongProtection"),
        })
        {
            yield return new Trial($"early-{type}", $"{type} before phase 1 has ended.", kinds, Bare(scene, type))
            {
                Flags = ["place"],
                State = scene.Id is "main-psk-6" or "aggressive-psk-3" && type == ExchangeType.QuickMode
                    ? Outcome.Counted : Outcome.Unchanged,
            };
        }
    }

    /// <summary>Messages of every exchange with cookies that are nobody's.</summary>
    public static IEnumerable<Trial> OfNobody(Scene scene)
    {
        foreach (var type in new[] { ExchangeType.MainMode, ExchangeType.Aggressive, ExchangeType.QuickMode,
            ExchangeType.NewGroupMode, ExchangeType.Informational, ExchangeType.Transaction })
        {
            var octets = Chain.Patched(Bare(scene, type), 0, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16]);
            yield return new Trial($"of-nobody-{type}", $"{type} with cookies that are nobody's.", "UnknownSa",
                octets)
            { Flags = ["place"], Notify = NotifyType.InvalidCookie };
        }

        yield return new Trial("of-nobody-clear-informational",
            "A clear Informational with a cookie that is nobody's, as an answer to a message 1 would be.", "UnknownSa",
            Chain.Join(
            Chain.Patched(Bare(scene, ExchangeType.Informational), 0,
                [1, 2, 3, 4, 5, 6, 7, 8, 0, 0, 0, 0, 0, 0, 0, 0, 11, 0x10, 5, 0]), 11,
            Chain.Write([new RawPayload(11, (byte[])[0, 0, 0, 1, 1, 0, 0, 14])])))
        {
            Flags = ["place"],
            Notify = NotifyType.InvalidCookie
        };
    }

    /// <summary>The state is not demanded in advance: a copy may be counted or not.</summary>
    public const string Any = "unchanged|counted";

    private static Octets Bare(Scene scene, ExchangeType type)
    {
        var p = scene.Subject.State.Isakmp.Values.First().Phase1;
        var octets = new byte[Header.Size];
        new Header(p.CKY_I, p.CKY_R, PayloadType.Hash, 0x10, type, HeaderFlags.Encryption, 0x01020304,
            Header.Size).Write(octets);
        return Chain.Join(octets, (byte)PayloadType.Hash, new byte[32]);
    }
}
