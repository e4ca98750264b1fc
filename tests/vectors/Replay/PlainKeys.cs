using System.Numerics;
using System.Security.Cryptography;
using RefIke.Vectors.Tests.Groups;
using RefIke.Wire;

namespace RefIke.Vectors.Tests.Replay;

/// <summary>The keys of a vector by .NET alone: RSA's arithmetic, DSS and ECDSA, PKCS #1 decryption.</summary>
internal static class PlainKeys
{
    /// <summary>Whether SIG is over HASH by this side's key (RFC 2409 §5.1, RFC 4754).</summary>
    public static bool Verifies(AuthenticationMethod method, byte[] pkcs8, byte[] HASH, byte[] SIG)
    {
        switch (method)
        {
            case AuthenticationMethod.RsaSignatures:
                var p = Rsa(pkcs8);
                var block = BigInteger.ModPow(Numbers.Number(SIG), Numbers.Number(p.Exponent), Numbers.Number(p.Modulus))
                    .Octets(p.Modulus!.Length);
                byte[] expected =
                    [0, 1, .. Enumerable.Repeat((byte)0xff, p.Modulus.Length - HASH.Length - 3), 0, .. HASH];
                return block.SequenceEqual(expected);
            case AuthenticationMethod.DssSignatures:
                using (var dsa = DSA.Create())
                {
                    dsa.ImportPkcs8PrivateKey(pkcs8, out _);
                    return dsa.VerifySignature(HASH, SIG, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
                }

            default:
                using (var ecdsa = ECDsa.Create())
                {
                    ecdsa.ImportPkcs8PrivateKey(pkcs8, out _);
                    return ecdsa.VerifyHash(HASH, SIG, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
                }
        }
    }

    /// <summary>The hash to which a method ties HASH_I and HASH_R; null for the negotiated one.</summary>
    public static string? TiedHash(AuthenticationMethod method) => method switch
    {
        AuthenticationMethod.DssSignatures => "sha1",
        AuthenticationMethod.EcdsaP256 => "sha256",
        AuthenticationMethod.EcdsaP384 => "sha384",
        AuthenticationMethod.EcdsaP521 => "sha512",
        _ => null,
    };

    /// <summary>A body that was encrypted to this key (RFC 2409 §5.2).</summary>
    public static byte[] Decrypt(byte[] pkcs8, byte[] ciphertext)
    {
        using var rsa = RSA.Create();
        rsa.ImportPkcs8PrivateKey(pkcs8, out _);
        return rsa.Decrypt(ciphertext, RSAEncryptionPadding.Pkcs1);
    }

    private static RSAParameters Rsa(byte[] pkcs8)
    {
        using var rsa = RSA.Create();
        rsa.ImportPkcs8PrivateKey(pkcs8, out _);
        return rsa.ExportParameters(false);
    }
}
