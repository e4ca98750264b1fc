using System.Numerics;
using System.Security.Cryptography;
using FsCheck.Xunit;
using RefIke.Crypto;
using RefIke.Crypto.Keys;
using RefIke.Crypto.PublicKeyEncryption;
using Xunit;
using static RefIke.Properties.Crypto.Octets;
using ClauseAttribute = RefIke.Wire.ClauseAttribute;

namespace RefIke.Properties.Crypto.PublicKeyEncryption;

/// <summary>
/// Nonce and identity encrypted to a public key (RFC 2409 §5.2), and what happens to forged ciphertexts.
/// </summary>
public sealed class RsaEncryptionTests
{
    private static readonly RsaEncryption Encryption = RsaEncryption.Rfc2409;

    /// <summary>Whatever body fits into one block comes back.</summary>
    [Property(MaxTest = 60)]
    public bool BodiesComeBack(byte[] body, int seed)
    {
        byte[] sent = body.Length == 0 ? [1] : body.Length > 117 ? body[..117] : body;
        return Encryption.TryEncrypt(
            TestKeys.Rsa1024.PublicKey, sent, length => Some(length, seed), out var ciphertext, out _)
            && ciphertext.Length == 128
            && Encryption.Decrypt(TestKeys.Rsa1024, ciphertext, 1, 256).Reveal().SequenceEqual(sent);
    }

    /// <summary>
    /// RFC 8017 §7.2.1: 00 02, octets none of which is zero, at least eight of them, 00, the body; as long as the
    /// modulus.
    /// </summary>
    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    [InlineData(117)]
    [Clause("2409-5.2-02")]
    public void TheBlockIsOfType2AndItsPaddingHasNoZero(int length)
    {
        var body = Some(length);
        for (var seed = 0; seed < 50; seed++)
        {
            var block = Open(Encrypted(body, seed));
            Assert.Equal((byte[])[0, 2], block[..2]);
            Assert.DoesNotContain((byte)0, block[2..(127 - length)]);
            Assert.True(127 - length - 2 >= 8);
            Assert.Equal((byte[])[0, .. body], block[(127 - length)..]);
        }
    }

    /// <summary>
    /// The padding is drawn from the randomness that is handed in, asked once, and from nothing else.
    /// </summary>
    [Fact]
    public void SameRandomnessGivesTheSameCiphertext()
    {
        Assert.Equal(Encrypted(Some(16), 1), Encrypted(Some(16), 1));
        Assert.NotEqual(Encrypted(Some(16), 1), Encrypted(Some(16), 2));
        var asked = new List<int>();
        Assert.True(Encryption.TryEncrypt(TestKeys.Rsa1024.PublicKey, Some(16), Ask, out _, out _));
        Assert.Equal([32], asked);

        byte[] Ask(int length)
        {
            asked.Add(length);
            return Some(length);
        }
    }

    /// <summary>The platform opens ours and we open the platform's.</summary>
    [Fact]
    public void EncryptionAgreesWithThePlatform()
    {
        using var rsa = RSA.Create();
        rsa.ImportPkcs8PrivateKey(TestKeys.Rsa1024.Reveal().Reveal(), out _);
        Assert.Equal(Some(40), rsa.Decrypt(Encrypted(Some(40), 3), RSAEncryptionPadding.Pkcs1));
        var theirs = rsa.Encrypt(Some(40), RSAEncryptionPadding.Pkcs1);
        Assert.Equal(Some(40), Encryption.Decrypt(TestKeys.Rsa1024, theirs, 8, 256).Reveal().ToArray());
    }

    /// <summary>
    /// D-112: a body longer than one block is refused before anything is sent; RFC 2409 knows no second block.
    /// </summary>
    [Fact]
    public void BodiesThatDoNotFitIntoOneBlockAreRefused()
    {
        Assert.Equal(117, RsaEncryption.LongestBody(TestKeys.Rsa1024.PublicKey));
        Assert.False(Encryption.TryEncrypt(
            TestKeys.Rsa1024.PublicKey, Some(118), length => Some(length), out _, out var fault));
        var tooLong = Assert.IsType<CryptoFault.BodyTooLong>(fault);
        Assert.Equal((118, 117, FaultNotify.InvalidIdInformation), (tooLong.Length, tooLong.Longest, tooLong.Notify));
    }

    /// <summary>RFC 8017 §7.2.2: the longest body leaves the eight octets of padding that are due, and opens.</summary>
    [Fact]
    public void LongestBodyOpens()
        => Assert.Equal(Some(117), Encryption.Decrypt(TestKeys.Rsa1024, Encrypted(Some(117), 4), 8, 256).Reveal().ToArray());

    /// <summary>
    /// A-31, D-114, M-94: six malformed paddings, a body too short and one too long all open to octets as a good
    /// ciphertext does. They are the same each time, differ from ciphertext to ciphertext, have a length within the
    /// bounds and nothing of what was encrypted.
    /// </summary>
    [Fact]
    public void MalformedPaddingOpensToOctetsLikeAGoodOne()
    {
        var body = Some(20, 9);
        byte[] good = [0, 2, .. Enumerable.Repeat((byte)7, 128 - 3 - body.Length), 0, .. body];
        byte[][] malformed =
        [
            Changed(good, 0, 1), Changed(good, 1, 3), Changed(good, 5, 7), Changed(good, 127 - body.Length, 7),
            [0, 2, .. Enumerable.Repeat((byte)7, 126)], [0, 2, .. Enumerable.Repeat((byte)7, 125), 0],
            [0, 2, .. Enumerable.Repeat((byte)7, 128 - 3 - 7), 0, .. body[..7]],
            [0, 2, .. Enumerable.Repeat((byte)7, 128 - 3 - 41), 0, .. Some(41)], new byte[128],
        ];
        Assert.Equal(body, Encryption.Decrypt(TestKeys.Rsa1024, Close(good), 8, 40).Reveal().ToArray());
        var opened = malformed.Select(block => Encryption.Decrypt(TestKeys.Rsa1024, Close(block), 8, 40)).ToArray();
        Assert.All(opened, octets => Assert.InRange(octets.Length, 8, 40));
        Assert.All(opened, octets
            => Assert.DoesNotContain(
            Convert.ToHexString(body[^7..]), Convert.ToHexString(octets.Reveal()), StringComparison.Ordinal));
        Assert.Equal(opened.Length, opened.Select(octets => Convert.ToHexString(octets.Reveal())).Distinct().Count());
        Assert.Equal(opened, malformed.Select(block => Encryption.Decrypt(TestKeys.Rsa1024, Close(block), 8, 40)));
    }

    /// <summary>
    /// Nor is there a fault for what anybody can see to be no ciphertext of this key: wrong length, not below the
    /// modulus.
    /// </summary>
    [Fact]
    public void WhatCannotBeACiphertextGoesTheSameWay()
    {
        var n = TestKeys.RsaNumbers(TestKeys.Rsa1024).Modulus!;
        foreach (var ciphertext in (byte[][])[[], [1], Some(127), Some(129), n, [.. Enumerable.Repeat((byte)255, 128)]])
        {
            var opened = Encryption.Decrypt(TestKeys.Rsa1024, ciphertext, 8, 256);
            Assert.InRange(opened.Length, 8, 117);
            Assert.Equal(opened, Encryption.Decrypt(TestKeys.Rsa1024, ciphertext, 8, 256));
        }
    }

    /// <summary>What stands in cannot be known without the key: another key opens the same forgery otherwise.</summary>
    [Fact]
    public void WhatStandsInDependsOnTheKey()
    {
        Assert.NotEqual(
            Encryption.Decrypt(TestKeys.Rsa1024, new byte[5], 32, 32),
                Encryption.Decrypt(TestKeys.Rsa, new byte[5], 32, 32));
    }

    /// <summary>Lengths of what stands in take in the whole range, so that a length tells nothing.</summary>
    [Fact]
    public void LengthsOfWhatStandsInTakeInTheWholeRange()
    {
        var lengths = Enumerable.Range(0, 400)
            .Select(seed => Encryption.Decrypt(TestKeys.Rsa1024, Some(3, seed), 8, 23).Length).ToHashSet();
        Assert.Equal(Enumerable.Range(8, 16), lengths.Order());
    }

    /// <summary>No octets throw.</summary>
    [Property(MaxTest = 100)]
    public bool RandomOctetsAreDecryptedWithoutAnException(byte[] octets, byte filler)
    {
        byte[] whole = [.. octets.Concat(Enumerable.Repeat(filler, 128)).Take(128)];
        return Encryption.Decrypt(TestKeys.Rsa1024, octets, 8, 256).Length is >= 8 and <= 117
            && Encryption.Decrypt(TestKeys.Rsa1024, whole, 8, 256).Length is >= 8 and <= 117;
    }

    /// <summary>Bounds that no body can keep are our own mistake.</summary>
    [Fact]
    public void ImpossibleBoundsAreOurMistake()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Encryption.Decrypt(TestKeys.Rsa1024, Some(128), 0, 10));
        Assert.Throws<ArgumentOutOfRangeException>(() => Encryption.Decrypt(TestKeys.Rsa1024, Some(128), 118, 256));
    }

    private static byte[] Encrypted(byte[] body, int seed)
    {
        Assert.True(Encryption.TryEncrypt(
            TestKeys.Rsa1024.PublicKey, body, length => Some(length, seed), out var ciphertext, out _));
        return ciphertext;
    }

    private static byte[] Open(byte[] ciphertext)
    {
        var numbers = TestKeys.RsaNumbers(TestKeys.Rsa1024);
        return Of(BigInteger.ModPow(Number(ciphertext), Number(numbers.D), Number(numbers.Modulus)), 128);
    }

    private static byte[] Close(byte[] block)
    {
        var numbers = TestKeys.RsaNumbers(TestKeys.Rsa1024);
        return Of(BigInteger.ModPow(
            Number(block) % Number(numbers.Modulus), Number(numbers.Exponent), Number(numbers.Modulus)), 128);
    }
}
