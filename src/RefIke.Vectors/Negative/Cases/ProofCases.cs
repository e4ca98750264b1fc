using System.Collections.Immutable;
using RefIke.Wire;

namespace RefIke.Vectors.Negative.Cases;

/// <summary>HASH and SIG payloads that do not prove what they should (RFC 2409 §5, RFC 2408 §5.11, §5.12).</summary>
internal static class ProofCases
{
    /// <summary>HASH_I, HASH_R, HASH(1), HASH(2) or HASH(3) altered, all else honest.</summary>
    public static IEnumerable<Trial> Hash(Scene scene)
        => Altered(scene, PayloadType.Hash, "HASH").Select(t =>
            t with { Kind = "HashMismatch", Flags = ["hash"], Notify = NotifyType.InvalidHashInformation });

    /// <summary>SIG_I or SIG_R altered, all else honest.</summary>
    public static IEnumerable<Trial> Signature(Scene scene)
        => Altered(scene, PayloadType.Signature, "SIG").Select(t =>
            t with { Kind = "SignatureRefused", Flags = ["signature"] });

    /// <summary>
    /// Of a signature that is a pair of numbers, each of them zero, one, and the largest that fits (FIPS 186-2 §6, RFC
    /// 4754 §8).
    /// </summary>
    public static IEnumerable<Trial> SignatureNumbers(Scene scene)
    {
        var length = Body(scene, PayloadType.Signature).Length;
        var half = length / 2;
        foreach (var (id, fill, last) in new (string, byte, byte)[] { ("zero", 0, 0), ("one", 0, 1),
            ("most", 0xff, 0xff) })
        {
            byte[] number = [.. Enumerable.Repeat(fill, half - 1), last];
            var honest = Body(scene, PayloadType.Signature);
            yield return Changed(scene, PayloadType.Signature, $"r-{id}", $"r of the signature is {Words(id)}.",
                (byte[])[.. number, .. honest.Span[half..]])
                with
            { Kind = "SignatureRefused", Flags = ["signature"] };
            yield return Changed(scene, PayloadType.Signature, $"s-{id}", $"s of the signature is {Words(id)}.",
                (byte[])[.. honest.Span[..half], .. number])
                with
            { Kind = "SignatureRefused", Flags = ["signature"] };
            yield return Changed(scene, PayloadType.Signature, $"r-and-s-{id}",
                $"r and s of the signature are {Words(id)}.", (byte[])[.. number, .. number])
                with
            { Kind = "SignatureRefused", Flags = ["signature"] };
        }
    }

    /// <summary>The honest message of a peer that has another secret or key.</summary>
    public static IEnumerable<Trial> Impostor(Scene scene, string what, string kind)
    {
        yield return new Trial("impostor", $"The whole message is honest, of a peer that has {what}.", kind,
            scene.Due)
        { Flags = ["impostor"] };
    }

    private static IEnumerable<Trial> Altered(Scene scene, PayloadType type, string name)
    {
        var good = Body(scene, type).ToArray();
        byte[] Flip(int at, byte bits) => [.. good[..at], (byte)(good[at] ^ bits), .. good[(at + 1)..]];
        (string Id, string Words, byte[] Body)[] all =
        [
            ("first-bit", "has its first bit changed", Flip(0, 0x80)),
            ("last-bit", "has its last bit changed", Flip(good.Length - 1, 1)),
            ("middle", "has an octet in the middle changed", Flip(good.Length / 2, 0x10)),
            ("zeros", "is zeros", new byte[good.Length]),
            ("ones", "is ones", [.. Enumerable.Repeat((byte)0xff, good.Length)]), ("empty", "is empty", []),
            ("one-octet", "is its first octet alone", good[..1]),
            ("half", "is its first half", good[..(good.Length / 2)]),
            ("one-less", "lacks its last octet", good[..^1]), ("one-more", "has a zero behind it", [.. good, 0]),
            ("one-before", "has a zero in front of it", [0, .. good]),
            ("twice", "stands twice in its payload", [.. good, .. good]),
            ("reversed", "has its octets in reverse", [.. good.AsEnumerable().Reverse()]),
        ];
        return all.Select(a => Changed(scene, type, a.Id, $"{name} {a.Words}.", a.Body));
    }

    private static Trial Changed(Scene scene, PayloadType type, string id, string comment, byte[] body) =>
        new(id, comment, "",
        Insider.IsEncrypted(scene.Due)
            ? scene.Insider.Seal(scene.Due, [.. Replaced(scene.Insider.Open(scene.Due), type, body)])
            : Chain.Clear(scene.Due, p => Replaced(p, type, body)));

    private static IEnumerable<RawPayload> Replaced(ImmutableArray<RawPayload> payloads, PayloadType type, byte[] body)
        => payloads.Select(p => p.Type == (byte)type ? p.With(body) : p);

    private static Octets Body(Scene scene, PayloadType type)
        => (Insider.IsEncrypted(scene.Due) ? scene.Insider.Open(scene.Due) : Chain.Of(scene.Due)).First(p =>
            p.Type == (byte)type).Body;

    private static string Words(string id) => id == "most" ? "the largest number that fits" : id;
}
