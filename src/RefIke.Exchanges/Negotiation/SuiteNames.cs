using System.Collections.Frozen;
using System.Globalization;
using RefIke.Crypto;
using RefIke.Wire;

namespace RefIke.Exchanges.Negotiation;

/// <summary>The algorithms spoken: registry number, object that computes it, and the name used in configurations.</summary>
public static class SuiteNames
{
    [Clause("2409-4-10")]
    private static readonly (string Name, CipherFamily Family, EncryptionAlgorithm Number)[] Families =
    [
        ("des", CipherFamily.Des, EncryptionAlgorithm.DesCbc),
        ("idea", CipherFamily.Idea, EncryptionAlgorithm.IdeaCbc),
        ("blowfish", CipherFamily.Blowfish, EncryptionAlgorithm.BlowfishCbc),
        ("rc5_", CipherFamily.Rc5, EncryptionAlgorithm.Rc5R16B64Cbc),
        ("3des", CipherFamily.TripleDes, EncryptionAlgorithm.TripleDesCbc),
        ("cast", CipherFamily.Cast, EncryptionAlgorithm.CastCbc),
        ("aes", CipherFamily.Aes, EncryptionAlgorithm.AesCbc),
        ("camellia", CipherFamily.Camellia, EncryptionAlgorithm.CamelliaCbc),
    ];

    private static readonly FrozenDictionary<string, Cipher> Ciphers = CipherFamily.All
        .SelectMany(f => f.KeyBits.Select(bits => f.With(bits)!)).ToFrozenDictionary(Of);

    [Clause("2409-4-11")]
    private static readonly (string Name, HashFunction Hash, HashAlgorithm Number)[] Hashes =
    [
        ("md5", HashFunction.Md5, HashAlgorithm.Md5),
        ("sha1", HashFunction.Sha1, HashAlgorithm.Sha),
        ("tiger", HashFunction.Tiger, HashAlgorithm.Tiger),
        ("sha256", HashFunction.Sha256, HashAlgorithm.Sha256),
        ("sha384", HashFunction.Sha384, HashAlgorithm.Sha384),
        ("sha512", HashFunction.Sha512, HashAlgorithm.Sha512),
    ];

    /// <summary>
    /// The names of the ciphers worth naming to a user. A variable cipher's name ends in the key's bits, and any legal
    /// number of them may stand there: <c>blowfish40</c>, <c>rc5_2040</c>.
    /// </summary>
    public static IEnumerable<string> CipherNames
        => Families.SelectMany(f => f.Family.PopularKeyBits.Select(bits => Of(f.Family.With(bits)!)));

    /// <summary>The names of all hashes spoken.</summary>
    public static IEnumerable<string> HashNames => Hashes.Select(h => h.Name);

    /// <summary>The configuration's name of a cipher.</summary>
    public static string Of(Cipher cipher)
        => FamilyOf(cipher).Name + (cipher.Family.IsVariable ? $"{8 * cipher.KeyLength}" : "");

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

        var cipher = Ciphers.GetValueOrDefault(parts[0]);
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

        var cipher = EspAlgorithms.Ciphers.FirstOrDefault(c => c.Name == parts[0]);
        var auth = EspAlgorithms.Authentications.FirstOrDefault(a => a.Name == parts[1]);
        var group = parts.Length == 3 ? GroupList.All.FirstOrDefault(g => g.Name == parts[2]) : null;
        return cipher is null || auth is null || (parts.Length == 3 && group is null)
            ? null
            : new EspSuite(cipher, auth, group, EncapsulationMode.Tunnel, lifeSeconds);
    }

    /// <summary>
    /// Reads an AH suite: <c>sha1</c>, or <c>sha1-modp2048</c> with PFS; null where a part is unknown.
    /// </summary>
    public static AhSuite? Ah(string name, ulong lifeSeconds)
    {
        var parts = name.Split('-');
        var algorithm = AhAlgorithms.All.FirstOrDefault(a => a.Name == parts[0]);
        var group = parts.Length == 2 ? GroupList.All.FirstOrDefault(g => g.Name == parts[1]) : null;
        return algorithm is null || parts.Length > 2 || (parts.Length == 2 && group is null)
            ? null
            : new AhSuite(algorithm, group, EncapsulationMode.Tunnel, lifeSeconds);
    }

    internal static (EncryptionAlgorithm Algorithm, ushort? Bits) Number(Cipher cipher)
        => (FamilyOf(cipher).Number, cipher.Family.IsVariable ? (ushort)(8 * cipher.KeyLength) : null);

    internal static HashAlgorithm Number(HashFunction hash) => Hashes.First(h => h.Hash == hash).Number;

    internal static HashFunction? Hash(HashAlgorithm? number) => Hashes.FirstOrDefault(h => h.Number == number).Hash;

    /// <summary>
    /// The cipher that the attributes stand for. A fixed key has no Key Length (RFC 2409 App. A); a variable one
    /// without it has the default of App. B, where there is one (D-27; RFC 3602 §5.3 and RFC 4312 have none).
    /// </summary>
    [Clause("2409-A-04")]
    internal static Cipher? Cipher(EncryptionAlgorithm? number, ulong? bits, out string why)
    {
        var found = Families.FirstOrDefault(f => f.Number == number).Family?.Negotiated(bits);
        why = found is null ? $"cipher {number} with key length {bits?.ToString(CultureInfo.InvariantCulture) ?? "none"} is not spoken" : "";
        return found;
    }

    private static (string Name, CipherFamily Family, EncryptionAlgorithm Number) FamilyOf(Cipher cipher)
        => Array.Find(Families, f => f.Family == cipher.Family);
}
