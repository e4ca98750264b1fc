using System.Collections.Frozen;
using System.Collections.Immutable;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Parameters;

namespace RefIke.Crypto;

/// <summary>
/// One Encryption Algorithm of phase 1 (RFC 2409 App. A and its registry) with the key lengths it takes: a <see
/// cref="Cipher"/> for each. Every family but AES and Camellia is here because the RFC has it, not because it should be
/// used.
/// </summary>
public sealed class CipherFamily
{
    private readonly FrozenDictionary<int, Cipher> ciphers;

    internal CipherFamily(string name, int blockLength, IEnumerable<int> keyBits, Func<IBlockCipher> engine)
    {
        (Name, BlockLength, KeyBits, Engine) = (name, blockLength, [.. keyBits], engine);
        PopularKeyBits = KeyBits;
        ciphers = KeyBits.ToFrozenDictionary(b => b, b => new Cipher(this, b));
    }

    /// <summary>DES-CBC (RFC 2405), 64 bits of which 56 count. Broken by exhaustive search since 1998.</summary>
    public static CipherFamily Des => Ciphers.Des.Single;

    /// <summary>
    /// 3DES-CBC (RFC 2451), 192 bits of which 168 count. Obsolete: short blocks, strength of 112 bits at most.
    /// </summary>
    public static CipherFamily TripleDes => Ciphers.Des.Triple;

    /// <summary>IDEA-CBC (RFC 2451), 128 bits. Obsolete: short blocks, large classes of weak keys.</summary>
    public static CipherFamily Idea => Ciphers.Idea.Family;

    /// <summary>Blowfish-CBC (RFC 2451), 40 to 448 bits. Obsolete: short blocks.</summary>
    public static CipherFamily Blowfish => Ciphers.Blowfish.Family;

    /// <summary>RC5-R16-B64-CBC (RFC 2451), 40 to 2040 bits. Obsolete: short blocks.</summary>
    public static CipherFamily Rc5 => Ciphers.Rc5.Family;

    /// <summary>CAST-128-CBC (RFC 2451), 40 to 128 bits. Obsolete: short blocks.</summary>
    public static CipherFamily Cast => Ciphers.Cast.Family;

    /// <summary>AES-CBC (RFC 3602): 128, 192 or 256 bits.</summary>
    public static CipherFamily Aes => Ciphers.Aes.Family;

    /// <summary>Camellia-CBC (RFC 4312): 128, 192 or 256 bits.</summary>
    public static CipherFamily Camellia => Ciphers.Camellia.Family;

    /// <summary>All of them, in the registry's order.</summary>
    // clause 2409-4-17
    public static ImmutableArray<CipherFamily> All => [Des, Idea, Blowfish, Rc5, TripleDes, Cast, Aes, Camellia];

    /// <summary>The registry's name.</summary>
    public string Name { get; }

    /// <summary>Octets of a block, and of the IV.</summary>
    public int BlockLength { get; }

    /// <summary>
    /// The key lengths in bits, as the Key Length attribute counts them; parity bits of DES included.
    /// </summary>
    public ImmutableArray<int> KeyBits { get; }

    /// <summary>
    /// The lengths worth naming to a user: RFC 2451 §2.2's popular ones, and the default of RFC 2409 App. B.
    /// </summary>
    public ImmutableArray<int> PopularKeyBits { get; internal init; }

    /// <summary>
    /// The length meant where phase 1 carries no Key Length (RFC 2409 App. B); null where it must be carried.
    /// </summary>
    public int? DefaultKeyBits { get; internal init; }

    /// <summary>
    /// Whether the key's length is negotiated: the Key Length attribute is then sent, else it is forbidden (RFC 2409
    /// App. A).
    /// </summary>
    public bool IsVariable => KeyBits.Length > 1;

    internal Func<IBlockCipher> Engine { get; }

    internal Func<byte[], ICipherParameters> Key { get; init; } = key => new KeyParameter(key);

    internal Func<byte[], bool> Weak { get; init; } = _ => false;

    /// <summary>The cipher with keys of that many bits, or null where the family has none.</summary>
    public Cipher? With(int keyBits) => ciphers.GetValueOrDefault(keyBits);

    /// <summary>
    /// The cipher that a phase 1 Key Length stands for (RFC 2409 App. A, B; RFC 3602 §5.3; D-27, D-72): null where the
    /// attribute is there though the length is fixed, missing though there is no default, or no legal length.
    /// </summary>
    /// <param name="keyLength">The attribute's value in bits, or null where it is not there.</param>
    // clause 2409-B-13
    public Cipher? Negotiated(ulong? keyLength)
    {
        if (!IsVariable)
        {
            return keyLength is null ? With(KeyBits[0]) : null;
        }

        return (keyLength ?? (ulong?)DefaultKeyBits) is { } bits and <= ushort.MaxValue ? With((int)bits) : null;
    }

    /// <inheritdoc/>
    public override string ToString() => Name;

    /// <summary>Whole octets from the shortest to the longest (RFC 2451 §2.2).</summary>
    internal static IEnumerable<int> Octets(int shortestBits, int longestBits)
        => Enumerable.Range(shortestBits / 8, ((longestBits - shortestBits) / 8) + 1).Select(octets => 8 * octets);
}
