using RefIke.Crypto;

namespace RefIke.Vectors.Tests;

/// <summary>The names that the vector files use, and the objects of RefIke that they stand for.</summary>
internal static class Algorithms
{
    public static HashFunction Hash(string name) => Hashes.Single(h => h.Name == name);

    public static Cipher Cipher(string name) => Ciphers.Single(c => c.Name == name);

    public static HashFunction[] Hashes { get; } =
        [HashFunction.Md5, HashFunction.Sha1, HashFunction.Sha256, HashFunction.Sha384, HashFunction.Sha512];

    public static Cipher[] Ciphers { get; } =
        [Crypto.Cipher.Des, Crypto.Cipher.TripleDes, Crypto.Cipher.Aes128, Crypto.Cipher.Aes192, Crypto.Cipher.Aes256];
}
