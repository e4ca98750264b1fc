using RefIke.Wire;

namespace RefIke.Vectors.Negative.Cases;

/// <summary>
/// The files about what is said rather than how: offers, identities, certificates, replays, and what comes after phase
/// 1.
/// </summary>
internal static class LaterFiles
{
    private const string Certified = "certificates";

    public static NegativeFile Phase2Offers() => Made.File(
        "offers-phase2", "Offers that cannot be taken and choices that were not offered, in Quick Mode.",
        [
            Group(Scenes.Quick(1), s => Phase2OfferCases.Of(s, "NothingAcceptable")),
            Group(Scenes.Quick(2), s => Phase2OfferCases.Of(s, "ChoiceNotOffered|NothingAcceptable")),
            Group(Scenes.Quick(1, "ah", "ah=sha1"), Phase2OfferCases.Ah),
        ]);

    public static NegativeFile Identities() => Made.File(
        "identities", "Identities of phase 1 and of Quick Mode that policy does not expect.",
        [
            Group(Scenes.Main(5), IdentityCases.PreShared), Group(Scenes.Main(6), IdentityCases.PreShared),
            Group(Scenes.Main(5, "rsa-sig", "rsa-signatures"), IdentityCases.Signed),
            Group(Scenes.Main(6, "rsa-sig", "rsa-signatures"), IdentityCases.Signed),
            Group(Scenes.Main(5, "rsa-sig-other", "rsa-signatures"), IdentityCases.SignedOther),
            Group(Scenes.Main(6, "rsa-sig-other", "rsa-signatures"), IdentityCases.SignedOther),
            Group(Scenes.Quick(1), s => IdentityCases.Clients(s, "NothingAcceptable|Undecodable")),
            Group(Scenes.Quick(2), s => IdentityCases.Clients(s,
                "ChoiceNotOffered|NothingAcceptable|WrongIdentity|Undecodable")),
            .. new[] { ("psk", ""), ("rsa-sig", "rsa-signatures"), ("ecdsa-256", "ecdsa-256"),
                ("rsa-enc", "rsa-encryption"), ("rsa-rev", "rsa-revised") }
                .SelectMany(m => Stranger(m.Item1, m.Item2)),
        ]);

    public static NegativeFile Certificates() => Made.File(
        "certificates", "Certificates that prove nothing, and CERT payloads that are none.",
        CertificateCases.Wrong.SelectMany(w => Enumerable.Range(5, 2).Select(n => Group(
            Scenes.Main(n, w.What, Certified, $"{Certified}+certificate={w.What}"),
            s => CertificateCases.Presented(s, w.Words))))
            .Append(Group(Scenes.Main(5, "revoked", $"{Certified}+revocation", Certified), s =>
                CertificateCases.Presented(s, "has been revoked")))
            .Append(Group(Scenes.Main(5, Certified, Certified), CertificateCases.Payloads))
            .Append(Group(Scenes.Main(6, Certified, Certified), CertificateCases.Payloads))
            .Concat(CertificateCases.Wrong.Take(4).Select(w => Group(
                Scenes.Aggressive(2, w.What, Certified, $"{Certified}+certificate={w.What}"),
                s => CertificateCases.Presented(s, w.Words)))));

    public static NegativeFile Replays() => Made.File(
        "replay", "Honest datagrams again, too early, reflected, and of other SAs.",
        [
            .. Enumerable.Range(3, 4).Select(n =>
                Group(Scenes.Main(n), s =>
                [.. ReplayCases.Again(s, n == 6 ? "Duplicate|WrongProtection" : "Duplicate"), .. ReplayCases.Early(s),
                .. ReplayCases.OfNobody(s)])),
            .. Enumerable.Range(2, 5).Where(n => n % 2 == 0)
                .Select(n => Group(Scenes.Main(n, "psk-back"), s =>
                ReplayCases.Reflected(s,
                "Reflected|WrongPayloads|Unexpected|UnknownSa|Undecodable|WrongProtection|HashMismatch"))),
            .. Enumerable.Range(3, 3).Where(n => n % 2 == 1)
                .Select(n => Group(Scenes.Main(n, "psk-back"), s =>
                ReplayCases.Reflected(s, "Reflected|WrongPayloads|Unexpected|UnknownSa|Undecodable|WrongProtection"))),
            Group(Scenes.Aggressive(3), s => [.. ReplayCases.Again(s, "Duplicate"), .. ReplayCases.Early(s)]),
            Group(Scenes.Aggressive(2, "psk-back"), s => ReplayCases.Reflected(s, "Reflected")),
            Group(Scenes.Quick(2, "esp-back"), s => ReplayCases.Reflected(s,
                "Reflected|UnknownSa|Unexpected|Undecodable|HashMismatch|WrongPayloads|Duplicate")),
            Group(Scenes.Quick(3, "esp-back"), s => ReplayCases.Reflected(s,
                "Reflected|UnknownSa|Unexpected|Undecodable|HashMismatch|WrongPayloads|Duplicate")),
            Group(Scenes.Quick(3), s => ReplayCases.Again(s, "Duplicate|Unexpected")),
            Group(Scenes.Quick(4, "commit", "", "commit-bit"), s => ReplayCases.Again(s, "Duplicate|Unexpected")),
            Group(Scenes.Transaction(3, "again", "host", "edge"), s => ReplayCases.Again(s, "Duplicate|Unexpected")),
            Group(Scenes.Transaction(4, "again", "edge", "host"), s => ReplayCases.Again(s, "Duplicate|Unexpected")),
            Group(Scenes.NewGroupAnswer("again"), s => ReplayCases.Again(s, "Duplicate|Unexpected|BadMessageId")),
            Group(Scenes.Up("after", "QuickMode"), s => ReplayCases.AfterTheEnd(s,
                "Duplicate|Unexpected|BadMessageId")),
            Group(Scenes.Later("forgotten", "QuickMode", 61_000), s =>
                ReplayCases.AfterTheEnd(s, "Duplicate|Unexpected|BadMessageId")),
            Group(Scenes.Up("aggressive-after", "QuickMode", "aggressive"), s =>
                ReplayCases.AfterTheEnd(s, "Duplicate|Unexpected|BadMessageId")),
            Group(Scenes.Up("natt-after", "QuickMode", "natt+says-nat"), s =>
                ReplayCases.AfterTheEnd(s, "Duplicate|UnknownSa|Unexpected")),
            Group(Scenes.Up("after-back", "QuickMode"), s =>
                ReplayCases.Reflected(s,
                "Reflected|UnknownSa|Unexpected|Duplicate|BadMessageId|Undecodable|WrongPayloads")),
        ]);

    public static NegativeFile Informational() => Made.File(
        "informational", "Informational exchanges with a defect, and dead peer detection.",
        [
            Group(Scenes.Up("info", "Informational"), InformationalCases.Of),
            Group(Scenes.Up("info-dss", "Informational", "dss-signatures"), InformationalCases.Of),
            Group(Scenes.Up("dpd", "Informational", "dpd"), InformationalCases.DeadPeer),
        ]);

    public static NegativeFile NewGroups() => Made.File(
        "new-group", "Private groups that are none, and New Group Mode's messages altered.",
        [
            Group(Scenes.Up("new-group", "NewGroupMode", "new-groups"), s =>
                [.. NewGroupCases.Offers(s), .. NewGroupCases.Messages(s)]),
            Group(Scenes.Up("no-new-group", "NewGroupMode"), NewGroupCases.Refused),
            Group(Scenes.NewGroupAnswer(), NewGroupCases.Answers),
            Group(Scenes.NewGroupAnswer("hash"), ProofCases.Hash),
        ]);

    public static NegativeFile Access() => Made.File(
        "xauth-mode-config", "Transaction exchanges altered, users who are not let in, and what comes too early.",
        [
            Group(Scenes.Transaction(1, "xauth", "host", "edge"), AccessCases.Of),
            Group(Scenes.Transaction(2, "xauth", "edge", "host"), s =>
                [.. AccessCases.Of(s), .. AccessCases.Answers(s)]),
            Group(Scenes.Transaction(3, "xauth", "host", "edge"), AccessCases.Of),
            Group(Scenes.Transaction(4, "xauth", "edge", "host"), AccessCases.Of),
            Group(Scenes.Transaction(2, "xauth-wrong-password", "edge", "wrong-password"), AccessCases.Users),
            Group(Scenes.Transaction(2, "xauth-unknown-user", "edge", "unknown-user"), AccessCases.Users),
            Group(Scenes.Transaction(1, "pull", "gives-address", "gets-address"), AccessCases.Of),
            Group(Scenes.Transaction(2, "pull-nothing", "gets-address", "gives-nothing"), AccessCases.NoAddress),
            Group(Scenes.Transaction(1, "push", "gets-pushed-address", "pushes-address"), AccessCases.Of),
        ]);

    public static NegativeFile Fragments() => Made.File(
        "fragments", "Fragments that are of no message.",
        [
            Group(Scenes.Main(3, "fragments", "fragments"), FragmentCases.Of),
            Group(Scenes.Main(3, "one-fragment", "fragments+fragment-parts=1", "fragments"), s =>
                FragmentCases.Limits(s, "too-many", "Two fragments, where a message may have one.")),
            Group(Scenes.Main(3, "short-message", "fragments+fragmented-message=120", "fragments"), s =>
                FragmentCases.Limits(s, "too-long", "Fragments of more octets than a message may have.")),
        ]);

    public static NegativeFile Limits() => Made.File(
        "limits", "What is refused because a table is full.",
        [
            Group(Scenes.Main(1, "none-half-open", "half-open=0", ""), LimitCases.HalfOpen),
            Group(Scenes.Main(1, "none-per-address", "half-open-per-address=0", ""), LimitCases.HalfOpen),
            Group(Scenes.Aggressive(1, "none-half-open", "half-open=0", ""), LimitCases.HalfOpen),
            Group(Scenes.Main(3, "one-half-open", "half-open=1", ""), LimitCases.Second),
            Group(Scenes.Main(3, "one-per-address", "half-open-per-address=1", ""), LimitCases.Second),
            Group(Scenes.Main(3, "two-refused-keys", "refused-keys=2", ""), LimitCases.RefusedKeys),
            Group(Scenes.Main(4, "two-refused-keys", "refused-keys=2", ""), LimitCases.RefusedKeys),
            Group(Scenes.Up("one-message-id", "Informational", "message-ids=1", ""), s =>
                LimitCases.Exchange(s, ExchangeType.Informational,
                new RawPayload(11, (byte[])[0, 0, 0, 1, 1, 0, 0, 14]))),
            Group(Scenes.Up("one-message-id-quick", "QuickMode", "message-ids=1", ""), s =>
                LimitCases.Exchange(s, ExchangeType.QuickMode, new RawPayload(10, new byte[16]))),
            Group(Scenes.Up("one-quick-mode", "QuickMode", "open-quick-modes=1", ""), s =>
                LimitCases.Exchange(s, ExchangeType.QuickMode, new RawPayload(10, new byte[16]))),
            Group(Scenes.Up("identity-pfs", "QuickMode", "identity-pfs", "identity-pfs"), s =>
                LimitCases.Exchange(s, ExchangeType.QuickMode, new RawPayload(10, new byte[16]))),
            Group(Scenes.Up("no-new-groups", "NewGroupMode", "new-groups+groups-judged=0", ""), s =>
                LimitCases.Exchange(s, ExchangeType.NewGroupMode, new RawPayload(10, new byte[16]))),
            Group(Scenes.Up("one-transaction", "Transaction", "edge+transactions=0", "host"), s =>
                LimitCases.Exchange(s, ExchangeType.Transaction, new RawPayload(14, (byte[])[1, 0, 0, 1]))),
        ]);

    /// <summary>An honest peer that has the key and says that it is somebody else.</summary>
    private static IEnumerable<NegativeGroup> Stranger(string id, string words)
    {
        foreach (var name in new[] { "mallory", "mallory-fqdn" })
        {
            foreach (var number in new[] { 5, 6 })
            {
                yield return Group(Scenes.Main(number, $"{id}-{name}", words, $"{words}+{name}"), Said);
            }

            // Nobody believes an identity that message 1 hides before HASH_I.
            var hides = id is "rsa-enc" or "rsa-rev";
            foreach (var number in new[] { 1, 2, 3 })
            {
                if (number == 2 || hides == (number == 3))
                {
                    yield return Group(Scenes.Aggressive(number, $"{id}-{name}", words, $"{words}+{name}"), Said);
                }
            }
        }

        static IEnumerable<Trial> Said(Scene scene)
        {
            yield return new Trial("said", "The peer is honest, has the key, and is not whom policy expects.",
                "WrongIdentity|NoPolicy|NothingAcceptable", scene.Due)
            {
                Flags = ["identity"],
                State = $"{Outcome.Ended}|{Outcome.Unchanged}"
            };
        }
    }

    private static NegativeGroup Group(Scene scene, Func<Scene, IEnumerable<Trial>> trials) =>
        Made.Group(scene, trials(scene));
}
