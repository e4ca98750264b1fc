using RefIke.Crypto.Keys;
using RefIke.Crypto.Signatures;
using RefIke.Wire;

namespace RefIke.Cli.Configuration;

/// <summary>
/// The authentication methods of phase 1 by their names, and which keys they take (RFC 2409 §5, App. A).
/// </summary>
internal static class AuthenticationNames
{
    private static readonly (string Name, AuthenticationMethod Method)[] All =
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

    public static IEnumerable<string> Names => All.Select(a => a.Name);

    public static string Of(AuthenticationMethod method) => Array.Find(All, a => a.Method == method).Name;

    public static AuthenticationMethod Of(string name) => Array.Find(All, a => a.Name == name).Method;

    /// <summary>The method that a connection names; that of pre-shared keys where it names none.</summary>
    public static AuthenticationMethod Read(TomlSection t)
        => Of(t.Word("auth", "psk", [.. Names]));

    /// <summary>Whether the method can use a key of this kind.</summary>
    public static bool Takes(AuthenticationMethod method, PublicKey key)
        => SignatureMethod.TryGet((int)method, out var signature) ? signature.Takes(key) : key is RsaPublicKey;
}
