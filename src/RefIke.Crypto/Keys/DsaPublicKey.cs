using System.Diagnostics.CodeAnalysis;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;
using Org.BouncyCastle.Math;

namespace RefIke.Crypto.Keys;

/// <summary>
/// A DSS public key with the 160-bit q to which RFC 2409 §5.1 ties DSS by SHA (FIPS 186-2). p has 1024 to 4096 bits; g
/// and y are of order q, and q is prime. That p is prime is the issuer's word: proving it would be work that a stranger
/// could order.
/// </summary>
public sealed class DsaPublicKey : PublicKey
{
    /// <summary>Octets of q, of r and of s.</summary>
    public const int OrderLength = 20;

    private const int ShortestModulus = 1024;
    private const int LongestModulus = 4096;
    private const int PrimalityRounds = 40;

    private readonly DsaPublicKeyParameters parameters;

    private DsaPublicKey(DsaPublicKeyParameters parameters, byte[] info)
        : base($"DSA {parameters.Parameters.P.BitLength}", info) => this.parameters = parameters;

    internal DsaParameters Domain => parameters.Parameters;

    internal static bool TryRead(ReadOnlyMemory<byte>? domain, ReadOnlyMemory<byte> bits,
    [NotNullWhen(true)] out DsaPublicKey? key, [NotNullWhen(false)] out CryptoFault? fault)
    {
        key = null;
        var numbers = domain is not { } encoded ? null : Der.Read(encoded, reader =>
        {
            var sequence = reader.ReadSequence();
            BigInteger[] three = [Der.Number(sequence), Der.Number(sequence), Der.Number(sequence)];
            sequence.ThrowIfNotEmpty();
            return three;
        });
        var y = Der.Read(bits, Der.Number);
        if (numbers is null || y is null)
        {
            fault = new CryptoFault.KeyUnreadable("a DSA key without p, q, g or y");
            return false;
        }

        return TryCreate(numbers[0], numbers[1], numbers[2], y, out key, out fault);
    }

    internal static bool TryCreate(BigInteger p, BigInteger q, BigInteger g, BigInteger y,
    [NotNullWhen(true)] out DsaPublicKey? key, [NotNullWhen(false)] out CryptoFault? fault)
    {
        fault = CheckDomain(p, q, g) ?? CheckOrder(p, q, y, "y");
        key = fault is null
            ? new DsaPublicKey(new DsaPublicKeyParameters(y, new DsaParameters(p, q, g)), Encode(p, q, g, y))
            : null;
        return key is not null;
    }

    /// <summary>What is wrong with p, q and g, or null.</summary>
    internal static CryptoFault? CheckDomain(BigInteger p, BigInteger q, BigInteger g)
    {
        if (p.SignValue <= 0 || q.SignValue <= 0 || p.BitLength is < ShortestModulus or > LongestModulus)
        {
            return new CryptoFault.KeyUnsupported($"DSA with p of {p.BitLength} bits");
        }

        if (q.BitLength != 8 * OrderLength)
        {
            return new CryptoFault.KeyUnsupported(
                $"DSA with q of {q.BitLength} bits: RFC 2409 §5.1 has DSS with SHA's 160 bits");
        }

        return p.TestBit(0) && p.Subtract(BigInteger.One).Mod(q).SignValue == 0
            && Primality.IsProbablePrime(q, PrimalityRounds)
            ? CheckOrder(p, q, g, "g")
            : new CryptoFault.KeyInvalid("q is no prime factor of p-1");
    }

    /// <summary>
    /// Whether s is this key's signature with r over a digest (FIPS 186-2 §6); r and s lie between 1 and q-1.
    /// </summary>
    internal bool Verifies(byte[] digest, BigInteger r, BigInteger s)
    {
        var signer = new DsaSigner();
        signer.Init(false, parameters);
        return signer.VerifySignature(digest, r, s);
    }

    private static CryptoFault.KeyInvalid? CheckOrder(BigInteger p, BigInteger q, BigInteger number, string name)
        => number.CompareTo(BigInteger.One) > 0 && number.CompareTo(p.Subtract(BigInteger.One)) < 0
            && number.ModPow(q, p).Equals(BigInteger.One)
            ? null
            : new CryptoFault.KeyInvalid($"{name} is not of order q");

    private static byte[] Encode(BigInteger p, BigInteger q, BigInteger g, BigInteger y) => Info(
        writer =>
        {
            writer.WriteObjectIdentifier(Oids.Dsa);
            using (writer.PushSequence())
            {
                writer.WriteNumber(p);
                writer.WriteNumber(q);
                writer.WriteNumber(g);
            }
        },
        Der.Write(writer => writer.WriteNumber(y)));
}
