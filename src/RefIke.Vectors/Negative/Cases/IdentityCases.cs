using RefIke.Crypto.Signatures;
using RefIke.Wire;

namespace RefIke.Vectors.Negative.Cases;

/// <summary>
/// Identities that policy does not expect, from somebody who has the key (RFC 2407 §4.6.2, RFC 2409 §5.5).
/// </summary>
internal static class IdentityCases
{
    private static readonly (string Id, string Words, byte[] Body)[] Others =
    [
        ("other-address", "another IPv4 address", [1, 0, 0, 0, 10, 77, 0, 9]),
        ("address-zero", "the IPv4 address 0.0.0.0", [1, 0, 0, 0, 0, 0, 0, 0]),
        ("fqdn", "a domain name", [2, 0, 0, 0, .. "b.example"u8]), ("empty-fqdn", "an empty domain name", [2, 0, 0, 0]),
        ("fqdn-with-zero", "a domain name with a zero octet in it", [2, 0, 0, 0, .. "10.77.0.1\0x"u8]),
        ("address-as-fqdn", "the right address, written as a domain name", [2, 0, 0, 0, .. "10.77.0.1"u8]),
        ("user-fqdn", "a mailbox", [3, 0, 0, 0, .. "a@b.example"u8]),
        ("subnet", "an IPv4 subnet", [4, 0, 0, 0, 10, 77, 0, 0, 255, 255, 255, 0]),
        ("subnet-of-all", "the IPv4 subnet of all addresses", [4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]),
        ("ipv6", "an IPv6 address", [5, 0, 0, 0, .. new byte[16]]),
        ("ipv6-mapped", "the right address, mapped to IPv6", [5, 0, 0, 0, .. new byte[10], 255, 255, 10, 77, 0, 1]),
        ("ipv6-subnet", "an IPv6 subnet", [6, 0, 0, 0, .. new byte[32]]),
        ("range", "an IPv4 range", [7, 0, 0, 0, 10, 77, 0, 1, 10, 77, 0, 2]),
        ("ipv6-range", "an IPv6 range", [8, 0, 0, 0, .. new byte[32]]),
        ("name", "a distinguished name", [9, 0, 0, 0, 0x30, 0]),
        ("cut-name", "a distinguished name that is cut short", [9, 0, 0, 0, 0x30, 0x0c, 0x31]),
        ("general-name", "a general name", [10, 0, 0, 0, 0x82, 1, 0x61]),
        ("key-id", "a key id", [11, 0, 0, 0, 1, 2, 3, 4]),
        ("type-0", "an identity of type 0", [0, 0, 0, 0, 10, 77, 0, 1]),
        ("type-12", "an identity of type 12", [12, 0, 0, 0, 10, 77, 0, 1]),
        ("type-255", "an identity of type 255", [255, 0, 0, 0, 10, 77, 0, 1]),
    ];

    /// <summary>Message 5 or 6 of Main Mode with a pre-shared key: the ID is another, HASH right for it.</summary>
    public static IEnumerable<Trial> PreShared(Scene scene)
        => Others.Select(o => new Trial(o.Id, $"ID is {o.Words}, HASH right for it.", "WrongIdentity",
            scene.Insider.Identified(scene.Due, o.Body))
        {
            Flags = ["identity"],
            State = Outcome.Ended,
            Notify = NotifyType.InvalidIdInformation,
        });

    /// <summary>Message 5 of Main Mode with RSA signatures: the same, signed.</summary>
    public static IEnumerable<Trial> Signed(Scene scene)
        => Others.Select(o => new Trial(o.Id, $"ID is {o.Words}, SIG right for it.", "WrongIdentity",
            Signed(scene, o.Body, scene.Insider.Proof(scene.Due, o.Body, true)))
        {
            Flags = ["identity"],
            State = Outcome.Ended,
            Notify = NotifyType.InvalidIdInformation,
        });

    /// <summary>The right ID, and a good signature of the peer's over something else.</summary>
    public static IEnumerable<Trial> SignedOther(Scene scene)
    {
        Octets id = scene.Insider.Open(scene.Due).First(p => p.Type == (byte)PayloadType.Identification).Body;
        var (peers, own) = (scene.Insider.Proof(scene.Due, id, true), scene.Insider.Proof(scene.Due, id, false));
        byte[] digestInfo = [0x30, 0x21, 0x30, 0x09, 0x06, 0x05, 0x2b, 0x0e, 0x03, 0x02, 0x1a, 0x05, 0x00, 0x04, 0x14];
        (string Id, string Words, byte[] Data)[] all =
        [
            ("over-digest-info", "SIG is over a DigestInfo with HASH in it, as in other protocols.",
                [.. digestInfo, .. peers]),
            ("over-own-hash", "SIG is over the HASH of the other role.", own),
            ("over-cut-hash", "SIG is over HASH without its last octet.", peers[..^1]),
            ("over-longer-hash", "SIG is over HASH and a zero.", [.. peers, 0]),
            ("over-nothing", "SIG is over no octets.", []),
            ("over-hash-of-other-id", "SIG is over the HASH for another identity.",
                scene.Insider.Proof(scene.Due, Others[0].Body, true)),
        ];
        return all.Select(a => new Trial(a.Id, a.Words, "SignatureRefused",
            Signed(scene, id, a.Data))
        { Flags = ["signature"] });
    }

    /// <summary>The first message of Quick Mode with other client identities, HASH(1) right for them.</summary>
    public static IEnumerable<Trial> Clients(Scene scene, string kind)
    {
        foreach (var (id, words, body) in Others)
        {
            yield return Of($"idci-{id}", $"IDci is {words}.", p => [.. p[..^2], p[^2].With(body), p[^1]]);
            yield return Of($"idcr-{id}", $"IDcr is {words}.", p => [.. p[..^1], p[^1].With(body)]);
        }

        yield return Of("swapped", "IDci and IDcr are the other way round.", p => [.. p[..^2], p[^1], p[^2]]);
        yield return Of("none", "There are no client identities.", p => p[..^2]);
        yield return Of("idci-protocol", "IDci has a protocol that was not configured.", p =>
            [.. p[..^2], p[^2].With(Patched(p[^2].Body, 1, 17)), p[^1]]);
        yield return Of("idci-port", "IDci has a port that was not configured.", p =>
            [.. p[..^2], p[^2].With(Patched(p[^2].Body, 3, 80)), p[^1]]);
        yield return Of("idcr-mask", "IDcr has a wider mask.", p =>
            [.. p[..^1], p[^1].With(Patched(p[^1].Body, 10, 0))]);
        yield return Of("idcr-torn-mask", "IDcr has a mask with a gap.", p =>
            [.. p[..^1], p[^1].With(Patched(p[^1].Body, 9, 0))]);

        Trial Of(string id, string comment, Func<RawPayload[], RawPayload[]> change) => new(
            id, comment, kind, scene.Insider.Rehashed(scene.Due, p => change([.. p])))
        {
            Flags = ["identity"],
            State = Outcome.Ended,
        };
    }

    private static byte[] Patched(Octets body, int at, byte value) => Chain.Patched(body, at, value).ToArray();

    private static Octets Signed(Scene scene, Octets id, byte[] data)
    {
        var SIG = SignatureMethod.Rsa.Sign(KnownKeys.Of(scene.Peer.Setup.Name, AuthenticationMethod.RsaSignatures),
            data);
        return scene.Insider.Seal(scene.Due, [new((byte)PayloadType.Identification, id),
            new((byte)PayloadType.Signature, SIG)]);
    }
}
