using RefIke.Exchanges;

namespace RefIke.Vectors.Making.Recipes;

/// <summary>What every implementation meets first: Main Mode with a pre-shared key, and ESP.</summary>
internal static class FirstRecipes
{
    public static Recipe[] All { get; } =
    [
        new("refike-des-md5-modp768",
            "The algorithms that RFC 2409 §4 demands of everybody. No PFS, no client identities: the hosts themselves. "
            + "The seed is one for which g^xy begins with a zero octet.", 21,
            Given.Inputs("des-md5-modp768", "des-md5", clients: false), Given.Connect),
        new("refike-3des-sha1-modp1024-pfs",
            "3DES needs 24 octets of key and SHA-1 gives 20. PFS in another group than phase 1's, subnets as client "
            + "identities. The seed is one for which g(qm)^xy begins with a zero octet.", 338,
            Given.Inputs("3des-sha1-modp1024", "3des-sha1-modp1536"), Given.Connect),
        new("refike-aes256-sha1-rekey",
            "AES-256 needs 32 octets of key and SHA-1 gives 20. A rekey at 10 s; 30 s later its initiator deletes "
            + "the old pair and the responder answers with its own Delete; then the ISAKMP SA is deleted.", 3,
            Given.Inputs("aes256-sha1-modp2048", "aes256-sha1"),
            [
                .. Given.Connect, new(10_000, Role.Initiator, OrderKind.Rekey),
                new(50_000, Role.Initiator, OrderKind.DeleteIsakmp),
            ], 51_000),
        new("refike-aes192-sha512-ecp521-pfs",
            "Curves in both phases, of different size; coordinates of 66 octets. ESP that only authenticates. IPv6.", 4,
            Given.Inputs("aes192-sha512-ecp521", "null-sha512-ecp256", v6: true), Given.Connect),
        new("refike-aes256-sha384-modp2048s256-responder-starts",
            "A group with a subgroup of known order, and one of RFC 5114's curves for PFS. Phase 1's responder "
            + "starts a second Quick Mode for other traffic and deletes its pair.", 5,
            Given.Inputs("aes256-sha384-modp2048s256", "aes128-sha384-ecp224", children: 2),
            [
                .. Given.Connect, new(500, Role.Responder, OrderKind.Connect, "c2"),
                new(900, Role.Responder, OrderKind.DeletePair, "c2"),
            ]),
        new("refike-aes128-sha256-choice",
            "Three transforms offered in phase 1 and two in phase 2; the responder takes the second of each. NAT "
            + "detection finds no NAT (RFC 3947), so that all stays on port 500. Identities in phase 1 are names.", 6,
            Given.Inputs("aes256-sha512-modp4096,aes128-sha256-modp2048,3des-sha1-modp1536", "aes256-sha512,aes128-sha256",
                "aes128-sha256-modp2048,3des-sha1-modp1536", "aes128-sha256").Identified("fqdn")
                with { NatTraversal = true },
            Given.Connect),
        new("refike-aes128-sha1-refused",
            "The responder refuses the Quick Mode: a NO-PROPOSAL-CHOSEN notify under the ISAKMP SA (RFC 2409 §5.7). "
            + "The seed is one for which g^xr begins with a zero octet.", 424,
            Given.Inputs("aes128-sha1-ecp256", "aes256-sha256", peerEsp: "aes128-sha1"), Given.Connect),
    ];
}
