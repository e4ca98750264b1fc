using RefIke.Wire;

namespace RefIke.Vectors.Negative.Cases;

/// <summary>
/// What is wrong with the encryption of a message, and with the payloads under it: ciphertext altered, cut, of another
/// IV, and
/// malformed chains under the right key (RFC 2409 App. B, RFC 2408 §3.2).
/// </summary>
internal static class SealedCases
{
    /// <summary>Without the keys: the ciphertext is not what the peer made.</summary>
    public static IEnumerable<Trial> Outside(Scene scene)
    {
        var due = scene.Due;
        var body = due.Length - Header.Size;
        for (var at = 0; at < body; at += 16)
        {
            yield return new Trial($"ciphertext-{at}", $"The ciphertext has a bit of octet {at} changed.",
                "Undecodable|HashMismatch|WrongPayloads|SignatureRefused|WrongIdentity",
                Chain.Patched(due, Header.Size + at,
                    (byte)(due.Span[Header.Size + at] ^ 0x40)))
            { Flags = ["ciphertext"] };
        }

        foreach (var length in new[] { 0, 1, 8, 15, 16, 17, body - 16, body - 8, body - 1 }.Distinct().Where(l =>
            l >= 0 && l < body))
        {
            yield return new Trial($"ciphertext-cut-to-{length}",
                $"{length} octets of ciphertext, Length right for them.",
                "Undecodable|HashMismatch|WrongPayloads|BadSyntax",
                Chain.Join(due, due.Span[16], due.Span.Slice(Header.Size, length)))
            {
                Flags = ["ciphertext"],
            };
        }

        yield return new Trial("ciphertext-256-more",
            "256 octets behind the ciphertext, Length right for them: more than any padding.", "Undecodable",
            Chain.Join(due, due.Span[16], [.. due.Span[Header.Size..], .. new byte[256]]))
        { Flags = ["ciphertext"] };
        yield return new Trial("ciphertext-zeros", "The ciphertext is zeros.", "Undecodable|HashMismatch|WrongPayloads",
            Chain.Join(due, due.Span[16], new byte[body]))
        { Flags = ["ciphertext"] };
        if (body >= 32)
        {
            yield return new Trial("ciphertext-blocks-swapped",
                "The first two blocks of the ciphertext are the other way round.",
                "Undecodable|HashMismatch|WrongPayloads",
                Chain.Join(due, due.Span[16], [.. due.Span.Slice(44, 16), .. due.Span.Slice(28, 16),
                    .. due.Span[60..]]))
            { Flags = ["ciphertext"] };
        }

        foreach (var first in new byte[] { 0, 1, 2, 3, 13, 19, 255 }.Where(f => f != due.Span[16]))
        {
            yield return new Trial($"first-payload-{first}",
                $"The header says that payload {first} comes first under the encryption.",
                "Undecodable|HashMismatch|WrongPayloads|BadSyntax",
                Chain.Patched(due, 16, first))
            { Flags = ["ciphertext"] };
        }
    }

    /// <summary>With the keys: each generic header of the chain wrong, HASH as it was.</summary>
    public static IEnumerable<Trial> Inside(Scene scene)
    {
        var (due, insider) = (scene.Due, scene.Insider);
        var payloads = insider.Open(due);
        var clear = Chain.Write(payloads);
        var at = 0;
        foreach (var (payload, n) in payloads.Select((p, n) => (p, n)))
        {
            var name = $"{(PayloadType)payload.Type}";
            var (place, length) = ($"{n}-{name}", payload.Body.Length + 4);
            foreach (var (id, value) in new (string, int)[] { ("0", 0), ("3", 3), ("one-less", length - 1),
                ("one-more", length + 1), ("most", 65535) })
            {
                yield return Of($"{place}.length-{id}",
                    $"Payload Length of {name} is {value} where {length} is right, under the encryption.",
                    at + 2, Chain.Two(value));
            }

            yield return Of($"{place}.reserved", $"RESERVED of {name} is not zero, under the encryption.", at + 1, [1]);
            foreach (var next in new byte[] { 2, 3, 19 })
            {
                yield return Of($"{place}.next-payload-{next}",
                    $"Next Payload of {name} is {next}, under the encryption.", at, [next]);
            }

            at += length;
        }

        yield return new Trial("padding-256", "256 octets of padding.", "Undecodable",
            insider.SealOctets(due, due.Span[16], [.. clear, .. new byte[256 + 15]]))
        { Flags = ["ciphertext"] };

        Trial Of(string id, string comment, int place, byte[] octets)
        {
            var copy = (byte[])clear.Clone();
            octets.CopyTo(copy, place);
            return new Trial(id, comment, "Undecodable|HashMismatch|WrongPayloads|SignatureRefused",
                insider.SealOctets(due, due.Span[16], copy))
            { Flags = ["malformed"] };
        }
    }
}
