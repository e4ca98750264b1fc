using System.Numerics;

namespace RefIke.Crypto.Groups;

/// <summary>
/// Polynomials over GF(2) as bit strings, the lowest bit the constant term: as much as tells irreducible ones (Rabin's
/// test).
/// </summary>
internal static class BinaryPolynomial
{
    /// <summary>The exponents of its terms, the highest first.</summary>
    public static int[] Terms(BigInteger f)
        => [.. Enumerable.Range(0, (int)f.GetBitLength()).Reverse().Where(i => !((f >> i) & 1).IsZero)];

    /// <summary>
    /// Whether f of degree m, with a constant term, has no factors: u^(2^m) = u modulo f, and u^(2^(m/r)) - u has no
    /// factor in common with f for any prime r that divides m.
    /// </summary>
    public static bool IsIrreducible(BigInteger f)
    {
        var m = Degree(f);
        var u = new BigInteger(2);
        var power = u;
        for (var i = 1; i <= m; i++)
        {
            power = Remainder(Square(power), f);
            if (m % i == 0 && i < m && IsPrime(m / i) && Gcd(f, power ^ u) != 1)
            {
                return false;
            }
        }

        return power == u;
    }

    private static int Degree(BigInteger f) => (int)f.GetBitLength() - 1;

    /// <summary>Squaring puts a zero between each two bits.</summary>
    private static BigInteger Square(BigInteger f)
    {
        var from = f.ToByteArray(isUnsigned: true);
        var to = new byte[2 * from.Length];
        for (var bit = 0; bit < 8 * from.Length; bit++)
        {
            if ((from[bit / 8] >> (bit % 8) & 1) != 0)
            {
                to[2 * bit / 8] |= (byte)(1 << (2 * bit % 8));
            }
        }

        return new BigInteger(to, isUnsigned: true);
    }

    private static BigInteger Remainder(BigInteger a, BigInteger f)
    {
        var degree = Degree(f);
        for (var over = Degree(a) - degree; over >= 0; over = Degree(a) - degree)
        {
            a ^= f << over;
        }

        return a;
    }

    private static BigInteger Gcd(BigInteger a, BigInteger b)
    {
        while (!b.IsZero)
        {
            (a, b) = (b, Remainder(a, b));
        }

        return a;
    }

    private static bool IsPrime(int n)
        => n > 1 && Enumerable.Range(2, n - 2).TakeWhile(d => d * d <= n).All(d => n % d != 0);
}
