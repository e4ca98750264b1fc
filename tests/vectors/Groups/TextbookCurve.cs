using System.Numerics;

namespace RefIke.Vectors.Tests.Groups;

/// <summary>
/// A second path to groups 3 and 4: affine formulas for y² + xy = x³ + ax² + b over GF(2^m), elements as bit strings,
/// written from the textbook and slow. A point is (x, y), null the neutral one.
/// </summary>
internal sealed class TextbookCurve(BigInteger polynomial, BigInteger a, BigInteger b)
{
    private readonly int m = (int)polynomial.GetBitLength() - 1;

    /// <summary>
    /// RFC 2409 §6.3; the generator's y and the prime from RFC 2412 App. E.3. The order is twelve times the prime.
    /// </summary>
    public static TextbookCurve Group3 { get; } = new(Bits(155, 62), 0, 0x7338F)
    {
        Generator = (0x7B, 0x1C8),
        Prime = BigInteger.Parse("3805993847215893016155463826195386266397436443"),
        Cofactor = 12,
    };

    /// <summary>RFC 2409 §6.4, RFC 2412 App. E.4. The order is four times the prime.</summary>
    public static TextbookCurve Group4 { get; } = new(Bits(185, 69), 0, 0x1EE9)
    {
        Generator = (0x18, 0xD),
        Prime = BigInteger.Parse("12259964326927110866866776214413170562013096250261263279"),
        Cofactor = 4,
    };

    public (BigInteger X, BigInteger Y) Generator { get; private init; }

    public BigInteger Prime { get; private init; }

    public int Cofactor { get; private init; }

    public BigInteger Polynomial => polynomial;

    public BigInteger B => b;

    public BigInteger Order => Cofactor * Prime;

    public int Octets => (m + 7) / 8;

    public bool Contains((BigInteger X, BigInteger Y) p)
        => (Times(p.Y, p.Y) ^ Times(p.X, p.Y)) == (Times(Times(p.X, p.X), p.X ^ a) ^ b);

    public (BigInteger X, BigInteger Y)? Multiply(BigInteger k, (BigInteger X, BigInteger Y)? p)
    {
        (BigInteger, BigInteger)? sum = null;
        for (; k > 0; k >>= 1, p = Add(p, p))
        {
            sum = k.IsEven ? sum : Add(sum, p);
        }

        return sum;
    }

    public (BigInteger X, BigInteger Y)? Add((BigInteger X, BigInteger Y)? p, (BigInteger X, BigInteger Y)? q)
    {
        if (p is not var (x1, y1) || q is not var (x2, y2))
        {
            return p ?? q;
        }

        if (x1 == x2 && (y1 != y2 || x1.IsZero))
        {
            return null;
        }

        var slope = x1 == x2 ? x1 ^ Divide(y1, x1) : Divide(y1 ^ y2, x1 ^ x2);
        var x = x1 == x2 ? Times(slope, slope) ^ slope ^ a : Times(slope, slope) ^ slope ^ x1 ^ x2 ^ a;
        return (x, Times(slope, x1 ^ x) ^ x ^ y1);
    }

    /// <summary>
    /// A point with this x, not zero, or null where there is none: y = xz, z² + z = x + a + b/x², z by the half trace.
    /// </summary>
    public (BigInteger X, BigInteger Y)? Lift(BigInteger x)
    {
        var right = x ^ a ^ Divide(b, Times(x, x));
        var (z, power) = (right, right);
        for (var i = 1; i <= (m - 1) / 2; i++)
        {
            power = Times(power, power);
            power = Times(power, power);
            z ^= power;
        }

        var point = (x, Times(x, z));
        return Contains(point) ? point : null;
    }

    public byte[] Encode(BigInteger x)
    {
        var octets = x.ToByteArray(isUnsigned: true, isBigEndian: true);
        return [.. new byte[Octets - octets.Length], .. octets];
    }

    private BigInteger Times(BigInteger x, BigInteger y)
    {
        var product = BigInteger.Zero;
        for (; y > 0; y >>= 1, x = Reduce(x << 1))
        {
            product ^= y.IsEven ? 0 : x;
        }

        return product;
    }

    /// <summary>x/y by the extended algorithm of Euclid.</summary>
    private BigInteger Divide(BigInteger x, BigInteger y)
    {
        var (u, v, g, h) = (y, polynomial, x, BigInteger.Zero);
        while (u != 1)
        {
            var shift = (int)(u.GetBitLength() - v.GetBitLength());
            if (shift < 0)
            {
                (u, v, g, h, shift) = (v, u, h, g, -shift);
            }

            u ^= v << shift;
            for (var t = h; ; t = Reduce(t << 1))
            {
                if (shift-- == 0)
                {
                    g ^= t;
                    break;
                }
            }
        }

        return g;
    }

    private BigInteger Reduce(BigInteger x) => x.GetBitLength() > m ? x ^ polynomial : x;

    private static BigInteger Bits(params int[] exponents)
        => exponents.Aggregate(BigInteger.One, (sum, e) => sum | (BigInteger.One << e));
}
