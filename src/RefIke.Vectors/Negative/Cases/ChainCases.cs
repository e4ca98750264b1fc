using RefIke.Wire;

namespace RefIke.Vectors.Negative.Cases;

/// <summary>
/// Each generic header of a clear message wrong (RFC 2408 §3.2, §5.3), and each payload left out, doubled or in the
/// company of one
/// that has no place there (RFC 2409 §5).
/// </summary>
internal static class ChainCases
{
    /// <summary>Payload Length, RESERVED and Next Payload of each payload of the honest message.</summary>
    public static IEnumerable<Trial> Headers(Scene scene)
    {
        var due = scene.Due;
        var at = Header.Size;
        foreach (var (payload, n) in Chain.Of(due).Select((p, n) => (p, n)))
        {
            var name = $"{(PayloadType)payload.Type}";
            var (place, length) = ($"{n}-{name}", payload.Body.Length + 4);
            foreach (var (id, value) in new (string, int)[] { ("0", 0), ("3", 3), ("one-less", length - 1),
                ("one-more", length + 1), ("most", 65535) })
            {
                yield return new Trial($"{place}.length-{id}",
                    $"Payload Length of {name} is {value} where {length} is right.",
                    "BadSyntax|WrongPayloads|NothingAcceptable",
                    Chain.Patched(due, at + 2, Chain.Two(value)))
                { Flags = ["malformed"] };
            }

            yield return new Trial($"{place}.reserved", $"RESERVED of {name} is not zero.", "BadSyntax",
                Chain.Patched(due, at + 1, 1))
            {
                Flags = ["malformed"],
                Field = "RESERVED",
            };
            foreach (var next in new byte[] { 2, 3, 19 })
            {
                yield return new Trial($"{place}.next-payload-{next}", $"Next Payload of {name} is {next}.",
                    "BadSyntax", Chain.Patched(due, at, next))
                {
                    Flags = ["malformed"],
                };
            }

            at += length;
        }
    }

    /// <summary>The payloads of a message that are not those of its drawing.</summary>
    public static IEnumerable<Trial> Sets(Scene scene)
    {
        var due = scene.Due;
        var encrypted = Insider.IsEncrypted(due);
        var payloads = encrypted ? scene.Insider.Open(due) : Chain.Of(due);
        Trial Of(string id, string comment, params IEnumerable<RawPayload> other) => new(
            id, comment, "WrongPayloads|BadSyntax|NothingAcceptable|Undecodable|Unexpected|HashMismatch",
            encrypted ? scene.Insider.Seal(due, [.. other]) : Chain.Clear(due, _ => other))
        { Flags = ["payloads"] };
        var isHash3 = scene is { Exchange: "QuickMode", Role: "responder" }
            && payloads.Length == 1;     // what follows HASH(3) is passed over (D-131)
        for (var n = 0; n < payloads.Length && !isHash3; n++)
        {
            var (payload, rest) = (payloads[n], payloads.RemoveAt(n));
            var name = $"{n}-{(PayloadType)payload.Type}";
            if (IsFree(payload.Type))
            {
                continue;
            }

            if (rest.Length > 0)
            {
                yield return Of($"without-{name}", $"Without its {(PayloadType)payload.Type}.", rest);
            }

            yield return Of($"twice-{name}", $"With its {(PayloadType)payload.Type} twice.",
                payloads.Insert(n, payload));
        }

        if (isHash3)
        {
            yield return Of("sa-before-hash", "An SA stands before HASH.",
                [new RawPayload(1, (byte[])[0, 0, 0, 1, 0, 0, 0, 1, .. Chain.Two(0), .. Chain.Two(8)]), .. payloads]);
            yield return Of("nonce-instead", "A nonce stands in the place of HASH.", new RawPayload(10, new byte[16]));
        }

        RawPayload[] foreign =
        [
            new(12, (byte[])[0, 0, 0, 1, 3, 4, 0, 1, 1, 2, 3, 4]), new(9, new byte[16]), new(10, new byte[16]),
            new(14, (byte[])[1, 0, 0, 1]), new(4, new byte[128]), new(8, new byte[20]), new(5, (byte[])[1, 0, 0, 0, 10, 77, 0, 1]),
        ];
        foreach (var payload in foreign.Where(f => !isHash3 && payloads.All(p => p.Type != f.Type)))
        {
            var mayNameKey = scene.Role == "responder" && scene.Id.Contains("rsa-", StringComparison.Ordinal);
            if ((scene.Exchange == "QuickMode" && payload.Type is 4) || (payload.Type is 8 && mayNameKey))
            {
                continue;     // KE asks for PFS; HASH(1) names the responder's key (RFC 2409 §5.2, §5.3)
            }

            yield return Of($"with-{(PayloadType)payload.Type}", $"With a {(PayloadType)payload.Type} besides.",
                payloads.Add(payload));
        }
    }

    /// <summary>What may stand in any message.</summary>
    private static bool IsFree(byte type)
        => (PayloadType)type is PayloadType.VendorId or PayloadType.Notification or PayloadType.Certificate
            or PayloadType.CertificateRequest or PayloadType.NatDiscovery || type >= 128;
}
