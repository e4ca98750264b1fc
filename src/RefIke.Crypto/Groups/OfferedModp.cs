using Org.BouncyCastle.Math;

namespace RefIke.Crypto.Groups;

/// <summary>
/// A MODP group of given parameters: 768 to 8192 bits; without an order p must be a safe prime, so that the generator's
/// order is q or 2q; with one it must be a prime of 160 bits or more that divides p-1, and the generator's own.
/// </summary>
internal static class OfferedModp
{
    public static GroupFault TryMake(
        Primality primality, int number, string name, GroupParameters.Modp offered, out Group? group)
    {
        group = null;
        var bits = offered.Prime.Sign > 0 ? offered.Prime.GetBitLength() : 0;
        if (bits is < 768 or > 8192)
        {
            return bits < 768 ? GroupFault.TooSmall : GroupFault.TooLarge;
        }

        if (offered.FieldSize is { } size && size != bits)
        {
            return GroupFault.WrongFieldSize;
        }

        if (offered.Generator < 2 || offered.Generator > offered.Prime - 2)
        {
            return GroupFault.GeneratorOutOfRange;
        }

        var (p, g) = (PrivateGroup.Number(offered.Prime), PrivateGroup.Number(offered.Generator));
        if (!p.TestBit(0) || Primes.HasAnySmallFactors(p) || !primality.IsFermat(p))
        {
            return GroupFault.NotPrime;
        }

        BigInteger? q = null;
        GroupFault fault;
        if (offered.Order is { } order)
        {
            fault = CheckOrder(primality, p, g, order, out q);
        }
        else
        {
            // Pocklington: where q = (p-1)/2 is prime and 2^(p-1) = 1, as was tested, p is prime if 2² - 1 has no factor in
            // common with it; p has no small factors at all.
            fault = primality.IsPrime(p.ShiftRight(1)) ? GroupFault.None : GroupFault.NotSafePrime;
        }

        group = fault == GroupFault.None
            ? new ModpGroup(number, name, p.ToByteArrayUnsigned(), g.ToByteArrayUnsigned(), q?.ToByteArrayUnsigned(),
                PrivateLength((int)bits, q))
            : null;
        return fault;
    }

    private static GroupFault CheckOrder(
        Primality primality, BigInteger p, BigInteger g, System.Numerics.BigInteger order, out BigInteger? q)
    {
        q = null;
        var bits = order.Sign > 0 ? order.GetBitLength() : 0;
        if (bits < PrivateGroup.SmallestOrderBits || bits > p.BitLength)
        {
            return GroupFault.OrderUnfit;
        }

        q = PrivateGroup.Number(order);
        return p.Subtract(BigInteger.One).Mod(q).SignValue != 0 || !primality.IsPrime(q) ? GroupFault.OrderUnfit
            : !primality.IsPrime(p) ? GroupFault.NotPrime
            : !primality.Power(g, q, p).Equals(BigInteger.One) ? GroupFault.WrongOrder
            : GroupFault.None;
    }

    /// <summary>
    /// Octets of a private value: as for the registered groups of that size, or eight more than the order's.
    /// </summary>
    private static int PrivateLength(int bits, BigInteger? order) => order is not null && order.BitLength < 448
        ? ((order.BitLength + 7) / 8) + 8
        : bits switch { <= 2048 => 32, <= 3072 => 40, <= 4096 => 48, <= 6144 => 56, _ => 64 };
}
