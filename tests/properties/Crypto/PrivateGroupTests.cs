using System.Numerics;
using FsCheck.Xunit;
using RefIke.Crypto;
using Xunit;

namespace RefIke.Properties.Crypto;

/// <summary>Groups made from a peer's parameters (RFC 2409 §5.6, §10; D-199, A-56).</summary>
public sealed class PrivateGroupTests
{
    private static readonly IDiffieHellman Dh = DiffieHellman.Best;

    /// <summary>
    /// Registered groups described by their parameters: the private group computes the very values of the registered
    /// one.
    /// </summary>
    [Theory]
    [InlineData(1)]
    [InlineData(14)]
    [InlineData(22)]
    [InlineData(19)]
    [InlineData(21)]
    [InlineData(28)]
    [InlineData(3)]
    [InlineData(4)]
    public void DescribedGroupIsTheRegisteredOne(int number)
    {
        Assert.Equal(GroupFault.None, PrivateGroup.TryMake(32768 + number, Offers.Of(number), out var made));
        var registered = GroupList.Get(number);
        Assert.Equal((32768 + number, $"private{32768 + number}"), (made!.Number, made.Name));
        Assert.Equal(
            (registered.PublicLength, registered.SecretLength, registered.PrivateLength),
            (made.PublicLength, made.SecretLength, made.PrivateLength));
        var (x, y) = (Secret.Of([.. Enumerable.Range(1, 28).Select(i => (byte)i)]), Secret.Of([3, 1, 4, 1, 5, 9, 2, 6]));
        Assert.Equal(Dh.PublicValue(registered, x), Dh.PublicValue(made, x));
        Dh.TrySharedSecret(registered, x, Dh.PublicValue(registered, y), out var one);
        Dh.TrySharedSecret(made, y, Dh.PublicValue(made, x), out var other);
        Assert.Equal(one, other);
    }

    /// <summary>
    /// A pentanomial, and the generator's y given: curve B-163 of NIST, which no registry of IKE has.
    /// </summary>
    [Fact]
    public void CurveOverAPentanomialIsTaken()
    {
        Assert.Equal(GroupFault.None, PrivateGroup.TryMake(40000, Offers.B163, out var group));
        Assert.Equal((21, 21), (group!.PublicLength, group.SecretLength));
        Assert.Equal("03F0EBA16286A2D57EA0991168D4994637E8343E36", Convert.ToHexString(Dh.PublicValue(group, Secret.Of([1]))));
        Dh.TrySharedSecret(group, Secret.Of([77]), Dh.PublicValue(group, Secret.Of([88])), out var one);
        Dh.TrySharedSecret(group, Secret.Of([88]), Dh.PublicValue(group, Secret.Of([77])), out var other);
        Assert.Equal(one, other);
    }

    /// <summary>A group with its order given tests public values for it; one without tests their range alone.</summary>
    [Fact]
    public void OrderGivenIsUsedOnPublicValues()
    {
        PrivateGroup.TryMake(32768, Offers.Of(22), out var group);
        var modp = (GroupParameters.Modp)Offers.Of(22);
        Assert.Equal(PublicValueFault.OutOfRange, Dh.Check(group!, [.. new byte[127], 1]));
        Assert.Equal(PublicValueFault.NotInSubgroup, Dh.Check(group!, [.. new byte[127], 2]));
        Assert.Equal(PublicValueFault.None,
            Dh.Check(group!, modp.Generator.ToByteArray(isUnsigned: true, isBigEndian: true)));
    }

    /// <summary>Each fault, by an offer that has it and no other.</summary>
    [Theory]
    [MemberData(nameof(Offers.Faulty), MemberType = typeof(Offers))]
    public void FaultyOfferIsRefused(GroupFault fault, string what, int number, GroupParameters offer)
    {
        Assert.NotEmpty(what);
        Assert.Equal(fault, PrivateGroup.TryMake(number, offer, out var group));
        Assert.Null(group);
    }

    /// <summary>No fault is there that no offer shows.</summary>
    [Fact]
    public void EveryFaultHasAnOfferThatShowsIt()
        => Assert.Equal(
            Enum.GetValues<GroupFault>().Where(f => f != GroupFault.None),
            Offers.Faulty.Select(row => row.Data.Item1).Distinct().Order());

    /// <summary>
    /// What the peer can make us compute is bounded: exponentiations for good offers, and one for most bad ones.
    /// </summary>
    [Fact]
    public void WorkIsBounded()
    {
        Assert.Equal(33, Exponentiations(Offers.Of(14), GroupFault.None));
        Assert.Equal(66, Exponentiations(Offers.Of(22), GroupFault.None));
        Assert.Equal(64, Exponentiations(Offers.Of(19), GroupFault.None));
        Assert.Equal(32, Exponentiations(Offers.Of(3), GroupFault.None));
        var modp = (GroupParameters.Modp)Offers.Of(14);
        Assert.Equal(1, Exponentiations(modp with { Prime = Offers.CompositeWithoutSmallFactors }, GroupFault.NotPrime));
        Assert.Equal(0, Exponentiations(modp with { Prime = BigInteger.One << 16000 }, GroupFault.TooLarge));

        static int Exponentiations(GroupParameters offer, GroupFault fault)
        {
            var counting = new Counting();
            Assert.Equal(fault, PrivateGroup.TryMake(counting, 32768, offer, out _));
            return counting.Count;
        }
    }

    /// <summary>The largest safe prime that policy takes, that of group 18, with fewer rounds.</summary>
    [Fact]
    public void LargestPrimeCostsSeventeenExponentiations()
    {
        var counting = new Counting();
        Assert.Equal(GroupFault.None, PrivateGroup.TryMake(counting, 65535, Offers.Of(18), out var group));
        Assert.Equal((17, 1024, 64), (counting.Count, group!.PublicLength, group.PrivateLength));
    }

    /// <summary>Numbers of any size, sign and type are judged, not thrown at.</summary>
    [Property(MaxTest = 300)]
    public void RandomParametersAreJudgedNotThrownAt(
        BigInteger p, BigInteger a, BigInteger b, BigInteger x, BigInteger y, BigInteger? n, int shift)
    {
        var large = (p << (shift & 0x7ff)) + a;
        Assert.NotEqual(GroupFault.None, PrivateGroup.TryMake(32768, new GroupParameters.Modp(large, x, n), out _));
        Assert.NotEqual(GroupFault.None, PrivateGroup.TryMake(32768, new GroupParameters.Ecp(large, a, b, x, y, n), out _));
        Assert.NotEqual(GroupFault.None, PrivateGroup.TryMake(32768, new GroupParameters.Ec2n(large, a, b, x, y, n), out _));
        var curve = (GroupParameters.Ec2n)Offers.Of(3);
        Assert.NotEqual(GroupFault.None, PrivateGroup.TryMake(32768, curve with { X = x, Y = y }, out _));
        Assert.NotEqual(GroupFault.None, PrivateGroup.TryMake(32768, curve with { Order = n }, out _));
        var ecp = (GroupParameters.Ecp)Offers.Of(19);
        var other = ecp.Order + 1 + BigInteger.Abs(n ?? 0);
        Assert.NotEqual(GroupFault.None, PrivateGroup.TryMake(32768, ecp with { Order = other }, out _));
    }

    /// <summary>
    /// Two peers may mean different groups by one number: what is remembered of one is not said of the other.
    /// </summary>
    [Fact]
    public void GroupsOfOneNumberAreNotMixedUp()
    {
        var memo = new MemoisedDiffieHellman(Dh);
        PrivateGroup.TryMake(32768, Offers.Of(1), out var one);
        PrivateGroup.TryMake(32768, Offers.Of(3), out var other);
        var x = Secret.Of([1, 2, 3]);
        Assert.Equal(Dh.PublicValue(one!, x), memo.PublicValue(one!, x));
        Assert.Equal(Dh.PublicValue(other!, x), memo.PublicValue(other!, x));
        Assert.Equal(PublicValueFault.None, memo.TrySharedSecret(other!, x, Dh.PublicValue(other!, x), out var g_xy));
        Assert.Equal(other!.SecretLength, g_xy!.Length);
    }

    private sealed class Counting : IModularExponentiation
    {
        public int Count { get; private set; }

        public string Name => "counting";

        public byte[] Power(ReadOnlySpan<byte> b, ReadOnlySpan<byte> e, ReadOnlySpan<byte> m)
        {
            Count++;
            return DiffieHellman.BestExponentiation.Power(b, e, m);
        }
    }
}
