using System.Diagnostics.CodeAnalysis;
using Org.BouncyCastle.Math;

namespace RefIke.Crypto.Keys;

/// <summary>
/// An RSA public key: an odd modulus of 1024 to 16384 bits without small factors and an odd exponent from 3 to 64 bits
/// long (RFC 2409 §5.1 to §5.3; the bounds are ours, B-05, B-06).
/// </summary>
/// <remarks>
/// BouncyCastle's own key type proves the modulus composite at each construction: 0.1 s at 2048 bits, 1 s at 8192. That
/// is work a stranger could order, so the numbers are kept here and the one exponentiation is called by itself.
/// </remarks>
public sealed class RsaPublicKey : PublicKey
{
    /// <summary>Bits of the smallest modulus taken.</summary>
    public const int ShortestModulus = 1024;

    /// <summary>Bits of the largest modulus taken.</summary>
    public const int LongestModulus = 16384;

    private const int LongestExponent = 64;

    private static readonly BigInteger Three = BigInteger.ValueOf(3);

    private readonly byte[] n;
    private readonly byte[] e;

    private RsaPublicKey(BigInteger modulus, BigInteger exponent, byte[] pkcs1)
        : base($"RSA {modulus.BitLength}", Info(w => { w.WriteObjectIdentifier(Oids.Rsa); w.WriteNull(); }, pkcs1))
    {
        (Modulus, Exponent) = (modulus, exponent);
        (n, e) = (modulus.ToByteArrayUnsigned(), exponent.ToByteArrayUnsigned());
    }

    /// <summary>Bits of the modulus.</summary>
    public int Bits => Modulus.BitLength;

    /// <summary>Octets of the modulus, of a signature and of an encrypted body: k of RFC 8017.</summary>
    public int Length => n.Length;

    internal BigInteger Modulus { get; }

    internal BigInteger Exponent { get; }

    /// <summary>A key of its two numbers, big-endian and unsigned.</summary>
    public static bool TryCreate(ReadOnlySpan<byte> modulus, ReadOnlySpan<byte> exponent,
    [NotNullWhen(true)] out RsaPublicKey? key, [NotNullWhen(false)] out CryptoFault? fault)
        => TryCreate(new BigInteger(1, modulus.ToArray()), new BigInteger(1, exponent.ToArray()), out key, out fault);

    /// <summary>Reads a DER RSAPublicKey (RFC 8017 §A.1.1).</summary>
    public static bool TryReadPkcs1(
        ReadOnlyMemory<byte> der, [NotNullWhen(true)] out RsaPublicKey? key,
        [NotNullWhen(false)] out CryptoFault? fault)
    {
        var numbers = Der.Read(der, reader =>
        {
            var sequence = reader.ReadSequence();
            BigInteger[] both = [Der.Number(sequence), Der.Number(sequence)];
            sequence.ThrowIfNotEmpty();
            return both;
        });
        if (numbers is null)
        {
            (key, fault) = (null, new CryptoFault.KeyUnreadable("no RSAPublicKey"));
            return false;
        }

        return TryCreate(numbers[0], numbers[1], out key, out fault);
    }

    /// <summary>
    /// Reads the form in which DNS and the FreeS/WAN family write raw RSA keys: length of the exponent, exponent,
    /// modulus (RFC 3110 §2).
    /// </summary>
    public static bool TryReadRfc3110(
        ReadOnlySpan<byte> octets, [NotNullWhen(true)] out RsaPublicKey? key,
        [NotNullWhen(false)] out CryptoFault? fault)
    {
        var prefix = octets.Length > 0 && octets[0] == 0 ? 3 : 1;
        if (octets.Length >= prefix)
        {
            var length = prefix == 1 ? octets[0] : (octets[1] << 8) | octets[2];
            if (length > 0 && octets.Length > prefix + length)
            {
                return TryCreate(octets[(prefix + length)..], octets.Slice(prefix, length), out key, out fault);
            }
        }

        (key, fault) = (null, new CryptoFault.KeyUnreadable("no RFC 3110 key"));
        return false;
    }

    internal static bool TryCreate(BigInteger modulus, BigInteger exponent,
    [NotNullWhen(true)] out RsaPublicKey? key, [NotNullWhen(false)] out CryptoFault? fault)
    {
        fault = Check(modulus, exponent);
        key = fault is null ? new RsaPublicKey(modulus, exponent, Pkcs1(modulus, exponent)) : null;
        return key is not null;
    }

    /// <summary>
    /// input^e mod n, or null where the input is not k octets that stand for a number below n (RFC 8017 §5.1.1,
    /// §5.2.2).
    /// </summary>
    internal byte[]? Power(ReadOnlySpan<byte> input)
        => input.Length == n.Length && input.SequenceCompareTo(n) < 0
            ? RsaPrimitive.Exponentiation.Power(input, e, n)
            : null;

    private static CryptoFault? Check(BigInteger modulus, BigInteger exponent)
    {
        if (modulus.SignValue <= 0 || exponent.SignValue <= 0)
        {
            return new CryptoFault.KeyInvalid("an RSA number that is not positive");
        }

        if (modulus.BitLength is < ShortestModulus or > LongestModulus)
        {
            return new CryptoFault.KeyUnsupported($"RSA of {modulus.BitLength} bits");
        }

        if (exponent.BitLength > LongestExponent)
        {
            return new CryptoFault.KeyUnsupported($"an RSA exponent of {exponent.BitLength} bits");
        }

        if (!exponent.TestBit(0) || exponent.CompareTo(Three) < 0)
        {
            return new CryptoFault.KeyInvalid("an even RSA exponent, or 1");
        }

        return modulus.TestBit(0) && !Primality.HasSmallFactor(modulus)
            ? null
            : new CryptoFault.KeyInvalid("an RSA modulus with a small factor");
    }

    private static byte[] Pkcs1(BigInteger modulus, BigInteger exponent) => Der.Write(writer =>
    {
        using (writer.PushSequence())
        {
            writer.WriteNumber(modulus);
            writer.WriteNumber(exponent);
        }
    });
}
