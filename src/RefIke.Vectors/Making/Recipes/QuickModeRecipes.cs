using RefIke.Exchanges;
using RefIke.Wire;

namespace RefIke.Vectors.Making.Recipes;

/// <summary>What a Quick Mode can agree on, and what goes with it (RFC 2409 §5.5, RFC 2407 §4.5, §4.6).</summary>
internal static class QuickModeRecipes
{
    public static Recipe[] All { get; } = [.. Protocols, .. Attributes, .. Lives, .. Groups];

    private static IEnumerable<Recipe> Protocols =>
    [
        One("ah", "AH alone.", 3000, Inputs("ah-sha1")),
        One("ah-pfs-transport", "AH in transport mode between the hosts, with PFS.", 3001,
            Given.Inputs(Suite, "ah-sha256-modp1536", clients: false)
                .Children((c, _) => c with { Mode = EncapsulationMode.Transport })),
        One("ah-esp", "AH and ESP as one: both SPIs are the same number, the protocol octet makes two KEYMATs.", 3002,
            Inputs("ah-sha1 + aes128-sha1")),
        One("esp-ipcomp", "ESP and IPCOMP as one: a CPI of two octets, and no KEYMAT for it.", 3003,
            Inputs("aes128-sha1 + ipcomp-deflate")),
        One("ah-esp-ipcomp-pfs", "AH, ESP and IPCOMP as one, with PFS.", 3004,
            Inputs("ah-sha256 + aes256-sha256-ecp256 + ipcomp-lzs")),
        One("esp-choice-of-bundles", "The responder takes the second of two proposals: ESP alone.", 3005,
            Given.Inputs(Suite, "ah-sha1 + aes128-sha1,aes128-sha1", peerEsp: "aes128-sha1")),
        One("several-sas", "Two SA payloads in one Quick Mode make two pairs; KEYMAT differs by the SPIs alone.", 3006,
            Inputs("aes128-sha1").Children((c, _) => c with { Further = [["aes256-sha256"]] })),
        One("several-sas-pfs-bundles", "Three SA payloads, each a bundle, with one Diffie-Hellman.", 3007,
            Inputs("ah-sha1 + aes128-sha1-modp1536").Children(
                (c, _) => c with { Further = [["ah-md5 + 3des-md5-modp1536"], ["aes256-sha256-modp1536"]] })),
    ];

    private static IEnumerable<Recipe> Attributes =>
    [
        One("esp-transport", "ESP in transport mode between the hosts.", 3100,
            Given.Inputs(Suite, "aes128-sha1", clients: false)
                .Children((c, _) => c with { Mode = EncapsulationMode.Transport })),
        One("esp-extended-sequence-numbers", "Sequence numbers of 64 bits (RFC 4304).", 3101,
            Inputs("aes128-sha1").Children((c, _) => c with { ExtendedSequenceNumbers = true })),
        One("esp-kilobytes", "A life in seconds and one in kilobytes.", 3102,
            Inputs("aes128-sha1").Children((c, _) => c with { LifeKilobytes = 100_000 })),
        One("responder-lifetime", "The responder's life is shorter: RESPONDER-LIFETIME in message 2.", 3103,
            Inputs("aes128-sha1").Children((c, n) => c with { LifeSeconds = n == 1 ? 3600UL : 1200UL })),
        One("replay-status", "REPLAY-STATUS in message 2.", 3104,
            Inputs("aes128-sha1").Children((c, _) => c with { ReplayDetection = true })),
        One("initial-contact", "INITIAL-CONTACT in message 1.", 3105,
            Inputs("aes128-sha1") with { InitialContact = true }),
        One("commit-bit", "The responder sets the Commit bit and sends CONNECTED as the fourth message.", 3106,
            Inputs("aes128-sha1").Children((c, _) => c with { CommitBit = true })),
        One("client-ranges", "Ranges of addresses as client identities, one protocol and one port.", 3107,
            Inputs("aes128-sha1").Children((c, n) => c with
            {
                Own = Client(n).Body,
                Peer = Client(3 - n).Body,
            })),
    ];

    private static IEnumerable<Recipe> Lives =>
    [
        new("refike-rekey-pfs-responder", "The responder rekeys the pair, with PFS; 30 s later it deletes the old one.",
            3200, Inputs("aes256-sha256-ecp384"),
            [.. Given.Connect, new(40_000, Role.Responder, OrderKind.Rekey)], 75_000),
        new("refike-rekey-aggressive", "Two rekeys under an ISAKMP SA of Aggressive Mode.", 3201,
            Inputs("aes128-sha1").By(AuthenticationMethod.PreSharedKey, ExchangeType.Aggressive),
            [
                .. Given.Connect, new(5_000, Role.Initiator, OrderKind.Rekey),
                new(50_000, Role.Initiator, OrderKind.Rekey),
            ], 90_000),
        new("refike-identity-pfs", "PFS of identities: after the Quick Mode the ISAKMP SA is deleted (RFC 2409 §8).",
            3202, Inputs("aes128-sha1-modp1536").Children((c, _) => c with { IdentityPfs = true }), Given.Connect),
        new("refike-three-children", "Three Quick Modes, one of them started by the responder.", 3203,
            Given.Inputs(Suite, "aes128-sha1", children: 2) with { InitialContact = true },
            [.. Given.Connect, new(100, Role.Responder, OrderKind.Connect, "c2"), new(200, Role.Initiator, OrderKind.Rekey)]),
    ];

    private static IEnumerable<Recipe> Groups =>
    [
        new("refike-new-group-modp", "New Group Mode: the initiator offers a MODP group (RFC 2409 §5.6).", 3300,
            Inputs("aes128-sha1") with { NewGroups = true }, [.. Given.Connect, Offer(GroupOffers.Modp, Role.Initiator)]),
        new("refike-new-group-ecp", "New Group Mode: the responder offers a curve over a prime field.", 3301,
            Inputs("aes128-sha1") with { NewGroups = true }, [.. Given.Connect, Offer(GroupOffers.Ecp, Role.Responder)]),
        new("refike-new-group-ec2n", "New Group Mode: a curve over a field of characteristic two.", 3302,
            Inputs("aes128-sha1") with { NewGroups = true }, [.. Given.Connect, Offer(GroupOffers.Ec2n, Role.Initiator)]),
    ];

    private const string Suite = "aes128-sha1-modp1536";

    private static Recipe One(string name, string shows, ulong seed, Inputs inputs)
        => new($"refike-{name}", shows, seed, inputs, Given.Connect);

    private static Inputs Inputs(string esp) => Given.Inputs(Suite, esp);

    private static IdentificationPayload Client(int n) => Names.Range(
        IdentificationType.Ipv4Range, $"203.0.113.{n * 16}", $"203.0.113.{(n * 16) + 9}", 6, (ushort)(n == 2 ? 443 : 0));

    private static ScriptLine Offer(GroupInputs group, Role by) => new(500, by, OrderKind.NewGroup, Group: group);
}
