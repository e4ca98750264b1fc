using RefIke.Wire;

namespace RefIke.Vectors.Negative.Cases;

/// <summary>What is refused because a table is full (RFC 2408 §1.7.1, §2.5.3).</summary>
internal static class LimitCases
{
    /// <summary>Message 1, where nothing more is taken.</summary>
    public static IEnumerable<Trial> HalfOpen(Scene scene)
    {
        yield return Of("first", "The first message 1.", scene.Due);
        yield return Of("other-cookie", "Message 1 with another cookie.", Chain.Patched(scene.Due, 0, 9, 9, 9, 9));
    }

    /// <summary>The second message 1, where one exchange at a time is taken.</summary>
    public static IEnumerable<Trial> Second(Scene scene)
    {
        yield return Of("second", "A second message 1 with another cookie.",
            Chain.Patched(First(scene), 0, 9, 9, 9, 9));
        yield return Of("third", "Two further message 1.", Chain.Patched(First(scene), 0, 9, 9, 9, 9),
            Chain.Patched(First(scene), 0, 8, 8, 8, 8));
    }

    /// <summary>Public values beyond the number that is refused one by one.</summary>
    public static IEnumerable<Trial> RefusedKeys(Scene scene)
    {
        Octets Bad(byte last) => Chain.Clear(scene.Due, p => p
            .Select(x => x.Type == 4 ? x.With([.. new byte[x.Body.Length - 1], last]) : x));
        yield return Of("third-key", "Three bad public values, of which two are looked at.", Bad(0), Bad(1),
            Bad(0)) with
        { State = Outcome.Counted };
        yield return Of("good-key", "Two bad public values and a good one.", Bad(0), Bad(1),
            scene.Due) with
        { State = Outcome.Counted };
    }

    /// <summary>A first message under an ISAKMP SA that takes no further exchange.</summary>
    public static IEnumerable<Trial> Exchange(Scene scene, ExchangeType type, params RawPayload[] body)
    {
        yield return Of($"one-more-{type}", $"One {type} more than is taken.",
            scene.Insider.First(type, 0x0a0b0c0d, body));
    }

    private static Octets First(Scene scene) => scene.Subject.Past.First(o => o.What == "received").Datagram!.Value;

    private static Trial Of(string id, string comment, params Octets[] datagrams) =>
        new(id, comment, "LimitReached", [.. datagrams]) { Flags = ["limit"] };
}
