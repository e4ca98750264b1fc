using FsCheck;
using FsCheck.Fluent;
using RefIke.Crypto;
using RefIke.Wire;
using Xunit;

namespace RefIke.Properties.Crypto;

/// <summary>What holds for every registered group, and the answers published for Brainpool curves.</summary>
public sealed class GroupTests
{
    private static readonly IDiffieHellman Dh = DiffieHellman.Best;

    public static TheoryData<int> Numbers => [.. GroupList.All.Select(g => g.Number)];

    /// <summary>The groups of RFC 2409 and its registry, each under its own name.</summary>
    [Fact]
    public void GroupsAreThoseOfTheRegistry()
    {
        Assert.Equal(Enum.GetValues<GroupDescription>().Select(g => (int)g).Order(), GroupList.All.Select(g => g.Number));
        Assert.Equal(GroupList.All.Count, GroupList.All.Select(g => g.Name).Distinct().Count());
        Assert.All(GroupList.All, g => Assert.DoesNotContain('-', g.Name));
    }

    /// <summary>
    /// (g^x)^y = (g^y)^x, both as long as the group says, and each public value passes the other end's check.
    /// </summary>
    [Theory]
    [MemberData(nameof(Numbers))]
    public void BothEndsComputeTheSameSecret(int number)
    {
        var group = GroupList.Get(number);
        var octets = Gen.ArrayOf(Gen.Choose(0, 255).Select(i => (byte)i), group.PrivateLength);
        Prop.ForAll(Arb.From(octets), Arb.From(octets), (one, other) =>
        {
            var (x, y) = (Secret.Of(one), Secret.Of(other));
            var (g_x, g_y) = (Dh.PublicValue(group, x), Dh.PublicValue(group, y));
            Assert.Equal((group.PublicLength, group.PublicLength), (g_x.Length, g_y.Length));
            Assert.Equal(PublicValueFault.None, Dh.TrySharedSecret(group, x, g_y, out var here));
            Assert.Equal(PublicValueFault.None, Dh.TrySharedSecret(group, y, g_x, out var there));
            Assert.Equal(here, there);
            Assert.Equal(group.SecretLength, here!.Length);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(4).WithQuietOnSuccess(true));
    }

    /// <summary>
    /// Octets of any length and content are judged; right length without being a value of the group is never
    /// WrongLength.
    /// </summary>
    [Theory]
    [MemberData(nameof(Numbers))]
    public void RandomOctetsAreJudgedNotThrownAt(int number)
    {
        var group = GroupList.Get(number);
        var octets = Gen.Choose(-2, 2).SelectMany(
            d => Gen.ArrayOf(Gen.Choose(0, 255).Select(i => (byte)i), group.PublicLength + (d / 2)));
        Prop.ForAll(Arb.From(octets), value =>
        {
            var fault = Dh.Check(group, value);
            Assert.Equal(value.Length != group.PublicLength, fault == PublicValueFault.WrongLength);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(20).WithQuietOnSuccess(true));
        Assert.All(new byte[] { 0x00, 0xff }, fill =>
            Assert.NotEqual(PublicValueFault.None, Dh.Check(group, [.. Enumerable.Repeat(fill, group.PublicLength)])));
    }

    /// <summary>RFC 6932 App. A.1 to A.4: both public values and the secret, which is x_Z alone.</summary>
    [Theory]
    [MemberData(nameof(Brainpool))]
    public void BrainpoolAgreesAsRfc6932(int number, string dA, string qA, string dB, string qB, string z)
    {
        var group = GroupList.Get(number);
        var (a, b) = (Secret.Of(Convert.FromHexString(dA)), Secret.Of(Convert.FromHexString(dB)));
        Assert.Equal(qA, Convert.ToHexString(Dh.PublicValue(group, a)));
        Assert.Equal(qB, Convert.ToHexString(Dh.PublicValue(group, b)));
        Assert.Equal(PublicValueFault.None, Dh.TrySharedSecret(group, a, Convert.FromHexString(qB), out var here));
        Assert.Equal(PublicValueFault.None, Dh.TrySharedSecret(group, b, Convert.FromHexString(qA), out var there));
        Assert.Equal(Secret.Of(Convert.FromHexString(z)), here);
        Assert.Equal(here, there);
    }

    /// <summary>
    /// RFC 6989 §2.3: a point off the curve by one bit of y, coordinates not below p, the value without its y.
    /// </summary>
    [Theory]
    [InlineData(19)]
    [InlineData(27)]
    [InlineData(28)]
    [InlineData(29)]
    [InlineData(30)]
    public void PointsOffTheCurveAreRefused(int number)
    {
        var group = GroupList.Get(number);
        var good = Dh.PublicValue(group, Secret.Of([9]));
        Assert.Equal(PublicValueFault.None, Dh.Check(group, good));
        Assert.Equal(PublicValueFault.NotOnCurve, Dh.Check(group, [.. good.AsSpan(..^1), (byte)(good[^1] ^ 1)]));
        Assert.Equal(PublicValueFault.NotOnCurve, Dh.Check(group, new byte[group.PublicLength]));
        Assert.Equal(PublicValueFault.OutOfRange, Dh.Check(group, [.. Enumerable.Repeat((byte)0xff, group.PublicLength)]));
        Assert.Equal(PublicValueFault.WrongLength, Dh.Check(group, good.AsSpan(..group.SecretLength)));
    }

    public static TheoryData<int, string, string, string, string, string> Brainpool => new()
    {
        {
            27,
            "7C4B7A2C8A4BAD1FBB7D79CC0955DB7C6A4660CA64CC4778159B495E",
            "B104A67A6F6E85E14EC1825E1539E8ECDBBF584922367DD88C6BDCF2" + "46D782E7FDB5F60CD8404301AC5949C58EDB26BC68BA07695B750A94",
            "63976D4AAE6CD0F6DD18DEFEF55D96569D0507C03E74D6486FFA28FB",
            "2A97089A9296147B71B21A4B574E1278245B536F14D8C2B9D07A874E" + "9B900D7C77A709A797276B8CA1BA61BB95B546FC29F862E44D59D25B",
            "312DFD98783F9FB77B9704945A73BEB6DCCBE3B65D0F967DCAB574EB"
        },
        {
            28,
            "041EB8B1E2BC681BCE8E39963B2E9FC415B05283313DD1A8BCC055F11AE49699",
            "78028496B5ECAAB3C8B6C12E45DB1E02C9E4D26B4113BC4F015F60C5CCC0D206"
                + "A2AE1762A3831C1D20F03F8D1E3C0C39AFE6F09B4D44BBE80CD100987B05F92B",
            "06F5240EACDB9837BC96D48274C8AA834B6C87BA9CC3EEDD81F99A16B8D804D3",
            "8E07E219BA588916C5B06AA30A2F464C2F2ACFC1610A3BE2FB240B635341F0DB"
                + "148EA1D7D1E7E54B9555B6C9AC90629C18B63BEE5D7AA6949EBBF47B24FDE40D",
            "05E940915549E9F6A4A75693716E37466ABA79B4BF2919877A16DD2CC2E23708"
        },
        {
            29,
            "014EC0755B78594BA47FB0A56F6173045B4331E74BA1A6F47322E70D79D828D97E095884CA72B73FDABD5910DF0FA76A",
            "45CB26E4384DAF6FB776885307B9A38B7AD1B5C692E0C32F0125332778F3B8D3F50CA358099B30DEB5EE69A95C058B4E"
                + "8173A1C54AFFA7E781D0E1E1D12C0DC2B74F4DF58E4A4E3AF7026C5D32DC530A2CD89C859BB4B4B768497F49AB8CC859",
            "6B461CB79BD0EA519A87D6828815D8CE7CD9B3CAA0B5A8262CBCD550A015C90095B976F3529957506E1224A861711D54",
            "01BF92A92EE4BE8DED1A911125C209B03F99E3161CFCC986DC7711383FC30AF9CE28CA3386D59E2C8D72CE1E7B4666E8"
                + "3289C4A3A4FEE035E39BDB885D509D224A142FF9FBCC5CFE5CCBB30268EE47487ED8044858D31D848F7A95C635A347AC",
            "04CC4FF3DCCCB07AF24E0ACC529955B36D7C807772B92FCBE48F3AFE9A2F370A1F98D3FA73FD0C0747C632E12F1423EC"
        },
        {
            30,
            "636B6BE0482A6C1C41AA7AE7B245E983392DB94CECEA2660A379CFE159559E35"
                + "7581825391175FC195D28BAC0CF03A7841A383B95C262B983782874CCE6FE333",
            "0562E68B9AF7CBFD5565C6B16883B777FF11C199161ECC427A39D17EC2166499389571D6A994977C56AD8252658BA8A1B72AE42F4FB7532151AFC3EF0971CCDA"
                + "A7CA2D8191E21776A89860AFBC1F582FAA308D551C1DC6133AF9F9C3CAD59998D70079548140B90B1F311AFB378AA81F51B275B2BE6B7DEE978EFC7343EA642E",
            "0AF4E7F6D52EDD52907BB8DBAB3992A0BB696EC10DF11892FF205B66D381ECE7"
                + "2314E6A6EA079CEA06961DBA5AE6422EF2E9EE803A1F236FB96A1799B86E5C8B",
            "5A7954E32663DFF11AE24712D87419F26B708AC2B92877D6BFEE2BFC43714D89BBDB6D24D807BBD3AEB7F0C325F862E8BADE4F74636B97EAACE739E11720D323"
                + "96D14621A9283A1BED84DE8DD64836B2C0758B11441179DC0C54C0D49A47C03807D171DD544B72CAAEF7B7CE01C7753E2CAD1A861ECA55A71954EE1BA35E04BE",
            "1EE8321A4BBF93B9CF8921AB209850EC9B7066D1984EF08C2BB723236208AC8F1A483E79461A00E0D5F6921CE9D360502F85C812BEDEE23AC5B210E5811B191E"
        },
    };
}
