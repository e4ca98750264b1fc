using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using RefIke.Crypto;
using RefIke.Vectors.Tests.Formulas;
using Xunit;

namespace RefIke.Vectors.Tests.Groups;

/// <summary>Both sides get the same secret, as long as the group says.</summary>
public sealed class AgreementTests
{
    private static readonly IDiffieHellman Dh = DiffieHellman.Best;

    public static TheoryData<int> Groups => [.. GroupList.All.Select(g => g.Number)];

    public static TheoryData<int> SmallModp => [1, 2, 5, 14];

    public static TheoryData<int> Curves => [.. Curve.All.Select(c => c.Group)];

    /// <summary>
    /// (g^x)^y = (g^y)^x for octets at random, in every group, whatever the octets are (RFC 2409 §5).
    /// </summary>
    [Theory]
    [MemberData(nameof(Groups))]
    public void BothSidesAgree(int number)
    {
        var group = GroupList.Get(number);
        var runs = group.PublicLength > 512 ? 3 : 20;
        var octets = Gen.OneOf(Some.Octets(group.PrivateLength), Gen.Elements(0, 1, 255).Select(
            x => Enumerable.Repeat((byte)x, group.PrivateLength).ToArray()));
        Prop.ForAll(Arb.From(from x in octets from y in octets select (Secret.Of(x), Secret.Of(y))), v =>
        {
            var (x, y) = v;
            byte[] g_x = Dh.PublicValue(group, x), g_y = Dh.PublicValue(group, y);
            Assert.Equal(PublicValueFault.None, Dh.TrySharedSecret(group, y, g_x, out var one));
            Assert.Equal(PublicValueFault.None, Dh.TrySharedSecret(group, x, g_y, out var other));
            Assert.Equal(one, other);
            Assert.Equal((group.PublicLength, group.PublicLength, group.SecretLength),
                (g_x.Length, g_y.Length, one!.Length));
        }).HoldsFor(runs);
    }

    /// <summary>
    /// RFC 2409 §5: values are as long as the prime, zeros in front. The first x from 10,000 up for which 2^x mod p has
    /// a high zero octet, as public value and as secret (2^x = 2^(x·1), from the peer's value 2 and our x).
    /// </summary>
    [Theory]
    [MemberData(nameof(SmallModp))]
    public void LeadingZerosStayInModpGroups(int number)
    {
        var (group, p) = (GroupList.Get(number), ModpPrime.Of(number).Value);
        var x = 10_000;
        var power = BigInteger.ModPow(2, x, p);
        for (; power >> (8 * (group.PublicLength - 1)) != 0; x++)
        {
            power = power * 2 % p;
        }

        var (octets, secret) = (power.Octets(group.PublicLength), Secret.Of([(byte)(x >> 8), (byte)(x & 255)]));
        Assert.Equal(0, octets[0]);
        foreach (var dh in new[] { Dh, DiffieHellman.BouncyCastle })
        {
            Assert.Equal(octets, dh.PublicValue(group, secret));
            Assert.Equal(PublicValueFault.None,
                dh.TrySharedSecret(group, secret, new BigInteger(2).Octets(group.PublicLength), out var g_xy));
            Assert.Equal(octets, g_xy!.Reveal());
        }
    }

    /// <summary>
    /// The same on a curve, by walking k·G until x, and then y, begins with eight zero bits more than the field's own.
    /// </summary>
    [Theory]
    [MemberData(nameof(Curves))]
    public void LeadingZerosStayOnCurves(int number)
    {
        var (c, group) = (Curve.Of(number), GroupList.Get(number));
        var limit = BigInteger.One << ((int)c.P.GetBitLength() - 8);
        var (x, y) = (false, false);
        var point = c.Add(c.G, c.G)!;
        for (var k = 2; !(x && y); k++, point = c.Add(point, c.G)!)
        {
            if (point.X >= limit && point.Y >= limit)
            {
                continue;
            }

            (x, y) = (x || point.X < limit, y || point.Y < limit);
            var scalar = Secret.Of(new BigInteger(k).Octets(4));
            Assert.Equal(c.Octets(point), Dh.PublicValue(group, scalar));
            Assert.Equal(PublicValueFault.None, Dh.TrySharedSecret(group, scalar, c.Octets(c.G), out var g_xy));
            Assert.Equal(point.X.Octets(c.Field), g_xy!.Reveal());
        }
    }
}
