using RefIke.Wire;

namespace RefIke.Vectors.Negative.Cases;

/// <summary>
/// Informational exchanges under an ISAKMP SA, each with a defect (RFC 2409 §5.7, RFC 2408 §5.14, §5.15).
/// </summary>
internal static class InformationalCases
{
    private const uint Id = 0x01020304;
    private static readonly RawPayload Notify = new(11, (byte[])[0, 0, 0, 1, 1, 0, 0, 14]);

    public static IEnumerable<Trial> Of(Scene scene)
        => [.. Proofs(scene), .. Clear(scene), .. Malformed(scene), .. Ids(scene)];

    /// <summary>Dead peer detection (RFC 3706 §5, §6).</summary>
    public static IEnumerable<Trial> DeadPeer(Scene scene)
    {
        var p = scene.Subject.State.Isakmp.Values.First().Phase1;
        RawPayload Of(ushort type, byte[] data) => new(11,
            (byte[])[0, 0, 0, 1, 1, 16, .. Chain.Two(type), .. p.Spi.Span, .. data]);
        foreach (var (name, type) in new (string, ushort)[] { ("question", 36136), ("answer", 36137) })
        {
            var clear = Chain.Join(Chain.Patched(scene.Insider.Bare(ExchangeType.Informational, Id), 19, 0), 11,
                Chain.Write([Of(type, [0, 0, 0, 1])]));
            yield return new Trial($"clear-{name}", $"The {name} of dead peer detection in clear.", "WrongProtection",
                clear)
            { Flags = ["place"] };
        }

        yield return new Trial("answer-unasked", "An answer where nothing was asked.", "BadSequence",
            scene.Insider.First(ExchangeType.Informational, Id, Of(36137, [0, 0, 0, 1])))
        {
            Flags = ["replay"],
            State = Outcome.Counted,
        };
        yield return new Trial("question-behind", "A question with a lower number than the one before.", "BadSequence",
            scene.Insider.First(ExchangeType.Informational, Id, Of(36136, [0, 0, 0, 9])),
            scene.Insider.First(ExchangeType.Informational, Id + 1, Of(36136, [0, 0, 0, 8])))
        {
            Flags = ["replay"],
            State = Outcome.Counted
        };
        foreach (var length in new[] { 0, 3, 5, 8 })
        {
            yield return new Trial($"question-of-{length}", $"A question whose number has {length} octets.",
                "BadSequence|BadSyntax|WrongPayloads",
                scene.Insider.First(ExchangeType.Informational, Id,
                    Of(36136, new byte[length])))
            { Flags = ["malformed"], State = Outcome.Counted };
        }
    }

    private static IEnumerable<Trial> Proofs(Scene scene)
    {
        RawPayload[] bodies =
        [
            Notify, new(12, (byte[])[0, 0, 0, 1, 1, 16, 0, 1,
                .. scene.Subject.State.Isakmp.Values.First().Phase1.Spi.Span]),
            new(12, (byte[])[0, 0, 0, 1, 3, 4, 0, 1, .. Chain.Four(scene.Subject.State.Pairs.Values.First().PeerSpi)]),
        ];
        string[] names = ["notify", "delete-isakmp", "delete-esp"];
        var bare = scene.Insider.Bare(ExchangeType.Informational, Id);
        for (var n = 0; n < bodies.Length; n++)
        {
            var good = scene.Insider.Open(scene.Insider.Hashed(bare, bodies[n]))[0].Body.ToArray();
            foreach (var (id, words, hash) in new (string, string, byte[])[]
            {
                ("bit", "a bit changed", [(byte)(good[0] ^ 1), .. good[1..]]),
                ("zeros", "zeros", new byte[good.Length]),
                ("empty", "no octets", []),
                ("cut", "its last octet missing", good[..^1]), ("longer", "a zero behind it", [.. good, 0]),
            })
            {
                yield return new Trial($"{names[n]}-hash-{id}", $"HASH(1) of a {names[n]} with {words}.",
                    "HashMismatch", scene.Insider.Seal(bare, new(8, hash), bodies[n]))
                {
                    Flags = ["hash"],
                    Notify = NotifyType.InvalidHashInformation,
                };
            }

            yield return new Trial($"{names[n]}-without-hash", $"A {names[n]} without HASH(1).", "WrongPayloads",
                scene.Insider.Seal(bare, bodies[n]))
            { Flags = ["payloads"] };
            yield return new Trial($"{names[n]}-hash-behind", $"A {names[n]} with HASH(1) behind it.", "WrongPayloads",
                scene.Insider.Seal(bare, bodies[n], new(8, good)))
            { Flags = ["payloads"] };
            yield return new Trial($"{names[n]}-hash-of-other-id",
                $"A {names[n]} with the HASH(1) of another message id.", "HashMismatch",
                scene.Insider.Seal(scene.Insider.Bare(ExchangeType.Informational, Id + 1), new(8, good),
                    bodies[n]))
            { Flags = ["hash"] };
            yield return new Trial($"{names[n]}-iv-of-other-id",
                $"A {names[n]} sent under another message id than it was made for.",
                "Undecodable|HashMismatch|WrongPayloads",
                Chain.Patched(scene.Insider.Hashed(bare, bodies[n]), 20, 9, 9, 9, 9))
            { Flags = ["ciphertext"] };
            yield return new Trial($"{names[n]}-twice", $"A {names[n]} comes twice.", "BadMessageId|UnknownSa",
                scene.Insider.Hashed(bare, bodies[n]), scene.Insider.Hashed(bare, bodies[n]))
            {
                Flags = ["replay"],
                State = n == 0 ? Outcome.Counted : Outcome.Ended,
            };
        }
    }

    private static IEnumerable<Trial> Clear(Scene scene)
    {
        var bare = Chain.Patched(scene.Insider.Bare(ExchangeType.Informational, Id), 19, 0);
        foreach (var type in new ushort[] { 14, 24, 11, 16384, 24578, 0, 8192, 40960 })
        {
            yield return new Trial($"clear-notify-{type}", $"A notify {type} in clear, though there are keys.",
                "WrongProtection|Unexpected",
                Chain.Join(bare, 11,
                    Chain.Write([new(11, (byte[])[0, 0, 0, 1, 1, 0, .. Chain.Two(type)])])))
            { Flags = ["place"] };
        }

        yield return new Trial("clear-delete-isakmp", "A Delete of the ISAKMP SA in clear.",
            "WrongProtection|Unexpected",
            Chain.Join(bare, 12,
                Chain.Write([new(12, (byte[])[0, 0, 0, 1, 1, 16, 0, 1,
                .. scene.Subject.State.Isakmp.Values.First().Phase1.Spi.Span])])))
        { Flags = ["place"] };
        yield return new Trial("clear-delete-esp", "A Delete of the IPsec SA in clear.", "WrongProtection|Unexpected",
            Chain.Join(bare, 12,
                Chain.Write([new(12, (byte[])[0, 0, 0, 1, 3, 4, 0, 1,
                .. Chain.Four(scene.Subject.State.Pairs.Values.First().PeerSpi)])])))
        { Flags = ["place"] };
        var hashed = scene.Insider.Open(scene.Insider.First(ExchangeType.Informational, Id, Notify));
        yield return new Trial("clear-with-hash", "HASH(1) and a notify, right but in clear.",
            "WrongProtection|Unexpected", Chain.Join(bare, 8, Chain.Write(hashed)))
        { Flags = ["place"] };
    }

    private static IEnumerable<Trial> Malformed(Scene scene)
    {
        var bare = scene.Insider.Bare(ExchangeType.Informational, Id);
        foreach (var (id, words, type, body) in new (string, string, byte, byte[])[]
        {
            ("notify-cut", "A notify without its type", 11, [0, 0, 0, 1, 1, 0, 0]),
            ("notify-spi", "A notify whose SPI runs over it", 11, [0, 0, 0, 1, 3, 5, 0, 14, 1, 2, 3, 4]),
            ("notify-isakmp-spi", "A notify with an ISAKMP SPI of 17 octets", 11,
                [0, 0, 0, 1, 1, 17, 0, 14, .. new byte[17]]),
            ("delete-cut", "A Delete without its count", 12, [0, 0, 0, 1, 3, 4, 0]),
            ("delete-no-spi", "A Delete with SPIs of no octets", 12, [0, 0, 0, 1, 3, 0, 255, 255]),
            ("delete-more", "A Delete that counts more SPIs than it has", 12, [0, 0, 0, 1, 3, 4, 0, 2, 1, 2, 3, 4]),
            ("delete-less", "A Delete that counts fewer SPIs than it has", 12,
                [0, 0, 0, 1, 3, 4, 0, 1, 1, 2, 3, 4, 5, 6, 7, 8]),
            ("delete-most", "A Delete that counts 65535 SPIs of 255 octets", 12,
                [0, 0, 0, 1, 3, 255, 255, 255, 1, 2, 3, 4]),
            ("id-cut", "An ID without its port", 5, [1, 0, 0]),
            ("nonce-short", "A nonce of 7 octets", 10, new byte[7]),
            ("nonce-long", "A nonce of 257 octets", 10, new byte[257]),
            ("sa-cut", "An SA without its situation", 1, [0, 0, 0, 1, 0, 0, 0]),
            ("attributes-cut", "Attributes without identifier", 14, [1, 0, 0]),
        })
        {
            yield return new Trial(id, $"{words}, HASH(1) right for it.", "Undecodable",
                scene.Insider.Hashed(bare, new RawPayload(type, body)))
            { Flags = ["malformed"] };
        }
    }

    private static IEnumerable<Trial> Ids(Scene scene)
    {
        yield return new Trial("message-id-0", "The message id is 0.", "BadMessageId",
            scene.Insider.First(ExchangeType.Informational, 0, Notify))
        { Flags = ["place"] };
        foreach (var id in scene.Subject.State.Isakmp.Values.First().MessageIds)
        {
            yield return new Trial("message-id-of-quick-mode", "The message id is that of the Quick Mode before.",
                "BadMessageId",
                scene.Insider.First(ExchangeType.Informational, id, Notify))
            {
                Flags = ["replay"],
                Notify = NotifyType.InvalidMessageId
            };
            break;
        }
    }
}
