using System.Numerics;
using System.Security.Cryptography;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using RefIke.Crypto;
using RefIke.Vectors.Tests.Formulas;
using Xunit;

namespace RefIke.Vectors.Tests.Groups;

/// <summary>
/// The curves of RFC 5903 and RFC 5114 §2.4, §2.5: what their constants must be, and that RefIke computes on these
/// curves.
/// </summary>
public sealed class EcpConstantTests
{
    public static TheoryData<int> Groups => [.. Curve.All.Select(c => c.Group)];

    public static TheoryData<int> Seeded => [.. Curve.All.Where(c => c.Seed is not null).Select(c => c.Group)];

    /// <summary>
    /// p and n are prime, G is on the curve, n·G is infinity, and n is as Hasse allows: so n is the number of points.
    /// </summary>
    [Theory]
    [MemberData(nameof(Groups))]
    public void CurveHasPrimeOrder(int group)
    {
        var c = Curve.Of(group);
        Assert.True(c.P.IsProbablyPrime() && c.N.IsProbablyPrime());
        Assert.True(c.Has(c.Gx, c.Gy));
        Assert.Null(c.Multiply(c.N, c.G));
        Assert.True(BigInteger.Pow(c.N - c.P - 1, 2) <= 4 * c.P);
    }

    /// <summary>
    /// RFC 5903 §3: b was made from a seed by SHA-1 as IEEE 1363 has it: r·b² = a³ = -27, r being the seed's hashes in
    /// a row.
    /// </summary>
    [Theory]
    [MemberData(nameof(Seeded))]
    public void CoefficientComesFromItsSeed(int group)
    {
        var c = Curve.Of(group);
        var seed = Numbers.Number(c.Seed!);
        var bits = (int)c.P.GetBitLength();
        var further = (bits - 1) / 160;
        var r = Sha1(seed) % (BigInteger.One << (bits - 1 - (160 * further)));
        for (var i = 1; i <= further; i++)
        {
            r = (r << 160) | Sha1((seed + i) % (BigInteger.One << 160));
        }

        Assert.Equal(BigInteger.Zero, ((r * c.B * c.B) + 27) % c.P);
    }

    /// <summary>
    /// For scalars at random RefIke's public values and secrets are those of plain affine arithmetic; the edges 1 and
    /// n-1 too.
    /// </summary>
    [Property(MaxTest = 10)]
    public Property GroupIsThisCurve() => Prop.ForAll(Arb.From(
        from c in Gen.Elements(Curve.All)
        from x in Gen.OneOf(
            Some.Octets(c.Field - 1), Gen.Elements(BigInteger.One, c.N - 1).Select(k => k.Octets(c.Field)))
        from y in Some.Octets(c.Field - 1)
        where y.Any(octet => octet != 0) && x.Any(octet => octet != 0)
        select (c, x, y)), v =>
    {
        var (c, x, y) = v;
        var (group, dh) = (GroupList.Get(c.Group), DiffieHellman.Best);
        var point = c.Multiply(Numbers.Number(x), c.G)!;
        var octets = c.Octets(point);
        Assert.Equal(octets, dh.PublicValue(group, Secret.Of(x)));
        Assert.Equal(PublicValueFault.None, dh.TrySharedSecret(group, Secret.Of(y), octets, out var g_xy));
        Assert.Equal(c.Multiply(Numbers.Number(y), point)!.X.Octets(c.Field), g_xy!.Reveal());
    });

    /// <summary>The ECP groups spoken are exactly these.</summary>
    [Fact]
    public void NoEcpGroupIsLeftOut()
        => Assert.Equal(Curve.All.Select(c => c.Group).Order(),
            GroupList.All.Where(g => g.Name.StartsWith("ecp", StringComparison.Ordinal)).Select(g => g.Number));

    private static BigInteger Sha1(BigInteger number) => Numbers.Number(SHA1.HashData(number.Octets(20)));
}
