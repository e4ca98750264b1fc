using System.Numerics;
using FsCheck.Xunit;
using RefIke.Crypto;
using RefIke.Vectors.Tests.Groups;
using Xunit;
using ClauseAttribute = RefIke.Wire.ClauseAttribute;

namespace RefIke.Properties.Crypto;

/// <summary>
/// Groups 3 and 4 (RFC 2409 §6.3, §6.4) against the textbook's formulas and the facts of RFC 2412 App. E.
/// </summary>
public sealed class Ec2nGroupTests
{
    private static readonly IDiffieHellman Dh = DiffieHellman.BouncyCastle;

    private static TextbookCurve Curve(int number) => number == 3 ? TextbookCurve.Group3 : TextbookCurve.Group4;

    /// <summary>
    /// The constants: the order RFC 2409 prints is 12 and 4 times the prime of RFC 2412, the generator's own 4 and 2
    /// times.
    /// </summary>
    [Theory]
    [InlineData(3, "0800000000000000000057DB5698537193AEF944", 4)]
    [InlineData(4, "01FFFFFFFFFFFFFFFFFFFFFFDBF2F889B73E484175F94EBC", 2)]
    public void OrdersAreThoseOfTheRfcs(int number, string order, int small)
    {
        var curve = Curve(number);
        Assert.Equal(BigInteger.Parse(order, System.Globalization.NumberStyles.HexNumber), curve.Order);
        Assert.True(curve.Contains(curve.Generator));
        Assert.Null(curve.Multiply(small * curve.Prime, curve.Generator));
        Assert.NotNull(curve.Multiply(small / 2 * curve.Prime, curve.Generator));
        Assert.NotNull(curve.Multiply(small, curve.Generator));
    }

    /// <summary>KE and g^xy are x alone, 20 and 24 octets, for scalars small and large.</summary>
    [Theory]
    [InlineData(3, "1")]
    [InlineData(3, "2")]
    [InlineData(3, "123456789012345678901234567890")]
    [InlineData(3, "3805993847215893016155463826195386266397436442")]
    [InlineData(4, "1")]
    [InlineData(4, "3")]
    [InlineData(4, "1234567890123456789012345678901234567890")]
    [InlineData(4, "12259964326927110866866776214413170562013096250261263278")]
    [Clause("2409-4-17")]
    [Clause("2409-6.3-01")]
    [Clause("2409-6.4-01")]
    public void PublicValueAndSecretAreThoseOfTheTextbook(int number, string scalar)
    {
        var (group, curve, k) = (GroupList.Get(number), Curve(number), BigInteger.Parse(scalar));
        var x = Secret.Of(k.ToByteArray(isUnsigned: true, isBigEndian: true));
        Assert.Equal(curve.Encode(curve.Multiply(k, curve.Generator)!.Value.X), Dh.PublicValue(group, x));
        Assert.Equal(curve.Octets, group.PublicLength);

        var peer = curve.Multiply(424242, curve.Generator);
        Assert.Equal(PublicValueFault.None, Dh.TrySharedSecret(group, x, curve.Encode(peer!.Value.X), out var g_xy));
        Assert.Equal(Secret.Of(curve.Encode(curve.Multiply(k, peer)!.Value.X)), g_xy);
    }

    /// <summary>
    /// The point of order 2, x = 0; those of order 4, 3, 6 and 12; and what they all would reveal of a private value.
    /// </summary>
    [Fact]
    public void PointsOfSmallOrderAreRefused()
    {
        var curve = TextbookCurve.Group3;
        var four = curve.Multiply(curve.Prime, curve.Generator)!.Value;
        var three = Enumerable.Range(2, 50).Select(x => curve.Lift(x)).Where(p => p is not null)
            .Select(p => curve.Multiply(4 * curve.Prime, p)).First(p => p is not null)!.Value;
        var twelve = curve.Add(four, three)!.Value;
        var two = curve.Add(four, four)!.Value;
        Assert.Equal(BigInteger.Zero, two.X);
        Assert.Null(curve.Multiply(3, three));
        Assert.NotNull(curve.Multiply(6, twelve));
        Assert.Equal(PublicValueFault.SmallOrder, Check(3, two.X));
        Assert.Equal(PublicValueFault.SmallOrder, Check(3, four.X));
        Assert.Equal(PublicValueFault.NotInSubgroup, Check(3, three.X));
        Assert.Equal(PublicValueFault.NotInSubgroup, Check(3, curve.Add(two, three)!.Value.X));
        Assert.Equal(PublicValueFault.NotInSubgroup, Check(3, twelve.X));
    }

    /// <summary>
    /// A point of the curve outside the generator's group: it would tell the private value modulo 3, or modulo 2 in
    /// group 4.
    /// </summary>
    [Theory]
    [InlineData(3, 4)]
    [InlineData(4, 2)]
    public void PointsOutsideTheGeneratorsGroupAreRefused(int number, int small)
    {
        var curve = Curve(number);
        var points = Enumerable.Range(2, 16).Select(x => curve.Lift(x)).Where(p => p is not null).Select(p => p!.Value).ToArray();
        var inside = points.Where(p => curve.Multiply(small * curve.Prime, p) is null).ToArray();
        Assert.NotEmpty(inside);
        Assert.True(inside.Length < points.Length);
        Assert.All(points, p => Assert.Equal(
            inside.Contains(p) ? PublicValueFault.None : PublicValueFault.NotInSubgroup, Check(number, p.X)));
    }

    /// <summary>Wrong length, bits above the field, and about half of all x, which are on no point.</summary>
    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    public void ValuesThatAreNoPointAreRefused(int number)
    {
        var (group, curve) = (GroupList.Get(number), Curve(number));
        var good = Dh.PublicValue(group, Secret.Of([7]));
        Assert.Equal(PublicValueFault.WrongLength, Dh.Check(group, good.AsSpan(1)));
        Assert.Equal(PublicValueFault.WrongLength, Dh.Check(group, [0, .. good]));
        Assert.Equal(PublicValueFault.WrongLength, Dh.Check(group, []));
        Assert.Equal(PublicValueFault.OutOfRange, Dh.Check(group, [(byte)(good[0] | 0x80), .. good.AsSpan(1)]));
        var xs = Enumerable.Range(2, 80).ToArray();
        var off = xs.Where(x => curve.Lift(x) is null).ToArray();
        Assert.InRange(off.Length, 20, 60);
        Assert.All(xs, x => Assert.Equal(off.Contains(x), Check(number, x) == PublicValueFault.NotOnCurve));
    }

    /// <summary>
    /// No private value, were it even a multiple of the prime, gives a public value that a peer refuses.
    /// </summary>
    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    public void EveryPrivateValueGivesAValidPublicValue(int number)
    {
        var (group, prime) = (GroupList.Get(number), Curve(number).Prime);
        var largest = (BigInteger.One << (8 * group.PrivateLength)) - 1;
        foreach (var k in new[] { 0, 1, prime - 1, prime, prime + 1, 2 * prime, 4 * prime, largest })
        {
            var x = Secret.Of(k.ToByteArray(isUnsigned: true, isBigEndian: true));
            Assert.Equal(PublicValueFault.None, Dh.Check(group, Dh.PublicValue(group, x)));
        }
    }

    /// <summary>Random octets never make the check throw, and what it lets pass has a shared secret.</summary>
    [Property(MaxTest = 200)]
    public void RandomOctetsAreJudgedNotThrownAt(byte[] octets, bool third)
    {
        var group = GroupList.Get(third ? 3 : 4);
        byte[] value = [.. octets, .. new byte[group.PublicLength]];
        value = value[..group.PublicLength];
        value[0] &= 7;
        var fault = Dh.TrySharedSecret(group, Secret.Of([5]), value, out var g_xy);
        Assert.Equal(fault == PublicValueFault.None, g_xy is not null);
        Assert.NotEqual(PublicValueFault.WrongLength, fault);
        Assert.Equal(octets.Length == group.PublicLength, Dh.Check(group, octets) != PublicValueFault.WrongLength);
    }

    private static PublicValueFault Check(int number, BigInteger x) => Dh.Check(GroupList.Get(number), Curve(number).Encode(x));
}
