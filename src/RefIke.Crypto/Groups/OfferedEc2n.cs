using Org.BouncyCastle.Math;
using Org.BouncyCastle.Math.EC;

namespace RefIke.Crypto.Groups;

/// <summary>
/// A curve over GF(2^m) of given parameters: m odd, 155 to 571, a trinomial or pentanomial. The order must be a prime
/// of all but 12 bits of the field's size times small primes, as with groups 3 and 4, whose composite m is taken here
/// too: what is weak about it depends on the curve and no bounded test shows it.
/// </summary>
internal static class OfferedEc2n
{
    private const int LargestSmallPartBits = 12;

    private static readonly int[] SmallPrimes = [2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61];

    public static GroupFault TryMake(
        Primality primality, int number, string name, GroupParameters.Ec2n offered, out Group? group)
    {
        group = null;
        var m = offered.Polynomial.Sign > 0 ? (int)Math.Min(offered.Polynomial.GetBitLength() - 1, int.MaxValue) : 0;
        if (m is < 155 or > 571)
        {
            return m < 155 ? GroupFault.TooSmall : GroupFault.TooLarge;
        }

        if (offered.FieldSize is { } size && size != m)
        {
            return GroupFault.WrongFieldSize;
        }

        if (!IsElement(offered.A, m) || !IsElement(offered.B, m))
        {
            return GroupFault.CoefficientOutOfRange;
        }

        if (!IsElement(offered.X, m) || !IsElement(offered.Y ?? 0, m))
        {
            return GroupFault.GeneratorOutOfRange;
        }

        if (offered.B.IsZero)
        {
            return GroupFault.SingularCurve;
        }

        var terms = BinaryPolynomial.Terms(offered.Polynomial);
        if (m % 2 == 0 || terms.Length is not (3 or 5) || terms[^1] != 0)
        {
            return GroupFault.PolynomialNotSpoken;
        }

        if (!BinaryPolynomial.IsIrreducible(offered.Polynomial))
        {
            return GroupFault.PolynomialReducible;
        }

        if (offered.X.IsZero)
        {
            return GroupFault.GeneratorOfSmallOrder;
        }

        return Generator(offered, m, terms) is { } generator
            ? CheckOrder(primality, number, name, generator, m, offered.Order, out group)
            : GroupFault.GeneratorNotOnCurve;
    }

    private static ECPoint? Generator(GroupParameters.Ec2n offered, int m, int[] terms)
    {
        var (a, b) = (PrivateGroup.Number(offered.A), PrivateGroup.Number(offered.B));
        var curve = terms.Length == 3
            ? new F2mCurve(m, terms[1], a, b, null, null)
            : new F2mCurve(m, terms[3], terms[2], terms[1], a, b, null, null);
        if (offered.Y is not { } y)
        {
            return Ec2nGroup.Lift(curve, PrivateGroup.Number(offered.X));
        }

        var point = curve.CreatePoint(PrivateGroup.Number(offered.X), PrivateGroup.Number(y));
        return point.IsValid() ? point : null;
    }

    private static GroupFault CheckOrder(
        Primality primality, int number, string name, ECPoint generator, int m, System.Numerics.BigInteger? order,
        out Group? group)
    {
        group = null;
        if (order is not { } given)
        {
            return GroupFault.OrderMissing;
        }

        // Hasse: at most 2^m + 1 + 2 * 2^(m/2) points.
        var field = BigInteger.One.ShiftLeft(m);
        var most = field.Add(BigInteger.One.ShiftLeft((m / 2) + 2));
        if (given.Sign <= 0 || given.GetBitLength() > m + 1 || PrivateGroup.Number(given).CompareTo(most) > 0)
        {
            return GroupFault.WrongOrder;
        }

        var prime = PrivateGroup.Number(given);
        foreach (var small in SmallPrimes.Select(s => BigInteger.ValueOf(s)))
        {
            while (prime.CompareTo(small) > 0 && prime.Mod(small).SignValue == 0)
            {
                prime = prime.Divide(small);
            }
        }

        if (prime.BitLength < m - LargestSmallPartBits || !primality.IsPrime(prime))
        {
            return GroupFault.OrderUnfit;
        }

        if (PrivateGroup.HasSmallEmbeddingDegree(field, prime))
        {
            return GroupFault.WeakCurve;
        }

        if (!generator.Multiply(PrivateGroup.Number(given)).IsInfinity)
        {
            return GroupFault.WrongOrder;
        }

        var smallPart = SmallPart(generator.Multiply(prime), PrivateGroup.Number(given).Divide(prime));
        if (generator.Multiply(smallPart).IsInfinity)
        {
            return GroupFault.GeneratorOfSmallOrder;
        }

        group = new Ec2nGroup(number, name, generator, prime, smallPart);
        return GroupFault.None;
    }

    /// <summary>
    /// The order of a point that is known to divide a number: the number without the primes it can do without.
    /// </summary>
    private static BigInteger SmallPart(ECPoint point, BigInteger multiple)
    {
        foreach (var small in SmallPrimes.Select(s => BigInteger.ValueOf(s)))
        {
            while (multiple.Mod(small).SignValue == 0 && point.Multiply(multiple.Divide(small)).IsInfinity)
            {
                multiple = multiple.Divide(small);
            }
        }

        return multiple;
    }

    private static bool IsElement(System.Numerics.BigInteger value, int m)
        => value.Sign >= 0 && value.GetBitLength() <= m;
}
