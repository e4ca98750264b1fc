using System.Numerics;
using System.Security.Cryptography;
using RefIke.Crypto;
using RefIke.Crypto.Keys;
using RefIke.Crypto.Signatures;
using Xunit;
using static RefIke.Properties.Crypto.Octets;
using ClauseAttribute = RefIke.Wire.ClauseAttribute;

namespace RefIke.Properties.Crypto.Signatures;

/// <summary>Signatures that a lenient verifier would take (B-04, B-07, B-08, B-58, B-81; M-90, M-91).</summary>
public sealed class ForgeryTests
{
    private static readonly byte[] HASH = SHA1.HashData("HASH_I"u8);

    /// <summary>
    /// Bleichenbacher's forgery for e = 3 (2006): a number whose cube begins with 00 01 FF … 00 HASH and goes on with
    /// anything. A verifier that reads the block from the left and stops behind the hash takes it; it is shown that the
    /// cube does begin so.
    /// </summary>
    [Theory]
    [InlineData(1024)]
    [InlineData(2048)]
    public void CubeRootForgeriesAreRefused(int bits)
    {
        var k = bits / 8;
        Assert.True(RsaPublicKey.TryCreate(ModulusOf(bits), [3], out var key, out _));
        byte[] start = [0, 1, .. Enumerable.Repeat((byte)0xff, 8), 0, .. HASH];
        var lowest = Number([.. start, .. new byte[k - start.Length]]);
        var SIG = Of(CubeRootAbove(lowest), k);
        Assert.Equal(start, Of(BigInteger.Pow(Number(SIG), 3), k)[..start.Length]);
        Assert.IsType<CryptoFault.SignatureMismatch>(SignatureMethod.Rsa.Verify(key, HASH, SIG));
    }

    /// <summary>
    /// The counterpart for verifiers that look at the end alone: a number whose cube ends with 00 HASH, found bit by
    /// bit since HASH is odd.
    /// </summary>
    [Fact]
    public void CubesThatOnlyEndWithTheHashAreRefused()
    {
        Assert.True(RsaPublicKey.TryCreate(ModulusOf(2048), [3], out var key, out _));
        byte[] odd = [.. HASH[..^1], (byte)(HASH[^1] | 1)];
        var (end, root) = (Number([0, .. odd]), BigInteger.Zero);
        for (var bit = 0; bit < 8 * (odd.Length + 1); bit++)
        {
            if (((BigInteger.Pow(root, 3) - end) & (BigInteger.One << bit)) != 0)
            {
                root += BigInteger.One << bit;
            }
        }

        var SIG = Of(root, 256);
        Assert.Equal((byte[])[0, .. odd], Of(BigInteger.Pow(root, 3), 256)[^(odd.Length + 1)..]);
        Assert.IsType<CryptoFault.SignaturePadding>(SignatureMethod.Rsa.Verify(key, odd, SIG));
    }

    /// <summary>
    /// Blocks that the key's owner himself signed, but that are not the block of RFC 2409 §5.1: each its fault.
    /// </summary>
    [Theory]
    [MemberData(nameof(Blocks))]
    [Clause("2409-5.1-03")]
    public void OnlyTheOneBlockIsTaken(string block, string fault)
    {
        Assert.Equal(fault, SignatureMethod.Rsa.Verify(TestKeys.Rsa1024.PublicKey, HASH, SignBlock(Build(block)))?.Kind
            ?? "none");
    }

    public static TheoryData<string, string> Blocks => new()
    {
        { "good", "none" },
        { "digest info with NULL", nameof(CryptoFault.SignatureWithDigestInfo) },
        { "digest info without parameters", nameof(CryptoFault.SignatureWithDigestInfo) },
        { "digest info of another hash", nameof(CryptoFault.SignatureWithDigestInfo) },
        { "digest info with octets behind", nameof(CryptoFault.SignatureMismatch) },
        { "octets behind", nameof(CryptoFault.SignatureMismatch) },
        { "hash twice", nameof(CryptoFault.SignatureMismatch) },
        { "hash cut by 1", nameof(CryptoFault.SignatureMismatch) },
        { "hash cut by 20", nameof(CryptoFault.SignatureMismatch) },
        { "hash stretched by 1", nameof(CryptoFault.SignatureMismatch) },
        { "hash stretched by 20", nameof(CryptoFault.SignatureMismatch) },
        { "other hash", nameof(CryptoFault.SignatureMismatch) },
        { "type 0", nameof(CryptoFault.SignaturePadding) },
        { "type 2", nameof(CryptoFault.SignaturePadding) },
        { "padding of 7", nameof(CryptoFault.SignaturePadding) },
        { "FE in the padding", nameof(CryptoFault.SignaturePadding) },
        { "00 in the padding", nameof(CryptoFault.SignaturePadding) },
        { "no 00", nameof(CryptoFault.SignaturePadding) },
        { "first octet 01", nameof(CryptoFault.SignaturePadding) },
        { "all padding", nameof(CryptoFault.SignaturePadding) },
        { "all zero", nameof(CryptoFault.SignaturePadding) },
    };

    /// <summary>B-58: HASH cut and stretched by each length from 1 to 20 octets.</summary>
    [Fact]
    public void HashesOfEveryOtherLengthAreRefused()
    {
        for (var by = 1; by <= HASH.Length; by++)
        {
            Assert.IsType<CryptoFault.SignatureMismatch>(SignatureMethod.Rsa.Verify(
                TestKeys.Rsa1024.PublicKey, HASH, SignBlock(Block(HASH[..^by]))));
            Assert.IsType<CryptoFault.SignatureMismatch>(SignatureMethod.Rsa.Verify(
                TestKeys.Rsa1024.PublicKey, HASH, SignBlock(Block([.. HASH, .. new byte[by]]))));
        }
    }

    /// <summary>
    /// B-07: no signature, one octet, too short, too long, zeros in front, zero, a number not below the modulus.
    /// </summary>
    [Fact]
    public void RsaSignaturesHaveTheLengthOfTheModulusAndLieBelowIt()
    {
        var key = TestKeys.Rsa1024;
        var SIG = SignatureMethod.Rsa.Sign(key, HASH);
        Assert.Null(SignatureMethod.Rsa.Verify(key.PublicKey, HASH, SIG));
        foreach (var bad in (byte[][])[[], [0], SIG[..^1], SIG[1..], [0, .. SIG], [.. SIG, 0]])
        {
            var fault = Assert.IsType<CryptoFault.SignatureLength>(
                SignatureMethod.Rsa.Verify(key.PublicKey, HASH, bad));
            Assert.Equal((bad.Length, 128), (fault.Found, fault.Due));
            Assert.Equal(FaultNotify.InvalidSignature, fault.Notify);
        }

        var n = TestKeys.RsaNumbers(key).Modulus!;
        var above = Of(Number(SIG) + Number(n), 129);
        var samePlusModulus = above[0] == 0 ? above[1..] : n;
        Assert.IsType<CryptoFault.SignatureRange>(SignatureMethod.Rsa.Verify(key.PublicKey, HASH, samePlusModulus));
        Assert.IsType<CryptoFault.SignatureRange>(SignatureMethod.Rsa.Verify(key.PublicKey, HASH, n));
        Assert.IsType<CryptoFault.SignatureRange>(
            SignatureMethod.Rsa.Verify(key.PublicKey, HASH, [.. Enumerable.Repeat((byte)255, 128)]));
        Assert.IsType<CryptoFault.SignaturePadding>(SignatureMethod.Rsa.Verify(key.PublicKey, HASH, new byte[128]));
    }

    /// <summary>
    /// B-08: r or s zero, the order, above it; garbage; short, long, zeros in front; DER in place of r | s.
    /// </summary>
    [Theory]
    [InlineData("DSA", 2, 20)]
    [InlineData("P-256", 9, 32)]
    [InlineData("P-384", 10, 48)]
    [InlineData("P-521", 11, 66)]
    [Clause("2409-5.1-04")]
    public void RAndSHaveTheirLengthAndLieBelowTheOrder(string kind, int number, int length)
    {
        Assert.True(SignatureMethod.TryGet(number, out var method));
        var (key, hash) = (TestKeys.Of(kind), Some(method.Hash!.Length));
        var SIG = method.Sign(key, hash);
        Assert.Equal(2 * length, SIG.Length);
        Assert.Null(method.Verify(key.PublicKey, hash, SIG));

        var (r, s, order) = (SIG[..length], SIG[length..], Order(kind, length));
        byte[] zero = new byte[length], top = [.. Enumerable.Repeat((byte)255, length)];
        foreach (var outside in (byte[][])[zero, order, top])
        {
            Assert.Equal("r is out of range",
                Assert.IsType<CryptoFault.SignatureRange>(method.Verify(key.PublicKey, hash, [.. outside, .. s]))
                .Reason);
            Assert.Equal("s is out of range",
                Assert.IsType<CryptoFault.SignatureRange>(method.Verify(key.PublicKey, hash, [.. r, .. outside]))
                .Reason);
        }

        Assert.IsType<CryptoFault.SignatureMismatch>(method.Verify(key.PublicKey, hash, [.. s, .. r]));
        Assert.IsType<CryptoFault.SignatureMismatch>(
            method.Verify(key.PublicKey, hash, [.. new byte[length - 1], 1, .. s]));
        var der = KeyForms.Write(w =>
        {
            using var pair = w.PushSequence();
            w.WriteInteger(Number(r));
            w.WriteInteger(Number(s));
        });
        foreach (var bad in (byte[][])[[], [0], SIG[..^1], SIG[1..], [0, .. SIG], [.. SIG, 0], der, [.. r, 0, .. s, 0]])
        {
            Assert.IsType<CryptoFault.SignatureLength>(method.Verify(key.PublicKey, hash, bad));
        }
    }

    private static byte[] Order(string kind, int length) => kind switch
    {
        "P-256" => Hex("FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551"),
        "P-384" => [.. Enumerable.Repeat((byte)0xff, 24), .. Hex("C7634D81F4372DDF581A0DB248B0A77AECEC196ACCC52973")],
        "P-521" => [1, .. Enumerable.Repeat((byte)0xff, 32),
            .. Hex("FA51868783BF2F966B7FCC0148F709A5D03BB5C9B8899C47AEBB6FB71E91386409")],
        _ => TestKeys.DsaOrder(TestKeys.Dsa),
    };

    private static byte[] Build(string block) => block switch
    {
        "good" => Block(HASH),
        "digest info with NULL" => Block([.. Hex("3021300906052b0e03021a05000414"), .. HASH]),
        "digest info without parameters" => Block([.. Hex("301f300706052b0e03021a0414"), .. HASH]),
        "digest info of another hash" => Block([.. Hex("3022300a06082a864886f70d02050414"), .. HASH]),
        "digest info with octets behind" => Block([.. Hex("3021300906052b0e03021a05000414"), .. HASH, 1, 2, 3]),
        "octets behind" => Block([.. HASH, 0xef, 0xef]),
        "hash twice" => Block([.. HASH, .. HASH]),
        "hash cut by 1" => Block(HASH[..^1]),
        "hash cut by 20" => Block([]),
        "hash stretched by 1" => Block([.. HASH, 0]),
        "hash stretched by 20" => Block([.. new byte[20], .. HASH]),
        "other hash" => Block(SHA1.HashData("HASH_R"u8)),
        "type 0" => Changed(Block(HASH), 1, 1),
        "type 2" => Changed(Block(HASH), 1, 3),
        "padding of 7" => [0, 1, .. Enumerable.Repeat((byte)0xff, 7), 0, .. new byte[128 - 10 - HASH.Length], .. HASH],
        "FE in the padding" => Changed(Block(HASH), 50, 1),
        "00 in the padding" => Changed(Block(HASH), 9, 255),
        "no 00" => Changed(Block(HASH), 127 - HASH.Length, 0x30),
        "first octet 01" => Changed(Block(HASH), 0, 1),
        "all padding" => [0, 1, .. Enumerable.Repeat((byte)0xff, 126)],
        "all zero" => new byte[128],
        _ => throw new ArgumentException(block),
    };

    private static byte[] Block(byte[] data)
        => [0, 1, .. Enumerable.Repeat((byte)0xff, 128 - 3 - data.Length), 0, .. data];

    /// <summary>Any block raised to d by the platform's big numbers.</summary>
    private static byte[] SignBlock(byte[] block)
    {
        var numbers = TestKeys.RsaNumbers(TestKeys.Rsa1024);
        return Of(BigInteger.ModPow(Number(block), Number(numbers.D), Number(numbers.Modulus)), 128);
    }

    /// <summary>A modulus of so many bits; the forgeries never need its factors.</summary>
    private static byte[] ModulusOf(int bits)
        => TestKeys.RsaNumbers(bits == 1024 ? TestKeys.Rsa1024 : TestKeys.Rsa).Modulus!;

    private static BigInteger CubeRootAbove(BigInteger number)
    {
        var (low, high) = (BigInteger.Zero, BigInteger.One << ((int)(number.GetBitLength() / 3) + 2));
        while (high - low > 1)
        {
            var middle = (low + high) / 2;
            (low, high) = BigInteger.Pow(middle, 3) < number ? (middle, high) : (low, middle);
        }

        return high;
    }
}
