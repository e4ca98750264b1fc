using RefIke.Crypto;
using RefIke.Wire;

namespace RefIke.Exchanges.Negotiation;

/// <summary>The algorithms spoken: registry number, object that computes it, and the name used in configurations.</summary>
public static class SuiteNames
{
    private static readonly (string Name, Cipher Cipher, EncryptionAlgorithm Number, ushort? Bits)[] Ciphers =
    [
        ("des", Crypto.Cipher.Des, EncryptionAlgorithm.DesCbc, null),
        ("3des", Crypto.Cipher.TripleDes, EncryptionAlgorithm.TripleDesCbc, null),
        ("aes128", Crypto.Cipher.Aes128, EncryptionAlgorithm.AesCbc, 128),
        ("aes192", Crypto.Cipher.Aes192, EncryptionAlgorithm.AesCbc, 192),
        ("aes256", Crypto.Cipher.Aes256, EncryptionAlgorithm.AesCbc, 256),
    ];

    private static readonly (string Name, HashFunction Hash, HashAlgorithm Number)[] Hashes =
    [
        ("md5", HashFunction.Md5, HashAlgorithm.Md5),
        ("sha1", HashFunction.Sha1, HashAlgorithm.Sha),
        ("sha256", HashFunction.Sha256, HashAlgorithm.Sha256),
        ("sha384", HashFunction.Sha384, HashAlgorithm.Sha384),
        ("sha512", HashFunction.Sha512, HashAlgorithm.Sha512),
    ];

    /// <summary>The names of all ciphers spoken.</summary>
    public static IEnumerable<string> CipherNames => Ciphers.Select(c => c.Name);

    /// <summary>The names of all hashes spoken.</summary>
    public static IEnumerable<string> HashNames => Hashes.Select(h => h.Name);

    /// <summary>The configuration's name of a cipher.</summary>
    public static string Of(Cipher cipher) => Ciphers.First(c => c.Cipher == cipher).Name;

    /// <summary>The configuration's name of a hash.</summary>
    public static string Of(HashFunction hash) => Hashes.First(h => h.Hash == hash).Name;

    /// <summary>Reads <c>aes128-sha1-modp2048</c>; null where a part is unknown.</summary>
    public static Phase1Suite? Phase1(string name, ulong lifeSeconds, AuthenticationMethod method = AuthenticationMethod.PreSharedKey)
    {
        var parts = name.Split('-');
        if (parts.Length != 3)
        {
            return null;
        }

        var cipher = Ciphers.FirstOrDefault(c => c.Name == parts[0]).Cipher;
        var hash = Hashes.FirstOrDefault(h => h.Name == parts[1]).Hash;
        var group = GroupList.All.FirstOrDefault(g => g.Name == parts[2]);
        return cipher is null || hash is null || group is null ? null : new Phase1Suite(cipher, hash, group, method, lifeSeconds);
    }

    /// <summary>Reads <c>aes128-sha1</c> or <c>aes128-sha1-modp2048</c> (with PFS); null where a part is unknown.</summary>
    public static EspSuite? Esp(string name, ulong lifeSeconds)
    {
        var parts = name.Split('-');
        if (parts.Length is not (2 or 3))
        {
            return null;
        }

        var cipher = EspSuite.Ciphers.FirstOrDefault(c => c.Name == parts[0]);
        var auth = EspSuite.Authentications.FirstOrDefault(a => a.Name == parts[1]);
        var group = parts.Length == 3 ? GroupList.All.FirstOrDefault(g => g.Name == parts[2]) : null;
        return cipher is null || auth is null || (parts.Length == 3 && group is null)
            ? null
            : new EspSuite(cipher, auth, group, EncapsulationMode.Tunnel, lifeSeconds);
    }

    internal static (EncryptionAlgorithm Algorithm, ushort? Bits) Number(Cipher cipher)
    {
        var c = Ciphers.First(c => c.Cipher == cipher);
        return (c.Number, c.Bits);
    }

    internal static HashAlgorithm Number(HashFunction hash) => Hashes.First(h => h.Hash == hash).Number;

    internal static HashFunction? Hash(HashAlgorithm? number) => Hashes.FirstOrDefault(h => h.Number == number).Hash;

    /// <summary>A cipher needs its Key Length exactly when its key is variable (RFC 2409 App. A, RFC 3602 §5.3).</summary>
    internal static Cipher? Cipher(EncryptionAlgorithm? number, ulong? bits, out string why)
    {
        var found = Ciphers.FirstOrDefault(c => c.Number == number && c.Bits == bits).Cipher;
        why = found is null ? $"cipher {number} with key length {bits?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "none"} is not spoken" : "";
        return found;
    }
}
