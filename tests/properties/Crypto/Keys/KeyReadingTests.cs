using System.Security.Cryptography;
using FsCheck.Xunit;
using RefIke.Crypto;
using RefIke.Crypto.Keys;
using Xunit;

namespace RefIke.Properties.Crypto.Keys;

/// <summary>Keys in all the forms in which they are kept, and what is no key.</summary>
public sealed class KeyReadingTests
{
    public static TheoryData<string> Kinds => ["RSA", "DSA", "P-256", "P-384", "P-521"];

    /// <summary>RFC 5280 §4.1.2.7 and PKCS #8: what is written is read back as the same key.</summary>
    [Theory]
    [MemberData(nameof(Kinds))]
    public void KeysReadBackFromWhatTheyWrite(string kind)
    {
        var key = TestKeys.Of(kind);
        Assert.True(PrivateKey.TryRead(key.Reveal().Reveal().ToArray(), out var readPrivate, out _));
        Assert.True(PublicKey.TryRead(key.PublicKey.SubjectPublicKeyInfo, out var readPublic, out _));
        Assert.True(PublicKey.TryReadPem(key.PublicKey.ToPem(), out var readText, out _));
        Assert.Equal(key.PublicKey, readPrivate.PublicKey);
        Assert.Equal(key.PublicKey, readPublic);
        Assert.Equal(key.PublicKey, readText);
        Assert.Equal(key.Name, readPublic.Name);
    }

    /// <summary>A vector made from a seed stays what it is: equal seeds, equal keys; other seeds, other keys.</summary>
    [Fact]
    public void SameSeedAlwaysMakesTheSameKey()
    {
        Assert.Equal(KeyMaker.Rsa("x"u8, 1024).PublicKey, KeyMaker.Rsa("x"u8, 1024).PublicKey);
        Assert.NotEqual(KeyMaker.Rsa("x"u8, 1024).PublicKey, KeyMaker.Rsa("y"u8, 1024).PublicKey);
        Assert.NotEqual<PublicKey>(
            KeyMaker.Ec("x"u8, EcCurve.P256).PublicKey, KeyMaker.Ec("y"u8, EcCurve.P256).PublicKey);
        Assert.NotEqual(TestKeys.Dsa.PublicKey, TestKeys.DsaCa.PublicKey);
        Assert.Equal("3059301306072a8648ce3d020106082a8648ce3d03010703420004", Convert.ToHexStringLower(
            TestKeys.P256.PublicKey.SubjectPublicKeyInfo.Span[..27]));
    }

    /// <summary>
    /// The platform's own encoders, which are OpenSSL's: PKCS #1, PKCS #8, SEC 1, SubjectPublicKeyInfo.
    /// </summary>
    [Fact]
    public void KeysOfThePlatformAreRead()
    {
        using var rsa = RSA.Create(2048);
        AssertReads(rsa.ExportSubjectPublicKeyInfo(), rsa.ExportRSAPrivateKey(), rsa.ExportPkcs8PrivateKey());
        Assert.True(RsaPublicKey.TryReadPkcs1(rsa.ExportRSAPublicKey(), out var pkcs1, out _));
        Assert.Equal(rsa.ExportSubjectPublicKeyInfo(), pkcs1.SubjectPublicKeyInfo.ToArray());
        Assert.True(PublicKey.TryReadPem(rsa.ExportRSAPublicKeyPem(), out var fromText, out _));
        Assert.Equal(pkcs1, fromText);

        using var dsa = DSA.Create(1024);
        AssertReads(dsa.ExportSubjectPublicKeyInfo(), dsa.ExportPkcs8PrivateKey());

        foreach (var curve in (ECCurve[])[
            ECCurve.NamedCurves.nistP256, ECCurve.NamedCurves.nistP384, ECCurve.NamedCurves.nistP521])
        {
            using var ec = ECDsa.Create(curve);
            AssertReads(ec.ExportSubjectPublicKeyInfo(), ec.ExportECPrivateKey(), ec.ExportPkcs8PrivateKey());
            Assert.True(PrivateKey.TryReadPem(ec.ExportECPrivateKeyPem(), out _, out _));
        }
    }

    /// <summary>Our PKCS #8 is the platform's too.</summary>
    [Fact]
    public void ThePlatformReadsOurKeys()
    {
        using var rsa = RSA.Create();
        rsa.ImportPkcs8PrivateKey(TestKeys.Rsa.Reveal().Reveal(), out _);
        Assert.Equal(TestKeys.Rsa.PublicKey.SubjectPublicKeyInfo.ToArray(), rsa.ExportSubjectPublicKeyInfo());
        using var dsa = DSA.Create();
        dsa.ImportPkcs8PrivateKey(TestKeys.Dsa.Reveal().Reveal(), out _);
        Assert.Equal(TestKeys.Dsa.PublicKey.SubjectPublicKeyInfo.ToArray(), dsa.ExportSubjectPublicKeyInfo());
        foreach (var key in (EcPrivateKey[])[TestKeys.P256, TestKeys.P384, TestKeys.P521])
        {
            using var ec = ECDsa.Create();
            ec.ImportPkcs8PrivateKey(key.Reveal().Reveal(), out _);
            Assert.Equal(key.PublicKey.SubjectPublicKeyInfo.ToArray(), ec.ExportSubjectPublicKeyInfo());
        }
    }

    /// <summary>RFC 4945 §6: white space around lines, any line length, LF, CR and CRLF.</summary>
    [Theory]
    [InlineData("\n")]
    [InlineData("\r")]
    [InlineData("\r\n")]
    public void TextMayHaveAnyLineEndLineLengthAndSpaceAroundLines(string lineEnd)
    {
        var base64 = Convert.ToBase64String(TestKeys.P256.PublicKey.SubjectPublicKeyInfo.Span);
        string[] lines = [
            "some words", "  -----BEGIN PUBLIC KEY-----  ", $" \t{base64[..7]} ", base64[7..],
            "-----END PUBLIC KEY-----\t", ""];
        Assert.True(PublicKey.TryReadPem(string.Join(lineEnd, lines), out var key, out _));
        Assert.Equal<PublicKey>(TestKeys.P256.PublicKey, key);
    }

    /// <summary>RFC 3110 §2, both forms of the exponent's length.</summary>
    [Fact]
    public void RawRsaKeysOfDnsAreRead()
    {
        using var rsa = RSA.Create(1024);
        var numbers = rsa.ExportParameters(false);
        byte[] shortForm = [3, .. numbers.Exponent!, .. numbers.Modulus!];
        byte[] longForm = [0, 0, 3, .. numbers.Exponent!, .. numbers.Modulus!];
        Assert.True(RsaPublicKey.TryReadRfc3110(shortForm, out var one, out _));
        Assert.True(RsaPublicKey.TryReadRfc3110(longForm, out var other, out _));
        Assert.Equal(rsa.ExportSubjectPublicKeyInfo(), one.SubjectPublicKeyInfo.ToArray());
        Assert.Equal(one, other);
        foreach (var bad in (byte[][])[[], [0], [0, 0], [0, 0, 0, 1], [5, 1, 0, 1], [0, 1, 0, 1], [3, 1, 0, 1],
            [0, 1, 3, .. numbers.Exponent!, .. numbers.Modulus!]])
        {
            Assert.False(RsaPublicKey.TryReadRfc3110(bad, out _, out var fault));
            Assert.IsType<CryptoFault.KeyUnreadable>(fault);
        }
    }

    /// <summary>House rule: key material does not print itself, nor does it show through a property.</summary>
    [Theory]
    [MemberData(nameof(Kinds))]
    public void PrivateKeysRefuseToPrintThemselves(string kind)
    {
        var key = TestKeys.Of(kind);
        Assert.Equal($"[{key.Name} private key]", key.ToString());
        Assert.Equal(["Name", "PublicKey"], key.GetType().GetProperties().Select(p => p.Name).Distinct().Order());
        Assert.DoesNotContain(
            Convert.ToHexString(key.Reveal().Reveal()[^16..]), $"{key.Reveal()}", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>No octets throw, and what is read is a key that writes itself.</summary>
    [Property(MaxTest = 500)]
    public bool RandomOctetsAreReadWithoutAnException(byte[] octets)
        => Survives(octets) && Survives([0x30, (byte)Math.Min(octets.Length, 127), .. octets.Take(127)]);

    /// <summary>Nor do the octets of a key with one of them changed, cut off or added.</summary>
    [Property(MaxTest = 300)]
    public bool AlteredKeysAreReadWithoutAnException(int kind, ushort position, byte change)
    {
        var key = TestKeys.Of(Kinds.ElementAt(Math.Abs(kind % 5)).Data);
        foreach (var octets in (byte[][])[
            key.PublicKey.SubjectPublicKeyInfo.ToArray(), key.Reveal().Reveal().ToArray()])
        {
            var at = position % octets.Length;
            octets[at] ^= change;
            if (!Survives(octets) || !Survives(octets[..at]) || !Survives([.. octets, change]))
            {
                return false;
            }
        }

        return true;
    }

    private static bool Survives(byte[] octets)
    {
        var isPublic = PublicKey.TryRead(octets, out var publicKey, out var publicFault);
        var isPrivate = PrivateKey.TryRead(octets, out var privateKey, out var privateFault);
        return isPublic == (publicFault is null) && isPublic == (publicKey?.SubjectPublicKeyInfo.Length > 0)
            && isPrivate == (privateFault is null) && isPrivate == (privateKey?.PublicKey.Name.Length > 0);
    }

    private static void AssertReads(byte[] spki, params byte[][] privateForms)
    {
        Assert.True(PublicKey.TryRead(spki, out var publicKey, out _));
        Assert.Equal(spki, publicKey.SubjectPublicKeyInfo.ToArray());
        foreach (var form in privateForms)
        {
            Assert.True(PrivateKey.TryRead(form, out var key, out var fault), fault?.Reason);
            Assert.Equal(publicKey, key.PublicKey);
        }
    }
}
