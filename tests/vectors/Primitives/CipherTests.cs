using System.Security.Cryptography;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using RefIke.Crypto;
using RefIke.Vectors.Tests.Formulas;
using Xunit;

namespace RefIke.Vectors.Tests.Primitives;

/// <summary>The ciphers of an ISAKMP SA in CBC mode (RFC 2409 App. A and B; RFC 2405, RFC 2451, RFC 3602).</summary>
public sealed class CipherTests
{
    public static TheoryData<string, string> Cases
        => Case.All<CbcCase>("cbc-fips81.json", "cbc-cavs-tdes.json", "cbc-rfc3602.json", "cbc-sp800-38a.json");

    /// <summary>FIPS 81, NIST CAVS for 3DES, RFC 3602 §4, NIST SP 800-38A.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void CbcGivesThePublishedAnswerBothWays(string file, string id)
    {
        var c = Case.Get<CbcCase>(file, id);
        var cipher = Algorithms.Cipher(c.Cipher);
        var key = Secret.Of(c.Key.Span);
        Assert.Equal((cipher.KeyLength, cipher.BlockLength), (c.Key.Length, c.Iv.Length));
        Assert.Equal(c.Ciphertext, cipher.Encrypt(key, c.Iv.Span, c.Plaintext.Span));
        Assert.Equal(c.Plaintext, cipher.Decrypt(key, c.Iv.Span, c.Ciphertext.Span));
    }

    /// <summary>
    /// For keys, IVs and messages at random RefIke's ciphers are those of System.Security.Cryptography.
    /// </summary>
    [Property]
    public Property CbcIsThatOfAnotherLibrary() => Prop.ForAll(Arb.From(
        from cipher in Gen.Elements(Algorithms.Ciphers)
        from key in Some.Octets(cipher.KeyLength)
        where cipher.KeyLength % 16 == 0 || !IsRefusedByDotNet(key)
        from iv in Some.Octets(cipher.BlockLength)
        from blocks in Gen.Choose(1, 20)
        from clear in Some.Octets(blocks * cipher.BlockLength)
        select (cipher, key, iv, clear)), c =>
    {
        var ciphertext = c.cipher.Encrypt(Secret.Of(c.key), c.iv, c.clear);
        Assert.Equal(Transcription.Encrypt(c.key, c.cipher.BlockLength, c.iv, c.clear), ciphertext);
        Assert.Equal(c.clear, c.cipher.Decrypt(Secret.Of(c.key), c.iv, ciphertext));
    });

    /// <summary>What is no whole number of blocks is our own mistake, and is told as one.</summary>
    [Fact]
    public void BrokenBlockIsAnArgumentError()
        => Assert.All(Algorithms.Ciphers, c => Assert.Throws<ArgumentException>(
            () => c.Encrypt(Secret.Of(new byte[c.KeyLength]), new byte[c.BlockLength], new byte[c.BlockLength + 1])));

    /// <summary>System.Security.Cryptography does not take weak keys; chance seldom gives one.</summary>
    private static bool IsRefusedByDotNet(byte[] key) => key.Length == 8
        ? DES.IsWeakKey(key) || DES.IsSemiWeakKey(key)
        : key.Length == 24 && TripleDES.IsWeakKey(key);
}
