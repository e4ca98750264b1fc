using RefIke.Crypto;

namespace RefIke.Vectors.Negative.Cases;

/// <summary>The files of negative vectors, and which groups are in each.</summary>
internal static class Files
{
    public static readonly Func<NegativeFile>[] All =
    [
        Header, Payloads, PayloadSets, Hash, Signature, Encryption, PublicValues, Offers, LaterFiles.Phase2Offers,
        LaterFiles.Identities,
        LaterFiles.Certificates, LaterFiles.Replays, LaterFiles.Informational, LaterFiles.NewGroups, LaterFiles.Access,
        LaterFiles.Fragments,
        LaterFiles.Limits,
    ];

    private const string HybridHost = "rsa-signatures+hybrid-host";
    private const string HybridEdge = "rsa-signatures+hybrid-edge";

    private static IEnumerable<Scene> Positions =>
    [
        .. Enumerable.Range(1, 6).Select(n => Scenes.Main(n)), .. Enumerable.Range(1, 3)
            .Select(n => Scenes.Aggressive(n)),
        .. Enumerable.Range(1, 3).Select(n => Scenes.Quick(n)),
    ];

    private static NegativeFile Header() => Made.File(
        "header", "Each field of the header wrong in front of each honest message of Main, Aggressive and Quick Mode.",
        Positions.Select(s => Made.Group(s, HeaderCases.Of(s))));

    private static NegativeFile Payloads() => Made.File(
        "payload", "Each generic header and each rule of a body wrong in each clear message of phase 1.",
        Positions.Where(s => !Insider.IsEncrypted(s.Due)).Select(s => Made.Group(s, ChainCases.Headers(s)))
            .Concat(Enumerable.Range(1, 4).Select(n => Scenes.Main(n, "psk-body"))
                .Concat(Enumerable.Range(1, 2).Select(n => Scenes.Aggressive(n, "psk-body")))
                .Select(s => Made.Group(s, s.Awaits == "message 1" ? BodyCases.Sas(s).Concat(BodyCases.Others(s))
                    : BodyCases.Others(s)))));

    private static NegativeFile PayloadSets() => Made.File(
        "payload-sets", "Payloads missing, doubled or out of place, in each message of each method.",
        Positions.Concat(Scenes.Methods.Where(m => m.Id is "rsa-sig" or "rsa-enc" or "rsa-rev")
            .SelectMany(m => Enumerable.Range(3, 4).Select(n => Scenes.Main(n, m.Id, m.Words))
            .Concat(Enumerable.Range(1, 3).Select(n => Scenes.Aggressive(n, m.Id, m.Words)))))
            .Select(s => Made.Group(s, ChainCases.Sets(s))));

    private static NegativeFile Hash() => Made.File(
        "hash", "HASH_I, HASH_R, HASH(1), HASH(2) and HASH(3) altered, and peers with another secret.",
        new[]
        {
            Scenes.Main(5), Scenes.Main(6), Scenes.Aggressive(2), Scenes.Aggressive(3), Scenes.Quick(1), Scenes.Quick(2),
            Scenes.Quick(3), Scenes.Quick(4, "commit", "", "commit-bit"), Scenes.Main(5, "hybrid", HybridEdge, HybridHost),
            Scenes.Aggressive(3, "hybrid", HybridEdge, HybridHost),
        }.Concat(Scenes.Methods.Where(m => m.Id is "rsa-enc" or "rsa-rev").SelectMany(m => new[]
            {
                Scenes.Main(5, m.Id, m.Words),
                Scenes.Main(6, m.Id, m.Words),
                Scenes.Aggressive(2, m.Id, m.Words),
                Scenes.Aggressive(3, m.Id, m.Words),
            })).Select(s => Made.Group(s, ProofCases.Hash(s)))
            .Append(Impostor(Scenes.Main(5, "psk-impostor", "", "other-secret"), "another secret", "Undecodable"))
            .Append(Impostor(Scenes.Aggressive(2, "psk-impostor", "", "other-secret"), "another secret",
                "HashMismatch")));

    private static NegativeFile Signature() => Made.File(
        "signature", "SIG_I and SIG_R altered, and peers with another key.",
        Scenes.Methods.Where(m => m.Words.Contains("signatures", StringComparison.Ordinal)
            || m.Words.StartsWith("ecdsa", StringComparison.Ordinal))
            .SelectMany(m => Proofs(m.Id, m.Words).Select(s => Made.Group(
                s, ProofCases.Signature(s).Concat(m.Id == "rsa-sig" ? [] : ProofCases.SignatureNumbers(s))))
                .Concat(Proofs($"{m.Id}-impostor", m.Words, $"{m.Words}+other-key")
                    .Select(s => Impostor(s, "another key", "SignatureRefused"))))
            .Concat(new[] { Scenes.Main(6, "hybrid", HybridHost, HybridEdge), Scenes.Aggressive(2, "hybrid", HybridHost, HybridEdge) }
                .Select(s => Made.Group(s, ProofCases.Signature(s))))
            .Append(Impostor(
                Scenes.Main(6, "hybrid-impostor", HybridHost, $"{HybridEdge}+other-key"), "another key", "SignatureRefused")));

    /// <summary>Before the messages with the proof of who is who, in both modes.</summary>
    private static Scene[] Proofs(string id, string words, string? peer = null) =>
    [
        Scenes.Main(5, id, words, peer), Scenes.Main(6, id, words, peer), Scenes.Aggressive(2, id, words, peer),
        Scenes.Aggressive(3, id, words, peer),
    ];

    private static NegativeFile Encryption() => Made.File(
        "encryption", "Ciphertext that was altered or cut, and malformed payloads under the right key.",
        new[]
        {
            Scenes.Main(5),
            Scenes.Main(6),
            Scenes.Aggressive(3),
            Scenes.Quick(1),
            Scenes.Quick(2),
            Scenes.Quick(3),
            Scenes.Main(5, "rsa-sig", "rsa-signatures"),
        }.Select(s => Made.Group(s, SealedCases.Outside(s).Concat(SealedCases.Inside(s)))));

    private static NegativeFile PublicValues() => Made.File(
        "public-values", "Public values that are none of the group, of each group, and in each message that has one.",
        GroupList.All.Select(g => Bad(g, Outcome.Counted, Scenes.Main(3, g.Name, $"suites=aes128-sha1-{g.Name}")))
            .Concat(GroupList.All.Where(g => g.Number is 2 or 3 or 19 or 23).SelectMany(InEveryPlace)));

    private static IEnumerable<NegativeGroup> InEveryPlace(Group g)
    {
        var (phase1, phase2) = ($"suites=aes128-sha1-{g.Name}", $"esp=aes128-sha1-{g.Name}");
        yield return Bad(g, Outcome.Counted, Scenes.Main(4, g.Name, phase1));
        yield return Bad(g, Outcome.Unchanged, Scenes.Aggressive(1, g.Name, phase1));
        yield return Bad(g, Outcome.Counted, Scenes.Aggressive(2, g.Name, phase1));
        yield return Bad(g, Outcome.Ended, Scenes.Quick(1, $"pfs-{g.Name}", phase2));
        yield return Bad(g, Outcome.Ended, Scenes.Quick(2, $"pfs-{g.Name}", phase2));
    }

    private static NegativeGroup Bad(Group group, string state, Scene scene)
        => Made.Group(scene, PublicValueCases.Of(scene, group, state));

    private static NegativeFile Offers() => Made.File(
        "offers-phase1", "Offers that cannot be taken and choices that were not offered, in Main and Aggressive Mode.",
        new[] { Scenes.Main(1), Scenes.Aggressive(1) }.Select(s => Made.Group(s, OfferCases.Offers(s))).Concat(
            new[] { Scenes.Main(2), Scenes.Aggressive(2) }.Select(s => Made.Group(s, OfferCases.Choices(s)))));

    private static NegativeGroup Impostor(Scene scene, string what, string kind) =>
        Made.Group(scene, ProofCases.Impostor(scene, what, kind));
}
