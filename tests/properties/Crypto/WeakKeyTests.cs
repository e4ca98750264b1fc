using System.Buffers.Binary;
using FsCheck.Xunit;
using RefIke.Crypto;
using RefIke.Exchanges.Negotiation;
using RefIke.Wire;
using Xunit;

namespace RefIke.Properties.Crypto;

/// <summary>Weak keys (RFC 2409 App. A, RFC 2405 §4, RFC 2451 §2.3), each shown by what makes it weak.</summary>
public sealed class WeakKeyTests
{
    private static readonly Cipher Idea = CipherFamily.Idea.With(128)!;

    /// <summary>RFC 2451 §2.3: with K1 = K2 or K2 = K3, parity apart, 3DES is DES; with K1 = K3 it is not.</summary>
    [Theory]
    [InlineData("0123456789ABCDEF", "0123456789ABCDEF", "FEDCBA9876543210", "FEDCBA9876543210")]
    [InlineData("0123456789ABCDEF", "0022446688AACCEE", "FEDCBA9876543210", "FEDCBA9876543210")]
    [InlineData("FEDCBA9876543210", "0123456789ABCDEF", "0123456789ABCDEF", "FEDCBA9876543210")]
    [InlineData("0123456789ABCDEF", "FEDCBA9876543210", "0123456789ABCDEF", null)]
    [InlineData("0123456789ABCDEF", "FEDCBA9876543210", "1123456789ABCDEF", null)]
    public void TripleDesKeyIsWeakWhereItIsNoMoreThanDes(string k1, string k2, string k3, string? des)
    {
        var key = Secret.Of(Convert.FromHexString(k1 + k2 + k3));
        Assert.Equal(des is not null, Cipher.TripleDes.IsWeakKey(key));
        if (des is not null)
        {
            var (iv, clear) = (new byte[8], new byte[64]);
            Assert.Equal(Cipher.Des.Encrypt(Secret.Of(Convert.FromHexString(des)), iv, clear), Cipher.TripleDes.Encrypt(key, iv, clear));
        }
    }

    /// <summary>
    /// RFC 2409 App. A with D-25: the four true weak keys of DES undo themselves, and the cipher says so of them.
    /// </summary>
    [Theory]
    [InlineData("0101010101010101")]
    [InlineData("FEFEFEFEFEFEFEFE")]
    [InlineData("1F1F1F1F0E0E0E0E")]
    [InlineData("E0E0E0E0F1F1F1F1")]
    [Clause("2409-4-10")]
    public void WeakDesKeyUndoesItself(string hex)
    {
        var key = Secret.Of(Convert.FromHexString(hex));
        var once = Cipher.Des.Encrypt(key, new byte[8], new byte[8]);
        Assert.Equal(new byte[8], Cipher.Des.Encrypt(key, new byte[8], once));
        Assert.True(Cipher.Des.IsWeakKey(key));
        Assert.False(Cipher.Des.IsWeakKey(Secret.Of(Convert.FromHexString("0123456789ABCDEF"))));
    }

    /// <summary>
    /// Daemen, Govaerts and Vandewalle: under a key whose bits are zero but for 26–40, 72–76 and 108–122, plaintexts
    /// that differ by 8000 in the second and fourth word give ciphertexts that differ by 8000 in the second and third,
    /// whatever they are.
    /// </summary>
    [Property(MaxTest = 300)]
    public void WeakIdeaKeyLetsADifferenceThrough(ulong left, ulong right, ulong plaintext)
    {
        var key = Bits(left & 0x0000003FFF800000, right & 0x00F80000000FFFE0);
        Assert.True(Idea.IsWeakKey(key));
        Assert.Equal(0x0000800080000000UL, Encrypt(key, plaintext) ^ Encrypt(key, plaintext ^ 0x0000800000008000));
    }

    /// <summary>
    /// The class of which the textbooks print an example, bits 33–40 and 92–115: 8000 in the words 2 and 3 gives words
    /// 2 and 4.
    /// </summary>
    [Property(MaxTest = 300)]
    public void WeakIdeaKeyOfTheTextbooksLetsADifferenceThrough(ulong left, ulong right, ulong plaintext)
    {
        var key = Bits(left & 0x000000007F800000, right & 0x0000000FFFFFF000);
        Assert.True(Idea.IsWeakKey(key));
        Assert.Equal(0x0000800000008000UL, Encrypt(key, plaintext) ^ Encrypt(key, plaintext ^ 0x0000800080000000));
    }

    /// <summary>
    /// The same paper: under a key whose bits are zero but for 26–28, 72–74 and 111–127, the lowest bits of the
    /// plaintext's first and third word and of the ciphertext's second and third add up to the same bit for all
    /// plaintexts.
    /// </summary>
    [Property(MaxTest = 300)]
    public void WeakIdeaKeyHasALinearFactor(ulong left, ulong right, ulong one, ulong other)
    {
        var key = Bits(left & 0x0000003800000000, right & 0x00E000000001FFFF);
        Assert.True(Idea.IsWeakKey(key));
        Assert.Equal(Sum(key, one), Sum(key, other));

        static ulong Sum(Secret key, ulong plaintext)
        {
            var ciphertext = Encrypt(key, plaintext);
            return ((plaintext >> 48) ^ (plaintext >> 16) ^ (ciphertext >> 32) ^ (ciphertext >> 16)) & 1;
        }
    }

    /// <summary>
    /// One bit outside the class, and the difference gets lost for some plaintext; such a key is not called weak.
    /// </summary>
    [Fact]
    public void IdeaKeyWithOneBitMoreIsNotWeak()
    {
        foreach (var bit in Enumerable.Range(0, 128)
            .Where(b => b is not ((>= 26 and <= 40) or (>= 72 and <= 76) or (>= 108 and <= 122))))
        {
            // All free bits set, so that the key is in none of the other classes.
            var (left, right) = (0x0000003FFF800000UL, 0x00F80000000FFFE0UL);
            var key = bit < 64 ? Bits(left | (1UL << (63 - bit)), right) : Bits(left, right | (1UL << (127 - bit)));
            Assert.False(Idea.IsWeakKey(key));
            Assert.Contains(Enumerable.Range(0, 500).Select(i => (ulong)i * 0x9E3779B97F4A7C15UL & 0x7FFFFFFFFFFFFFFF),
                plaintext => (Encrypt(key, plaintext) ^ Encrypt(key, plaintext ^ 0x0000800000008000)) != 0x0000800080000000);
        }
    }

    /// <summary>RFC 2451 §2.3: no weak keys are known of CAST-128 and RC5, and none of AES and Camellia.</summary>
    [Fact]
    public void OtherCiphersHaveNoWeakKeys()
        => Assert.All([CipherFamily.Cast, CipherFamily.Rc5, CipherFamily.Aes, CipherFamily.Camellia],
            f => Assert.False(f.With(f.KeyBits[0])!.IsWeakKey(Secret.Of(new byte[f.KeyBits[0] / 8]))));

    /// <summary>
    /// RFC 2409 App. B leaves the weak keys of ESP to the service: the suite tells of KEYMAT that starts with one
    /// (D-219).
    /// </summary>
    [Theory]
    [InlineData("des-sha1", "0101010101010101", true)]
    [InlineData("des-sha1", "0123456789ABCDEF", false)]
    [InlineData("3des-sha1", "0123456789ABCDEF0123456789ABCDEFFEDCBA9876543210", true)]
    [InlineData("idea-sha1", "00000000000000000000000000000000", true)]
    [InlineData("aes128-sha1", "00000000000000000000000000000000", false)]
    [InlineData("null-sha1", "", false)]
    public void SuiteTellsOfWeakKeymat(string suite, string key, bool weak)
    {
        var esp = SuiteNames.Esp(suite, 3600)!;
        var keymat = Secret.Of([.. Convert.FromHexString(key), .. new byte[20]]);
        Assert.Equal(esp.KeymatLength, keymat.Length);
        Assert.Equal(weak, esp.HasWeakKey(keymat));
    }

    private static Secret Bits(ulong left, ulong right)
    {
        var octets = new byte[16];
        BinaryPrimitives.WriteUInt64BigEndian(octets, left);
        BinaryPrimitives.WriteUInt64BigEndian(octets.AsSpan(8), right);
        return Secret.Of(octets);
    }

    private static ulong Encrypt(Secret key, ulong plaintext)
    {
        var octets = new byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(octets, plaintext);
        return BinaryPrimitives.ReadUInt64BigEndian(Idea.Encrypt(key, new byte[8], octets));
    }
}
