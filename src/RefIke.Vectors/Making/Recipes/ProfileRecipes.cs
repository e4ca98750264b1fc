using RefIke.Exchanges;
using RefIke.Exchanges.Phase1;
using RefIke.Wire;

namespace RefIke.Vectors.Making.Recipes;

/// <summary>NAT traversal, fragments, dead peer detection.</summary>
internal static class ProfileRecipes
{
    public static Recipe[] All { get; } = [.. Nat, .. Fragments, .. DeadPeers];

    private static IEnumerable<Recipe> Nat =>
    [
        One("nat-initiator-main", "The initiator is behind a NAT: from message 5 on port 4500, ESP in UDP.", 5000,
            Base().Behind(Role.Initiator)),
        One("nat-responder-main", "The responder is behind a NAT that hands its ports on.", 5001,
            Base().Behind(Role.Responder)),
        One("nat-initiator-aggressive", "A NAT and Aggressive Mode: message 3 goes on port 4500.", 5002,
            Base().By(AuthenticationMethod.PreSharedKey, ExchangeType.Aggressive).Identified("fqdn")
                .Behind(Role.Initiator)),
        One("nat-transport", "Transport mode through a NAT: NAT-OA tells the original addresses.", 5003,
            Given.Inputs("aes128-sha1-modp1536", "aes128-sha1", clients: false).Identified("fqdn")
                .Children((c, _) => c with { Mode = EncapsulationMode.Transport }).Behind(Role.Initiator)),
        One("nat-none-aggressive", "NAT detection in Aggressive Mode that finds none: all stays on port 500.", 5004,
            Base().By(AuthenticationMethod.PreSharedKey, ExchangeType.Aggressive) with { NatTraversal = true }),
        One("nat-rsa-sig-certificates", "A NAT, RSA signatures and certificates.", 5005,
            Base().By(AuthenticationMethod.RsaSignatures).Certified().Behind(Role.Initiator)),
        new("refike-nat-rekey", "A rekey by the responder through the initiator's NAT.", 5006,
            Base().Behind(Role.Initiator), [.. Given.Connect, new(40_000, Role.Responder, OrderKind.Rekey)], 71_000),
    ];

    private static IEnumerable<Recipe> Fragments =>
    [
        One("fragments-rsa-sig-main", "Certificates make messages that are cut in fragments of 576 octets.", 5100,
            Base().By(AuthenticationMethod.RsaSignatures).Certified("fqdn", CertificateSending.Always, chain: true)
                with { FragmentSize = 576 }),
        One("fragments-nat", "Fragments through a NAT.", 5101,
            Base().By(AuthenticationMethod.RsaSignatures).Certified("fqdn", CertificateSending.Always)
                .Behind(Role.Initiator) with { FragmentSize = 576 }),
        One("fragments-quick-mode", "A Quick Mode with PFS in a large group is cut.", 5102,
            Given.Inputs("aes128-sha256-modp1536", "aes256-sha256-modp4096") with { FragmentSize = 400 }),
    ];

    private static IEnumerable<Recipe> DeadPeers =>
    [
        new("refike-dead-peer-detection", "After 10 s of silence the initiator asks, and the responder answers.", 5200,
            (Base() with { DeadPeerDetection = true }).Each(
                (side, n) => side with { DeadPeerInterval = n == 1 ? 10_000 : null }), Given.Connect, 15_000),
        new("refike-dead-peer-detection-both", "Both sides ask, at different times.", 5201,
            (Base() with { DeadPeerDetection = true }).Each(
                (side, n) => side with { DeadPeerInterval = n == 1 ? 10_000 : 4_000 }), Given.Connect, 15_000),
    ];

    private static Inputs Base() => Given.Inputs("aes128-sha1-modp1536", "aes128-sha1");

    private static Recipe One(string name, string shows, ulong seed, Inputs inputs)
        => new($"refike-{name}", shows, seed, inputs, Given.Connect);

    private static Inputs Behind(this Inputs inputs, Role who) => inputs with
    {
        NatTraversal = true,
        Nat = new NatInputs(who, who == Role.Initiator ? "192.0.2.101" : "192.0.2.102"),
    };
}
