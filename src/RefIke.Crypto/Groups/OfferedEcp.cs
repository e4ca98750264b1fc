using Org.BouncyCastle.Math;
using Org.BouncyCastle.Math.EC;

namespace RefIke.Crypto.Groups;

/// <summary>
/// A curve over a prime field of given parameters: 160 to 640 bits, its order given and prime, so that each point but
/// the neutral one has that order.
/// </summary>
internal static class OfferedEcp
{
    public static GroupFault TryMake(
        Primality primality, int number, string name, GroupParameters.Ecp offered, out Group? group)
    {
        group = null;
        var bits = offered.Prime.Sign > 0 ? offered.Prime.GetBitLength() : 0;
        if (bits is < 160 or > 640)
        {
            return bits < 160 ? GroupFault.TooSmall : GroupFault.TooLarge;
        }

        if (offered.FieldSize is { } size && size != bits)
        {
            return GroupFault.WrongFieldSize;
        }

        if (!IsElement(offered.A, offered) || !IsElement(offered.B, offered))
        {
            return GroupFault.CoefficientOutOfRange;
        }

        if (!IsElement(offered.X, offered) || !IsElement(offered.Y, offered))
        {
            return GroupFault.GeneratorOutOfRange;
        }

        if (((4 * offered.A * offered.A * offered.A) + (27 * offered.B * offered.B)) % offered.Prime == 0)
        {
            return GroupFault.SingularCurve;
        }

        var left = offered.Y * offered.Y;
        var right = (offered.X * offered.X * offered.X) + (offered.A * offered.X) + offered.B;
        if ((left - right) % offered.Prime != 0)
        {
            return GroupFault.GeneratorNotOnCurve;
        }

        if (offered.Order is not { } order)
        {
            return GroupFault.OrderMissing;
        }

        var trace = offered.Prime + 1 - order;
        if (trace.GetBitLength() > bits || trace * trace > 4 * offered.Prime)
        {
            return GroupFault.WrongOrder;
        }

        return CheckPrimes(primality, number, name, offered, PrivateGroup.Number(order), out group);
    }

    private static GroupFault CheckPrimes(
        Primality primality, int number, string name, GroupParameters.Ecp offered, BigInteger n, out Group? group)
    {
        group = null;
        var p = PrivateGroup.Number(offered.Prime);
        if (n.Equals(p) || PrivateGroup.HasSmallEmbeddingDegree(p, n))
        {
            return GroupFault.WeakCurve;
        }

        if (!primality.IsPrime(p))
        {
            return GroupFault.NotPrime;
        }

        if (n.BitLength < PrivateGroup.SmallestOrderBits || !primality.IsPrime(n))
        {
            return GroupFault.OrderUnfit;
        }

        var curve = new FpCurve(p, PrivateGroup.Number(offered.A), PrivateGroup.Number(offered.B), n, BigInteger.One);
        var generator = curve.CreatePoint(PrivateGroup.Number(offered.X), PrivateGroup.Number(offered.Y));
        if (!generator.Multiply(n).IsInfinity)
        {
            return GroupFault.WrongOrder;
        }

        group = new EcpGroup(number, name, generator, n);
        return GroupFault.None;
    }

    private static bool IsElement(System.Numerics.BigInteger value, GroupParameters.Ecp offered)
        => value.Sign >= 0 && value < offered.Prime;
}
