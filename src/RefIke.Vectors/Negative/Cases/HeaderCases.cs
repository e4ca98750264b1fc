using RefIke.Wire;

namespace RefIke.Vectors.Negative.Cases;

/// <summary>Each field of the ISAKMP header wrong, in front of an honest message (RFC 2408 §3.1, §5.2).</summary>
internal static class HeaderCases
{
    public static IEnumerable<Trial> Of(Scene scene)
        => [.. Numbers(scene), .. Lengths(scene), .. Cut(scene), .. Types(scene), .. Places(scene)];

    private static IEnumerable<Trial> Numbers(Scene scene)
    {
        var due = scene.Due;
        yield return Bad("cookie-i-zero", "The initiator's cookie is zero.", "Initiator Cookie",
            NotifyType.InvalidCookie,
            Chain.Patched(due, 0, new byte[8]));
        foreach (var version in new byte[] { 0x00, 0x20, 0xf0 })
        {
            yield return Bad($"major-version-{version >> 4}", $"Major version {version >> 4}.", "Major Version",
                NotifyType.InvalidMajorVersion, Chain.Patched(due, 17, version));
        }

        foreach (var version in new byte[] { 0x11, 0x1f })
        {
            yield return Bad($"minor-version-{version & 15}", $"Minor version {version & 15}.", "Minor Version",
                NotifyType.InvalidMinorVersion, Chain.Patched(due, 17, version));
        }

        for (var bit = 3; bit < 8; bit++)
        {
            yield return Bad($"reserved-flag-{bit}", $"The reserved flag {1 << bit:x2} is set.", "Flags",
                NotifyType.InvalidFlags,
                Chain.Patched(due, 19, (byte)(due.Span[19] | (1 << bit))));
        }
    }

    private static IEnumerable<Trial> Lengths(Scene scene)
    {
        var due = scene.Due;
        var length = due.Length;
        foreach (var (id, value, words) in new (string, uint, string)[]
        {
            ("0", 0, "Length is 0."),
            ("27", 27, "Length is one less than a header's."),
            ("one-more", (uint)length + 1, "Length says one octet more than came."),
            ("most", uint.MaxValue, "Length says 4 GiB."),
        })
        {
            yield return Bad($"length-{id}", words, "Length", NotifyType.UnequalPayloadLengths,
                Chain.Patched(due, 24, Chain.Four(value)));
        }

        yield return new Trial("length-one-less", "Length says one octet less than came.", "BadSyntax|Undecodable",
            Chain.Patched(due, 24, Chain.Four((uint)length - 1)))
        { Flags = ["malformed"] };
        yield return Bad("octet-after", "An octet follows the message.", "Length", NotifyType.UnequalPayloadLengths,
            (byte[])[.. due.Span, 1]);
    }

    private static IEnumerable<Trial> Cut(Scene scene)
    {
        foreach (var length in new[] { 0, 1, 8, 16, 17, 24, 27 })
        {
            yield return Bad($"cut-to-{length}", $"{length} octets of the datagram came.", "Length",
                NotifyType.UnequalPayloadLengths, scene.Due.ToArray()[..length]);
        }

        yield return Bad("cut-by-1", "The last octet did not come.", "Length", NotifyType.UnequalPayloadLengths,
            scene.Due.ToArray()[..^1]);
        yield return new Trial("header-alone", "A header with its right Length, and no payload.",
            "BadSyntax|Undecodable|WrongProtection|NothingAcceptable",
            Chain.Join(scene.Due, scene.Due.Span[16], []))
        { Flags = ["malformed"] };
    }

    private static IEnumerable<Trial> Types(Scene scene)
    {
        var due = scene.Due;
        foreach (var type in new byte[] { 0, 1, 3, 7, 31, 34, 240, 255 })
        {
            yield return new Trial($"exchange-type-{type}", $"Exchange type {type}.", "WrongExchangeType",
                Chain.Patched(due, 18, type))
            {
                Flags = ["place"],
                Notify = NotifyType.UnsupportedExchangeType,
            };
        }

        if (!Insider.IsEncrypted(due))
        {
            foreach (var type in new byte[] { 0, 2, 3, 15, 16, 19, 22, 127 })
            {
                yield return new Trial($"next-payload-{type}", $"Next Payload is {type}.",
                    "BadSyntax|WrongPayloads|NothingAcceptable", Chain.Patched(due, 16, type))
                {
                    Flags = ["malformed"],
                };
            }
        }
    }

    private static IEnumerable<Trial> Places(Scene scene)
    {
        var due = scene.Due;
        var first = due.Span[8..16].IndexOfAnyExcept((byte)0) < 0;
        if (scene.Awaits != "message 2" || scene.Exchange == "QuickMode")     // which brings the responder's cookie
        {
            yield return OfNoSa("cookie-r-other", "The responder's cookie is not of this exchange.",
                Chain.Patched(due, 8, (byte)(due.Span[8] ^ 0x5a)));
        }

        if (!first)
        {
            yield return OfNoSa("cookie-i-other", "The initiator's cookie is not of this exchange.",
                Chain.Patched(due, 0, (byte)(due.Span[0] ^ 0x5a)));
            yield return OfNoSa("cookies-swapped", "The cookies are the other way round.",
                Chain.Patched(due, 0, [.. due.Span[8..16], .. due.Span[..8]]));
        }

        yield return new Trial("encryption-flag", "The Encryption flag is the other way round.",
            "WrongProtection|Undecodable|BadSyntax|NothingAcceptable",
            Chain.Patched(due, 19, (byte)(due.Span[19] ^ 1)))
        { Flags = ["place"] };
        if (scene.Exchange != "QuickMode")     // an authenticated peer may move
        {
            yield return new Trial("from-elsewhere", "It comes from an address that is not the peer's.",
                "UnknownSa|NoPolicy", due)
            {
                Flags = ["place"],
                From = 9,
            };
        }

        if (due.Span[20..24].IndexOfAnyExcept((byte)0) < 0)
        {
            yield return new Trial("message-id-1", "A message id in phase 1.", "BadMessageId",
                Chain.Patched(due, 23, 1))
            {
                Flags = ["place"],
                Notify = NotifyType.InvalidMessageId,
            };
        }
        else
        {
            yield return new Trial("message-id-0", "No message id after phase 1.", "BadMessageId",
                Chain.Patched(due, 20, 0, 0, 0, 0))
            {
                Flags = ["place"],
                Notify = NotifyType.InvalidMessageId,
            };
        }
    }

    private static Trial OfNoSa(string id, string comment, Octets datagram)
        => new(id, comment, "UnknownSa", datagram) { Flags = ["place"], Notify = NotifyType.InvalidCookie };

    private static Trial Bad(string id, string comment, string field, NotifyType notify, Octets datagram)
        => new(id, comment, "BadSyntax", datagram) { Flags = ["malformed"], Field = field, Notify = notify };
}
