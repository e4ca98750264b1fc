using RefIke.Wire;

namespace RefIke.Vectors.Negative.Cases;

/// <summary>Fragments that are of no message ([MS-IKEE] §2.2).</summary>
internal static class FragmentCases
{
    /// <summary>Before the first fragment of message 3.</summary>
    public static IEnumerable<Trial> Of(Scene scene)
    {
        var parts = scene.Stage.Flying.Where(f => scene.Stage.To(f) == scene.Subject).Select(f => f.Datagram).ToArray();
        var first = Chain.Of(parts[0])[0].Body.ToArray();
        Octets With(params byte[] body) => Chain.Join(parts[0], 132, Chain.Write([new RawPayload(132, body)]));
        yield return Of("number-0", "The number of the fragment is 0.", "BadFragment",
            With([.. first[..2], 0, .. first[3..]]));
        yield return Of("number-255", "The number of the fragment is 255.", "BadFragment",
            With([.. first[..2], 255, .. first[3..]]));
        yield return Of("empty", "The fragment has no data.", "BadFragment", With(first[..4]));
        yield return Of("cut", "The fragment lacks its flags.", "BadSyntax", With(first[..3]));
        yield return Of("and-nonce", "A nonce stands behind the fragment.", "WrongPayloads",
            Chain.Join(parts[0], 132, Chain.Write([new(132, first), new(10, new byte[16])])));
        yield return Of("whole-of-zeros", "The only fragment holds zeros.", "BadFragment|BadSyntax",
            With([.. first[..2], 1, 1, .. new byte[60]]));
        yield return Of("whole-of-header", "The only fragment holds a header cut short.", "BadFragment|BadSyntax",
            With([.. first[..2], 1, 1, .. first[4..20]]));
        yield return Of("fragment-in-fragment", "The only fragment holds a fragment.", "BadFragment",
            With([.. first[..2], 1, 1, .. parts[0].Span]));
        yield return Of("other-cookies", "The only fragment holds a message of other cookies.", "BadFragment",
            With([.. first[..2], 1, 1, .. Chain.Patched(Whole(parts), 0, [9, 9, 9, 9, 9, 9, 9, 9]).Span]));
        yield return Of("twice-different", "The first fragment comes twice, and is another the second time.",
            "BadFragment", parts[0],
            With([.. first[..4], .. new byte[first.Length - 4]])) with
        { State = Outcome.Counted };
        yield return Of("behind-the-last", "A fragment with a higher number than the last.", "BadFragment", parts[^1],
            With([.. first[..2], 9, 0, .. first[4..]])) with
        { State = Outcome.Counted };
        yield return Of("two-last", "Two fragments are the last.", "BadFragment",
            With([.. first[..2], 2, 1, .. first[4..]]),
            With([.. first[..2], 3, 1, .. first[4..]])) with
        { State = Outcome.Counted };
        yield return Of("last-before", "The last fragment has a lower number than one before.", "BadFragment",
            With([.. first[..2], 5, 0, .. first[4..]]),
            With([.. first[..2], 2, 1, .. first[4..]])) with
        { State = Outcome.Counted };
    }

    /// <summary>More fragments, or longer ones, than policy takes.</summary>
    public static IEnumerable<Trial> Limits(Scene scene, string id, string words)
    {
        var parts = scene.Stage.Flying.Where(f => scene.Stage.To(f) == scene.Subject).Select(f => f.Datagram).ToArray();
        yield return Of(id, words, "BadFragment|LimitReached", [.. parts]) with
        {
            Flags = ["limit"],
            State = Outcome.Counted
        };
    }

    private static Octets Whole(Octets[] parts) => parts.SelectMany(p => Chain.Of(p)[0].Body.ToArray()[4..]).ToArray();

    private static Trial Of(string id, string comment, string kind, params Octets[] datagrams) =>
        new(id, comment, kind, [.. datagrams]) { Flags = ["fragments"], State = ReplayCases.Any };
}
