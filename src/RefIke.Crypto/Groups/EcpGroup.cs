using Org.BouncyCastle.Asn1.X9;
using Org.BouncyCastle.Crypto.EC;
using Org.BouncyCastle.Math;
using Org.BouncyCastle.Math.EC;

namespace RefIke.Crypto.Groups;

/// <summary>Elliptic curves over a prime field: KE is x | y, the shared secret is x alone (RFC 5903 §7, §9; RFC 5114 §2.4–2.5).</summary>
internal sealed class EcpGroup : Group
{
    private readonly X9ECParameters curve;
    private readonly int field;

    public EcpGroup(int number, string name, string curve, int field)
        : base(number, name, 2 * field, field, field + 8)
        => (this.curve, this.field) = (CustomNamedCurves.GetByName(curve) ?? ECNamedCurveTable.GetByName(curve), field);

    public static IEnumerable<Group> All =>
    [
        new EcpGroup(19, "ecp256", "secp256r1", 32),
        new EcpGroup(20, "ecp384", "secp384r1", 48),
        new EcpGroup(21, "ecp521", "secp521r1", 66),
        new EcpGroup(25, "ecp192", "secp192r1", 24),
        new EcpGroup(26, "ecp224", "secp224r1", 28),
    ];

    internal override byte[] PublicValue(IModularExponentiation power, Secret x)
    {
        var point = curve.G.Multiply(Scalar(x)).Normalize();
        return [.. Field(point.AffineXCoord), .. Field(point.AffineYCoord)];
    }

    /// <summary>Both coordinates below p, and the point on the curve (RFC 6989 §2.3); its order is prime, so that is all.</summary>
    internal override PublicValueFault Check(IModularExponentiation power, ReadOnlySpan<byte> publicValue)
    {
        if (publicValue.Length != PublicLength)
        {
            return PublicValueFault.WrongLength;
        }

        var p = curve.Curve.Field.Characteristic;
        var x = new BigInteger(1, publicValue[..field].ToArray());
        var y = new BigInteger(1, publicValue[field..].ToArray());
        if (x.CompareTo(p) >= 0 || y.CompareTo(p) >= 0)
        {
            return PublicValueFault.OutOfRange;
        }

        return curve.Curve.CreatePoint(x, y).IsValid() ? PublicValueFault.None : PublicValueFault.NotOnCurve;
    }

    internal override Secret SharedSecret(IModularExponentiation power, Secret x, ReadOnlySpan<byte> peer)
    {
        var point = curve.Curve.CreatePoint(new BigInteger(1, peer[..field].ToArray()), new BigInteger(1, peer[field..].ToArray()));
        return Secret.Of(Field(point.Multiply(Scalar(x)).Normalize().AffineXCoord));
    }

    /// <summary>A scalar that is already between 1 and n-1 is taken as it is, any other is reduced into that range.</summary>
    private BigInteger Scalar(Secret x)
    {
        var value = new BigInteger(1, x.Reveal().ToArray());
        return value.SignValue > 0 && value.CompareTo(curve.N) < 0
            ? value
            : value.Mod(curve.N.Subtract(BigInteger.One)).Add(BigInteger.One);
    }

    private byte[] Field(ECFieldElement element)
    {
        var octets = element.ToBigInteger().ToByteArrayUnsigned();
        var result = new byte[field];
        octets.CopyTo(result, field - octets.Length);
        return result;
    }
}
