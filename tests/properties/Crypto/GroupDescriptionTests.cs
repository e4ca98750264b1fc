using System.Numerics;
using RefIke.Crypto;
using Xunit;

namespace RefIke.Properties.Crypto;

/// <summary>Which description of a group is that of a group that has a number (RFC 2409 §5.6, App. A).</summary>
public sealed class GroupDescriptionTests
{
    public static TheoryData<int> Numbered => [1, 2, 14, 22, 3, 4, 19, 21];

    /// <summary>Its own parameters are, with its Field Size or without; without what may be left out, too.</summary>
    [Theory]
    [MemberData(nameof(Numbered))]
    public void GroupIsDescribedByItsOwn(int number)
    {
        var group = GroupList.Get(number);
        Assert.True(group.Parameters.Describe(group));
        Assert.True((group.Parameters with { FieldSize = Bits(group.Parameters) }).Describe(group));
        Assert.All(Shorter(group.Parameters), shorter => Assert.True(shorter.Describe(group)));
    }

    /// <summary>With any one of them changed it is not, nor is it another group's.</summary>
    [Theory]
    [MemberData(nameof(Numbered))]
    public void GroupIsNotDescribedByAnotherOne(int number)
    {
        var group = GroupList.Get(number);
        Assert.All(Others(group.Parameters), other => Assert.False(other.Describe(group), $"{other}"));
        foreach (var size in new[] { -1, 1 })
        {
            Assert.False((group.Parameters with { FieldSize = Bits(group.Parameters) + size }).Describe(group));
        }

        Assert.All(Numbered.Select(n => n.Data).Where(n => n != number), n => Assert.False(GroupList.Get(n).Parameters.Describe(group)));
    }

    /// <summary>Field Size of the least prime, and the degree of the polynomial (RFC 2409 App. A).</summary>
    [Theory]
    [InlineData(1, 768)]
    [InlineData(3, 155)]
    [InlineData(4, 185)]
    [InlineData(19, 256)]
    [InlineData(21, 521)]
    public void FieldHasItsSize(int number, int bits) => Assert.Equal(bits, Bits(GroupList.Get(number).Parameters));

    private static int Bits(GroupParameters parameters) => (int)(parameters switch
    {
        GroupParameters.Modp p => p.Prime.GetBitLength(),
        GroupParameters.Ecp p => p.Prime.GetBitLength(),
        GroupParameters.Ec2n p => p.Polynomial.GetBitLength() - 1,
        _ => 0,
    });

    private static IEnumerable<GroupParameters> Shorter(GroupParameters parameters) => parameters switch
    {
        GroupParameters.Modp p => [p with { Order = null }],
        GroupParameters.Ec2n p => [p with { Y = null }],
        _ => [],
    };

    private static IEnumerable<GroupParameters> Others(GroupParameters parameters) => parameters switch
    {
        GroupParameters.Modp p => [p with { Prime = p.Prime + 2 }, p with { Generator = p.Generator + 1 }, p with { Order = (p.Order ?? BigInteger.Zero) + 1 }],
        GroupParameters.Ecp p =>
        [
            p with { Prime = p.Prime + 2 }, p with { A = p.A - 1 }, p with { B = p.B + 1 }, p with { X = p.X + 1 }, p with { Y = p.Y + 1 }, p with { Order = p.Order + 1 },
            p with { Order = null },
        ],
        GroupParameters.Ec2n p =>
        [
            p with { Polynomial = p.Polynomial ^ 2 }, p with { A = p.A + 1 }, p with { B = p.B + 1 }, p with { X = p.X + 1 }, p with { Y = p.Y + 1 },
            p with { Order = p.Order + 1 }, p with { Order = null },
        ],
        _ => [],
    };
}
