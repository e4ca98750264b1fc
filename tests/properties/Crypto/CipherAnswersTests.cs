using RefIke.Crypto;
using RefIke.Wire;
using Xunit;

namespace RefIke.Properties.Crypto;

/// <summary>
/// The ciphers against answers that others published. A block under the IV of zeros is the cipher itself, without a
/// mode.
/// </summary>
public sealed class CipherAnswersTests
{
    /// <summary>RFC 2144 App. B.1: CAST-128 with 16 rounds, and with 12 where the key has 80 bits or fewer.</summary>
    [Theory]
    [InlineData("0123456712345678234567893456789A", "238B4FE5847E44B2")]
    [InlineData("01234567123456782345", "EB6A711A2C02271B")]
    [InlineData("0123456712", "7AC816D16E9B302E")]
    public void CastEncryptsAsRfc2144(string key, string ciphertext)
        => Block(CipherFamily.Cast, key, "0123456789ABCDEF", ciphertext);

    /// <summary>
    /// RFC 2451 §2.2: a CAST key of 80 bits is the key of 128 that it becomes with zeros on its right, but for the
    /// rounds.
    /// </summary>
    [Fact]
    public void ShortCastKeyIsFilledWithZeros()
    {
        var filled = Convert.FromHexString("0123456712345678234567" + "0000000000");
        var (key, block) = (Secret.Of(filled.AsSpan(0, 11)), new byte[8]);
        Assert.Equal(CipherFamily.Cast.With(128)!.Encrypt(Secret.Of(filled), new byte[8], block),
            CipherFamily.Cast.With(88)!.Encrypt(key, new byte[8], block));
    }

    /// <summary>E. Young's vectors as published by B. Schneier: keys of 64 bits.</summary>
    [Theory]
    [InlineData("0000000000000000", "0000000000000000", "4EF997456198DD78")]
    [InlineData("FFFFFFFFFFFFFFFF", "FFFFFFFFFFFFFFFF", "51866FD5B85ECB8A")]
    [InlineData("3000000000000000", "1000000000000001", "7D856F9A613063F2")]
    [InlineData("0123456789ABCDEF", "1111111111111111", "61F9C3802281B096")]
    [InlineData("FEDCBA9876543210", "0123456789ABCDEF", "0ACEAB0FC6A0A28D")]
    [InlineData("7CA110454A1A6E57", "01A1D6D039776742", "59C68245EB05282B")]
    public void BlowfishEncryptsAsPublished(string key, string plaintext, string ciphertext)
        => Block(CipherFamily.Blowfish, key, plaintext, ciphertext);

    /// <summary>
    /// The same vectors: the first octets of one key, from the shortest that RFC 2451 §2.2 takes; the last from Linux's
    /// test manager.
    /// </summary>
    [Theory]
    [InlineData("F0E1D2C3B4", "B39E44481BDB1E6E")]
    [InlineData("F0E1D2C3B4A5", "9457AA83B1928C0D")]
    [InlineData("F0E1D2C3B4A59687", "E87A244E2CC85E82")]
    [InlineData("F0E1D2C3B4A5968778695A4B3C2D1E0F", "93142887EE3BE15C")]
    [InlineData("F0E1D2C3B4A5968778695A4B3C2D1E0F0011223344556677", "05044B62FA52D080")]
    [InlineData("F0E1D2C3B4A5968778695A4B3C2D1E0F001122334455667704689104C2FD3B2F584023641ABA61761F1F1F1F0E0E0E0EFFFFFFFFFFFFFFFF", "C04504012E4E1F53")]
    public void BlowfishTakesKeysOfManyLengths(string key, string ciphertext)
        => Block(CipherFamily.Blowfish, key, "FEDCBA9876543210", ciphertext);

    /// <summary>The same vectors: CBC.</summary>
    [Fact]
    public void BlowfishChainsAsPublished()
        => Chain(CipherFamily.Blowfish, "0123456789ABCDEFF0E1D2C3B4A59687", "FEDCBA9876543210",
            "37363534333231204E6F77206973207468652074696D6520666F722000000000",
            "6B77B4D63006DEE605B156E27403979358DEB9E7154616D959F1652BD5FF92CC");

    /// <summary>Handbook of Applied Cryptography, example 7.108, and two vectors of the NESSIE project.</summary>
    [Theory]
    [InlineData("00010002000300040005000600070008", "0000000100020003", "11FBED2B01986DE5")]
    [InlineData("000102030405060708090A0B0C0D0E0F", "DB2D4A92AA68273F", "0011223344556677")]
    [InlineData("2BD6459F82C5B300952C49104881FF48", "F129A6601EF62A47", "EA024714AD5C4D84")]
    public void IdeaEncryptsAsPublished(string key, string plaintext, string ciphertext)
        => Block(CipherFamily.Idea, key, plaintext, ciphertext);

    /// <summary>RFC 2040 §9: RC5-CBC with 16 rounds, those of its vectors whose keys have 40 bits or more.</summary>
    [Theory]
    [InlineData("0102030405060708", "5BA0CA6BBE7F5FAD")]
    [InlineData("01020304050607081020304050607080", "DAD6BDA9DFE8F7E8")]
    [Clause("2409-B-11")]
    public void Rc5EncryptsAsRfc2040(string key, string ciphertext)
        => Chain(CipherFamily.Rc5, key, "0102030405060708", "1020304050607080", ciphertext);

    /// <summary>RFC 3713 App. A.</summary>
    [Theory]
    [InlineData("0123456789ABCDEFFEDCBA9876543210", "67673138549669730857065648EABE43")]
    [InlineData("0123456789ABCDEFFEDCBA98765432100011223344556677", "B4993401B3E996F84EE5CEE7D79B09B9")]
    [InlineData("0123456789ABCDEFFEDCBA987654321000112233445566778899AABBCCDDEEFF", "9ACC237DFF16D76C20EF7C919E3A7509")]
    public void CamelliaEncryptsAsRfc3713(string key, string ciphertext)
        => Block(CipherFamily.Camellia, key, "0123456789ABCDEFFEDCBA9876543210", ciphertext);

    private static void Block(CipherFamily family, string key, string plaintext, string ciphertext)
        => Chain(family, key, new string('0', 2 * family.BlockLength), plaintext, ciphertext);

    private static void Chain(CipherFamily family, string key, string iv, string plaintext, string ciphertext)
    {
        var secret = Secret.Of(Convert.FromHexString(key));
        var cipher = family.With(8 * secret.Length)!;
        var (at, clear, covered) = (Convert.FromHexString(iv), Convert.FromHexString(plaintext), Convert.FromHexString(ciphertext));
        Assert.Equal(covered, cipher.Encrypt(secret, at, clear));
        Assert.Equal(clear, cipher.Decrypt(secret, at, covered));
    }
}
