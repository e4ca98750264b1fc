using System.Buffers.Binary;
using RefIke.Wire;
using Xunit;

namespace RefIke.Properties.Wire;

/// <summary>RFC 2409 App. A: how a number stands in an attribute, and which values are numbers.</summary>
public sealed class AttributeNumberTests
{
    /// <summary>What two octets hold is basic; what they do not is variable, of four octets, or of eight.</summary>
    [Theory]
    [InlineData(0UL, true, "0000")]
    [InlineData(0xffffUL, true, "ffff")]
    [InlineData(0x10000UL, false, "00010000")]
    [InlineData(0xffffffffUL, false, "ffffffff")]
    [InlineData(0x1_0000_0000UL, false, "0000000100000000")]
    [InlineData(ulong.MaxValue, false, "ffffffffffffffff")]
    [Clause("2409-A-02")]
    public void NumberTakesTheLeastOctets(ulong number, bool isBasic, string value)
    {
        var attribute = DataAttribute.Number(12, number);
        Assert.Equal(new DataAttribute(12, isBasic, Octets.FromHex(value)), attribute);
        Assert.True(attribute.TryGetNumber(out var read));
        Assert.Equal(number, read);
    }

    /// <summary>A value of one to eight octets is a number in network order, a longer one and none are none.</summary>
    [Fact]
    [Clause("2409-A-02")]
    public void OneToEightOctetsAreANumber()
    {
        byte[] octets = [1, 2, 3, 4, 5, 6, 7, 8, 9];
        for (var length = 0; length <= octets.Length; length++)
        {
            var taken = DataAttribute.Variable(12, octets[..length]).TryGetNumber(out var number);
            Assert.Equal(length is >= 1 and <= 8, taken);
            Assert.Equal(taken ? BinaryPrimitives.ReadUInt64BigEndian(octets) >> (64 - (8 * length)) : 0, number);
        }
    }
}
