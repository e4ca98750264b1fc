using System.Collections.Immutable;
using System.Net;
using System.Text;
using RefIke.Exchanges;
using RefIke.Exchanges.Phase2;
using RefIke.Wire;

namespace RefIke.Vectors.Making;

/// <summary>
/// The vectors that RefIke makes. Addresses and names are those reserved for documents (RFC 5737, RFC 3849, RFC 2606).
/// </summary>
internal static class Recipes
{
    public static Recipe[] All { get; } =
    [
        new("refike-des-md5-modp768",
            "The algorithms that RFC 2409 §4 demands of everybody. No PFS, no client identities: the hosts themselves. "
            + "The seed is one for which g^xy begins with a zero octet.", 21,
            Given("des-md5-modp768", "des-md5", clients: false), Connect()),
        new("refike-3des-sha1-modp1024-pfs",
            "3DES needs 24 octets of key and SHA-1 gives 20. PFS in another group than phase 1's, subnets as client "
            + "identities. The seed is one for which g(qm)^xy begins with a zero octet.", 338,
            Given("3des-sha1-modp1024", "3des-sha1-modp1536"), Connect()),
        new("refike-aes256-sha1-rekey",
            "AES-256 needs 32 octets of key and SHA-1 gives 20. A rekey at 10 s; 30 s later its initiator deletes "
            + "the old pair and the responder answers with its own Delete; then the ISAKMP SA is deleted.", 3,
            Given("aes256-sha1-modp2048", "aes256-sha1"),
            [
                .. Connect(), new(10_000, Role.Initiator, OrderKind.Rekey),
                new(50_000, Role.Initiator, OrderKind.DeleteIsakmp),
            ], 51_000),
        new("refike-aes192-sha512-ecp521-pfs",
            "Curves in both phases, of different size; coordinates of 66 octets. ESP that only authenticates. IPv6.", 4,
            Given("aes192-sha512-ecp521", "null-sha512-ecp256", v6: true), Connect()),
        new("refike-aes256-sha384-modp2048s256-responder-starts",
            "A group with a subgroup of known order, and one of RFC 5114's curves for PFS. Phase 1's responder "
            + "starts a second Quick Mode for other traffic and deletes its pair.", 5,
            Given("aes256-sha384-modp2048s256", "aes128-sha384-ecp224", children: 2),
            [
                .. Connect(), new(500, Role.Responder, OrderKind.Connect, "c2"),
                new(900, Role.Responder, OrderKind.DeletePair, "c2"),
            ]),
        new("refike-aes128-sha256-choice",
            "Three transforms offered in phase 1 and two in phase 2; the responder takes the second of each. NAT "
            + "detection finds no NAT (RFC 3947), so that all stays on port 500. Identities in phase 1 are names.", 6,
            Given("aes256-sha512-modp4096,aes128-sha256-modp2048,3des-sha1-modp1536", "aes256-sha512,aes128-sha256",
                "aes128-sha256-modp2048,3des-sha1-modp1536", "aes128-sha256", names: true, natTraversal: true),
            Connect()),
        new("refike-aes128-sha1-refused",
            "The responder refuses the Quick Mode: a NO-PROPOSAL-CHOSEN notify under the ISAKMP SA (RFC 2409 §5.7). "
            + "The seed is one for which g^xr begins with a zero octet.", 424,
            Given("aes128-sha1-ecp256", "aes256-sha256", peerEsp: "aes128-sha1"), Connect()),
    ];

    private static ScriptLine[] Connect() => [new(0, Role.Initiator, OrderKind.Connect)];

    private static Inputs Given(string phase1, string esp, string? peerPhase1 = null, string? peerEsp = null,
        bool clients = true, bool v6 = false, bool names = false, bool natTraversal = false, int children = 1)
        => new(Encoding.ASCII.GetBytes("a pre-shared key"), 28800, 3600, natTraversal,
            new Side(Host(1, v6), Identity(1, v6, names), [.. phase1.Split(',')],
                Children(1, 2, esp, clients, v6, children), []),
            new Side(Host(2, v6), Identity(2, v6, names), [.. (peerPhase1 ?? phase1).Split(',')],
                Children(2, 1, peerEsp ?? esp, clients, v6, children), []), []);

    private static string Host(int n, bool v6) => v6 ? $"2001:db8::{n}" : $"192.0.2.{n}";

    private static Octets Identity(int n, bool v6, bool names) => names
        ? new IdentificationPayload(IdentificationType.Fqdn, 0, 0,
            Encoding.ASCII.GetBytes($"{"ab"[n - 1]}.example.org")).Body
        : Selector.ToPayload(IPAddress.Parse(Host(n, v6)), v6 ? 128 : 32).Body;

    private static ImmutableArray<Child> Children(int own, int peer, string esp, bool clients, bool v6, int count)
        => [.. Enumerable.Range(1, count).Select(i => new Child(
            i == 1 ? "c" : $"c{i}", clients ? Net(own, i, v6) : null, clients ? Net(peer, i, v6) : null,
            [.. esp.Split(',')]))];

    /// <summary>A subnet behind a host; the second child's are single addresses.</summary>
    private static Octets? Net(int n, int child, bool v6) => v6
        ? Selector.ToPayload(IPAddress.Parse($"2001:db8:{n}::"), 48).Body
        : Selector.ToPayload(IPAddress.Parse(child == 1 ? $"198.51.100.{(n - 1) * 128}" : $"203.0.113.{n}"),
            child == 1 ? 25 : 32).Body;
}
