using System.Numerics;
using RefIke.Crypto;
using RefIke.Vectors.Tests.Primitives;
using RefIke.Wire;
using Xunit;

namespace RefIke.Vectors.Tests.Groups;

/// <summary>
/// The constants of the MODP groups, recomputed or checked by what they must be; nothing is compared with a copy.
/// </summary>
public sealed class ModpConstantTests
{
    private static readonly IDiffieHellman Dh = DiffieHellman.Best;

    public static TheoryData<int> Formula => [.. ModpPrime.All.Select(p => p.Group)];

    public static TheoryData<string> Subgroups
        => [.. KnownAnswers<GroupCase>.Read("groups-rfc5114.json").Cases.Where(c => c.p is not null).Select(c => c.Id)];

    /// <summary>
    /// RFC 2409 §6.1, §6.2, RFC 3526: p by its formula over π is RefIke's p. As p is just below 2^bits, 2^bits mod p is
    /// 2^bits - p: g^bits tells the p that RefIke computes with, and the range it accepts tells it again (RFC 6989
    /// §2.1).
    /// </summary>
    [Theory]
    [MemberData(nameof(Formula))]
    [Clause("2409-4-13")]
    [Clause("2409-6.1-01")]
    [Clause("2409-6.2-01")]
    public void PrimeIsThatOfTheFormula(int number)
    {
        var (group, (p, bits)) = (GroupList.Get(number), (ModpPrime.Of(number).Value, ModpPrime.Of(number).Bits));
        var length = bits / 8;
        Assert.Equal((length, length), (group.PublicLength, group.SecretLength));
        Assert.Equal(((BigInteger.One << bits) - p).Octets(length),
            Dh.PublicValue(group, Secret.Of([(byte)(bits >> 8), (byte)(bits & 255)])));
        Assert.Equal(PublicValueFault.None, Dh.Check(group, (p - 2).Octets(length)));
        Assert.Equal(PublicValueFault.OutOfRange, Dh.Check(group, (p - 1).Octets(length)));
    }

    /// <summary>RFC 2412 E: the first and the last 64 bits of p are ones.</summary>
    [Theory]
    [MemberData(nameof(Formula))]
    public void FirstAndLastSixtyFourBitsAreOnes(int number)
    {
        var p = ModpPrime.Of(number).Value.Octets(ModpPrime.Of(number).Bits / 8);
        Assert.All(p[..8].Concat(p[^8..]), octet => Assert.Equal(0xff, octet));
    }

    /// <summary>
    /// p is a safe prime: q = (p-1)/2 is prime by BouncyCastle's test, and then p is prime for certain, because
    /// 2^(p-1) = 1 and gcd(2² - 1, p) = 1 (Pocklington). 2 spans the subgroup of order q: 2^q = 1.
    /// </summary>
    [Theory]
    [MemberData(nameof(Formula))]
    public void PrimeIsSafeAndTwoSpansItsLargeSubgroup(int number)
    {
        var prime = ModpPrime.Of(number);
        var (p, q, length) = (prime.Value, (prime.Value - 1) / 2, prime.Bits / 8);
        Assert.True(q.IsProbablyPrime());
        var power = Libraries.Fastest;
        Assert.Equal(BigInteger.One, Numbers.Number(power.Power([2], q.Octets(length), p.Octets(length))));
        Assert.Equal(BigInteger.One, BigInteger.GreatestCommonDivisor(3, p));
    }

    /// <summary>The generator is 2: 2² = 4, 2³ = 8, with all the zeros in front (RFC 2409 §5, §6.1).</summary>
    [Theory]
    [MemberData(nameof(Formula))]
    public void GeneratorIsTwo(int number)
    {
        var group = GroupList.Get(number);
        Assert.Equal(new BigInteger(4).Octets(group.PublicLength), Dh.PublicValue(group, Secret.Of([2])));
        Assert.Equal(new BigInteger(8).Octets(group.PublicLength), Dh.PublicValue(group, Secret.Of([3])));
    }

    /// <summary>
    /// RFC 5114 §2.1 to §2.3: p and q are prime, q divides p-1, g is of order q, and RefIke's are these.
    /// </summary>
    [Theory]
    [MemberData(nameof(Subgroups))]
    public void SubgroupIsOfPrimeOrder(string id)
    {
        var c = Case.Get<GroupCase>("groups-rfc5114.json", id);
        BigInteger p = Numbers.Number(c.p!.Value.Span), g = Numbers.Number(c.g!.Value.Span),
            q = Numbers.Number(c.q!.Value.Span);
        var (group, length) = (GroupList.Get(c.Group), c.p.Value.Length);
        Assert.True(p.IsProbablyPrime() && q.IsProbablyPrime());
        Assert.Equal(BigInteger.Zero, (p - 1) % q);
        Assert.Equal(BigInteger.One, BigInteger.ModPow(g, q, p));
        Assert.Equal((g * g % p).Octets(length), Dh.PublicValue(group, Secret.Of([2])));
        Assert.Equal(PublicValueFault.OutOfRange, Dh.Check(group, (p - 1).Octets(length)));
        Assert.Equal(PublicValueFault.NotInSubgroup, Dh.Check(group, (p - 2).Octets(length)));
        Assert.Equal(PublicValueFault.None, Dh.Check(group, g.Octets(length)));
    }

    /// <summary>
    /// The MODP groups spoken are exactly those that are looked at here (RFC 2409 §6, RFC 3526, RFC 5114).
    /// </summary>
    [Fact]
    public void NoModpGroupIsLeftOut()
        => Assert.Equal([1, 2, 5, 14, 15, 16, 17, 18, 22, 23, 24],
            GroupList.All.Where(g => g.Name.StartsWith("modp", StringComparison.Ordinal)).Select(g => g.Number));
}
