using FsCheck;
using FsCheck.Fluent;
using RefIke.Crypto;
using RefIke.Vectors.Tests.Formulas;
using RefIke.Vectors.Tests.Primitives;
using Xunit;

namespace RefIke.Vectors.Tests.Groups;

/// <summary>
/// The two libraries that exponentiate give the same octets: which one is loaded cannot be told from a datagram.
/// </summary>
public sealed class ExponentiationTests
{
    public static TheoryData<int> Groups
        => [.. GroupList.All.Where(g => g.Name.StartsWith("modp", StringComparison.Ordinal)).Select(g => g.Number)];

    /// <summary>
    /// b^e mod m for every MODP group: b and e at random, b also beyond m, both also with zeros in front.
    /// </summary>
    [Theory]
    [MemberData(nameof(Groups))]
    public void OpenSslIsBouncyCastle(int number)
    {
        Assert.SkipWhen(Libraries.OpenSsl is null, "OpenSSL's library does not load here");
        var g = GroupList.Get(number);
        var m = Modulus(number);
        var cost = g.PublicLength > 512 ? 3 : g.PublicLength > 256 ? 10 : 40;
        Prop.ForAll(Arb.From(
            from b in Gen.OneOf(
                Some.Octets(m.Length), Some.Octets(0, m.Length),
                Gen.Elements(0xff, 0, 1).Select(x => Filled(m.Length, (byte)x)))
            from e in Gen.OneOf(
                Some.Octets(g.PrivateLength), Some.Octets(0, g.PrivateLength), Gen.Constant(new byte[4]))
            select (b, e)),
            v => Assert.Equal(Libraries.BouncyCastle.Power(v.b, v.e, m), Libraries.OpenSsl!.Power(v.b, v.e, m)))
            .HoldsFor(cost);
    }

    /// <summary>BouncyCastle against .NET's own BigInteger, a third implementation, on the small groups.</summary>
    [Fact]
    public void BouncyCastleIsSystemNumerics() => Prop.ForAll(Arb.From(
        from number in Gen.Elements(1, 2, 5, 22)
        from b in Some.Octets(GroupList.Get(number).PublicLength)
        from e in Some.Octets(32)
        select (number, b, e)), v =>
    {
        var m = Modulus(v.number);
        var expected = System.Numerics.BigInteger.ModPow(Numbers.Number(v.b), Numbers.Number(v.e), Numbers.Number(m));
        Assert.Equal(expected.Octets(m.Length), Libraries.BouncyCastle.Power(v.b, v.e, m));
    }).HoldsFor(50);

    private static byte[] Modulus(int number) => ModpPrime.All.FirstOrDefault(p => p.Group == number) is { } prime
        ? prime.Value.Octets(prime.Bits / 8)
        : KnownAnswers<GroupCase>.Read("groups-rfc5114.json").Cases.Single(c => c.Group == number).p!.Value.ToArray();

    private static byte[] Filled(int length, byte octet) => [.. Enumerable.Repeat(octet, length)];
}
