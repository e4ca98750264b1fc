using RefIke.Wire;

namespace RefIke.Vectors.Negative.Cases;

/// <summary>
/// Transaction exchanges altered, of XAUTH and of Mode Config (draft-beaulieu-ike-xauth-02,
/// draft-dukes-ike-mode-cfg-02).
/// </summary>
internal static class AccessCases
{
    /// <summary>The honest Transaction message that is due, altered.</summary>
    public static IEnumerable<Trial> Of(Scene scene) => Payloads(scene).Concat(Places(scene));

    /// <summary>HASH and attributes altered.</summary>
    private static IEnumerable<Trial> Payloads(Scene scene)
    {
        var (due, insider) = (scene.Due, scene.Insider);
        var payloads = insider.Open(due);
        var attributes = payloads[1];
        var body = attributes.Body.ToArray();
        foreach (var (id, words, hash) in new (string, string, byte[])[]
        {
            ("bit", "has a bit changed", [(byte)(payloads[0].Body.Span[0] ^ 1), .. payloads[0].Body.Span[1..]]),
            ("empty", "is empty", []),
            ("zeros", "is zeros", new byte[payloads[0].Body.Length]),
            ("cut", "lacks its last octet", payloads[0].Body.Span[..^1].ToArray()),
        })
        {
            yield return new Trial($"hash-{id}", $"HASH {words}.", "HashMismatch",
                insider.Seal(due, payloads[0].With(hash), attributes))
            {
                Flags = ["hash"],
                Notify = NotifyType.InvalidHashInformation
            };
        }

        yield return new Trial("without-hash", "There is no HASH.", "WrongPayloads",
            insider.Seal(due, attributes))
        { Flags = ["payloads"] };
        yield return new Trial("without-attributes", "There are no attributes.", "WrongPayloads",
            insider.Hashed(due))
        { Flags = ["payloads"] };
        yield return new Trial("attributes-twice", "There are two payloads of attributes.", "WrongPayloads",
            insider.Hashed(due, attributes, attributes))
        { Flags = ["payloads"] };
        yield return new Trial("attributes-first", "The attributes stand before HASH.", "WrongPayloads",
            insider.Seal(due, attributes, payloads[0]))
        { Flags = ["payloads"] };
        yield return new Trial("with-nonce", "There is a nonce besides.", "WrongPayloads",
            insider.Hashed(due, attributes, new RawPayload(10, new byte[16])))
        { Flags = ["payloads"] };
        yield return new Trial("attributes-cut", "The attributes have no identifier.", "Undecodable",
            insider.Hashed(due, attributes.With(body[..3])))
        { Flags = ["malformed"] };
        yield return new Trial("attribute-half", "Half an attribute stands at the end.", "Undecodable",
            insider.Hashed(due, attributes.With([.. body, 0])))
        { Flags = ["malformed"] };
        yield return new Trial("attribute-over", "An attribute runs over its payload.", "Undecodable",
            insider.Hashed(due, attributes.With([.. body, 0, 1, 0, 4, 10])))
        { Flags = ["malformed"] };
    }

    /// <summary>The right payloads in the wrong place.</summary>
    private static IEnumerable<Trial> Places(Scene scene)
    {
        var (due, insider) = (scene.Due, scene.Insider);
        var payloads = insider.Open(due);
        var attributes = payloads[1];
        var body = attributes.Body.ToArray();
        foreach (var type in new byte[] { 0, 1, 2, 3, 4, 5, 255 }.Where(t => t != body[0]))
        {
            if (scene.Awaits == "message 1" && type is 1 or 3)
            {
                continue;     // the peer may ask and set as it likes
            }

            yield return new Trial($"type-{type}", $"The message type is {type} where {body[0]} is due.",
                "WrongPayloads|Unexpected", insider.Hashed(due,
                attributes.With([type, .. body[1..]])))
            { Flags = ["place"] };
        }

        if (scene.Awaits != "message 1")
        {
            yield return new Trial("identifier", "The identifier is of another transaction.", "OtherTransaction",
                insider.Hashed(due, attributes.With([.. body[..3], (byte)(body[3] ^ 1),
                .. body[4..]])))
            { Flags = ["place"] };
        }

        yield return new Trial("in-clear", "It is in clear.", "WrongProtection",
            Chain.Join(Chain.Patched(due, 19, 0), 8, Chain.Write(payloads)))
        { Flags = ["place"] };
        yield return new Trial("message-id-0", "The message id is 0.", "BadMessageId",
            Chain.Patched(due, 20, 0, 0, 0, 0))
        { Flags = ["place"] };
        yield return new Trial("ciphertext", "The ciphertext has a bit changed.",
            "Undecodable|HashMismatch|WrongPayloads", Chain.Patched(due, 28,
            (byte)(due.Span[28] ^ 0x40)))
        { Flags = ["ciphertext"] };
        if (scene.Id.StartsWith("transaction-pull", StringComparison.Ordinal))
        {
            yield break;     // it is the host that waits
        }

        yield return new Trial("quick-mode", "Quick Mode before XAUTH or Mode Config has ended.", "AccessPending",
            Chain.Join(insider.Bare(ExchangeType.QuickMode, 0x0a0b0c0d), 8, new byte[32]))
        { Flags = ["place"] };
        yield return new Trial("new-group-mode", "New Group Mode before XAUTH or Mode Config has ended.",
            "AccessPending", Chain.Join(insider.Bare(ExchangeType.NewGroupMode, 0x0a0b0c0d), 8,
            new byte[32]))
        { Flags = ["place"] };
    }

    /// <summary>The answer of a user who is not let in: the honest message of the host.</summary>
    public static IEnumerable<Trial> Users(Scene scene)
    {
        yield return new Trial("refused", "The host's honest answer, of a user who is not let in.", "UserRefused",
            scene.Due)
        { Flags = ["identity"], State = Outcome.Ended, Notify = NotifyType.AuthenticationFailed };
    }

    /// <summary>The edge device's honest answer that it has no address to give.</summary>
    public static IEnumerable<Trial> NoAddress(Scene scene)
    {
        yield return new Trial("nothing-given", "The edge device gives no address; the child needs one.", "NoAddress",
            scene.Due)
        {
            Flags = ["negotiation"],
            State = $"{Outcome.Counted}|{Outcome.Ended}",
        };
    }

    /// <summary>What a user may answer to be let in without being one, with HASH right for it.</summary>
    public static IEnumerable<Trial> Answers(Scene scene)
    {
        var (due, insider) = (scene.Due, scene.Insider);
        var head = insider.Open(due)[1].Body.ToArray()[..4];
        byte[] User(string name) => [.. Chain.Two(16521), .. Chain.Two(name.Length),
            .. System.Text.Encoding.ASCII.GetBytes(name)];
        byte[] Password(string word) => [.. Chain.Two(16522), .. Chain.Two(word.Length),
            .. System.Text.Encoding.ASCII.GetBytes(word)];
        (string Id, string Words, byte[] List)[] all =
        [
            ("nothing", "No attributes at all.", []),
            ("no-password", "A user without a password.", User("alice")),
            ("no-user", "A password without a user.", Password("wonderland")),
            ("empty-password", "An empty password.", [.. User("alice"), .. Password("")]),
            ("empty-user", "An empty user name.", [.. User(""), .. Password("wonderland")]),
            ("longer-password", "The password with a letter behind it.",
                [.. User("alice"), .. Password("wonderlandx")]),
            ("shorter-password", "The password without its last letter.", [.. User("alice"), .. Password("wonderlan")]),
            ("other-case", "The user name in capitals.", [.. User("ALICE"), .. Password("wonderland")]),
            ("zeros-behind", "The user name with two zero octets behind it.",
                [.. User("alice\0\0"), .. Password("wonderland")]),
            ("status-ok", "XAUTH_STATUS OK, which only the edge device may say.", [.. Chain.Two(16527 | 0x8000), 0, 1]),
        ];
        return all.Select(a => new Trial($"answer-{a.Id}", a.Words, "UserRefused",
            insider.Hashed(due, new RawPayload(14, (byte[])[.. head, .. a.List])))
        {
            Flags = ["identity"],
            State = Outcome.Ended
        });
    }
}
