using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using RefIke.Crypto;
using RefIke.Vectors.Tests.Formulas;
using RefIke.Vectors.Tests.Primitives;
using Xunit;

namespace RefIke.Vectors.Tests.Groups;

/// <summary>What a peer may send as public value, and what not (RFC 2409 §5, RFC 6989 §2).</summary>
public sealed class PublicValueTests
{
    private static readonly IDiffieHellman Dh = DiffieHellman.Best;

    public static TheoryData<int> Groups => [.. GroupList.All.Select(g => g.Number)];

    public static TheoryData<int> SafePrimes => [.. ModpPrime.All.Select(p => p.Group)];

    public static TheoryData<string> Subgroups
        => [.. KnownAnswers<GroupCase>.Read("groups-rfc5114.json").Cases.Where(c => c.p is not null).Select(c => c.Id)];

    public static TheoryData<int> Curves => [.. Curve.All.Select(c => c.Group)];

    /// <summary>RFC 2409 §5: a value one octet short, one long, empty or twice as long is not of the group.</summary>
    [Theory]
    [MemberData(nameof(Groups))]
    public void OtherLengthsAreRefused(int number)
    {
        var group = GroupList.Get(number);
        var good = Dh.PublicValue(group, Secret.Of([5]));
        byte[][] others = [[], good[1..], good[..^1], [0, .. good], [.. good, 0], [.. good, .. good]];
        Assert.All(others, value => Refused(group, value, PublicValueFault.WrongLength));
    }

    /// <summary>RFC 6989 §2.1: 1 &lt; y &lt; p-1.</summary>
    [Theory]
    [MemberData(nameof(SafePrimes))]
    public void OnlyValuesBetweenOneAndTheLastButOneAreTaken(int number)
    {
        var (group, p) = (GroupList.Get(number), ModpPrime.Of(number).Value);
        BigInteger[] bad = [0, 1, p - 1, p, p + 1, p + 2, (BigInteger.One << (8 * group.PublicLength)) - 1];
        BigInteger[] good = [2, 3, p - 2, p / 2];
        Assert.All(bad, y => Refused(group, y.Octets(group.PublicLength), PublicValueFault.OutOfRange));
        Assert.All(good, y => Assert.Equal(PublicValueFault.None, Dh.Check(group, y.Octets(group.PublicLength))));
    }

    /// <summary>
    /// RFC 6989 §2.2: where the order q is known, y^q must be 1: what leaves the subgroup is refused.
    /// </summary>
    [Theory]
    [MemberData(nameof(Subgroups))]
    public void ValuesOutsideTheSubgroupAreRefused(string id)
    {
        var c = Case.Get<GroupCase>("groups-rfc5114.json", id);
        var (group, p, q) = (GroupList.Get(c.Group), Numbers.Number(c.p!.Value.Span), Numbers.Number(c.q!.Value.Span));
        BigInteger[] range = [0, 1, p - 1, p, p + 1];
        Assert.All(range, y => Refused(group, y.Octets(c.p.Value.Length), PublicValueFault.OutOfRange));
        Assert.Equal(PublicValueFault.None, Dh.Check(group, c.g_xi.Span));

        // -g^x is of order 2q; an element of the cofactor's part is of another order still.
        var (negative, small) = (p - Numbers.Number(c.g_xi.Span), BigInteger.ModPow(3, q, p));
        Assert.All([negative, small, 2],
            y => Refused(group, y.Octets(c.p.Value.Length), PublicValueFault.NotInSubgroup));
    }

    /// <summary>
    /// RFC 6989 §2.3: both coordinates below p, and the point on the curve; (0,0) is no way to write infinity.
    /// </summary>
    [Theory]
    [MemberData(nameof(Curves))]
    public void PointsOffTheCurveAreRefused(int number)
    {
        var (c, group) = (Curve.Of(number), GroupList.Get(number));
        var (x, y) = (c.Gx, c.Gy);
        (BigInteger X, BigInteger Y)[] off =
            [(0, 0), (x, y - 1), (x, y + 1), (x + 1, y), (y, x), (0, y), (x, 0), (c.P - 1, c.P - 1)];
        Assert.All(off, p => Refused(group, c.Octets(new Point(p.X, p.Y)), PublicValueFault.NotOnCurve));
        Assert.Equal(PublicValueFault.None, Dh.Check(group, c.Octets(new Point(x, c.P - y))));

        var all = (BigInteger.One << (8 * c.Field)) - 1;
        (BigInteger X, BigInteger Y)[] beyond = [(c.P, y), (x, c.P), (c.P, c.P), (all, all), (c.P + 1, y)];
        Assert.All(beyond, p => Refused(group, c.Octets(new Point(p.X, p.Y)), PublicValueFault.OutOfRange));
    }

    /// <summary>
    /// Whatever octets come, an answer comes back, never an exception, and a secret only where there is no fault.
    /// </summary>
    [Property(MaxTest = 400)]
    public Property AnyOctetsGetAnAnswer() => Prop.ForAll(Arb.From(
        from g in Gen.Elements(GroupList.All.Where(all => all.PublicLength <= 256))
        from value in Gen.OneOf(Some.Octets(g.PublicLength), Some.Octets(0, 300), Near(g))
        from x in Some.Octets(g.PrivateLength)
        select (g, value, x)), v =>
    {
        var fault = Dh.TrySharedSecret(v.g, Secret.Of(v.x), v.value, out var g_xy);
        Assert.Equal(fault, Dh.Check(v.g, v.value));
        Assert.Equal(fault, DiffieHellman.BouncyCastle.Check(v.g, v.value));
        Assert.Equal(fault == PublicValueFault.None, g_xy is not null);
    });

    /// <summary>A good value with one octet changed.</summary>
    private static Gen<byte[]> Near(Group g)
        => from x in Some.Octets(g.PrivateLength)
           from at in Gen.Choose(0, g.PublicLength - 1)
           from octet in Gen.Choose(0, 255)
           select Changed(Dh.PublicValue(g, Secret.Of(x)), at, (byte)octet);

    private static byte[] Changed(byte[] value, int at, byte octet)
    {
        value[at] = octet;
        return value;
    }

    private static void Refused(Group group, byte[] value, PublicValueFault fault)
    {
        Assert.Equal(fault, Dh.Check(group, value));
        Assert.Equal(fault, Dh.TrySharedSecret(group, Secret.Of([7]), value, out var g_xy));
        Assert.Null(g_xy);
    }
}
