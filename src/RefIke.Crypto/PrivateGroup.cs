using Org.BouncyCastle.Math;
using RefIke.Crypto.Groups;

namespace RefIke.Crypto;

/// <summary>
/// Groups that a peer describes (RFC 2409 §5.6). RFC 2409 §10 leaves it to each side whether a prime is one; here an
/// offered group is checked as far as bounded work goes (D-199), the cheap tests first: sizes, ranges, equations, then
/// primality. What no test shows is whether the parameters were chosen with a trapdoor. The dearest offer that passes,
/// a safe prime of 8192 bits, costs 17 exponentiations of that size.
/// </summary>
public static class PrivateGroup
{
    /// <summary>The smallest number of a private group (RFC 2409 §5.6).</summary>
    public const int FirstNumber = 32768;

    /// <summary>
    /// The smallest prime order that a generator may have: 2^80 steps of work for the best generic attack.
    /// </summary>
    internal const int SmallestOrderBits = 160;

    /// <summary>The group of these parameters, or what is wrong with them.</summary>
    /// <param name="number">The Group Description it is to have: 32768 to 65535.</param>
    public static GroupFault TryMake(int number, GroupParameters parameters, out Group? group)
        => TryMake(DiffieHellman.BestExponentiation, number, parameters, out group);

    /// <summary>
    /// The same with a chosen library's exponentiation; the result does not depend on it, the time does.
    /// </summary>
    public static GroupFault TryMake(
        IModularExponentiation power, int number, GroupParameters parameters, out Group? group)
    {
        group = null;
        if (number is < FirstNumber or > 65535)
        {
            return GroupFault.NumberNotPrivate;
        }

        var primality = new Primality(power);
        var name = $"private{number}";
        return parameters switch
        {
            GroupParameters.Modp modp => OfferedModp.TryMake(primality, number, name, modp, out group),
            GroupParameters.Ecp ecp => OfferedEcp.TryMake(primality, number, name, ecp, out group),
            GroupParameters.Ec2n ec2n => OfferedEc2n.TryMake(primality, number, name, ec2n, out group),
            _ => throw new ArgumentException($"no such group type: {parameters}", nameof(parameters)),
        };
    }

    /// <summary>
    /// Whether logarithms in a subgroup of prime order n of a curve over a field of q elements move into a field that
    /// is small enough to help: q^k = 1 modulo n for some k up to 20 (Menezes, Okamoto, Vanstone).
    /// </summary>
    internal static bool HasSmallEmbeddingDegree(BigInteger q, BigInteger n)
    {
        var power = BigInteger.One;
        for (var k = 1; k <= 20; k++)
        {
            power = power.Multiply(q).Mod(n);
            if (power.Equals(BigInteger.One))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The other library's number.</summary>
    internal static System.Numerics.BigInteger Number(BigInteger value)
        => new(value.ToByteArrayUnsigned(), isUnsigned: true, isBigEndian: true);

    internal static BigInteger Number(System.Numerics.BigInteger value)
        => new(1, value.ToByteArray(isUnsigned: true, isBigEndian: true));
}
