using System.Numerics;

namespace RefIke.Vectors.Tests.Groups;

/// <summary>
/// y² = x³ - 3x + b over a prime field in plain affine arithmetic: a second path to every ECP group, on which no
/// library's curves are used. p is written as its document defines it (RFC 5903 §3, RFC 5114 §2.4, §2.5).
/// </summary>
internal sealed record Curve(int Group, BigInteger P, BigInteger B, BigInteger N, BigInteger Gx, BigInteger Gy,
    string? Seed)
{
    public static Curve[] All { get; } =
    [
        new(19, Two(256) - Two(224) + Two(192) + Two(96) - 1,
            Hex("5AC635D8 AA3A93E7 B3EBBD55 769886BC 651D06B0 CC53B0F6 3BCE3C3E 27D2604B"),
            Hex("FFFFFFFF 00000000 FFFFFFFF FFFFFFFF BCE6FAAD A7179E84 F3B9CAC2 FC632551"),
            Hex("6B17D1F2 E12C4247 F8BCE6E5 63A440F2 77037D81 2DEB33A0 F4A13945 D898C296"),
            Hex("4FE342E2 FE1A7F9B 8EE7EB4A 7C0F9E16 2BCE3357 6B315ECE CBB64068 37BF51F5"),
            "C49D360886E704936A6678E1139D26B7819F7E90"),
        new(20, Two(384) - Two(128) - Two(96) + Two(32) - 1,
            Hex("""
                B3312FA7 E23EE7E4 988E056B E3F82D19 181D9C6E FE814112 0314088F 5013875A
                C656398D 8A2ED19D 2A85C8ED D3EC2AEF
                """),
            Hex("""
                FFFFFFFF FFFFFFFF FFFFFFFF FFFFFFFF FFFFFFFF FFFFFFFF C7634D81 F4372DDF
                581A0DB2 48B0A77A ECEC196A CCC52973
                """),
            Hex("""
                AA87CA22 BE8B0537 8EB1C71E F320AD74 6E1D3B62 8BA79B98 59F741E0 82542A38
                5502F25D BF55296C 3A545E38 72760AB7
                """),
            Hex("""
                3617DE4A 96262C6F 5D9E98BF 9292DC29 F8F41DBD 289A147C E9DA3113 B5F0B8C0
                0A60B1CE 1D7E819D 7A431D7C 90EA0E5F
                """),
            "A335926AA319A27A1D00896A6773A4827ACDAC73"),
        new(21, Two(521) - 1,
            Hex("""
                0051953E B9618E1C 9A1F929A 21A0B685 40EEA2DA 725B99B3 15F3B8B4 89918EF1
                09E15619 3951EC7E 937B1652 C0BD3BB1 BF073573 DF883D2C 34F1EF45 1FD46B50 3F00
                """),
            Hex("""
                01FFFFFF FFFFFFFF FFFFFFFF FFFFFFFF FFFFFFFF FFFFFFFF FFFFFFFF FFFFFFFF
                FFFA5186 8783BF2F 966B7FCC 0148F709 A5D03BB5 C9B8899C 47AEBB6F B71E9138 6409
                """),
            Hex("""
                00C6858E 06B70404 E9CD9E3E CB662395 B4429C64 8139053F B521F828 AF606B4D
                3DBAA14B 5E77EFE7 5928FE1D C127A2FF A8DE3348 B3C1856A 429BF97E 7E31C2E5 BD66
                """),
            Hex("""
                01183929 6A789A3B C0045C8A 5FB42C7D 1BD998F5 4449579B 446817AF BD17273E
                662C97EE 72995EF4 2640C550 B9013FAD 0761353C 7086A272 C24088BE 94769FD1 6650
                """),
            "D09E8800291CB85396CC6717393284AAA0DA64BA"),
        new(25, Two(192) - Two(64) - 1,
            Hex("64210519 E59C80E7 0FA7E9AB 72243049 FEB8DEEC C146B9B1"),
            Hex("FFFFFFFF FFFFFFFF FFFFFFFF 99DEF836 146BC9B1 B4D22831"),
            Hex("188DA80E B03090F6 7CBF20EB 43A18800 F4FF0AFD 82FF1012"),
            Hex("07192B95 FFC8DA78 631011ED 6B24CDD5 73F977A1 1E794811"), null),
        new(26, Two(224) - Two(96) + 1,
            Hex("B4050A85 0C04B3AB F5413256 5044B0B7 D7BFD8BA 270B3943 2355FFB4"),
            Hex("FFFFFFFF FFFFFFFF FFFFFFFF FFFF16A2 E0B8F03E 13DD2945 5C5C2A3D"),
            Hex("B70E0CBD 6BB4BF7F 321390B9 4A03C1D3 56C21122 343280D6 115C1D21"),
            Hex("BD376388 B5F723FB 4C22DFE6 CD4375A0 5A074764 44D58199 85007E34"), null),
    ];

    /// <summary>Octets of a coordinate.</summary>
    public int Field => (int)((P.GetBitLength() + 7) / 8);

    public Point G => new(Gx, Gy);

    public static Curve Of(int group) => All.Single(c => c.Group == group);

    public bool Has(BigInteger x, BigInteger y) => Modulo((y * y) - (x * x * x) + (3 * x) - B).IsZero;

    /// <summary>k times a point; null is the point at infinity.</summary>
    public Point? Multiply(BigInteger k, Point? point)
    {
        Point? sum = null;
        for (; !k.IsZero; k >>= 1)
        {
            sum = k.IsEven ? sum : Add(sum, point);
            point = Add(point, point);
        }

        return sum;
    }

    public Point? Add(Point? a, Point? b)
    {
        if (a is null || b is null)
        {
            return a ?? b;
        }

        if (a.X == b.X && Modulo(a.Y + b.Y).IsZero)
        {
            return null;
        }

        var slope = a == b ? ((3 * a.X * a.X) - 3) * Inverse(2 * a.Y) : (b.Y - a.Y) * Inverse(b.X - a.X);
        var x = Modulo((slope * slope) - a.X - b.X);
        return new Point(x, Modulo((slope * (a.X - x)) - a.Y));
    }

    /// <summary>KE's data: x | y (RFC 5903 §7).</summary>
    public byte[] Octets(Point point) => [.. point.X.Octets(Field), .. point.Y.Octets(Field)];

    public Point PointOf(ReadOnlySpan<byte> octets)
        => new(Numbers.Number(octets[..Field]), Numbers.Number(octets[Field..]));

    private BigInteger Modulo(BigInteger number)
    {
        var rest = number % P;
        return rest.Sign < 0 ? rest + P : rest;
    }

    /// <summary>By Euclid.</summary>
    private BigInteger Inverse(BigInteger number)
    {
        var (a, b, x, y) = (P, Modulo(number), BigInteger.Zero, BigInteger.One);
        while (!b.IsZero)
        {
            var quotient = a / b;
            (a, b) = (b, a - (quotient * b));
            (x, y) = (y, x - (quotient * y));
        }

        return Modulo(x);
    }

    private static BigInteger Two(int power) => BigInteger.One << power;

    private static BigInteger Hex(string hex) => Numbers.Number(hex);
}

/// <summary>A point that is not at infinity.</summary>
internal sealed record Point(BigInteger X, BigInteger Y);
