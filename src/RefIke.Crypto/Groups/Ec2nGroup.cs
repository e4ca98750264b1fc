using Org.BouncyCastle.Math;
using Org.BouncyCastle.Math.EC;
using Org.BouncyCastle.Utilities;

namespace RefIke.Crypto.Groups;

/// <summary>
/// Elliptic curves y² + xy = x³ + ax² + b over GF(2^m), m odd (RFC 2409 §6.3 and RFC 2409 §6.4). KE and the shared secret are x
/// alone, as long as the field (D-96); which y a peer takes does not matter, as P and -P have one x. Groups 3 and 4 are
/// of 1998 and of composite m, which later work on Weil descent made suspect: here because the RFC has them, never
/// offered unasked (D-74).
/// </summary>
// clause 2409-4-17, clause 2409-6.3-01, clause 2409-6.4-01
internal sealed class Ec2nGroup : Group
{
    private readonly F2mCurve curve;
    private readonly ECPoint generator;
    private readonly BigInteger prime;
    private readonly BigInteger small;

    /// <summary>
    /// A generator, the prime in its order, and the order divided by that prime: 4 for group 3, 2 for group 4.
    /// </summary>
    public Ec2nGroup(int number, string name, ECPoint generator, BigInteger prime, BigInteger small)
        : base(number, name, Octets(generator), Octets(generator), Octets(generator) + 8)
        => (curve, this.generator, this.prime, this.small) = ((F2mCurve)generator.Curve, generator, prime, small);

    /// <summary>Curves of RFC 2409; y of the generator and the primes are those of RFC 2412 App. E.3 and E.4.</summary>
    public static IEnumerable<Group> All =>
    [
        new Ec2nGroup(3, "ec2n155", Point(155, 62, Hex("07338F"), Hex("7B"), Hex("1C8")),
            Hex("AAAAAAAAAAAAAAAAAAB1FCF1E206F421A3EA1B"), BigInteger.Four),
        new Ec2nGroup(4, "ec2n185", Point(185, 69, Hex("1EE9"), Hex("18"), Hex("0D")),
            Hex("7FFFFFFFFFFFFFFFFFFFFFF6FCBE226DCF92105D7E53AF"), BigInteger.Two),
    ];

    public override GroupParameters Parameters => new GroupParameters.Ec2n(
        Polynomial(), PrivateGroup.Number(curve.A.ToBigInteger()), PrivateGroup.Number(curve.B.ToBigInteger()),
        PrivateGroup.Number(generator.AffineXCoord.ToBigInteger()), PrivateGroup.Number(generator.AffineYCoord.ToBigInteger()),
        PrivateGroup.Number(prime.Multiply(small)));

    /// <summary>
    /// A scalar between 1 and the prime is taken as it is, any other reduced into that range: no multiple of the prime.
    /// </summary>
    public override Secret PrivateValue(Secret octets)
    {
        var value = new BigInteger(1, octets.Reveal());
        var x = value.SignValue > 0 && value.CompareTo(prime) < 0
            ? value
            : value.Mod(prime.Subtract(BigInteger.One)).Add(BigInteger.One);
        return Secret.Of(BigIntegers.AsUnsignedByteArray((prime.BitLength + 7) / 8, x));
    }

    /// <summary>The field's polynomial as a bit string: a trinomial, or a pentanomial.</summary>
    private System.Numerics.BigInteger Polynomial()
        => new[] { curve.M, curve.K1, curve.K2, curve.K3 }.Where(k => k > 0)
            .Aggregate(System.Numerics.BigInteger.One, (sum, k) => sum | (System.Numerics.BigInteger.One << k));

    internal override byte[] PublicValue(IModularExponentiation power, Secret x) => X(generator.Multiply(new BigInteger(1, PrivateValue(x).Reveal())));

    /// <summary>
    /// x is an element of the field, the x of a point, and that point in the generator's group but not of the small
    /// part of its order (RFC 6989 §2.2, §2.3). x = 0 is the one point of order 2. About half of all x are on no point.
    /// </summary>
    internal override PublicValueFault Check(IModularExponentiation power, ReadOnlySpan<byte> publicValue)
    {
        if (publicValue.Length != PublicLength)
        {
            return PublicValueFault.WrongLength;
        }

        var x = new BigInteger(1, publicValue.ToArray());
        if (x.BitLength > curve.FieldSize)
        {
            return PublicValueFault.OutOfRange;
        }

        if (x.SignValue == 0)
        {
            return PublicValueFault.SmallOrder;
        }

        if (Lift(curve, x) is not { } point)
        {
            return PublicValueFault.NotOnCurve;
        }

        var left = point.Multiply(small);
        return left.IsInfinity ? PublicValueFault.SmallOrder
            : left.Multiply(prime).IsInfinity ? PublicValueFault.None
            : PublicValueFault.NotInSubgroup;
    }

    internal override Secret SharedSecret(IModularExponentiation power, Secret x, ReadOnlySpan<byte> peer)
        => Secret.Of(X(Lift(curve, new BigInteger(1, peer.ToArray()))!.Multiply(new BigInteger(1, PrivateValue(x).Reveal()))));

    /// <summary>
    /// A point with this x, not zero; null where there is none. With y = xz the equation is z² + z = x + a + b/x²,
    /// solvable where the right side's trace is 0; the half trace solves it.
    /// </summary>
    internal static ECPoint? Lift(F2mCurve curve, BigInteger x)
    {
        var X = curve.FromBigInteger(x);
        var right = (AbstractF2mFieldElement)X.Add(curve.A).Add(curve.B.Divide(X.Square()));
        return right.Trace() == 0 ? curve.CreatePoint(x, X.Multiply(right.HalfTrace()).ToBigInteger()) : null;
    }

    /// <summary>A point of the curve with a = 0 over u^m + u^k + 1.</summary>
    private static ECPoint Point(int m, int k, BigInteger b, BigInteger x, BigInteger y)
        => new F2mCurve(m, k, BigInteger.Zero, b, null, null).CreatePoint(x, y);

    private static byte[] X(ECPoint point) => point.Normalize().AffineXCoord.GetEncoded();

    private static int Octets(ECPoint point) => (point.Curve.FieldSize + 7) / 8;

    private static BigInteger Hex(string hex) => new(hex, 16);
}
