using RefIke.Wire;

namespace RefIke.Cli.Matrix;

/// <summary>The authentication methods of phase 1 by the names that options take (RFC 2409 §5, App. A; RFC 4754).</summary>
internal static class AuthenticationWords
{
    private static readonly (string Name, AuthenticationMethod Method)[] Table =
    [
        ("psk", AuthenticationMethod.PreSharedKey),
        ("rsa-sig", AuthenticationMethod.RsaSignatures),
        ("dss-sig", AuthenticationMethod.DssSignatures),
        ("ecdsa-256", AuthenticationMethod.EcdsaP256),
        ("ecdsa-384", AuthenticationMethod.EcdsaP384),
        ("ecdsa-521", AuthenticationMethod.EcdsaP521),
        ("rsa-enc", AuthenticationMethod.RsaEncryption),
        ("rsa-rev-enc", AuthenticationMethod.RevisedRsaEncryption),
    ];

    public static IEnumerable<string> All => Table.Select(t => t.Name);

    public static AuthenticationMethod Of(string name) => Array.Find(Table, t => t.Name == name).Method;
}
