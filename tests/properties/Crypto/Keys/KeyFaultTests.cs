using System.Formats.Asn1;
using System.Numerics;
using System.Security.Cryptography;
using RefIke.Crypto;
using RefIke.Crypto.Keys;
using Xunit;
using ClauseAttribute = RefIke.Wire.ClauseAttribute;

namespace RefIke.Properties.Crypto.Keys;

/// <summary>
/// Numbers that are no key are refused where they are read, so that no operation ever meets them (B-05, B-06, B-59).
/// </summary>
public sealed class KeyFaultTests
{
    private static readonly BigInteger One = BigInteger.One;

    /// <summary>
    /// Degenerate RSA keys: B-05 tiny moduli, B-06 even modulus and exponent 0, B-59, and sizes beyond the bounds.
    /// </summary>
    [Fact]
    public void DegenerateRsaKeysAreRefused()
    {
        using var rsa = RSA.Create(1024);
        var n = Number(rsa.ExportParameters(false).Modulus!);
        BigInteger e = 65537;
        AssertRsa<CryptoFault.KeyInvalid>(n - 1, e);
        AssertRsa<CryptoFault.KeyInvalid>(n, 0);
        AssertRsa<CryptoFault.KeyInvalid>(n, 1);
        AssertRsa<CryptoFault.KeyInvalid>(n, 65536);
        AssertRsa<CryptoFault.KeyInvalid>(0, e);
        AssertRsa<CryptoFault.KeyInvalid>(-n, e);
        AssertRsa<CryptoFault.KeyInvalid>(
            (One << 1023) + 1 + (((One << 1023) + 1) % 3 == 0 ? 0 : 2 * (3 - (((One << 1023) + 1) % 3))), e);
        AssertRsa<CryptoFault.KeyUnsupported>(n, (One << 64) + 1);
        AssertRsa<CryptoFault.KeyUnsupported>((One << 16384) + 1, e);
        foreach (var bits in (int[])[1, 8, 16, 128, 511, 512, 1023])
        {
            AssertRsa<CryptoFault.KeyUnsupported>((One << (bits - 1)) + 1, e);
        }

        Assert.True(ReadRsa(n, e, out _));
        Assert.True(ReadRsa(n, 3, out _));
    }

    /// <summary>
    /// A private key whose numbers do not belong together would sign wrongly, or give its factors away.
    /// </summary>
    [Fact]
    public void RsaPrivateKeysMustBelongTogether()
    {
        using var rsa = RSA.Create(1024);
        var good = rsa.ExportParameters(true);
        var (n, e, d, p, q) = (
            Number(good.Modulus!), Number(good.Exponent!), Number(good.D!), Number(good.P!), Number(good.Q!));
        Assert.True(PrivateKey.TryRead(Pkcs1(n, e, d, p, q), out _, out _));
        foreach (var bad in (byte[][])[
            Pkcs1(n, e, d + 2, p, q), Pkcs1(n, e, d, p + 2, q), Pkcs1(n, e, d, n, 1), Pkcs1(n + 2, e, d, p, q),
            Pkcs1(p * p, e, d, p, p), Pkcs1(n, e, -d, p, q)])
        {
            Assert.False(PrivateKey.TryRead(bad, out _, out var fault));
            Assert.IsType<CryptoFault.KeyInvalid>(fault);
        }
    }

    /// <summary>
    /// A "prime" that is a product passes every equation between the numbers when d is made for it; the trial
    /// exponentiation finds it.
    /// </summary>
    [Fact]
    public void AnRsaFactorThatIsNoPrimeIsFound()
    {
        // Longer than the shortest modulus, whatever the leading bits of the factors.
        using var one = RSA.Create(512);
        using var two = RSA.Create(1040);
        var composite = Number(one.ExportParameters(false).Modulus!);
        var prime = Number(two.ExportParameters(true).P!);
        BigInteger e = 65537;
        var order = (composite - 1) * (prime - 1);
        Assert.Equal(One, BigInteger.GreatestCommonDivisor(order, e));
        Assert.False(PrivateKey.TryRead(
            Pkcs1(composite * prime, e, Inverse(e, order), composite, prime), out _, out var fault));
        Assert.Contains("not prime", Assert.IsType<CryptoFault.KeyInvalid>(fault).Reason, StringComparison.Ordinal);
    }

    /// <summary>
    /// RFC 2409 §5.1 ties DSS to SHA's 160 bits; g and y must be of order q, and q a prime (FIPS 186-2).
    /// </summary>
    [Fact]
    public void DegenerateDsaKeysAreRefused()
    {
        using var dsa = DSA.Create(1024);
        var good = dsa.ExportParameters(true);
        var (p, q, g, y, x) = (Number(good.P!), Number(good.Q!), Number(good.G!), Number(good.Y!), Number(good.X!));
        Assert.True(ReadDsa(p, q, g, y, out _));
        AssertDsa<CryptoFault.KeyInvalid>(p, q, g, 0);
        AssertDsa<CryptoFault.KeyInvalid>(p, q, g, 1);
        AssertDsa<CryptoFault.KeyInvalid>(p, q, g, p - 1);
        AssertDsa<CryptoFault.KeyInvalid>(p, q, g, y + 1);
        AssertDsa<CryptoFault.KeyInvalid>(p, q, 1, 1);
        AssertDsa<CryptoFault.KeyInvalid>(p, q, g + 1, y);
        AssertDsa<CryptoFault.KeyInvalid>(p, q + 2, g, y);
        AssertDsa<CryptoFault.KeyInvalid>(p + 1, q, g, y);
        AssertDsa<CryptoFault.KeyUnsupported>(p, (One << 255) + 1, g, y);
        AssertDsa<CryptoFault.KeyUnsupported>(p >> 8, q, g, y);
        AssertDsa<CryptoFault.KeyUnsupported>(-p, q, g, y);
        foreach (var bad in (BigInteger[])[0, q, q + 1, -x])
        {
            Assert.False(PrivateKey.TryRead(Sequence(0, p, q, g, y, bad), out _, out var fault));
            Assert.IsType<CryptoFault.KeyInvalid>(fault);
        }

        Assert.True(PrivateKey.TryRead(Sequence(0, p, q, g, y, x), out var key, out _));
        Assert.Equal("DSA 1024", key.Name);
    }

    /// <summary>
    /// A q that is a product of two divides p-1 as well as a prime does; a signature with it could not be inverted.
    /// </summary>
    [Fact]
    public void ACompositeDsaOrderIsRefused()
    {
        var q = BigInteger.Pow((One << 80) - 65, 2);
        Assert.Equal(160, (int)q.GetBitLength());
        AssertDsa<CryptoFault.KeyInvalid>((q * 2 * (One << (1024 - 161))) + 1, q, 2, 4);
    }

    /// <summary>
    /// RFC 4754 §4 has three curves; points off them, infinity and curves described by the key itself are refused.
    /// </summary>
    [Fact]
    public void DegenerateEllipticCurveKeysAreRefused()
    {
        var good = TestKeys.P256.PublicKey.SubjectPublicKeyInfo.ToArray();
        var point = good[^65..];
        byte[] compressed = [(byte)(2 + (point[64] & 1)), .. point[1..33]];
        byte[] otherY = [.. point[..64], (byte)(point[64] ^ 1)];
        byte[] hybrid = [(byte)(6 + (point[64] & 1)), .. point[1..]];
        Assert.True(PublicKey.TryRead(Ec("1.2.840.10045.3.1.7", compressed), out var key, out _));
        Assert.Equal<PublicKey>(TestKeys.P256.PublicKey, key);
        foreach (var bad in (byte[][])[otherY, hybrid, [0], [], point[..64], [4, .. new byte[64]], [.. point, 0]])
        {
            Assert.False(PublicKey.TryRead(Ec("1.2.840.10045.3.1.7", bad), out _, out var fault));
            Assert.IsType<CryptoFault.KeyInvalid>(fault);
        }

        using var brainpool = ECDsa.Create(ECCurve.NamedCurves.brainpoolP256r1);
        AssertUnsupported(brainpool.ExportSubjectPublicKeyInfo());
        using var named = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var described = ECDsa.Create(named.ExportExplicitParameters(true));
        AssertUnsupported(described.ExportSubjectPublicKeyInfo());
        Assert.False(PrivateKey.TryRead(described.ExportPkcs8PrivateKey(), out _, out var privateFault));
        Assert.IsType<CryptoFault.KeyUnsupported>(privateFault);
        foreach (var d in (byte[][])[[], [0], [.. Enumerable.Repeat((byte)0xff, 32)]])
        {
            Assert.False(EcPrivateKey.TryCreate(EcCurve.P256, d, out _, out var fault));
            Assert.IsType<CryptoFault.KeyInvalid>(fault);
        }
    }

    /// <summary>Algorithms that no method of IKEv1 uses, and texts that hold no key.</summary>
    [Fact]
    [Clause("4945-6.3-01")]
    public void OtherAlgorithmsAndTextsWithoutAKeyAreRefused()
    {
        AssertUnsupported(Info(w => w.WriteObjectIdentifier("1.3.101.112"), new byte[32]));
        foreach (var text in (string[])["", "PUBLIC KEY", "-----BEGIN PUBLIC KEY-----\n!\n-----END PUBLIC KEY-----",
            "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----"])
        {
            Assert.False(PublicKey.TryReadPem(text, out _, out var publicFault));
            Assert.False(PrivateKey.TryReadPem(text, out _, out var privateFault));
            Assert.IsType<CryptoFault.KeyUnreadable>(publicFault);
            Assert.IsType<CryptoFault.KeyUnreadable>(privateFault);
            Assert.Equal(FaultNotify.InvalidKeyInformation, publicFault.Notify);
        }
    }

    /// <summary>RFC 5280 §4.1.1.2, §4.1.2.7: an algorithm is an OID and parameters and no more, a key's bits are whole octets.</summary>
    [Fact]
    public void AlgorithmWithMoreAndBitsThatAreNoOctetsAreRefused()
    {
        using var rsa = RSA.Create(1024);
        var (n, oid) = (Number(rsa.ExportParameters(false).Modulus!), "1.2.840.113549.1.1.1");
        byte[][] unreadable =
        [
            Info(w => { w.WriteObjectIdentifier(oid); w.WriteNull(); w.WriteNull(); }, Sequence(n, 65537)),
            Info(w => { w.WriteObjectIdentifier(oid); w.WriteNull(); }, Sequence(n, 65536), unusedBits: 1),
        ];
        foreach (var bad in unreadable)
        {
            Assert.False(PublicKey.TryRead(bad, out _, out var fault));
            Assert.IsType<CryptoFault.KeyUnreadable>(fault);
        }
    }

    private static void AssertRsa<T>(BigInteger n, BigInteger e)
    {
        Assert.False(ReadRsa(n, e, out var fault));
        Assert.IsType<T>(fault);
    }

    private static bool ReadRsa(BigInteger n, BigInteger e, out CryptoFault? fault)
        => PublicKey.TryRead(
            Info(w => { w.WriteObjectIdentifier("1.2.840.113549.1.1.1"); w.WriteNull(); }, Sequence(n, e)), out _,
            out fault);

    private static void AssertDsa<T>(BigInteger p, BigInteger q, BigInteger g, BigInteger y)
    {
        Assert.False(ReadDsa(p, q, g, y, out var fault));
        Assert.IsType<T>(fault);
    }

    private static bool ReadDsa(BigInteger p, BigInteger q, BigInteger g, BigInteger y, out CryptoFault? fault)
        => PublicKey.TryRead(Info(
        w =>
        {
            w.WriteObjectIdentifier("1.2.840.10040.4.1");
            w.WriteEncodedValue(Sequence(p, q, g));
        },
        Write(w => w.WriteInteger(y))), out _, out fault);

    private static void AssertUnsupported(byte[] spki)
    {
        Assert.False(PublicKey.TryRead(spki, out _, out var fault));
        Assert.IsType<CryptoFault.KeyUnsupported>(fault);
    }

    private static byte[] Pkcs1(BigInteger n, BigInteger e, BigInteger d, BigInteger p, BigInteger q)
        => Sequence(0, n, e, d, p, q, 1, 1, 1);

    private static byte[] Ec(string curve, byte[] point)
        => Info(w => { w.WriteObjectIdentifier("1.2.840.10045.2.1"); w.WriteObjectIdentifier(curve); }, point);

    private static byte[] Sequence(params BigInteger[] numbers) => Write(w =>
    {
        using var sequence = w.PushSequence();
        foreach (var number in numbers)
        {
            w.WriteInteger(number);
        }
    });

    private static byte[] Info(Action<AsnWriter> algorithm, byte[] bits, int unusedBits = 0) => Write(w =>
    {
        using var sequence = w.PushSequence();
        using (w.PushSequence())
        {
            algorithm(w);
        }

        w.WriteBitString(bits, unusedBits);
    });

    private static byte[] Write(Action<AsnWriter> write)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        write(writer);
        return writer.Encode();
    }

    private static BigInteger Number(byte[] octets) => new(octets, isUnsigned: true, isBigEndian: true);

    private static BigInteger Inverse(BigInteger number, BigInteger modulus)
    {
        var (r, next, t, nextT) = (modulus, number, BigInteger.Zero, One);
        while (!next.IsZero)
        {
            var quotient = r / next;
            (r, next, t, nextT) = (next, r - (quotient * next), nextT, t - (quotient * nextT));
        }

        return t < 0 ? t + modulus : t;
    }
}
