using RefIke.Exchanges;
using RefIke.Wire;

namespace RefIke.Vectors.Making.Recipes;

/// <summary>XAUTH, hybrid authentication and Mode Config.</summary>
internal static class RemoteAccessRecipes
{
    public static Recipe[] All { get; } = [.. Xauth, .. Hybrid, .. ModeConfig];

    private static IEnumerable<Recipe> Xauth =>
    [
        One("xauth-psk-main", "XAUTH after Main Mode with a pre-shared key.", 4000, Base().With()),
        One("xauth-psk-aggressive", "XAUTH after Aggressive Mode.", 4001,
            Base().By(AuthenticationMethod.PreSharedKey, ExchangeType.Aggressive).Identified("fqdn").With()),
        One("xauth-rsa-sig-main", "XAUTH after RSA signatures with certificates.", 4002,
            Base().By(AuthenticationMethod.RsaSignatures).Certified().With()),
        One("xauth-dss-sig-aggressive", "XAUTH after DSS signatures in Aggressive Mode.", 4003,
            Base().By(AuthenticationMethod.DssSignatures, ExchangeType.Aggressive).Identified("fqdn").With()),
        One("xauth-rsa-enc-main", "XAUTH after public key encryption.", 4004,
            Base().By(AuthenticationMethod.RsaEncryption).With()),
        One("xauth-rsa-rev-enc-main", "XAUTH after revised public key encryption.", 4005,
            Base().By(AuthenticationMethod.RevisedRsaEncryption).With()),
        One("xauth-responder-is-user", "The responder of phase 1 is asked for its user.", 4006,
            Base().With(host: Role.Responder)),
        One("xauth-radius-chap", "XAUTH of type RADIUS-CHAP: a challenge, and a hash instead of the password.", 4007,
            Base().With(type: XauthType.RadiusChap)),
    ];

    private static IEnumerable<Recipe> Hybrid =>
        from mode in new[] { ExchangeType.MainMode, ExchangeType.Aggressive }
        from method in new[] { AuthenticationMethod.RsaSignatures, AuthenticationMethod.DssSignatures }
        from host in new[] { Role.Initiator, Role.Responder }
        where host == Role.Initiator || method == AuthenticationMethod.RsaSignatures
        let name = $"hybrid-{(method == AuthenticationMethod.RsaSignatures ? "rsa" : "dss")}-"
            + $"{(mode == ExchangeType.Aggressive ? "aggressive" : "main")}{(host == Role.Initiator ? "" : "-responder-is-user")}"
        select One(name, "Hybrid authentication: the edge device signs, the user's side sends HASH and is asked by XAUTH.",
            4100 + (ulong)((int)mode * 8) + (ulong)((int)method * 2) + (ulong)(int)host,
            Base().By(method, mode).Identified("fqdn").With(host, hybrid: true).WithoutUsersKey());

    private static IEnumerable<Recipe> ModeConfig =>
    [
        One("mode-config-pull", "The host asks for an address (REQUEST, REPLY), and takes it as its traffic.", 4200,
            Base().Configured(pushed: false)),
        One("mode-config-push", "The edge device sets an address (SET, ACK).", 4201,
            Base().Configured(pushed: true)),
        One("xauth-mode-config-main", "XAUTH, then Mode Config, then Quick Mode.", 4202,
            Base().With().Configured(pushed: false)),
        One("xauth-mode-config-aggressive", "The same after Aggressive Mode, the address pushed.", 4203,
            Base().By(AuthenticationMethod.PreSharedKey, ExchangeType.Aggressive).Identified("fqdn").With()
                .Configured(pushed: true)),
        One("hybrid-mode-config", "Hybrid authentication with certificates, XAUTH, Mode Config.", 4204,
            Base().By(AuthenticationMethod.RsaSignatures).Certified().With(hybrid: true).WithoutUsersKey()
                .Configured(pushed: false)),
    ];

    private static Inputs Base() => Given.Inputs("aes128-sha1-modp1536", "aes128-sha1");

    private static Recipe One(string name, string shows, ulong seed, Inputs inputs)
        => new($"refike-{name}", shows, seed, inputs, Given.Connect);

    private static Inputs With(this Inputs inputs, Role host = Role.Initiator, XauthType type = XauthType.Generic,
        bool hybrid = false) => inputs with
        {
            Xauth = new XauthInputs(host, type, hybrid, Given.Text("alice"), Given.Text("wonderland")),
        };

    /// <summary>With hybrid authentication the user's side has no key, and the edge device needs none of it.</summary>
    private static Inputs WithoutUsersKey(this Inputs inputs) => inputs.Each((side, n) =>
    {
        var isUser = (n == 1) == (inputs.Xauth!.Host == Role.Initiator);
        return side with
        {
            Keys = isUser
                ? side.Keys! with { PrivateKey = null, Certificates = null }
                : side.Keys! with { PeerKey = null },
        };
    });

    /// <summary>The initiator gets an address, which is its side of the traffic.</summary>
    private static Inputs Configured(this Inputs inputs, bool pushed) => inputs.Children((c, n) => c with
    {
        Own = n == 1 ? null : c.Own,
        Peer = n == 1 ? c.Peer : null,
        Assigned = true,
    }) with
    {
        ModeConfig = new ModeConfigInputs(
            Role.Initiator, pushed, "198.51.100.5", "255.255.255.128", ["198.51.100.129"], 86_400),
    };
}
