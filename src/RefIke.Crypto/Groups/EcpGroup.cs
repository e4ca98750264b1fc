using Org.BouncyCastle.Asn1.X9;
using Org.BouncyCastle.Crypto.EC;
using Org.BouncyCastle.Math;
using Org.BouncyCastle.Math.EC;
using Org.BouncyCastle.Utilities;

namespace RefIke.Crypto.Groups;

/// <summary>
/// Elliptic curves over a prime field: KE is x | y, the shared secret is x alone (RFC 5903 §7, §9; RFC 5114 §2.4–2.5;
/// D-95). The Brainpool curves of RFC 6932 go the same way; its registry marks 27 to 30 as not for RFC 2409, which its
/// §5 calls administrative, not technical.
/// </summary>
internal sealed class EcpGroup : Group
{
    private readonly ECCurve curve;
    private readonly ECPoint generator;
    private readonly BigInteger order;
    private readonly int field;

    /// <summary>Any curve of prime order.</summary>
    public EcpGroup(int number, string name, ECPoint generator, BigInteger order)
        : base(number, name, 2 * Octets(generator), Octets(generator), Octets(generator) + 8)
        => (curve, this.generator, this.order, field) = (generator.Curve, generator, order, Octets(generator));

    private EcpGroup(int number, string name, X9ECParameters curve)
        : this(number, name, curve.G, curve.N)
    {
    }

    public static IEnumerable<Group> All =>
    [
        Named(19, "ecp256", "secp256r1"),
        Named(20, "ecp384", "secp384r1"),
        Named(21, "ecp521", "secp521r1"),
        Named(25, "ecp192", "secp192r1"),
        Named(26, "ecp224", "secp224r1"),
        Named(27, "brainpool224", "brainpoolP224r1"),
        Named(28, "brainpool256", "brainpoolP256r1"),
        Named(29, "brainpool384", "brainpoolP384r1"),
        Named(30, "brainpool512", "brainpoolP512r1"),
    ];

    public override GroupParameters Parameters => new GroupParameters.Ecp(
        PrivateGroup.Number(curve.Field.Characteristic), PrivateGroup.Number(curve.A.ToBigInteger()),
        PrivateGroup.Number(curve.B.ToBigInteger()), PrivateGroup.Number(generator.AffineXCoord.ToBigInteger()),
        PrivateGroup.Number(generator.AffineYCoord.ToBigInteger()), PrivateGroup.Number(order));

    /// <summary>A scalar that is already between 1 and n-1 is taken as it is, any other is reduced into that range.</summary>
    public override Secret PrivateValue(Secret octets)
    {
        var value = new BigInteger(1, octets.Reveal());
        var x = value.SignValue > 0 && value.CompareTo(order) < 0
            ? value
            : value.Mod(order.Subtract(BigInteger.One)).Add(BigInteger.One);
        return Secret.Of(BigIntegers.AsUnsignedByteArray((order.BitLength + 7) / 8, x));
    }

    internal override byte[] PublicValue(IModularExponentiation power, Secret x)
    {
        var point = generator.Multiply(new BigInteger(1, PrivateValue(x).Reveal())).Normalize();
        return [.. Field(point.AffineXCoord), .. Field(point.AffineYCoord)];
    }

    /// <summary>Both coordinates below p, and the point on the curve (RFC 6989 §2.3); its order is prime, so that is all.</summary>
    internal override PublicValueFault Check(IModularExponentiation power, ReadOnlySpan<byte> publicValue)
    {
        if (publicValue.Length != PublicLength)
        {
            return PublicValueFault.WrongLength;
        }

        var p = curve.Field.Characteristic;
        var x = new BigInteger(1, publicValue[..field].ToArray());
        var y = new BigInteger(1, publicValue[field..].ToArray());
        if (x.CompareTo(p) >= 0 || y.CompareTo(p) >= 0)
        {
            return PublicValueFault.OutOfRange;
        }

        return curve.CreatePoint(x, y).IsValid() ? PublicValueFault.None : PublicValueFault.NotOnCurve;
    }

    internal override Secret SharedSecret(IModularExponentiation power, Secret x, ReadOnlySpan<byte> peer)
    {
        var point = curve.CreatePoint(new BigInteger(1, peer[..field].ToArray()), new BigInteger(1, peer[field..].ToArray()));
        return Secret.Of(Field(point.Multiply(new BigInteger(1, PrivateValue(x).Reveal())).Normalize().AffineXCoord));
    }

    private static EcpGroup Named(int number, string name, string curve)
        => new(number, name, CustomNamedCurves.GetByName(curve) ?? ECNamedCurveTable.GetByName(curve));

    private static int Octets(ECPoint point) => (point.Curve.FieldSize + 7) / 8;

    private byte[] Field(ECFieldElement element)
    {
        var octets = element.ToBigInteger().ToByteArrayUnsigned();
        var result = new byte[field];
        octets.CopyTo(result, field - octets.Length);
        return result;
    }
}
