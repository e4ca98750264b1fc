using Org.BouncyCastle.Math;

namespace RefIke.Crypto.Keys;

/// <summary>
/// Keys for tests, demonstrations and vectors: the same seed always gives the same key, so the seed is the secret. For
/// keys that must keep a secret from others the seed has to be random and thrown away.
/// </summary>
public static class KeyMaker
{
    private const int PrimalityRounds = 40;

    private static readonly BigInteger F4 = BigInteger.ValueOf(65537);

    /// <summary>
    /// An RSA key with exponent 65537: both primes have their two highest bits set, so that n has exactly <paramref
    /// name="bits"/> bits.
    /// </summary>
    /// <param name="seed">Octets that name the key.</param>
    /// <param name="bits">An even number from 1024 to 16384.</param>
    public static RsaPrivateKey Rsa(ReadOnlySpan<byte> seed, int bits = 2048)
    {
        var stream = new OctetStream(seed, "RefIke: RSA key"u8);
        while (true)
        {
            var (p, q) = (Prime(stream, bits / 2), Prime(stream, bits / 2));
            if (p.Equals(q))
            {
                continue;
            }

            if (p.CompareTo(q) < 0)
            {
                (p, q) = (q, p);
            }

            var (p1, q1) = (p.Subtract(BigInteger.One), q.Subtract(BigInteger.One));
            var d = F4.ModInverse(p1.Multiply(q1).Divide(p1.Gcd(q1)));
            return RsaPrivateKey.TryCreate(p.Multiply(q), F4, d, p, q, out var key, out var fault)
                ? key
                : throw new ArgumentException(fault.Reason, nameof(bits));
        }
    }

    /// <summary>A DSS key with a q of 160 bits and a p of its own (FIPS 186-2).</summary>
    /// <param name="seed">Octets that name the key.</param>
    /// <param name="bits">Bits of p, 1024 to 4096.</param>
    public static DsaPrivateKey Dsa(ReadOnlySpan<byte> seed, int bits = 1024)
    {
        var stream = new OctetStream(seed, "RefIke: DSS key"u8);
        var q = Prime(stream, 160);
        var twoQ = q.ShiftLeft(1);
        BigInteger p;
        do
        {
            var x = stream.Number(bits);
            p = x.Subtract(x.Mod(twoQ)).Add(BigInteger.One);
        }
        while (p.BitLength != bits || !Primality.IsProbablePrime(p, PrimalityRounds));

        var cofactor = p.Subtract(BigInteger.One).Divide(q);
        BigInteger g;
        do
        {
            g = stream.Below(p).ModPow(cofactor, p);
        }
        while (g.Equals(BigInteger.One));

        return DsaPrivateKey.TryCreate(p, q, g, stream.Below(q), out var key, out var fault)
            ? key
            : throw new ArgumentException(fault.Reason, nameof(bits));
    }

    /// <summary>An ECDSA key.</summary>
    public static EcPrivateKey Ec(ReadOnlySpan<byte> seed, EcCurve curve)
    {
        var d = new OctetStream(seed, "RefIke: ECDSA key"u8).Below(curve.Domain.N);
        return EcPrivateKey.TryCreate(curve, Der.Octets(d, curve.Length), out var key, out var fault)
            ? key
            : throw new ArgumentException(fault.Reason, nameof(curve));
    }

    /// <summary>
    /// A prime p with p-1 prime to 65537: the next candidate is drawn afresh, so that all primes are equally likely.
    /// </summary>
    private static BigInteger Prime(OctetStream stream, int bits)
    {
        while (true)
        {
            var candidate = stream.Number(bits).SetBit(0);
            if (candidate.Subtract(BigInteger.One).Gcd(F4).Equals(BigInteger.One)
                && Primality.IsProbablePrime(candidate, PrimalityRounds))
            {
                return candidate;
            }
        }
    }
}
