using System.Globalization;
using System.Numerics;
using Org.BouncyCastle.Asn1.X9;
using Org.BouncyCastle.Crypto.Agreement;
using Org.BouncyCastle.Crypto.EC;
using RefIke.Crypto;
using RefIke.Vectors.Tests.Groups;
using Xunit;

namespace RefIke.Properties.Crypto;

/// <summary>
/// Groups as a peer would offer them: good ones, with the library's own constants, and one with each fault.
/// </summary>
internal static class Offers
{
    /// <summary>
    /// (6k+1)(12k+1)(18k+1), all four prime: a Carmichael number, to which Fermat's test to base 2 is blind; k divides
    /// it less one.
    /// </summary>
    private static readonly BigInteger K = (BigInteger.One << 258) + 7747237;

    private static BigInteger Carmichael => ((6 * K) + 1) * ((12 * K) + 1) * ((18 * K) + 1);

    /// <summary>RFC 5114 §2.1: p, a generator, and its order.</summary>
    private const string P22 =
        "B10B8F96A080E01DDE92DE5EAE5D54EC52C99FBCFB06A3C69A6A9DCA52D23B616073E28675A23D189838EF1E2EE652C0"
        + "13ECB4AEA906112324975C3CD49B83BFACCBDD7D90C4BD7098488E9C219A73724EFFD6FAE5644738FAA31A4FF55BCCC0"
        + "A151AF5F0DC8B4BD45BF37DF365C1A65E68CFDA76D4DA708DF1FB2BC2E4A4371";

    private const string G22 =
        "A4D1CBD5C3FD34126765A442EFB99905F8104DD258AC507FD6406CFF14266D31266FEA1E5C41564B777E690F5504F213"
        + "160217B4B01B886A5E91547F9E2749F4D7FBD7D3B9A92EE1909D0D2263F80A76A6A24C087A091F531DBF0A0169B6A28A"
        + "D662A4D18E73AFA32D779D5918D08BC8858F4DCEF97C2A24855E6EEB22B3B2E5";

    private const string Q22 = "F518AA8781A8DF278ABA4E7D64B7CB9D49462353";

    /// <summary>A product of two primes of RFC 2409, 1792 bits.</summary>
    public static BigInteger CompositeWithoutSmallFactors => Prime(1) * Prime(2);

    /// <summary>
    /// NIST's B-163 (FIPS 186-4, App. D.1.3.2.2): its order is twice a prime, the generator's is the prime.
    /// </summary>
    public static GroupParameters.Ec2n B163 => new(
        (BigInteger.One << 163) | 0xC9, 1, Hex("20A601907B8C953CA1481EB10512F78744A3205FD"),
        Hex("3F0EBA16286A2D57EA0991168D4994637E8343E36"), Hex("0D51FBC6C71A0094FA2CDD545B11C5C0C797324F1"),
        Hex("40000000000000000000292FE77E70C12A4234C33"))
    {
        FieldSize = 163,
    };

    /// <summary>The parameters of a registered group.</summary>
    public static GroupParameters Of(int number) => number switch
    {
        1 or 2 or 14 or 18 => new GroupParameters.Modp(Prime(number), 2),
        22 => new GroupParameters.Modp(Hex(P22), Hex(G22), Hex(Q22)),
        19 => Ecp("secp256r1"),
        21 => Ecp("secp521r1"),
        28 => Ecp("brainpoolP256r1"),
        3 => Ec2n(TextbookCurve.Group3) with { FieldSize = 155 },
        _ => Ec2n(TextbookCurve.Group4),
    };

    public static TheoryData<GroupFault, string, int, GroupParameters> Faulty
    {
        get
        {
            var modp = (GroupParameters.Modp)Of(1);
            var small = (GroupParameters.Modp)Of(22);
            var p = modp.Prime;
            return new TheoryData<GroupFault, string, int, GroupParameters>()
            {
                { GroupFault.NumberNotPrivate, "number of a registered group", 14, modp },
                { GroupFault.NumberNotPrivate, "one below the private ones", 32767, modp },
                { GroupFault.NumberNotPrivate, "no sixteen bits", 65536, modp },
                { GroupFault.TooSmall, "767 bits", 32768, modp with { Prime = (BigInteger.One << 767) - 1 } },
                { GroupFault.TooSmall, "zero", 32768, modp with { Prime = 0 } },
                { GroupFault.TooSmall, "negative", 32768, modp with { Prime = -p } },
                { GroupFault.TooLarge, "8193 bits", 32768, modp with { Prime = (BigInteger.One << 8192) + 1 } },
                { GroupFault.WrongFieldSize, "767 for 768 bits", 32768, modp with { FieldSize = 767 } },
                { GroupFault.GeneratorOutOfRange, "0", 32768, modp with { Generator = 0 } },
                { GroupFault.GeneratorOutOfRange, "1", 32768, modp with { Generator = 1 } },
                { GroupFault.GeneratorOutOfRange, "p-1", 32768, modp with { Generator = p - 1 } },
                { GroupFault.GeneratorOutOfRange, "p+2", 32768, modp with { Generator = p + 2 } },
                { GroupFault.NotPrime, "even", 32768, modp with { Prime = p + 1 } },
                { GroupFault.NotPrime, "two large factors", 32768, modp with { Prime = CompositeWithoutSmallFactors } },
                { GroupFault.NotPrime, "Carmichael, with an order", 32768, new GroupParameters.Modp(Carmichael, 2, K) },
                { GroupFault.NotSafePrime, "Carmichael, without", 32768, new GroupParameters.Modp(Carmichael, 2) },
                { GroupFault.NotSafePrime, "RFC 5114's prime without its order", 32768, small with { Order = null } },
                { GroupFault.OrderUnfit, "two", 32768, small with { Order = 2 } },
                { GroupFault.OrderUnfit, "negative", 32768, small with { Order = -small.Order } },
                { GroupFault.OrderUnfit, "p-1, not prime", 32768, small with { Order = small.Prime - 1 } },
                { GroupFault.OrderUnfit, "a prime that does not divide p-1", 32768, small with { Order = ((GroupParameters.Ecp)Of(19)).Order } },
                { GroupFault.WrongOrder, "generator of another order", 32768, small with { Generator = 2 } },
                {
                    GroupFault.WrongOrder, "generator of order 2q", 32768,
                    modp with { Generator = p - modp.Generator, Order = (p - 1) / 2 }
                },
            }
            .With(FaultyEcp).With(FaultyEc2n);
        }
    }

    private static IEnumerable<(GroupFault Fault, string What, GroupParameters Offer)> FaultyEcp
    {
        get
        {
            var ecp = (GroupParameters.Ecp)Of(19);
            var (p, n) = (ecp.Prime, ecp.Order!.Value);
            yield return (GroupFault.TooSmall, "159 bits", ecp with { Prime = (BigInteger.One << 159) - 1 });
            yield return (GroupFault.TooLarge, "641 bits", ecp with { Prime = (BigInteger.One << 640) + 1 });
            yield return (GroupFault.WrongFieldSize, "255 for 256 bits", ecp with { FieldSize = 255 });
            yield return (GroupFault.CoefficientOutOfRange, "a not below p", ecp with { A = p + ecp.A });
            yield return (GroupFault.CoefficientOutOfRange, "b negative", ecp with { B = -ecp.B });
            yield return (GroupFault.GeneratorOutOfRange, "x not below p", ecp with { X = ecp.X + p });
            yield return (GroupFault.GeneratorOutOfRange, "y negative", ecp with { Y = -ecp.Y });
            yield return (GroupFault.SingularCurve, "y² = x³", ecp with { A = 0, B = 0, X = 1, Y = 1 });
            yield return (GroupFault.SingularCurve, "y² = x³ - 3x + 2", ecp with { A = p - 3, B = 2 });
            yield return (GroupFault.GeneratorNotOnCurve, "y one more", ecp with { Y = ecp.Y + 1 });
            yield return (GroupFault.OrderMissing, "none", ecp with { Order = null });
            yield return (GroupFault.WrongOrder, "zero", ecp with { Order = 0 });
            yield return (GroupFault.WrongOrder, "twice", ecp with { Order = 2 * n });
            yield return (GroupFault.WrongOrder, "huge", ecp with { Order = BigInteger.One << 100_000 });
            yield return (GroupFault.WrongOrder, "another prime of Hasse's interval",
                ecp with { Order = AnotherPrime });
            yield return (GroupFault.OrderUnfit, "one more", ecp with { Order = n + 1 });
            yield return (GroupFault.WeakCurve, "anomalous: as many points as p", new GroupParameters.Ecp(
                Anomalous, Hex("4A9155F77369EA270678586D3A7ACF3D3983D99A"), Hex("239F1C05B30EB93B682FB4D73C8C32151836D536"), 1,
                BigInteger.Parse("310536468939899693718962354338996655381367569020", CultureInfo.InvariantCulture), Anomalous));
            var third = (BigInteger.One << 160) + 7;
            yield return (GroupFault.WeakCurve, "supersingular: p+1 points",
                new GroupParameters.Ecp(third, 0, 1, 2, 3, third + 1));
            // y² = x³ + ax + b modulo a composite: the equation holds for a = 0, and Hasse's interval does not mind.
            yield return (GroupFault.NotPrime, "two primes", new GroupParameters.Ecp(p * 7, 0, 1, 2, 3, (p * 7) + 2));
        }
    }

    private static IEnumerable<(GroupFault Fault, string What, GroupParameters Offer)> FaultyEc2n
    {
        get
        {
            var ec2n = (GroupParameters.Ec2n)Of(3);
            var curve = TextbookCurve.Group3;
            var ofOrderFour = curve.Multiply(curve.Prime, curve.Generator)!.Value;
            yield return (GroupFault.TooSmall, "degree 154", ec2n with { Polynomial = (BigInteger.One << 154) + 3 });
            yield return (GroupFault.TooSmall, "negative", ec2n with { Polynomial = -ec2n.Polynomial });
            yield return (GroupFault.TooLarge, "degree 572", ec2n with { Polynomial = (BigInteger.One << 572) + 3 });
            yield return (GroupFault.TooLarge, "degree 500 000",
                ec2n with { Polynomial = (BigInteger.One << 500_000) + 3 });
            yield return (GroupFault.WrongFieldSize, "185 for 155", ec2n with { FieldSize = 185 });
            yield return (GroupFault.CoefficientOutOfRange, "a of 156 bits", ec2n with { A = BigInteger.One << 155 });
            yield return (GroupFault.CoefficientOutOfRange, "b negative", ec2n with { B = -1 });
            yield return (GroupFault.GeneratorOutOfRange, "x of 156 bits", ec2n with { X = BigInteger.One << 155 });
            yield return (GroupFault.GeneratorOutOfRange, "y negative", ec2n with { Y = -1 });
            yield return (GroupFault.SingularCurve, "b = 0", ec2n with { B = 0 });
            yield return (GroupFault.PolynomialNotSpoken, "two terms",
                ec2n with { Polynomial = (BigInteger.One << 155) + 1 });
            yield return (GroupFault.PolynomialNotSpoken, "no constant term",
                ec2n with { Polynomial = (BigInteger.One << 155) + 6 });
            yield return (GroupFault.PolynomialNotSpoken, "even degree",
                ec2n with { Polynomial = (BigInteger.One << 156) + 3, FieldSize = null });
            yield return (GroupFault.PolynomialReducible, "u^155 + u + 1",
                ec2n with { Polynomial = (BigInteger.One << 155) + 3 });
            yield return (GroupFault.PolynomialReducible, "seven factors of degree 27, each of which divides u^(2^189) - u",
                ec2n with
                {
                    Polynomial = (BigInteger.One << 189) + (BigInteger.One << 42) + (BigInteger.One << 35) + (1 << 21) + 1,
                    FieldSize = null,
                });
            yield return (GroupFault.GeneratorOfSmallOrder, "order 2", ec2n with { X = 0 });
            yield return (GroupFault.GeneratorOfSmallOrder, "order 4", ec2n with { X = ofOrderFour.X });
            yield return (GroupFault.GeneratorNotOnCurve, "no y for it",
                ec2n with { X = Enumerable.Range(2, 50).First(x => curve.Lift(x) is null) });
            yield return (GroupFault.GeneratorNotOnCurve, "another y", ec2n with { Y = 0x1C9 });
            yield return (GroupFault.OrderMissing, "none", ec2n with { Order = null });
            yield return (GroupFault.OrderUnfit, "without a large prime", ec2n with { Order = BigInteger.Pow(2, 154) });
            yield return (GroupFault.OrderUnfit, "the prime less two", ec2n with { Order = curve.Prime - 2 });
            yield return (GroupFault.WrongOrder, "the prime: the generator has four times as many",
                ec2n with { Order = curve.Prime });
            yield return (GroupFault.WrongOrder, "negative", ec2n with { Order = -curve.Order });
            yield return (GroupFault.WrongOrder, "more than the curve can have", ec2n with { Order = 2 * curve.Order });
        }
    }

    /// <summary>A prime next to that of P-256, as a number of points as likely as any other.</summary>
    private static BigInteger AnotherPrime => Hex("FFFFFFFF00000001000000000000000000000001000000000000000000000179");

    /// <summary>A prime p for which a known curve has p points, 160 bits.</summary>
    private static BigInteger Anomalous => Hex("800000000000000022BFE7B0154D1A5CDDD6196B");

    private static TheoryData<GroupFault, string, int, GroupParameters> With(
        this TheoryData<GroupFault, string, int, GroupParameters> rows,
        IEnumerable<(GroupFault Fault, string What, GroupParameters Offer)> more)
    {
        foreach (var (fault, what, offer) in more)
        {
            rows.Add(fault, what, 32768, offer);
        }

        return rows;
    }

    private static GroupParameters.Ecp Ecp(string name)
    {
        X9ECParameters c = CustomNamedCurves.GetByName(name) ?? ECNamedCurveTable.GetByName(name);
        return new(Number(c.Curve.Field.Characteristic), Number(c.Curve.A.ToBigInteger()), Number(c.Curve.B.ToBigInteger()),
            Number(c.G.AffineXCoord.ToBigInteger()), Number(c.G.AffineYCoord.ToBigInteger()), Number(c.N));
    }

    /// <summary>As RFC 2409 §6.3 and §6.4 describe them: no y, and the curve's order.</summary>
    private static GroupParameters.Ec2n Ec2n(TextbookCurve curve)
        => new(curve.Polynomial, 0, curve.B, curve.Generator.X, null, curve.Order);

    private static BigInteger Prime(int number) => Number(number switch
    {
        1 => DHStandardGroups.rfc2409_768.P,
        2 => DHStandardGroups.rfc2409_1024.P,
        14 => DHStandardGroups.rfc3526_2048.P,
        _ => DHStandardGroups.rfc3526_8192.P,
    });

    private static BigInteger Number(Org.BouncyCastle.Math.BigInteger value)
        => new(value.ToByteArrayUnsigned(), isUnsigned: true, isBigEndian: true);

    private static BigInteger Hex(string hex)
        => BigInteger.Parse("0" + hex, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
