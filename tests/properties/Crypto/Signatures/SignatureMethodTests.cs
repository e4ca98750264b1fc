using System.Security.Cryptography;
using FsCheck.Xunit;
using Org.BouncyCastle.Crypto.Encodings;
using Org.BouncyCastle.Crypto.Engines;
using Org.BouncyCastle.Security;
using RefIke.Crypto;
using RefIke.Crypto.Keys;
using RefIke.Crypto.Signatures;
using Xunit;
using static RefIke.Properties.Crypto.Octets;

namespace RefIke.Properties.Crypto.Signatures;

/// <summary>
/// The methods as such: which hash, which key, same inputs same octets, nothing taken that was changed, others'
/// signatures.
/// </summary>
public sealed class SignatureMethodTests
{
    private static readonly (string Kind, int Number)[] All = [
        ("DSA", 2), ("RSA", 3), ("P-256", 9), ("P-384", 10), ("P-521", 11)];

    public static TheoryData<string, int> Methods
        => [.. All.Select(m => new TheoryDataRow<string, int>(m.Kind, m.Number))];

    /// <summary>
    /// RFC 2409 §5.1: the negotiated prf makes HASH for RSA, HMAC-SHA-1 for DSS (D-100); RFC 4754 §4: the HMAC of the
    /// curve's hash (D-101).
    /// </summary>
    [Fact]
    public void HashIsMadeWithThePrfThatTheMethodDemands()
    {
        foreach (var negotiated in (Prf[])[Prf.HmacMd5, Prf.HmacSha1, Prf.HmacSha512])
        {
            Assert.Same(negotiated, SignatureMethod.Rsa.HashPrf(negotiated));
            Assert.Same(Prf.HmacSha1, SignatureMethod.Dss.HashPrf(negotiated));
            Assert.Same(Prf.HmacSha256, SignatureMethod.EcdsaP256.HashPrf(negotiated));
            Assert.Same(Prf.HmacSha384, SignatureMethod.EcdsaP384.HashPrf(negotiated));
            Assert.Same(Prf.HmacSha512, SignatureMethod.EcdsaP521.HashPrf(negotiated));
        }
    }

    /// <summary>
    /// RFC 2409 App. A and RFC 4754 §4; the generic ECDSA of value 8 is refused (D-102), and what does not sign is no
    /// method.
    /// </summary>
    [Fact]
    public void NumbersAreThoseOfTheRegistry()
    {
        var numbers = Enumerable.Range(0, 65536).Where(number => SignatureMethod.TryGet(number, out _));
        Assert.Equal([2, 3, 9, 10, 11], numbers);
    }

    /// <summary>Two runs must give the same octets: no method draws randomness.</summary>
    [Theory]
    [MemberData(nameof(Methods))]
    public void SameKeyAndHashGiveTheSameSignature(string kind, int number)
    {
        var method = Method(number);
        var (key, HASH) = (TestKeys.Of(kind), Some(HashLength(method)));
        Assert.Equal(method.Sign(key, HASH), method.Sign(key, HASH));
        Assert.NotEqual(method.Sign(key, HASH), method.Sign(key, Some(HashLength(method), 1)));
    }

    /// <summary>
    /// M-91: whichever octet of the signature or of HASH is changed, it is no longer this key's signature over HASH.
    /// </summary>
    [Property(MaxTest = 200)]
    public bool AnyChangedOctetMakesVerificationFail(int which, ushort position, byte change, bool inHash)
    {
        var (kind, number) = All[Math.Abs(which % All.Length)];
        var (method, key) = (Method(number), TestKeys.Of(kind));
        var HASH = Some(HashLength(method), which);
        var SIG = method.Sign(key, HASH);
        var by = change == 0 ? (byte)1 : change;
        return method.Verify(key.PublicKey, HASH, SIG) is null
            && (inHash
                ? method.Verify(key.PublicKey, Changed(HASH, position % HASH.Length, by), SIG)
                : method.Verify(key.PublicKey, HASH, Changed(SIG, position % SIG.Length, by))) is not null;
    }

    /// <summary>Every octet of one signature of each method, changed in its lowest bit.</summary>
    [Theory]
    [MemberData(nameof(Methods))]
    public void NoOctetOfTheSignatureIsIdle(string kind, int number)
    {
        var (method, key) = (Method(number), TestKeys.Of(kind));
        var HASH = Some(HashLength(method));
        var SIG = method.Sign(key, HASH);
        Assert.All(Enumerable.Range(0, SIG.Length), at
            => Assert.NotNull(method.Verify(key.PublicKey, HASH, Changed(SIG, at, 1))));
    }

    /// <summary>No octets throw, and none that were drawn blindly verify.</summary>
    [Property(MaxTest = 200)]
    public bool RandomOctetsAreRefusedWithoutAnException(int which, byte[] SIG, byte filler)
    {
        var (kind, number) = All[Math.Abs(which % All.Length)];
        var (method, key) = (Method(number), TestKeys.Of(kind).PublicKey);
        var HASH = Some(HashLength(method));
        var length = method.Sign(TestKeys.Of(kind), HASH).Length;
        byte[] whole = [.. SIG.Concat(Enumerable.Repeat(filler, length)).Take(length)];
        return method.Verify(key, HASH, SIG) is not null && method.Verify(key, HASH, whole) is not null;
    }

    /// <summary>
    /// A key of another algorithm or curve is a fault of its own; another key of the right kind is a mismatch (B-88).
    /// </summary>
    [Fact]
    public void KeysOfAnotherKindAreNamed()
    {
        foreach (var (kind, number) in All)
        {
            var method = Method(number);
            var HASH = Some(HashLength(method));
            var SIG = method.Sign(TestKeys.Of(kind), HASH);
            foreach (var (other, _) in All)
            {
                var fault = method.Verify(TestKeys.Of(other).PublicKey, HASH, SIG);
                Assert.Equal(other == kind ? null : nameof(CryptoFault.WrongKey), fault?.Kind);
                Assert.Equal(other == kind, method.Takes(TestKeys.Of(other).PublicKey));
                if (other != kind)
                {
                    Assert.Throws<ArgumentException>(() => method.Sign(TestKeys.Of(other), HASH));
                }
            }
        }

        var byOther = SignatureMethod.EcdsaP256.Sign(TestKeys.P256Ca, Some(32));
        var mismatch = SignatureMethod.EcdsaP256.Verify(TestKeys.P256.PublicKey, Some(32), byOther);
        Assert.Equal(FaultNotify.AuthenticationFailed, Assert.IsType<CryptoFault.SignatureMismatch>(mismatch).Notify);
    }

    /// <summary>HASH is made by us: one of the wrong length is our own mistake.</summary>
    [Fact]
    public void HashOfTheWrongLengthIsOurMistake()
    {
        Assert.Throws<ArgumentException>(() => SignatureMethod.Dss.Sign(TestKeys.Dsa, Some(32)));
        Assert.Throws<ArgumentException>(
            () => SignatureMethod.EcdsaP384.Verify(TestKeys.P384.PublicKey, Some(32), Some(96)));
        Assert.Throws<ArgumentException>(() => SignatureMethod.Rsa.Sign(TestKeys.Rsa1024, Some(118)));
    }

    /// <summary>DSS and ECDSA signatures of the platform verify here, ours verify there (r | s both ways).</summary>
    [Fact]
    public void DssAndEcdsaAgreeWithThePlatform()
    {
        using var dsa = DSA.Create();
        dsa.ImportPkcs8PrivateKey(TestKeys.Dsa.Reveal().Reveal(), out _);
        var HASH = Some(20);
        Assert.Null(SignatureMethod.Dss.Verify(TestKeys.Dsa.PublicKey, HASH, dsa.CreateSignature(HASH)));
        Assert.True(dsa.VerifySignature(HASH, SignatureMethod.Dss.Sign(TestKeys.Dsa, HASH)));

        foreach (var (kind, number) in All.Where(m => m.Number >= 9))
        {
            var (method, key) = (Method(number), TestKeys.Of(kind));
            using var ec = ECDsa.Create();
            ec.ImportPkcs8PrivateKey(key.Reveal().Reveal(), out _);
            var digest = Some(HashLength(method));
            Assert.Null(method.Verify(key.PublicKey, digest, ec.SignHash(digest)));
            Assert.True(ec.VerifyHash(digest, method.Sign(key, digest)));
        }
    }

    /// <summary>
    /// BouncyCastle's PKCS #1 encoding without DigestInfo makes the same octets as ours, and opens ours.
    /// </summary>
    [Theory]
    [InlineData(16)]
    [InlineData(20)]
    [InlineData(32)]
    [InlineData(64)]
    public void RsaAgreesWithAnotherImplementation(int hashLength)
    {
        var (HASH, info) = (Some(hashLength), TestKeys.Rsa1024.Reveal().Reveal().ToArray());
        var signer = new Pkcs1Encoding(new RsaEngine());
        signer.Init(true, PrivateKeyFactory.CreateKey(info));
        Assert.Equal(signer.ProcessBlock(HASH, 0, HASH.Length), SignatureMethod.Rsa.Sign(TestKeys.Rsa1024, HASH));

        var opener = new Pkcs1Encoding(new RsaEngine());
        opener.Init(false, PublicKeyFactory.CreateKey(TestKeys.Rsa1024.PublicKey.SubjectPublicKeyInfo.ToArray()));
        var SIG = SignatureMethod.Rsa.Sign(TestKeys.Rsa1024, HASH);
        Assert.Equal(HASH, opener.ProcessBlock(SIG, 0, SIG.Length));
    }

    /// <summary>
    /// The platform only makes RSA signatures with the hash's OID: those are refused by name (D-99, M-90).
    /// </summary>
    [Fact]
    public void RsaSignaturesOfThePlatformHaveADigestInfoAndAreRefused()
    {
        using var rsa = RSA.Create();
        rsa.ImportPkcs8PrivateKey(TestKeys.Rsa.Reveal().Reveal(), out _);
        foreach (var (name, HASH) in ((HashAlgorithmName, byte[])[])
            [(HashAlgorithmName.SHA1, Some(20)), (HashAlgorithmName.SHA256, Some(32)),
                (HashAlgorithmName.MD5, Some(16))])
        {
            var fault = SignatureMethod.Rsa.Verify(
                TestKeys.Rsa.PublicKey, HASH, rsa.SignHash(HASH, name, RSASignaturePadding.Pkcs1));
            Assert.IsType<CryptoFault.SignatureWithDigestInfo>(fault);
        }
    }

    private static SignatureMethod Method(int number)
        => SignatureMethod.TryGet(number, out var method) ? method : throw new ArgumentException($"{number}");

    private static int HashLength(SignatureMethod method) => method.HashPrf(Prf.HmacSha256).Length;
}
