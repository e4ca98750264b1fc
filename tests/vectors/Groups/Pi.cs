using System.Numerics;

namespace RefIke.Vectors.Tests.Groups;

/// <summary>π to any number of binary places, by Machin's formula: π = 16 arctan(1/5) - 4 arctan(1/239).</summary>
internal static class Pi
{
    private const int Guard = 64;

    /// <summary>[2^places · π], the bracket being the floor.</summary>
    public static BigInteger Floor(int places)
    {
        var one = BigInteger.One << (places + Guard);
        return ((16 * ArcTangentOfInverse(5, one)) - (4 * ArcTangentOfInverse(239, one))) >> Guard;
    }

    /// <summary>arctan(1/n) = 1/n - 1/3n³ + 1/5n⁵ - …, scaled by <paramref name="one"/>.</summary>
    private static BigInteger ArcTangentOfInverse(int n, BigInteger one)
    {
        var (sum, power) = (BigInteger.Zero, one / n);
        for (var k = 1; !power.IsZero; k += 2)
        {
            sum += k % 4 == 1 ? power / k : -power / k;
            power /= n * n;
        }

        return sum;
    }
}
