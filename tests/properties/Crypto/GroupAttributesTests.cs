using System.Collections.Immutable;
using RefIke.Crypto;
using RefIke.Exchanges.Negotiation;
using RefIke.Wire;
using Xunit;

namespace RefIke.Properties.Crypto;

/// <summary>The attributes of a private group (RFC 2409 §5.6, App. A).</summary>
public sealed class GroupAttributesTests
{
    public static TheoryData<int> Described => [1, 3, 4, 14, 19, 21, 22, 28, 163];

    /// <summary>A group's attributes read back to its parameters, and those make the group.</summary>
    [Theory]
    [MemberData(nameof(Described))]
    public void AttributesReadBack(int number)
    {
        var parameters = Of(number) with { FieldSize = number == 3 ? 155 : Of(number).FieldSize };
        var attributes = GroupAttributes.Write(40000, parameters);
        Assert.True(GroupAttributes.TryRead(attributes, out var description, out var read, out _));
        Assert.Equal((40000, parameters), (description, read));
        Assert.Equal(GroupFault.None, PrivateGroup.TryMake(description, read!, out _));
        Assert.True(GroupAttributes.TryRead([.. attributes.Reverse()], out _, out read, out _));
        Assert.Equal(parameters, read);
    }

    /// <summary>
    /// The classes and values of RFC 2409 §6.3 on the wire: what fits two octets goes in the short form.
    /// </summary>
    [Fact]
    public void Group3IsDescribedAsRfc2409PrintsIt()
    {
        var list = GroupAttributes.Write(40000, Offers.Of(3));
        Assert.Equal(
            ["4 9C40", "5 0003", "6 0800000000000000000000004000000000000001", "7 007B", "9 0000", "10 07338F",
                "16 0800000000000000000057DB5698537193AEF944", "15 009B"],
            list.Select(a => $"{a.Type} {Convert.ToHexString(a.Value.Span)}"));
        Assert.Equal([4, 5, 7, 9, 15], list.Where(a => a.IsBasic).Select(a => (int)a.Type));
    }

    /// <summary>A class missing, twice, of another type, empty, unknown, or basic and in the long form.</summary>
    [Fact]
    public void FaultyDescriptionsAreRefused()
    {
        var (modp, ecp, ec2n) = (GroupAttributes.Write(40000, Offers.Of(1)), GroupAttributes.Write(40000, Offers.Of(19)),
            GroupAttributes.Write(40000, Offers.Of(3)));
        foreach (var needed in new ushort[] { 4, 5, 6, 7 })
        {
            Refused([.. modp.Where(a => a.Type != needed)], needed is 4 or 5 ? "missing" : "group type 1");
        }

        Refused([.. ecp.Where(a => a.Type != 8)], "group type 2");
        Refused([.. ec2n.Where(a => a.Type != 10)], "group type 3");
        Refused(modp.Add(DataAttribute.Basic(9, 1)), "group type 1");
        Refused(modp.Add(modp[^1]), "twice");
        Refused(modp.Add(DataAttribute.Basic(1, 7)), "does not describe a group");
        Refused(modp.Add(DataAttribute.Variable(16, RefIke.Wire.Octets.Empty)), "empty");
        Refused([.. modp.Where(a => a.Type != 5), DataAttribute.Variable(5, new byte[] { 0, 1 })], "long form");
        Refused([.. modp.Where(a => a.Type != 5), DataAttribute.Basic(5, 4)], "group type 4");
        Refused([], "missing");

        static void Refused(ImmutableArray<DataAttribute> list, string reason)
        {
            Assert.False(GroupAttributes.TryRead(list, out _, out var read, out var why));
            Assert.Null(read);
            Assert.Contains(reason, why, StringComparison.Ordinal);
        }
    }

    /// <summary>
    /// A prime with leading zero octets is the same prime, and a long form of a small number the same number.
    /// </summary>
    [Fact]
    public void LeadingZerosDoNotMatter()
    {
        var modp = (GroupParameters.Modp)Offers.Of(1);
        var padded = GroupAttributes.Write(40000, modp)
            .Select(a => a.IsBasic && a.Type != 7 ? a : DataAttribute.Variable(a.Type, (byte[])[0, 0, 0, .. a.Value.ToArray()]));
        Assert.True(GroupAttributes.TryRead([.. padded], out _, out var read, out _));
        Assert.Equal(modp, read);
    }

    private static GroupParameters Of(int number) => number == 163 ? Offers.B163 : Offers.Of(number);
}
