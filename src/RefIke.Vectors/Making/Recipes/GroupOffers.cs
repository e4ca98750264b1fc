using Org.BouncyCastle.Asn1.X9;
using Org.BouncyCastle.Crypto.Agreement;
using Org.BouncyCastle.Math;
using Org.BouncyCastle.Math.EC;
using RefIke.Wire;

namespace RefIke.Vectors.Making.Recipes;

/// <summary>A good group of each type of RFC 2409 App. A, with published parameters, under private numbers.</summary>
internal static class GroupOffers
{
    /// <summary>The prime of RFC 2409 §6.2.</summary>
    public static GroupInputs Modp { get; } = new(
        33000, GroupType.Modp, Octets(DHStandardGroups.rfc2409_1024.P), null, null,
        Octets(DHStandardGroups.rfc2409_1024.G), null, null);

    /// <summary>RFC 5639's curve of 256 bits.</summary>
    public static GroupInputs Ecp { get; } = Curve(33001, GroupType.Ecp, "brainpoolP256r1",
        curve => curve.Field.Characteristic);

    /// <summary>NIST's B-163.</summary>
    public static GroupInputs Ec2n { get; } = Curve(33002, GroupType.Ec2n, "sect163r2",
        curve => Polynomial((F2mCurve)curve));

    private static GroupInputs Curve(ushort number, GroupType type, string name, Func<ECCurve, BigInteger> field)
    {
        var named = ECNamedCurveTable.GetByName(name);
        var (curve, g) = (named.Curve, named.G.Normalize());
        return new GroupInputs(number, type, Octets(field(curve)), Octets(curve.A.ToBigInteger()),
            Octets(curve.B.ToBigInteger()), Octets(g.AffineXCoord.ToBigInteger()), Octets(g.AffineYCoord.ToBigInteger()),
            Octets(named.N));
    }

    private static BigInteger Polynomial(F2mCurve f)
        => new[] { f.M, f.K1, f.K2, f.K3 }.Aggregate(BigInteger.One, (p, k) => p.SetBit(k));

    private static Octets Octets(BigInteger number) => number.ToByteArrayUnsigned();
}
