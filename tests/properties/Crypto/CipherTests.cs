using FsCheck;
using FsCheck.Fluent;
using RefIke.Crypto;
using RefIke.Wire;
using Xunit;

namespace RefIke.Properties.Crypto;

/// <summary>What holds for every cipher: RFC 2409 App. A and B, RFC 2451 §2.</summary>
public sealed class CipherTests
{
    public static TheoryData<string> Families => [.. CipherFamily.All.Select(f => f.Name)];

    /// <summary>
    /// Decryption undoes encryption, for each cipher with keys of each length, and block by block the IV is the block
    /// before.
    /// </summary>
    [Theory]
    [MemberData(nameof(Families))]
    [Clause("2409-4-17")]
    public void DecryptionUndoesEncryption(string family)
    {
        var ciphers = Family(family).KeyBits.Select(b => Family(family).With(b)!).ToArray();
        Prop.ForAll(Arb.From(Gen.Elements(ciphers)), Arb.From(Octets(400)), Arb.From(Gen.Choose(0, 5)), (cipher, random, blocks) =>
        {
            var key = Secret.Of(random.AsSpan(0, cipher.KeyLength));
            var iv = random.AsSpan(^cipher.BlockLength..).ToArray();
            var plaintext = random.AsSpan(0, blocks * cipher.BlockLength).ToArray();
            var ciphertext = cipher.Encrypt(key, iv, plaintext);
            Assert.Equal(plaintext, cipher.Decrypt(key, iv, ciphertext));
            if (blocks > 1)
            {
                var first = ciphertext[..cipher.BlockLength];
                Assert.Equal(ciphertext[cipher.BlockLength..], cipher.Encrypt(key, first, plaintext.AsSpan(cipher.BlockLength)));
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(50).WithQuietOnSuccess(true));
    }

    /// <summary>RFC 2451 §2.2, RFC 3602 §2.2, RFC 3713: the key lengths, and those just outside.</summary>
    [Theory]
    [InlineData("DES-CBC", 64, 64)]
    [InlineData("IDEA-CBC", 128, 128)]
    [InlineData("Blowfish-CBC", 40, 448)]
    [InlineData("RC5-R16-B64-CBC", 40, 2040)]
    [InlineData("3DES-CBC", 192, 192)]
    [InlineData("CAST-CBC", 40, 128)]
    [InlineData("AES-CBC", 128, 256)]
    [InlineData("Camellia-CBC", 128, 256)]
    public void KeyLengthsAreThoseOfTheRfcs(string family, int shortest, int longest)
    {
        var f = Family(family);
        Assert.Equal((shortest, longest), (f.KeyBits.Min(), f.KeyBits.Max()));
        Assert.All(f.KeyBits, b => Assert.Equal(b, 8 * f.With(b)!.KeyLength));
        Assert.All([0, 1, shortest - 8, shortest + 1, longest + 8], b => Assert.Null(f.With(b)));
        Assert.Subset(f.KeyBits.ToHashSet(), f.PopularKeyBits.ToHashSet());
    }

    /// <summary>
    /// RFC 2409 App. A, B; RFC 3602 §5.3; D-27, D-72: a fixed key has no Key Length, a variable one without it has the
    /// default of App. B, AES and Camellia have none.
    /// </summary>
    [Fact]
    [Clause("2409-B-13")]
    public void MissingKeyLengthIsTheDefaultOfAppendixB()
    {
        int? Default(CipherFamily f) => f.Negotiated(null) is { } c ? 8 * c.KeyLength : null;
        Assert.Equal((64, 128, 192), (Default(CipherFamily.Des), Default(CipherFamily.Idea), Default(CipherFamily.TripleDes)));
        Assert.Equal((448, 128, 128), (Default(CipherFamily.Blowfish), Default(CipherFamily.Rc5), Default(CipherFamily.Cast)));
        Assert.Equal((null, null), (Default(CipherFamily.Aes), Default(CipherFamily.Camellia)));
        Assert.All([CipherFamily.Des, CipherFamily.Idea, CipherFamily.TripleDes],
            f => Assert.Null(f.Negotiated((ulong)f.KeyBits[0])));
    }

    /// <summary>B-71: a Key Length of 0, of odd bits, of 2^16 and more.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(127)]
    [InlineData(65535)]
    [InlineData(65536 + 128)]
    [InlineData(ulong.MaxValue)]
    public void IllegalKeyLengthIsNoCipher(ulong bits) => Assert.All(CipherFamily.All, f => Assert.Null(f.Negotiated(bits)));

    /// <summary>A key of another length than the cipher's is our own mistake, not the peer's.</summary>
    [Theory]
    [MemberData(nameof(Families))]
    public void KeyOfOtherLengthIsNotTaken(string family)
    {
        var cipher = Family(family).With(Family(family).KeyBits[0])!;
        Assert.Throws<ArgumentException>(
            () => cipher.Encrypt(Secret.Of(new byte[cipher.KeyLength + 1]), new byte[cipher.BlockLength], new byte[cipher.BlockLength]));
        Assert.Throws<ArgumentException>(
            () => cipher.Encrypt(Secret.Of(new byte[cipher.KeyLength]), new byte[cipher.BlockLength], new byte[cipher.BlockLength + 1]));
    }

    /// <summary>
    /// RFC 2409 App. B: Ka is the first octets of SKEYID_e, and its expansion where a long key wants more than the prf
    /// gives.
    /// </summary>
    [Theory]
    [MemberData(nameof(Families))]
    [Clause("2409-B-02")]
    public void KaIsSkeyidEWhereItIsLongEnoughElseItsExpansion(string family)
    {
        var SKEYID_e = Secret.Of([.. Enumerable.Range(1, Prf.HmacTiger.Length).Select(i => (byte)i)]);
        byte[] expansion = [];
        for (byte[] k = [0]; expansion.Length < 255;)
        {
            k = Prf.HmacTiger.Compute(SKEYID_e.Reveal(), k);
            expansion = [.. expansion, .. k];
        }

        foreach (var cipher in Family(family).KeyBits.Select(b => Family(family).With(b)!))
        {
            var from = cipher.KeyLength <= SKEYID_e.Length ? SKEYID_e.Reveal() : expansion.AsSpan();
            Assert.Equal(Secret.Of(from[..cipher.KeyLength]), KeySchedule.Rfc2409.Ka(Prf.HmacTiger, SKEYID_e, cipher));
        }
    }

    private static CipherFamily Family(string name) => CipherFamily.All.Single(f => f.Name == name);

    private static Gen<byte[]> Octets(int length) => Gen.ArrayOf(Gen.Choose(0, 255).Select(i => (byte)i), length);
}
