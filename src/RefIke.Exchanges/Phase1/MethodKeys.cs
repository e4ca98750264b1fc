using RefIke.Crypto.Keys;
using RefIke.Wire;

namespace RefIke.Exchanges.Phase1;

/// <summary>
/// Keys of the kind that an authentication method needs, made of a seed as <see cref="KeyMaker"/> makes them: for tests,
/// demonstrations and vectors.
/// </summary>
public static class MethodKeys
{
    /// <summary>DSA and ECDSA keys for their signatures, RSA keys for RSA's and for both ways of encryption.</summary>
    /// <param name="seed">Octets that name the key.</param>
    public static PrivateKey Make(AuthenticationMethod method, ReadOnlySpan<byte> seed) => method switch
    {
        AuthenticationMethod.DssSignatures => KeyMaker.Dsa(seed),
        AuthenticationMethod.EcdsaP256 => KeyMaker.Ec(seed, EcCurve.P256),
        AuthenticationMethod.EcdsaP384 => KeyMaker.Ec(seed, EcCurve.P384),
        AuthenticationMethod.EcdsaP521 => KeyMaker.Ec(seed, EcCurve.P521),
        _ => KeyMaker.Rsa(seed),
    };

    /// <summary>A word for the kind: two methods with the same one can use the same key.</summary>
    public static string Kind(AuthenticationMethod method) => method switch
    {
        AuthenticationMethod.DssSignatures or AuthenticationMethod.EcdsaP256 or AuthenticationMethod.EcdsaP384
            or AuthenticationMethod.EcdsaP521 => $"{method}",
        _ => "RSA",
    };
}
